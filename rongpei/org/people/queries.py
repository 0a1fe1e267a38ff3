"""Facts as of a date."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db import connection

from rongpei.org.people.codes import FactKind
from rongpei.org.people.models import Fact, Person


def facts_as_of(
    person_ids: Collection[int], on: date, kinds: Collection[FactKind] = tuple(FactKind)
) -> dict[int, dict[str, str]]:
    """`{person id: {fact kind: value}}` in force on a date; one query whatever the number of people."""
    rows = (
        Fact.objects.filter(person_id__in=person_ids, kind__in=kinds, starts_on__lte=on, superseded_at=None)
        .order_by("person_id", "kind", "-starts_on")
        .distinct("person_id", "kind")
        .values_list("person_id", "kind", "value")
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for person_id, kind, value in rows:
        if value:
            found[person_id][kind] = value
    return found


def fact_as_of(person: Person, kind: FactKind, on: date) -> str:
    """The value of one kind on a date, or the empty text."""
    return facts_as_of([person.pk], on, [kind]).get(person.pk, {}).get(kind, "")


def search_ids(text: str, most: int = 50) -> list[int]:
    """Ids of people in scope whose name contains the text, or whose pinyin, initials or number begin with it."""
    text = text.strip()[:40]
    latin = text.isascii()
    lexemes = [text.lower().replace(" ", "")] if latin else list(text.replace(" ", ""))
    if not any(lexemes):
        return []
    quoted = ["'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'" for lexeme in lexemes]
    asked = f"{quoted[0]}:*" if latin else " & ".join(quoted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_search(%s::tsquery, %s, %s)", [asked, "" if latin else text.replace(" ", ""), most]
        )
        return [row[0] for row in cursor.fetchall()]
