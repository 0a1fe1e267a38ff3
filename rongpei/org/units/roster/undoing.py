"""Taking the last import back."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.org.people.models import Fact, Person
from rongpei.org.units.models import ImportedPerson, Place, Posting, RosterImport
from rongpei.org.units.roster.applying import source_of, update_or_insert_places

# What an import makes for a person, and the person last.
_OWNED = (
    ("people_fact", "person_id"),
    ("units_posting", "person_id"),
    ("units_place", "person_id"),
    ("units_importedperson", "person_id"),
    ("people_person", "id"),
)
_DATES = ("born_on", "work_started_on", "joined_on", "converted_on")


def take_back(run: RosterImport, now: datetime) -> int:
    """Remove the people it created and give the changed ones their former values; return how many people.

    Refuses when a created person meanwhile has hours, a role or an account: these cannot vanish.
    """
    changed = list(ImportedPerson.objects.filter(roster_import=run))
    created = [ident for first, last in run.outcome.get("created", []) for ident in range(first, last + 1)]
    _restore(run, changed, now)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, key in _OWNED:
                cursor.execute(f"DELETE FROM {table} WHERE {key} = ANY (%s)", [created])  # noqa: S608 - constants
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise Refused(
            _("这次导入的人里，有人已有学时、会议、角色或账号，不能整批撤销。"),
            remedy=_("请改好名册再导入一次，或逐人更正。"),
        ) from error
    return len(created) + len(changed)


def _restore(run: RosterImport, changed: list[ImportedPerson], now: datetime) -> None:
    people = Person.objects.in_bulk([row.person_id for row in changed])
    restored, places = [], []
    columns: list[str] = []
    for row in changed:
        person = people[row.person_id]
        before: dict[str, Any] = dict(row.before)
        homes = {name: before.pop(name) for name in ("department_id", "branch_id", "group_id")}
        for name, value in before.items():
            setattr(person, name, date.fromisoformat(value) if value and name in _DATES else value)
        columns = list(before)
        restored.append(person)
        places.append(Place(person=person, tenant_id=run.tenant_id, **homes))
    if restored:
        Person.objects.bulk_update(restored, columns, batch_size=500)
        update_or_insert_places(places)
    ids = list(people)
    Fact.objects.filter(person_id__in=ids, source=source_of(run), superseded_at=None).update(
        superseded_at=now
    )
    Posting.objects.filter(person_id__in=ids, recorded_at=_finished(run), superseded_at=None).update(
        superseded_at=now
    )
    _revive(Fact, ids, run)
    _revive(Posting, ids, run)


def _finished(run: RosterImport) -> datetime:
    assert run.finished_at is not None, "only finished imports are undone"  # noqa: S101
    return run.finished_at


def _revive(model: type[Fact] | type[Posting], ids: list[int], run: RosterImport) -> None:
    rows = model._default_manager.filter(
        person_id__in=ids, starts_on=run.roster_on, superseded_at=_finished(run)
    )
    rows.update(superseded_at=None)
