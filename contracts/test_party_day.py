"""A party day in a browser, at both widths: from the office's theme to the printed year.

Theme, plan from the kit, survey, two sittings, ten phones (a stale code, a second device and a forwarded picture refused), a
ward by tick-list, a phone without a network, minutes, confirmation, hours, make-up, correction, work book.
"""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import Browser, Page, expect

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium, visitor
from contracts.camera import read_picture
from contracts.serving import web
from rongpei.activities.partydays.models import Meeting, Theme
from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings import signin

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]
PASTED = "议题：\n1. 学习应急预案\n发言摘要：\n党员甲：要再练一遍。\n决议：\n每周练一次。"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site on a clone."""
    with web(committed, tmp_path) as server:
        yield server


def _window(browser: Browser, site: Server, number: str, width: int = 390) -> Visitor:
    return visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in(number)


def _agree(page: Page) -> None:
    page.locator("dialog .btn-primary").first.click()


def _issue_theme(office: Visitor) -> int:
    """The office writes a theme with its kit and gives it to the branches."""
    page, today = office.page, clock.today()
    page.goto(f"{office.origin}/meetings/themes/new/")
    page.fill("[name=title]", "亮身份、担使命")
    page.fill("[name=slogan]", "一线见行动")
    page.check("[name=theme_fields][value=infection_control]")
    page.check("[name=theme_forms][value=post_drill]")
    page.fill("[name=kit_agenda]", "1. 学习\n2. 实操")
    page.click("button:has-text('保存')")
    page.click("button:has-text('下发')")
    _agree(page)
    page.get_by_text("已下发，并通知了各支部书记").wait_for()
    with scope([players.load().h1.tenant.pk]):
        theme = Theme.objects.get()
        assert theme.starts_on == today
    return theme.pk


def _plan_from_kit(secretary: Visitor, theme: int) -> Meeting:
    """One tap; then the secretary moves it to today and adds a sitting for those on shifts."""
    page = secretary.page
    page.goto(f"{secretary.origin}/")
    page.locator("li:has-text('按方案安排') a, li:has-text('按方案安排') button").first.click()
    page.locator("button:has-text('按方案安排')").first.click()
    page.get_by_text("已按方案安排").wait_for()
    with scope([players.load().h1.tenant.pk]):
        meeting = Meeting.objects.select_related("gathering").get(theme=theme)
    page.goto(f"{secretary.origin}/meetings/{meeting.pk}/plan/")
    starts = timezone.localtime() + timedelta(minutes=2)
    early = starts - timedelta(hours=2) if starts.hour >= 2 else starts + timedelta(hours=2)
    page.fill("[name=held_on]", clock.today().isoformat())
    page.fill("[name=starts]", f"{starts:%H:%M}")
    page.fill("[name=second_starts]", f"{early:%H:%M}")
    page.click("button:has-text('保存')")
    page.get_by_text("安排已修改").wait_for()
    return meeting


def _answer_needs(member: Visitor) -> None:
    page = member.page
    page.goto(f"{member.origin}/")
    page.locator("li:has-text('会前需求调查') a").first.click()
    page.get_by_text("不记名", exact=True).first.wait_for()
    page.locator("input[name=q1]").first.check(force=True)
    page.locator("input[name=q2]").first.check(force=True)
    page.locator("input[name=q3]").first.check(force=True)
    page.click("button:has-text('提交')")
    page.get_by_text("已提交，谢谢您").wait_for()


def _code(meeting: Meeting, which: int, ago: int = 0) -> str:
    with scope([meeting.tenant_id]):
        sitting = list(meeting.gathering.sittings.order_by("starts_at"))[which]
    shown = clock.now() - timedelta(seconds=ago)
    return signin.code_for(
        tenant_id=sitting.tenant_id, sitting_id=sitting.pk, secret=sitting.secret, now=shown
    )


def _forged(code: str) -> str:
    """The same code with another signature."""
    said, signature = code.rsplit(".", 1)
    return f"{said}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _scan(phone: Visitor, code: str, said: str) -> None:
    phone.page.goto(f"{phone.origin}/meetings/s/{code}/")
    phone.page.get_by_text(said).first.wait_for()


def _projected(secretary: Visitor, meeting: Meeting) -> str:
    """The code of the first sitting as a camera reads it from the projector's picture."""
    with scope([meeting.tenant_id]):
        sitting = meeting.gathering.sittings.order_by("starts_at")[0].pk
    wall = secretary.context.new_page()
    wall.set_viewport_size({"width": 1920, "height": 1080})
    wall.route("**/code/", lambda route: route.abort())  # the picture stays still while it is taken
    wall.goto(f"{secretary.origin}/meetings/{meeting.pk}/screen/{sitting}/")
    seen = read_picture(wall.locator("img.qr").screenshot())
    wall.close()
    return seen.rpartition("/meetings/s/")[2].rstrip("/")


