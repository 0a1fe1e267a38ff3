"""Every number equals the names behind it, and costs the same for one row and for three."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.cast import Cast
from rongpei.activities.partydays.actions import reopen_meeting
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.insight.directory import panels
from rongpei.insight.directory.tests.conftest import Enter, hold
from rongpei.org.units.actions import affiliate, open_unit
from rongpei.org.units.codes import Tree, UnitKind

pytestmark = pytest.mark.usefixtures("within", "today")


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def _count(text: str) -> int:
    found = re.search(r"共 (\d+) ", text)
    assert found
    return int(found[1])


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200, address
    return len(seen)


def test_branch_numbers_lead_to_names(cast: Cast, enter: Enter) -> None:
    for month in (1, 2, 3):
        hold(cast, date(2026, month, 10), ["member-1", "member-2", "branch_secretary"], hours="8")
    branch, client = cast.h1.unit("一支部").pk, enter("branch_secretary")
    text = _text(client, f"/branches/{branch}/")
    members = _count(_text(client, f"/branches/{branch}/?status=member"))
    assert members == 9
    assert "正式 9 人，预备 0 人" in text
    behind = _count(_text(client, f"/branches/{branch}/?status=member&progress=behind"))
    normal = _count(_text(client, f"/branches/{branch}/?status=member&progress=normal"))
    assert (normal, behind) == (3, 6)
    assert f"落后 {behind} 人" in text
    assert f'<b class="rp-num">{normal}</b>' in text


def test_branch_page_names_what_is_missing(cast: Cast, enter: Enter) -> None:
    hold(cast, date(2026, 3, 10), ["member-1"])
    hold(cast, date(2026, 6, 10), ["member-1"], confirm=False)
    hold(cast, date(2026, 2, 10), ["member-1"], kind=MeetingKind.GROUP)
    text = _text(enter("branch_secretary"), f"/branches/{cast.h1.unit('一支部').pk}/")
    assert "确认 6月10日的主题党日" in text
    for words in (
        "补记 1月的主题党日",
        "补记 5月的主题党日",
        "补记 1月至3月的支部党员大会",
        "补记 1月的党小组会",
    ):
        assert words in text
    for words in (
        "补记 3月的主题党日",
        "补记 6月的主题党日",
        "补记 4月至6月",
        "补记 1月的支部委员会",
        "补记 2月的党小组会",
        "补记 2026年的组织生活会",
        "补记 1月的党课",
    ):
        assert words not in text
    assert "《支部工作条例》第十六条" in text


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 9, 30), ""),
        (date(2026, 10, 1), "安排 2026年的组织生活会"),
        (date(2026, 12, 31), "安排 2026年的组织生活会"),
        (date(2027, 1, 1), "补记 2026年的组织生活会"),
        (date(2027, 3, 31), "补记 2026年的组织生活会"),
        (date(2027, 4, 1), ""),
    ],
)
def test_the_organisational_life_meeting_is_told_before_the_year_is_over(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch, on: date, words: str
) -> None:
    monkeypatch.setattr("rongpei.ground.clock.reading._demonstration_date", lambda: on)
    text = _text(enter("branch_secretary"), f"/branches/{cast.h1.unit('一支部').pk}/")
    assert (words in text) if words else ("的组织生活会" not in text)
    assert not words or "《支部工作条例》第十七条" in text


def test_the_office_sees_which_kinds_are_missing_and_every_number_is_meetings(
    cast: Cast, enter: Enter
) -> None:
    """On 12 June five months' theme days and a quarter's members' meeting are due; the running ones are told apart."""
    hold(cast, date(2026, 2, 10), ["member-1"])
    hold(cast, date(2026, 3, 10), ["member-1"], kind=MeetingKind.MEMBERS)
    hold(cast, date(2026, 4, 10), ["member-1"], kind=MeetingKind.LECTURE)
    hold(cast, date(2026, 5, 20), ["member-1"], kind=MeetingKind.LECTURE)
    client, branch = enter("party_office"), cast.h1.unit("一支部").pk
    text = _text(client, "/branches/?measure=duties")
    row = text[text.rindex("一支部</a>") :]
    assert "缺 4 次" in row  # theme days of January, March, April and May
    assert "缺 5 次" in row  # five months of the one group
    assert "待安排" in row  # the members' meeting of the second quarter, due on 30 June
    address = re.search(r'href="(/meetings/\?[^"]*)"[^>]*>2 次<', row)
    assert address
    assert _count(_text(client, address[1])) == 2
    overdue = _text(client, f"/branches/{branch}/")
    assert len(set(re.findall("补记 .月的主题党日", overdue))) == 4


