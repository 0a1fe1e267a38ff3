"""Who may not see the party side learns it neither from page, list, filter, sort nor export."""

import io
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from contracts.cast import Cast
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.insight.directory.tests.conftest import Enter, hold
from rongpei.org.people.actions import record_fact
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Person
from rongpei.org.units.actions import appoint, post_person
from rongpei.org.units.codes import Office, Tree

pytestmark = pytest.mark.usefixtures("within", "today")
TELLING = ("党员", "预备", "入党", "一支部", "二支部", "32", "56", "落后", "学时")
# A sentence that tells everybody the same.
SAME_FOR_ALL = ("学时和党内情况由本人和党组织查看。",)


def _rows(client: Client, query: str = "") -> list[list[object]]:
    answer = client.get(f"/people/?export=xlsx{query}")
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def _main(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().split("<main", 1)[1].split("</main>")[0]


@pytest.fixture
def colleague(cast: Cast) -> Person:
    """Somebody of the head's department whose name says nothing, a member with hours and an office."""
    person = cast.h1.person("member-1")
    Person.objects.filter(pk=person.pk).update(
        name="周文静", sort_key="zhou", initials="zwj", joined_on=date(2008, 6, 27)
    )
    system = System(cast.h1.tenant.pk)
    record_fact(
        actor=system, person=person, kind=FactKind.PARTY_POST, value="宣传委员", starts_on=date(2024, 1, 1),
        today=clock.today(), now=clock.now(),
    )  # fmt: skip
    appoint(
        actor=system,
        person=person,
        unit=cast.h1.unit("一支部"),
        office=Office.PUBLICITY,
        starts_on=date(2024, 1, 1),
    )
    hold(cast, date(2026, 3, 10), ["member-1"])
    person.refresh_from_db()
    return person


@pytest.fixture
def head(cast: Cast, enter: Enter, colleague: Person) -> Client:
    """The head of the department, in which only the colleague and the head work."""
    for index in range(2, 7):
        _move(cast, cast.h1.person(f"member-{index}"), "外科")
    return enter("department_head")


def _move(cast: Cast, person: Person, department: str) -> None:
    post_person(
        actor=System(cast.h1.tenant.pk), person=person, tree=Tree.ADMIN, unit=cast.h1.unit(department),
        starts_on=date(2026, 1, 1), today=clock.today(), now=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("number", ["department_head", "training_office"])
def test_person_page_is_silent(
    cast: Cast, head: Client, enter: Enter, colleague: Person, number: str
) -> None:
    text = _main(enter(number), f"/people/{colleague.pk}/")
    assert "周文静" in text
    for words in SAME_FOR_ALL:
        text = text.replace(words, "")
    assert not [word for word in (*TELLING, "宣传委员") if word in text]


def test_list_has_no_party_columns_or_filters(head: Client) -> None:
    text = _main(head, "/people/")
    assert "周文静" in text
    assert not [
        word
        for word in ('name="status"', "入党", "一支部", "本年学时", "进度", "/ 32", "/ 56")
        if word in text
    ]


@pytest.mark.parametrize(
    "query",
    ["status=full", "status=member", "status=none", "progress=behind", "progress=normal", "branch={branch}", "sort=joined",
     "sort=-hours", "sort=hours"],
)  # fmt: skip
def test_filters_and_sorts_tell_nothing(cast: Cast, head: Client, query: str) -> None:
    """A parameter guessed at changes nothing: same rows, same order, in page and workbook."""
    asked = query.format(branch=cast.h1.unit("一支部").pk)
    assert _rows(head, f"&{asked}") == _rows(head)
    assert "周文静" in _main(head, f"/people/?{asked}")


def test_export_has_no_party_columns(head: Client) -> None:
    heads = _rows(head)[0]
    assert not {"类别", "入党时间", "党支部", "本年学时", "应达学时", "进度"} & set(heads)


def test_party_unit_pages_and_trees_tell_nothing(cast: Cast, head: Client, colleague: Person) -> None:
    for name in ("一支部", "总支", "党委"):
        assert "周文静" not in _main(head, f"/units/{cast.h1.unit(name).pk}/")
    assert "人</span>" not in _main(head, "/units/?tree=party")
    answer = head.get(f"/units/{cast.h1.unit('一支部').pk}/?export=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert not [row for row in book.get_sheet_by_index(0).to_python() if "周文静" in row]


def test_ledger_tells_nothing(head: Client, colleague: Person) -> None:
    assert "周文静" not in _main(head, f"/ledger/?person={colleague.pk}")


def test_mixed_roles_seal_by_row(cast: Cast, enter: Enter, colleague: Person) -> None:
    """A head who is also secretary of another branch sees the status of that branch's members only."""
    system, head = System(cast.h1.tenant.pk), cast.h1.person("department_head")
    appoint(
        actor=system,
        person=head,
        unit=cast.h1.unit("二支部"),
        office=Office.SECRETARY,
        starts_on=date(2024, 1, 1),
    )
    client = enter("department_head")
    rows = _rows(client)
    at = rows[0].index("类别")
    status = {row[0]: row[at] for row in rows[1:]}
    assert status["周文静"] == ""
    assert status["党员戊"] == PartyStatus.FULL.label
    found = {row[0] for row in _rows(client, "&status=full")[1:]}
    assert "党员戊" in found
    assert "周文静" not in found
    assert "周文静" in {row[0] for row in _rows(client)[1:]}
    for query in ("&progress=behind", "&progress=normal", f"&branch={cast.h1.unit('一支部').pk}"):
        assert "周文静" not in {row[0] for row in _rows(client, query)[1:]}


def test_party_office_sees_all_of_it(enter: Enter, colleague: Person) -> None:
    text = _main(enter("party_office"), f"/people/{colleague.pk}/")
    assert "正式党员" in text
    assert "还差 54.0 学时" in text
    assert "3月会议" in text
    rows = _rows(enter("party_office"), "&q=zwj")
    assert [row[0] for row in rows[1:]] == ["周文静"]
    assert rows[1][rows[0].index("应达学时")] == 56


def test_id_number_is_masked_and_on_the_own_page_only(cast: Cast, enter: Enter, colleague: Person) -> None:
    from rongpei.ground.files.cipher import encipher

    Person.objects.filter(pk=colleague.pk).update(id_cipher=encipher("110105199003072317"))
    assert "110105********2317" in _main(enter("member-1"), "/me/")
    assert "2317" not in _main(enter("party_office"), f"/people/{colleague.pk}/")
