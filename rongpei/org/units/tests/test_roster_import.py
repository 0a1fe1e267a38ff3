"""A roster becomes people: differences, all or nothing, undo, export in the same form."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

from contracts.cast import Cast
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.models import Holding
from rongpei.org.people.codes import FactKind
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.queries import fact_as_of, search_ids
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.people.roster.writing import write_roster
from rongpei.org.units.models import Place, Posting, RosterImport
from rongpei.org.units.roster.actions import import_roster, undo_import, upload_roster
from rongpei.org.units.roster.running import look_at

ON = date(2026, 6, 30)


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _rows(count: int = 30) -> list[dict[str, object]]:
    return [dict(row) for row in sample_rows(count, 7, ["内科", "外科"], ["一支部", "二支部"])]


def _file(folder: Path, rows: list[dict[str, object]]) -> Path:
    path, book = folder / "花名册.xlsx", BytesIO()
    write_roster(book, rows)
    path.write_bytes(book.getvalue())
    return path


def _import(cast: Cast, path: Path, on: date = ON) -> RosterImport:
    tenant = cast.h1.tenant.pk
    look = look_at(tenant_id=tenant, path=path, filename=path.name)
    run = upload_roster(
        actor=System(tenant),
        tenant_id=tenant,
        filename=path.name,
        stored_name="",
        roster_on=on,
        now=clock.now(),
    )
    errors = look.checked.error_count
    return import_roster(actor=System(tenant), run=run, found=look.found, error_count=errors, now=clock.now())


def _state() -> dict[str, list[tuple[object, ...]]]:
    return {
        "people": list(Person.objects.order_by("id").values_list()),
        "facts": list(
            Fact.objects.order_by("id").values_list("person", "kind", "value", "starts_on", "superseded_at")
        ),
        "postings": list(
            Posting.objects.order_by("id").values_list("person", "tree", "unit", "superseded_at")
        ),
        "places": list(Place.objects.order_by("person").values_list()),
    }


def test_new_people_with_facts_homes_and_pinyin(inside: Cast, tmp_path: Path) -> None:
    rows = _rows()
    run = _import(inside, _file(tmp_path, rows))
    assert run.outcome["new"] == 30
    person = Person.objects.get(staff_number=rows[0]["staff_number"])
    assert person.name == rows[0]["name"]
    assert person.place.department.name == rows[0]["department"]
    assert person.masked_id.startswith(str(rows[0]["id_number"])[:6])
    assert str(rows[0]["id_number"]) not in str(Person.objects.values().get(pk=person.pk))
    assert person.pk in search_ids(person.initials)
    assert person.pk in search_ids(person.name)
    member = Person.objects.filter(
        party_status="full", staff_number__in=[r["staff_number"] for r in rows]
    ).first()
    assert member is not None
    assert fact_as_of(member, FactKind.PARTY_STATUS, member.joined_on) == "probationary"


def test_the_same_roster_again_changes_nothing(inside: Cast, tmp_path: Path) -> None:
    path = _file(tmp_path, _rows())
    _import(inside, path)
    again = look_at(tenant_id=inside.h1.tenant.pk, path=path, filename=path.name)
    assert again.found.counts() | {"gone": 0} == {
        "new": 0,
        "changed": 0,
        "fields": 0,
        "gone": 0,
        "unchanged": 30,
    }


def test_a_change_is_a_dated_fact_and_history_stays(inside: Cast, tmp_path: Path) -> None:
    rows = _rows()
    _import(inside, _file(tmp_path, rows), date(2026, 1, 1))
    was = str(rows[3]["title"])
    rows[3]["title"] = "主任医师" if was != "主任医师" else "主治医师"
    rows[3]["department"] = "外科" if rows[3]["department"] == "内科" else "内科"
    run = _import(inside, _file(tmp_path, rows), ON)
    assert (run.outcome["changed"], run.outcome["fields"]) == (1, 2)
    person = Person.objects.get(staff_number=rows[3]["staff_number"])
    assert person.place.department.name == rows[3]["department"]
    assert fact_as_of(person, FactKind.TITLE, date(2026, 6, 29)) == was
    assert fact_as_of(person, FactKind.TITLE, ON) == rows[3]["title"]


def test_one_error_imports_nobody(inside: Cast, tmp_path: Path) -> None:
    rows = _rows()
    rows[5]["branch"] = "没有的支部"
    before = Person.objects.count()
    with pytest.raises(Refused, match="没有导入任何人"):
        _import(inside, _file(tmp_path, rows))
    assert Person.objects.count() == before


def test_undo_gives_everything_back(inside: Cast, tmp_path: Path) -> None:
    rows = _rows()
    _import(inside, _file(tmp_path, rows), date(2026, 1, 1))
    before = _state()
    rows[3]["title"] = "主任医师"
    rows[4]["department"] = "外科" if rows[4]["department"] == "内科" else "内科"
    more = [dict(row) for row in sample_rows(35, 7, ["内科", "外科"], ["一支部", "二支部"])][30:]
    run = _import(inside, _file(tmp_path, rows + more), ON)
    undo_import(actor=System(inside.h1.tenant.pk), run=run, now=clock.now())
    after = _state()
    assert after["people"] == before["people"]
    assert after["places"] == before["places"]
    for name in ("facts", "postings"):
        standing = [row for row in after[name] if row[-1] is None]
        assert standing == [row for row in before[name] if row[-1] is None]


def test_undo_is_refused_when_somebody_was_used_since(inside: Cast, tmp_path: Path) -> None:
    rows = _rows(3)
    run = _import(inside, _file(tmp_path, rows))
    person = Person.objects.get(staff_number=rows[0]["staff_number"])
    Holding.objects.create(
        tenant=inside.h1.tenant, person=person, role="staff", unit=inside.h1.unit("内科"), starts_on=ON
    )
    with pytest.raises(Refused, match="不能整批撤销"):
        undo_import(actor=System(inside.h1.tenant.pk), run=run, now=clock.now())
    assert Person.objects.filter(pk=person.pk).exists()


def test_only_the_last_import_is_undone_and_the_page_says_so(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    with scope([cast.h1.tenant.pk]):
        first = _import(cast, _file(tmp_path, _rows(3)))
        _import(cast, _file(tmp_path, _rows(5)))
    client.force_login(cast.h1.user("hr_office"))
    answer = client.post(f"/roster/{first.pk}/undo/")
    assert answer.status_code == 409
    assert "只能撤销最近一次导入" in answer.content.decode()