def test_every_group_is_asked_for_its_meeting(cast: Cast, enter: Enter) -> None:
    branch = cast.h1.unit("一支部")
    open_unit(
        actor=System(cast.h1.tenant.pk), tenant_id=cast.h1.tenant.pk, tree=Tree.PARTY, kind=UnitKind.GROUP, name="二小组",
        parent=branch, on=date(2020, 1, 1),
    )  # fmt: skip
    hold(cast, date(2026, 2, 10), ["member-1"], kind=MeetingKind.GROUP)
    text = _text(enter("branch_secretary"), f"/branches/{branch.pk}/")
    assert "2 个党小组一般每月各一次，有记录的 1 次" in text


def test_attendance_matrix_leads_to_lines(cast: Cast, enter: Enter) -> None:
    hold(cast, date(2026, 3, 10), ["member-1", "member-2"])
    hold(cast, date(2026, 3, 20), ["member-1"], kind=MeetingKind.MEMBERS)
    branch, person, client = cast.h1.unit("一支部").pk, cast.h1.person("member-2").pk, enter("party_office")
    text = _text(client, f"/branches/{branch}/attendance/")
    address = f"/branches/{branch}/attendance/lines/?person={person}&on_from=2026-03-01&on_to=2026-03-31"
    assert re.search(rf'href="{re.escape(address)}"[^>]*>1 / 2<', text)
    assert _count(_text(client, address)) == 2
    assert _count(_text(client, f"{address}&presence=present")) == 1


def test_hours_of_a_month_equal_the_ledger(cast: Cast, enter: Enter) -> None:
    hold(cast, date(2026, 3, 10), ["member-1", "group_leader", "member-2"])
    branch, client = cast.h1.unit("一支部").pk, enter("hospital_leader")
    text = _text(client, "/branches/?measure=hours")
    address = f"/ledger/?unit={branch}&measure=class_hours&on_from=2026-03-01&on_to=2026-03-31"
    assert re.search(rf'href="{re.escape(address)}"[^>]*>6.0<', text)
    behind = _text(client, address)
    assert "共 3 条，6.0 学时" in behind


def test_a_correction_is_an_entry_of_its_own(cast: Cast, enter: Enter) -> None:
    meeting = hold(cast, date(2026, 3, 10), ["member-1"])
    reopen_meeting(actor=System(cast.h1.tenant.pk), meeting=meeting, reason="记错了", now=clock.now())
    client, person = enter("member-1"), cast.h1.person("member-1").pk
    text = _text(client, "/me/")
    assert "更正：3月会议" in text
    assert "−2.0 学时" in text
    assert "共 2 条" in _text(client, f"/ledger/?person={person}&source=partydays.meeting:{meeting.pk}")


