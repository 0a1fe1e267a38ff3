"""文号: gap-free numbers for each organisation and year, taken in the transaction of the document that bears them."""

from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.models import Series


def numbering_unit(form: WordForm, unit: Unit) -> Unit | None:
    """Whose number a form bears: the branch of the case, or the party committee above it."""
    if form.numbering == "branch":
        return unit
    if form.numbering == "committee":
        return committee_above(unit)
    return None


def committee_above(unit: Unit) -> Unit | None:
    """The nearest party committee over a unit."""
    ids = [int(one) for one in unit.path.strip("/").split("/")]
    rows = Unit.objects.filter(pk__in=ids, kind=UnitKind.COMMITTEE).order_by("-path")
    return rows.first()


def usual_word(unit: Unit) -> str:
    """The 机关代字 until the office sets its own."""
    return "党发" if unit.kind == UnitKind.COMMITTEE else (unit.short_name or unit.name)[:20]


def shown(word: str, year: int, number: int) -> str:
    """党发〔2026〕3号."""
    return f"{word}〔{year}〕{number}号"


def take_number(unit: Unit, year: int) -> tuple[Series, int]:
    """The next number of an organisation in a year; the row stays locked until the transaction ends."""
    before = Series.objects.filter(unit=unit, year__lt=year).order_by("-year").first()
    word = before.word if before else usual_word(unit)
    Series.objects.get_or_create(unit=unit, year=year, defaults={"tenant_id": unit.tenant_id, "word": word})
    series = _held(unit, year)
    series.last += 1
    series.save(update_fields=["last"])
    return series, series.last


def _held(unit: Unit, year: int) -> Series:
    return Series.objects.select_for_update().get(unit=unit, year=year)