def _phones(browser: Browser, site: Server, meeting: Meeting, first: Visitor, secretary: Visitor) -> None:
    """Ten phones over two sittings, the first by the picture on the wall; the three tricks are refused."""
    numbers = ("member-2", "member-3", "group_leader", "organization_officer", "general_branch_secretary")
    _scan(first, _projected(secretary, meeting), "签到成功")
    for index, number in enumerate(numbers):
        phone = _window(browser, site, number)
        _scan(phone, _code(meeting, index % 2), "签到成功")
        phone.context.close()
    for number in ("member-5", "member-6", "staff", "hr_office"):  # from elsewhere: kept as observers
        phone = _window(browser, site, number)
        _scan(phone, _code(meeting, 1), "签到成功")
        phone.context.close()
    second = _window(browser, site, "member-1")  # the same account on another phone counts nobody twice
    _scan(second, _code(meeting, 1), "您已经签过到了")
    second.context.close()
    late = _window(browser, site, "training_office")
    _scan(late, _code(meeting, 0, ago=60), "这个码已失效，没有签到。")
    borrowed = visitor(browser, first.origin, width=390)
    borrowed.context.add_cookies(
        [one for one in first.context.cookies() if one["name"] == "rongpei_device"]  # type: ignore[misc]
    )
    borrowed.sign_in("department_head")
    _scan(borrowed, _code(meeting, 0), "这台手机已替别人签过到")
    _scan(late, _forged(_code(meeting, 0)), "这个码不是本次会议的签到码。")
    with scope([meeting.tenant_id]):
        came = meeting.gathering.attendances.filter(presence="present")
        assert came.count() == came.values("device").distinct().count() == 10


def _ward_by_list(secretary: Visitor, meeting: Meeting, person: int) -> None:
    """On the secretary's phone in a cellar: ticked without a network, handed over once it is back."""
    page = secretary.page
    page.goto(f"{secretary.origin}/meetings/{meeting.pk}/")
    page.locator("main a:visible:has-text('离线名单')").click()
    page.locator("#phone[data-lasts]").wait_for()
    secretary.context.set_offline(True)
    page.locator(f"[data-person='{person}'] label:has(input[value=present])").click()
    page.get_by_text("1 人的勾选存在本机").wait_for()
    secretary.context.set_offline(False)
    page.get_by_text("已同步，改动 1 人").wait_for()
    page.goto(f"{secretary.origin}/meetings/{meeting.pk}/attendance/")
    assert page.locator(f"input[name=presence-{person}][value=present]").is_checked()


def _record_and_confirm(secretary: Visitor, meeting: Meeting) -> None:
    page = secretary.page
    page.goto(f"{secretary.origin}/meetings/{meeting.pk}/minutes/")
    page.fill("[name=paste]", PASTED)
    page.click("button:has-text('拆开填入')")
    expect(page.locator("[name=resolution]")).to_have_value("每周练一次。")
    page.click("button:has-text('保存记录')")
    page.get_by_text("记录已保存").wait_for()
    _confirm(page)


def _confirm(page: Page) -> None:
    page.click("button:has-text('确认会议')")
    _agree(page)
    page.get_by_text("人的学时已记入成长档案").wait_for()


