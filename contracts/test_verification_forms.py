"""A question form in Chromium, wide and narrow: written, answered, changed, counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.serving import Server
from contracts.browsing import chromium
from contracts.verification_windows import WIDTHS, open_site, right, window_of

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site on a clone."""
    with open_site(committed, tmp_path) as server:
        yield server


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_from_writing_to_results(site: Server, browser: Browser, width: int) -> None:
    builder = window_of(browser, site, "editor", width=width)
    page, origin = builder.page, builder.origin
    page.goto(f"{origin}/questions/")
    right(builder)
    page.click("a:has-text('新编一份')")
    page.fill("[name=title]", "阅读习惯")
    page.fill("[name=text]", "常看哪些？[单选]\n- 论坛\n- 其他\n写出其他[填空][当第9题选“其他”]")
    page.select_option("[name=audience]", "everyone")
    page.click("main button:has-text('存草稿')")
    page.get_by_text("要引用它前面的题").wait_for()
    page.fill("[name=text]", "常看哪些？[单选]\n- 论坛\n- 其他\n写出其他[填空][当第1题选“其他”]")
    page.click("main button:has-text('存草稿')")
    page.click("main button:has-text('开始收集')")
    page.get_by_text("已开始收集。").wait_for()
    right(builder)
    reader = window_of(browser, site, "outside_hcp", width=width)
    mine = reader.page
    mine.goto(f"{origin}/verify/mine/")
    mine.click("a:has-text('去填写')")
    right(reader)
    assert not mine.get_by_label("2. 写出其他").is_visible()
    mine.get_by_label("其他", exact=True).check()
    mine.click("main button:has-text('提交')")
    mine.get_by_text("请回答这一题。").first.wait_for()
    mine.get_by_label("2. 写出其他").fill("护理文化")
    mine.click("main button:has-text('提交')")
    mine.get_by_text("已提交，谢谢您。").wait_for()
    mine.click("a:has-text('修改')")
    assert mine.get_by_label("2. 写出其他").input_value() == "护理文化"
    page.click("a:has-text('看结果')")
    page.get_by_text("护理文化").wait_for()
    right(builder)
    with page.expect_download() as download:
        page.click("a:has-text('导出 Excel')")
    assert download.value.suggested_filename.endswith(".xlsx")
    assert not [fault for one in (builder, reader) for fault in one.faults]
