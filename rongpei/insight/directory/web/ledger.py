"""The entries behind the numbers."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.listing import ChoiceFilter, Column, Filter, Listing, PeriodFilter
from rongpei.ground.ui.marks import Two, count, hours
from rongpei.insight.directory.links import addresses
from rongpei.insight.directory.queries.entries import at_unit, entries_for, person_open, sums_of
from rongpei.insight.directory.queries.units import open_units
from rongpei.insight.directory.rules import BRANCH_KINDS, branches_for, reads_party
from rongpei.insight.directory.web.filters import PinFilter, choices_of, whole_number
from rongpei.kernel.ledger import kinds
from rongpei.kernel.ledger.models import Entry
from rongpei.org.access.codes import PARTY_READERS
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import visible_people, visible_units
from rongpei.org.access.visit import Visit
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit

MEASURES = (("class_hours", _("学时")), ("service_hours", _("服务小时")), ("person_times", _("人次")))
_NARROW = ("person", "unit", "branch", "source")


def _name(row: Entry) -> str:
    if row.person is not None:
        return row.person.name
    return row.unit.name if row.unit is not None else str(_("活动"))


def _person_url(row: Any) -> str:
    if row.person_id is not None:
        return reverse("directory:person", args=[row.person_id]) if row.person_open else ""
    return reverse("directory:unit", args=[row.unit_id]) if row.unit_id is not None else ""


def _source(row: Any) -> Any:
    label = row.source_label
    return Two(label, _("冲销原记录")) if row.reverses_id is not None else label


class LedgerList(Listing):
    """Entries; reversals are lines of their own, so that every sum is the sum of its lines."""

    noun = _("台账")
    default_sort = "-pk"
    columns = (
        Column(
            "on", _("日期"), value=lambda row: row.occurred_on, sort="occurred_on", kind="day", phone="second"
        ),
        Column("name", _("对象"), value=_name, main=True, link=_person_url),
        Column("kind", _("类别"), value=lambda row: kinds.kind_of(row.kind).label, phone="second"),
        Column("source", _("来源"), value=_source, link=lambda row: row.source_url, phone="second", width=30),
        Column(
            "branch", _("当时所在支部"), value=lambda row: row.branch.name if row.branch else "", width=20
        ),
        Column(
            "class_hours", _("学时"), value=lambda row: row.class_hours or None, kind="hours", phone="side"
        ),
        Column("service_hours", _("服务小时"), value=lambda row: row.service_hours or None, kind="hours"),
        Column("person_times", _("人次"), value=lambda row: row.person_times or None, kind="count"),
    )

    def __init__(self, request: HttpRequest, *, actor: Visit) -> None:
        self.actor = actor
        self.narrow = any(request.GET.get(name) for name in _NARROW)
        rows = (
            entries_for(actor)
            .annotate(person_open=person_open(actor))
            .select_related("person", "unit", "branch")
        )
        super().__init__(request, rows)

    @cached_property
    def sort(self) -> str:
        """The day of a narrowed list (its indexes begin with whom); else as recorded, which needs no sorting."""
        asked = self.request.GET.get("sort", "")
        return asked if asked in ("on", "-on") else "-on" if self.narrow else self.default_sort

    def attach(self, rows: Sequence[Any]) -> None:
        found = addresses(self.actor, rows)
        for row in rows:
            row.source_url = found.get((row.source_kind, row.source_id), "")

    def exported(self, number: int) -> None:
        record(
            kind=EventKind.VIEW, code="directory.ledger.exported", actor=self.actor, facts={"rows": number}
        )

    def get_filters(self) -> Sequence[Filter]:
        return self._filters

    @cached_property
    def _filters(self) -> list[Filter]:
        query = self.request.GET
        unit = self._unit(query)
        found: list[Filter] = [
            PinFilter(
                "person",
                _("姓名"),
                pinned=self._person(query),
                apply=lambda rows, pk: rows.filter(person_id=int(pk)),
            ),
            PinFilter(
                "unit",
                _("组织"),
                pinned=unit.name if unit else "",
                apply=lambda rows, _pk: rows.filter(at_unit(unit)) if unit else rows.none(),
            ),
            PinFilter("source", _("来源"), pinned=self._source(query), apply=_by_source),
        ]
        if reads_party(self.actor):
            rows = {str(one.pk): one for one in self._branches()}
            names = choices_of([(one.pk, one.name) for one in rows.values()])
            found.append(
                ChoiceFilter(
                    "branch",
                    _("党支部"),
                    choices=names,
                    apply=lambda held, pk: held.filter(at_unit(rows[pk])),
                )
            )
        known = [(kind.code, kind.label) for kind in kinds.all_kinds()]
        return found + [
            ChoiceFilter("kind", _("类别"), choices=known),
            ChoiceFilter(
                "measure", _("数值"), choices=MEASURES, apply=lambda rows, name: rows.exclude(**{name: 0})
            ),
            PeriodFilter("on", _("日期"), field="occurred_on"),
        ]

    def _branches(self) -> list[Unit]:
        today = clock.today()
        rows = (
            branches_for(self.actor)
            if branches_for(self.actor).exists()
            else open_units(self.actor, Tree.PARTY, today)
        )
        return list(rows.filter(kind__in=BRANCH_KINDS).order_by("sort_key", "id"))

    def _person(self, query: QueryDict) -> str:
        pk = whole_number(query, "person")
        if pk is None:
            return ""
        return (
            visible_people(self.actor, PARTY_READERS).filter(pk=pk).values_list("name", flat=True).first()
            or ""
        )

    def _unit(self, query: QueryDict) -> Unit | None:
        pk = whole_number(query, "unit")
        return visible_units(self.actor).filter(pk=pk).first() if pk is not None else None

    def _source(self, query: QueryDict) -> str:
        """The label of a source, from an entry of it that the asker may see."""
        kind, pk = _read_source(query.get("source", ""))
        rows = entries_for(self.actor).filter(source_kind=kind, source_id=pk)
        return (rows.values_list("source_label", flat=True).first() or "") if kind else ""

    @property
    def count_words(self) -> str:
        """The number of lines, and for narrowed lists the sums of exactly these lines."""
        words = super().count_words
        if not self.narrow:
            return words
        sums = sums_of(self.found)
        shown = [
            f"{form(value)} {label}"
            for value, form, label in (
                (sums.class_hours, hours, _("学时")),
                (sums.service_hours, hours, _("小时")),
                (sums.person_times, count, _("人次")),
            )
            if value
        ]
        return "，".join([words, *shown])


def _read_source(text: str) -> tuple[str, int]:
    kind, _sign, pk = text.rpartition(":")
    return (kind, int(pk)) if kind and pk.isascii() and pk.isdigit() and len(pk) < 18 else ("", 0)


def _by_source(rows: Any, text: str) -> Any:
    kind, pk = _read_source(text)
    return rows.filter(source_kind=kind, source_id=pk)


@door()
def ledger(request: PageRequest) -> HttpResponseBase:
    """Entries of one's own, and of those whose party side one reads."""
    return LedgerList(request, actor=request.visit).respond("directory/ledger.html")