def _make_up(member: Visitor, secretary: Visitor, meeting: Meeting) -> None:
    """Who missed it makes up for it; the branch accepts; the attendance stays."""
    page = member.page
    page.goto(f"{member.origin}/meetings/{meeting.pk}/")
    page.click("summary:has-text('登记补学')")
    page.fill("[name=content]", "自学讲稿")
    page.locator("form[action$='/make-up/'] button:has-text('登记')").first.click()
    page.get_by_text("补学已登记").wait_for()
    secretary.page.goto(f"{secretary.origin}/meetings/make-ups/")
    secretary.page.click("button:has-text('计学时')")
    secretary.page.get_by_text("已计入学时").wait_for()
    page.goto(f"{member.origin}/me/")
    assert "+2.0 学时" in page.inner_text("main")
    page.goto(f"{member.origin}/meetings/{meeting.pk}/")
    assert "缺席" in page.inner_text("main")


def _correct(secretary: Visitor, meeting: Meeting, person: int) -> None:
    page = secretary.page
    page.goto(f"{secretary.origin}/meetings/{meeting.pk}/")
    page.locator("form[action$='/reopen/'] [name=reason]").fill("党员甲提前离开")
    page.click("button:has-text('冲回并更正')")
    page.get_by_text("已冲回学时").wait_for()
    page.goto(f"{secretary.origin}/meetings/{meeting.pk}/attendance/")
    page.locator(f"label:has(input[name=presence-{person}][value=leave])").click()
    page.fill(f"input[name=reason-{person}]", "急诊抢救")
    page.click("button:has-text('保存名单')")
    _confirm(page)


