"""A hospital brings its register along: three errors named by row and column, mended, imported, seen in a case, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium, visitor
from contracts.serving import job_worker, web
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.membership.tests.registers import row_of, write_book

pytestmark = [pytest.mark.browser, pytest.mark.committing]
WAY = {
    "applied_on": "2023-03-01", "talked_on": "2023-03-20", "activist_on": "2023-09-01", "filed_on": "2023-09-10",
    "mentor1": "党员甲", "mentor2": "党员乙", "review1_on": "2024-03-01", "target_on": "2024-07-10", "listed_on": "2024-07-20",
    "introducer1": "党员甲", "introducer2": "党员乙", "reviewed_on": "2024-08-01", "trained_on": "2024-08-20", "hours": "24",
    "pre_reviewed_on": "2024-09-10", "met_on": "2024-09-30", "eligible": 8, "present": 4, "yes": 4, "approved_on": "2024-11-20",
}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path) -> Iterator[Server]:
    """The site and its job worker on a clone."""
    with web(committed, tmp_path) as server, job_worker(committed, tmp_path):
        yield server


def _books(folder: Path) -> tuple[Path, Path]:
    house = players.load().h1
    with scope([house.tenant.pk]):
        staff, other = house.person("staff"), house.person("hr_office")
        good = [row_of(staff, **WAY), row_of(other, applied_on="2024-01-08", talked_on="2024-04-20")]
    bad = [
        good[0] | {"applied_on": None},
        good[1] | {"talked_on": "2023-01-01"},
        {"staff_number": "没有", "name": "无此人", "applied_on": "2024-01-08"},
    ]
    return write_book(folder / "有错.xlsx", bad), write_book(folder / "台账.xlsx", good)


def _upload(page: Page, origin: str, book: Path) -> None:
    page.goto(f"{origin}/development/register/import/")
    page.set_input_files("[name=register]", book)
    page.click("button:has-text('上传并检查')")
    page.wait_for_url("**/register/import/*/")


def _well(window: Visitor, wrong: list[str], shots: Path | None, name: str) -> str:
    page = window.page
    if shots:
        page.screenshot(path=shots / f"{name}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]
    path = page.url.removeprefix(window.origin)
    wrong += window.look_at(path)
    return page.inner_text("main")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_register_is_mended_imported_seen_and_undone(
    site: Server, browser: Browser, tmp_path: Path, width: int
) -> None:
    shots = None
    window = visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in("party_office")
    page, origin, wrong = window.page, window.origin, list[str]()
    page.goto(f"{origin}/development/")
    page.click("a:has-text('导入台账')")
    assert "还没有导入过" in _well(window, wrong, shots, "home")
    bad, good = _books(tmp_path)
    _upload(page, origin, bad)
    told = _well(window, wrong, shots, "errors")
    assert "有 3 行不能导入" in told
    cells = [row.locator("td").all_inner_texts() for row in page.locator("tr.badrow").all()]
    assert {(row[0], row[2]) for row in cells} == {("2", "申请入党时间"), ("3", "谈话时间"), ("4", "工号")}
    assert page.locator("button:has-text('处后可导入')").is_disabled()
    with page.expect_download() as marked:
        page.click("a:has-text('下载标红的表格')")
    assert marked.value.suggested_filename == "标红-有错.xlsx"

    _upload(page, origin, good)
    told = _well(window, wrong, shots, "preview")
    assert "确定发展对象" in told
    assert "2014年《细则》第13条" in told
    assert "不足 5 人，会议无效" in told
    page.click("button:has-text('导入这 2 人')")
    page.wait_for_selector("text=已导入 2 个案卷", timeout=60_000)
    _well(window, wrong, shots, "done")
    run = page.url
    page.goto(f"{origin}/development/cases/?q=staff")
    page.click("td a, .lk")
    page.wait_for_load_state("load")
    told = _well(window, wrong, shots, "case")
    assert "据《台账.xlsx》第 2 行补录" in told
    assert "据台账补录" in told
    assert "经过一年以上培养教育和考察" in told

    page.goto(run)
    page.click("button:has-text('撤销这次导入')")
    page.click("dialog .btn-primary")
    page.wait_for_selector("text=已撤销这次导入")
    _well(window, wrong, shots, "undone")
    page.goto(f"{origin}/development/cases/")
    assert "共 0" in page.inner_text("main") or "没有" in page.inner_text("main")
    assert not wrong, "\n".join(wrong)
