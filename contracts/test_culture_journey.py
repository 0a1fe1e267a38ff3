"""Culture in Chromium, wide and narrow: a programme with its cast, a work that waits for a consent, a piece read by an expert."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium, visitor
from contracts.serving import web
from rongpei.activities.culture.codes import LEDGER_PERFORMED, LEDGER_STUDIED
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.ledger.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.committing]


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


def _window(browser: Browser, site: Server, number: str, width: int) -> Visitor:
    return visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in(number)


def _hours(number: str, kind: str) -> list[str]:
    cast = players.load()
    with scope(cast.tenant_ids):
        rows = Entry.objects.filter(person=cast.h1.person(number), kind=kind)
        return [str(one) for one in rows.values_list("class_hours", flat=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_programme_gives_its_cast_hours_once(site: Server, browser: Browser, width: int) -> None:
    keeper = _window(browser, site, "publicity_office", width)
    page = keeper.page
    page.goto(f"{keeper.origin}/culture/programmes/new/")
    page.select_option("[name=occasion]", "nurses_day")
    page.fill("[name=title]", "把帽子戴正")
    page.evaluate("document.querySelector('[name=held_on]').value = new Date().toISOString().slice(0, 10)")
    page.check("[name=educations] >> nth=0")
    page.fill("[name=class_hours]", "2")
    page.click("main form button:has-text('保存')")
    page.get_by_text("已安排，接着登记节目和演职人员。").wait_for()
    for title in ("授帽", "合唱"):
        page.fill("[name=title]", title)
        page.click("button:has-text('添加节目')")
        page.get_by_text("节目已添加。").wait_for()
        page.locator("summary:has-text('登记演职人员')").last.click()
        page.locator("details[open] [name=who]").fill("member-1，院外嘉宾")
        page.locator("details[open] button:has-text('登记')").click()
        page.get_by_text("已登记 2 人。").wait_for()
    page.fill("[name=audience]", "120")
    page.click("button:has-text('确认举办')")
    page.locator("dialog button.btn-primary").click()
    page.get_by_text("已确认举办").wait_for()
    assert _hours("member-1", LEDGER_PERFORMED) == ["2.00"]
    assert not keeper.look_at(page.url.removeprefix(keeper.origin))


@pytest.mark.parametrize("width", [1280, 390])
def test_a_work_is_shown_while_those_in_it_agree(site: Server, browser: Browser, width: int) -> None:
    keeper, member = (_window(browser, site, one, width) for one in ("publicity_office", "member-1"))
    page, origin = keeper.page, keeper.origin
    page.goto(f"{origin}/culture/keep/works/new/")
    page.select_option("[name=kind]", "tv_series")
    page.fill("[name=title]", "走廊那盏灯")
    page.select_option("[name=rights]", "own")
    page.check("[name=on_view]")
    page.click("main form button:has-text('保存')")
    page.get_by_text("作品已登记").wait_for()
    page.fill("[name=titles]", "第一夜\n第二夜")
    page.click("button:has-text('添加')")
    page.get_by_text("已添加 2 集。").wait_for()
    page.fill("[name=who]", "member-1")
    page.click("button:has-text('登记') >> nth=-1")
    page.get_by_text("还有 1 位出镜的人没有同意。").wait_for()

    mine = member.page
    mine.goto(f"{origin}/culture/")
    assert mine.locator("main").get_by_text("走廊那盏灯").count() == 0
    mine.goto(f"{origin}/culture/consents/")
    mine.click("main button:has-text('同意') >> nth=0")
    mine.get_by_text("已同意").wait_for()
    mine.goto(f"{origin}/culture/")
    mine.click("a:has-text('走廊那盏灯')")
    mine.click("a:has-text('第一夜')")
    mine.fill("[name=thoughts]", "明天起交接提前十分钟到，把没写清的缩写都改成全称，出声念一遍。")
    mine.click("button:has-text('提交心得')")
    mine.get_by_text("已学完这一集").wait_for()
    assert _hours("member-1", LEDGER_STUDIED) == ["0.50"]
    mine.goto(f"{origin}/privacy/")
    assert mine.get_by_text("在“走廊那盏灯”中出镜").count() == 1
    mine.goto(f"{origin}/culture/consents/")
    mine.click("main button:has-text('撤回同意')")
    mine.get_by_text("已撤回").wait_for()
    mine.goto(f"{origin}/culture/")
    assert mine.locator("main").get_by_text("走廊那盏灯").count() == 0
    assert not member.look_at("/culture/consents/")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_piece_goes_out_after_an_expert(site: Server, browser: Browser, width: int) -> None:
    author, expert, keeper = (
        _window(browser, site, one, width) for one in ("member-1", "member-2", "publicity_office")
    )
    page, origin = author.page, author.origin
    page.goto(f"{origin}/culture/health/pieces/new/")
    page.fill("[name=title]", "流感还是感冒")
    page.fill("[name=body]", "起病急、烧得高，更像流感。")
    page.fill("[name=topics]", "流感")
    page.click("main form button:has-text('保存')")
    page.get_by_text("已保存，写好后请送专家审核。").wait_for()
    address = page.url
    page.fill("[name=numbers]", "member-2")
    page.evaluate("document.querySelector('[name=due_on]').value = '2099-01-01'")
    page.click("button:has-text('送审')")
    page.get_by_text("已送 1 位专家审核。").wait_for()

    expert.page.goto(address)
    expert.page.click("button:has-text('退回修改')")
    expert.page.get_by_text("请写明要修改什么").first.wait_for()
    expert.page.goto(address)
    expert.page.fill("[name=opinion]", "可以。")
    expert.page.click("button:has-text('可以发布')")
    expert.page.get_by_text("您的意见已记下。").wait_for()

    keeper.page.goto(address)
    keeper.page.click("main button:has-text('发布')")
    keeper.page.get_by_text("已发布，两年后提醒复核。").wait_for()
    stranger = visitor(browser, origin, width=width)
    stranger.page.goto(f"{origin}/culture/health/")
    stranger.page.click("a:has-text('流感还是感冒')")
    stranger.page.get_by_text("专家审过").wait_for()
    assert not stranger.look_at(address.removeprefix(origin))