def _work_book(secretary: Visitor, branch: int) -> str:
    page = secretary.page
    page.goto(f"{secretary.origin}/branches/{branch}/")
    with page.expect_download() as download:
        page.click("a:has-text('工作手册')")
    document = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_theme_to_the_printed_year(site: Server, browser: Browser, width: int) -> None:
    cast = players.load()
    with scope([cast.h1.tenant.pk]):
        cast.h1.meeting().gathering.delete()
        one, ward = cast.h1.person("member-1").pk, cast.h1.person("branch_secretary").pk
        branch = cast.h1.unit("一支部").pk
    office, secretary = (_window(browser, site, who, width) for who in ("party_office", "branch_secretary"))
    member, absent = _window(browser, site, "member-1"), _window(browser, site, "member-4")

    meeting = _plan_from_kit(secretary, _issue_theme(office))
    _answer_needs(member)
    secretary.page.goto(f"{secretary.origin}/meetings/{meeting.pk}/plan/")
    secretary.page.get_by_text("答了 1 人").wait_for()
    _phones(browser, site, meeting, member, secretary)
    _ward_by_list(secretary, meeting, ward)
    _record_and_confirm(secretary, meeting)
    _make_up(absent, secretary, meeting)
    member.page.goto(f"{member.origin}/me/")
    assert "+2.0 学时" in member.page.inner_text("main")
    _correct(secretary, meeting, one)
    member.page.goto(f"{member.origin}/me/")
    assert "-2.0 学时" in member.page.inner_text("main").replace("−", "-")
    words = _work_book(secretary, branch)
    for part in ("支部工作手册", "亮身份、担使命", "每周练一次。", "党员甲（急诊抢救）", "自学讲稿"):
        assert part in words
    office.page.goto(f"{office.origin}/meetings/themes/")
    office.page.click("a:has-text('亮身份、担使命')")
    office.page.get_by_text("已记录 1").wait_for()
    office.page.click("button:has-text('提醒其余 1 个支部')")
    office.page.get_by_text("已提醒 1 个支部的书记").wait_for()
    office.page.click("button:has-text('撤回提醒')")
    office.page.get_by_text("提醒已撤回").wait_for()
    for window in (office, secretary, member, absent):
        assert not [fault for fault in window.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


TYPED_ON_PAPER = (
    "地点：示教室\n主持人：党支部书记甲\n议题：\n1. 学习\n发言：\n党员乙：要再练。\n决议：\n每周练一次。"
)


def test_yesterdays_meeting_is_entered_on_a_phone_in_six_touches(site: Server, browser: Browser) -> None:
    """The record pasted, why it is late, who was missing: all else is filled in. Hours stand at once."""
    house = players.load().h1
    with scope([house.tenant.pk]):
        missing, host = house.person("member-4").pk, house.person("branch_secretary")
    secretary = _window(browser, site, "branch_secretary")
    page = secretary.page
    page.goto(f"{secretary.origin}/meetings/")
    touches = 0

    def touch(act: Callable[[], object]) -> None:
        nonlocal touches
        act()
        touches += 1

    touch(page.locator("main a:visible:has-text('补录')").click)
    touch(lambda: page.fill("[name=text]", TYPED_ON_PAPER))
    touch(lambda: page.fill("[name=reason]", "当天值夜班"))
    touch(page.locator(f"label:has(input[name=presence-{missing}][value=leave])").click)
    touch(lambda: page.fill(f"[name=reason-{missing}]", "夜班"))
    touch(page.locator("button:has-text('补录并确认')").click)
    page.get_by_text("已补录并确认，学时已记入").wait_for()
    assert touches == 6
    with scope([house.tenant.pk]):
        meeting = Meeting.objects.select_related("gathering").get(entered_later_reason="当天值夜班")
        assert meeting.gathering.held_on == clock.today() - timedelta(days=1)
        assert (meeting.host_id, meeting.resolution) == (host.pk, "每周练一次。")
        assert meeting.gathering.sittings.get().location == "示教室"
        assert meeting.gathering.attendances.get(person_id=missing).reason == "夜班"
    assert not secretary.faults


VOTED_ON_PAPER = f"{TYPED_ON_PAPER}\n表决情况：\n1. 同意支委会报告：赞成 8 票，反对 0 票，弃权 1 票"


@pytest.mark.parametrize("width", [1280, 390])
def test_votes_are_read_from_the_pasted_record_counted_and_printed(
    site: Server, browser: Browser, width: int
) -> None:
    """Nine there: a vote pasted, one typed in a row added, one vote too many refused, then mended, confirmed and printed."""
    secretary = _window(browser, site, "branch_secretary", width)
    page = secretary.page
    page.goto(f"{secretary.origin}/meetings/later/?kind=members_meeting")
    page.fill("[name=text]", VOTED_ON_PAPER)
    page.fill("[name=reason]", "当天值夜班")
    page.locator("button:visible", has_text="先保存").click()
    page.get_by_text("已补录，请核对后确认").wait_for()
    page.locator("main a:visible", has_text="填写记录").click()
    page.fill("[name=vote-1-text]", "同意学习安排")
    page.fill("[name=vote-1-yes]", "10")
    page.click("button:has-text('再加一项')")
    page.locator("[name=vote-2-text]").wait_for()
    expect(page.locator("[name=vote-1-text]")).to_have_value("同意学习安排")
    page.press("[name=vote-1-yes]", "Enter")
    page.get_by_text("记录已保存").wait_for()
    page.get_by_text("赞成 8 票，反对 0 票，弃权 1 票").wait_for()
    page.get_by_text("合计 10 票，多于可以计的 9 票").wait_for()
    page.click("button:has-text('确认会议')")
    _agree(page)
    page.get_by_text("“同意学习安排”的票数对不上").wait_for()
    page.go_back()
    page.locator("main a:visible", has_text="填写记录").click()
    page.fill("[name=vote-1-yes]", "4")
    page.click("button:has-text('保存记录')")
    page.get_by_text("未通过").wait_for()
    _confirm(page)
    with page.expect_download() as download:
        page.click("a:has-text('会议记录')")
    printed = "\n".join(one.text for one in Document(download.value.path()).paragraphs)
    assert "同意支委会报告：赞成 8 票，反对 0 票，弃权 1 票，通过。" in printed
    assert "同意学习安排：赞成 4 票，反对 0 票，弃权 0 票，未通过。" in printed
    assert not secretary.faults
