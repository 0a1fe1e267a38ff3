"""The privacy desk in Chromium, wide and narrow: consent and its withdrawal, the copy, a deletion asked and answered."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from python_calamine import CalamineWorkbook

from bench.serving import Server
from contracts import cast as players
from contracts import portal, privacy
from contracts.browsing import chromium, visitor
from contracts.serving import web
from rongpei.activities.columns.models import Comment
from rongpei.ground.tenancy.scope import scope

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


@pytest.mark.parametrize("width", [1280, 390])
def test_a_person_and_the_office(site: Server, browser: Browser, tmp_path: Path, width: int) -> None:
    cast = players.load()
    with scope(cast.tenant_ids):
        portal.rows(cast.h1), privacy.a_text(cast.h1)
        me = cast.h1.person("member-2").pk
    origin = f"http://127.0.0.1:{site.port}"
    mine = visitor(browser, origin, width=width).sign_in("member-2")
    page = mine.page

    # Consent is given after reading, and withdrawn by one press on the list.
    page.goto(f"{origin}/settings/")
    page.click("main a:has-text('我的个人信息')")
    page.click("a:has-text('阅读并回答')")
    page.get_by_text("只收集办事需要的信息").wait_for()
    page.click("main button:has-text('同意')")
    page.get_by_text("已记下您同意").wait_for()
    page.click("button:has-text('撤回同意')")
    page.get_by_text("撤回以前的处理不受影响。").first.wait_for()
    assert "已撤回" in page.inner_text("main")

    # The copy, for a person and for a machine.
    for button, name in (("下载 Excel", "copy.xlsx"), ("下载 JSON", "copy.json")):
        with page.expect_download() as coming:
            page.click(f"button:has-text('{button}')")
        coming.value.save_as(tmp_path / name)
    book = CalamineWorkbook.from_path(tmp_path / "copy.xlsx")
    assert book.sheet_names[0] == "目录"
    assert any("评论" in name for name in book.sheet_names)
    told = json.loads((tmp_path / "copy.json").read_text(encoding="utf-8"))
    assert any(part["title"] == "基本信息" and "党员乙" in part["rows"][0] for part in told["parts"])
    page.click("a:has-text('能不能删')")
    page.get_by_text("《劳动合同法》第七条").locator("visible=true").first.wait_for()

    # A deletion, asked with a choice and answered with it.
    page.click("a:has-text('要求删除')")
    assert page.get_by_text("依法不能删除的").count() == 1
    page.click("button:has-text('提出申请')")
    page.get_by_text("请选要删除哪些信息").wait_for()
    page.check("label:has-text('评论') >> nth=0")
    page.click("button:has-text('提出申请')")
    page.get_by_text("申请已提出").wait_for()
    assert not mine.look_at("/privacy/")

    office = visitor(browser, origin, width=width).sign_in("hr_office")
    desk = office.page
    desk.goto(f"{origin}/")
    desk.get_by_text("答复党员乙的个人信息申请").first.wait_for()
    assert not office.look_at("/privacy/desk/")
    desk.click("a:has-text('党员乙')")
    desk.get_by_text("同意或部分同意时删除").wait_for()
    desk.check("label:has-text('同意') >> nth=0")
    desk.fill("[name=words]", "已删除您的评论。")
    desk.click("button:has-text('答复并办理')")
    desk.locator("dialog button:has-text('答复并办理'), dialog button.btn-primary").first.click()
    desk.get_by_text("已答复，申请人会收到通知。").wait_for()
    with scope(cast.tenant_ids):
        assert not Comment.objects.filter(person_id=me, body__contains="大字卡").exists()

    page.goto(f"{origin}/privacy/")
    page.click("main a:has-text('删除') >> nth=0")
    page.get_by_text("已删除您的评论。").wait_for()
    assert page.get_by_text("评论 1 条").count() == 1
    for window in (mine, office):
        assert not window.faults
        window.context.close()