def test_the_record_is_paged_by_what_was_last_seen(cast: Cast, enter: Enter) -> None:
    for number in range(35):
        hold(cast, date(2026, 1 + number // 7, 1 + number % 7), ["member-1"])
    client = enter("member-1")
    first = _text(client, "/me/")
    older = re.search(r'href="(\?kind=&before=[^"]+)"', first)
    assert older
    second = _text(client, f"/me/{older[1]}")
    assert (first.count("+2.0 学时"), second.count("+2.0 学时")) == (20, 15)


def test_overview_puts_exceptions_on_top(cast: Cast, enter: Enter) -> None:
    hold(cast, date(2026, 4, 22), ["member-1"])
    hold(cast, date(2026, 6, 9), ["member-5"], branch="二支部")
    text = _text(enter("party_office"), "/branches/")
    top = text.split('id="unarranged"')[1].split("</section>")[0]
    assert "一支部" in top
    assert "51 天" in top
    assert "书记党支部书记甲，上次 4月22日开展" in top
    assert "二支部" not in top
    assert "未开展" in text
    assert "未安排" in text


def test_guests_are_shown_beside_and_never_counted(cast: Cast, enter: Enter) -> None:
    system = System(cast.h1.tenant.pk)
    team = open_unit(
        actor=system, tenant_id=cast.h1.tenant.pk, tree=Tree.PARTY, kind=UnitKind.TEMPORARY_BRANCH, name="临时支部",
        parent=cast.h1.unit("党委"), on=date(2026, 1, 1),
    )  # fmt: skip
    client = enter("party_office")
    before = _text(client, f"/units/{cast.h1.unit('党委').pk}/")
    affiliate(actor=system, person=cast.h1.person("member-1"), unit=team, starts_on=date(2026, 2, 1))
    text = _text(client, f"/units/{team.pk}/")
    assert "不计入下面的人数" in text
    assert "党员甲" in text
    assert _count(text) == 0
    assert _count(_text(client, f"/units/{cast.h1.unit('党委').pk}/")) == _count(before) == 11
    assert _count(_text(client, f"/branches/{team.pk}/")) == 1


def test_tree_counts_equal_the_lists(cast: Cast, enter: Enter) -> None:
    client = enter("party_office")
    text = _text(client, "/units/?tree=party")
    for name, number in (("党委", 11), ("一支部", 9), ("二支部", 2)):
        unit = cast.h1.unit(name).pk
        assert re.search(rf"{name}</span><span[^>]*>{number} 人", text)
        assert _count(_text(client, f"/units/{unit}/")) == number
    assert "没有符合条件的组织" in _text(client, "/units/?tree=party&q=不存在")
    assert "二支部" not in _text(client, "/units/?tree=party&q=一支部")


def test_panels_are_drawn_where_they_have_something_to_say(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    panels.register("silent", "没有内容", lambda actor, person, on: None)
    panels.register("lines", "培养情况", lambda actor, person, on: panels.Drawn("directory/_lines.html", {}))
    text = _text(enter("member-1"), "/me/")
    assert "培养情况" in text
    assert "没有内容" not in text
    with pytest.raises(ValueError, match="twice"):
        panels.register("lines", "别的", lambda actor, person, on: None)


@pytest.mark.parametrize(
    "address",
    ["/people/", "/people/?sort=-hours&progress=behind", "/people/{person}/", "/units/?tree=party", "/units/{branch}/",
     "/units/{department}/", "/branches/{branch}/", "/branches/{branch}/attendance/", "/branches/{branch}/attendance/lines/",
     "/branches/", "/branches/?measure=attendance", "/branches/?measure=hours", "/branches/?measure=duties", "/ledger/", "/ledger/?unit={branch}"],
)  # fmt: skip
@pytest.mark.parametrize("number", ["party_office", "branch_secretary"])
def test_queries_do_not_grow(cast: Cast, enter: Enter, number: str, address: str) -> None:
    asked = address.format(
        person=cast.h1.person("member-1").pk,
        branch=cast.h1.unit("一支部").pk,
        department=cast.h1.unit("内科").pk,
    )
    client = enter(number)
    hold(cast, date(2026, 1, 10), ["member-1"])
    _queries(client, asked)
    one = _queries(client, asked)
    for month in (2, 3, 4):
        hold(cast, date(2026, month, 10), ["member-1", "member-2", "member-3"])
        open_unit(
            actor=System(cast.h1.tenant.pk), tenant_id=cast.h1.tenant.pk, tree=Tree.PARTY, kind=UnitKind.BRANCH,
            name=f"新支部{month}", parent=cast.h1.unit("总支"), on=date(2026, 1, 1),
        )  # fmt: skip
    assert _queries(client, asked) == one


def test_the_ledger_begins_with_the_newest(cast: Cast, enter: Enter) -> None:
    for month in (2, 4, 3):
        hold(cast, date(2026, month, 10), ["member-1"])
    client = enter("party_office")
    for address, order in (
        ("/ledger/", [3, 4, 2]),
        (f"/ledger/?unit={cast.h1.unit('一支部').pk}", [4, 3, 2]),
    ):
        text = _text(client, address)
        at = [text.index(f">{month}月会议<") for month in order]
        assert at == sorted(at)
