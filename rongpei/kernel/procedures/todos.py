"""Open steps as to-dos, and as a calendar of a unit."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo, as_ics
from rongpei.kernel.procedures.queries import SHOWN, Urgent, openings_of, urgent_openings_for
from rongpei.kernel.procedures.registry import registered
from rongpei.org.units.models import Unit

_AHEAD = timedelta(days=60)


def procedure_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """What the actor should do within two months: the most urgent fifty; two queries."""
    return list(_todos(urgent_openings_for(actor, before=on + _AHEAD)))


def unit_calendar(unit: Unit, *, procedure: str, without: int, now: datetime, public_url: str) -> bytes:
    """The dated steps of a procedure at and under a unit, for its officers' calendars; none about the reader (`without`)."""
    found = openings_of(unit).filter(procedure=procedure).exclude(person_id=without)
    rows = found.values_list(*SHOWN)[:500]
    return as_ics(_todos(Urgent(*row) for row in rows), now=now, public_url=public_url)


def _named(rows: Iterable[Urgent]) -> dict[int, str]:
    """What the cases without a person are about, one question for each procedure that has any."""
    asked: dict[str, list[int]] = {}
    for row in rows:
        if row.person is None:
            asked.setdefault(row.procedure, []).append(row.case_id)
    return {ident: name for code, ids in asked.items() for ident, name in registered(code).names(ids).items()}


def _todos(found: Iterable[Urgent]) -> Iterator[Todo]:
    rows = list(found)
    names = _named(rows)
    title, above, button = _("%(name)s：%(step)s"), _("已转上级组织督办。"), _("去办理")
    for row in rows:
        label, article = _words(row.procedure, row.step, row.due_on)
        known = registered(row.procedure)
        name = row.person or names.get(row.case_id) or known.procedure.label
        yield Todo(
            key=f"procedures.{row.step}:{row.case_id}",
            title=title % {"name": name, "step": label},
            due_on=row.due_on,
            why=above if row.escalated_to_id else "",
            article=article if row.by_rule else "",
            url=known.address(row.case_id),
            button=button,
            binding=row.by_rule,
        )


def _words(procedure: str, step: str, on: date) -> tuple[str, str]:
    """The label of a step, and where the edition in force on a date asks it."""
    known = registered(procedure).procedure
    return _said(known.code, step, known.edition_on(on).code)


@lru_cache(maxsize=1000)
def _said(procedure: str, step: str, edition: str) -> tuple[str, str]:
    known = registered(procedure).procedure
    declared = known.step(step)
    label = next(str(one.label) for one in known.editions if one.code == edition)
    article = declared.article.get(edition)
    return str(declared.label), f"{label}{_('第%(n)s条') % {'n': article}}" if article else ""
