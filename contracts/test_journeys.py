"""The main job in a browser: a roster becomes people, a meeting becomes hours, and a correction follows through."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium, visitor
from contracts.serving import job_worker, web
from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings import signin
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.people.roster.writing import write_roster

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]
ROWS = 3000


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


def _window(browser: Browser, site: Server, number: str, width: int = 1280) -> Visitor:
    return visitor(browser, f"http://127.0.0.1:{site.port}", width=width).sign_in(number)


def _workbook(path: Path, rows: list[dict[str, object]]) -> Path:
    book = BytesIO()
    write_roster(book, rows)
    path.write_bytes(book.getvalue())
    return path


def _plant(rows: list[dict[str, object]]) -> None:
    """Five faults, each in a row and column of its own; Excel's first data row is 3."""
    number = str(rows[115]["id_number"])
    rows[115]["id_number"] = number[:-1] + ("0" if number[-1] != "0" else "1")
    rows[399]["born_on"] = "1988-02-30"
    rows[974]["branch"] = "没有的支部"
    rows[1527] |= {
        "party_status": "full",
        "branch": "一支部",
        "joined_on": "2019-05-12",
        "converted_on": "2019-05-12",
    }
    rows[2243]["staff_number"] = rows[2242]["staff_number"]


def _upload(page: Page, origin: str, path: Path) -> None:
    page.goto(f"{origin}/roster/")
    page.set_input_files("[name=roster]", path)
    page.click("button:has-text('上传并检查')")
    page.wait_for_load_state("load")


def _import(page: Page) -> None:
    page.click("button:has-text('导入这')")
    page.get_by_text("已导入：").wait_for(timeout=60_000)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_roster_is_mended_imported_undone_and_imported_again(
    site: Server, browser: Browser, tmp_path: Path, width: int
) -> None:
    rows = [dict(row) for row in sample_rows(ROWS, 11, ["内科", "外科"], ["一支部", "二支部"])]
    good = _workbook(tmp_path / "改好.xlsx", rows)
    _plant(rows)
    bad = _workbook(tmp_path / "花名册.xlsx", rows)
    window = _window(browser, site, "hr_office", width)
    page, origin = window.page, window.origin

    _upload(page, origin, bad)
    errors = page.locator("tr.badrow")
    assert {errors.nth(index).locator("td").nth(0).inner_text() for index in range(errors.count())} >= {
        "118", "402", "977", "1530", "2246",
    }  # fmt: skip
    table = page.locator("[aria-label='错误清单']").inner_text()
    assert all(title in table for title in ("身份证号", "出生日期", "党支部", "转正时间", "工号"))
    assert page.locator("button:has-text('后可导入')").is_disabled()
    with page.expect_download() as download:
        page.click("a:has-text('下载标红的表格')")
    assert download.value.suggested_filename.startswith("标红-")

    _upload(page, origin, good)
    _import(page)
    assert "新增 3,000 人" in page.inner_text("main")
    page.click("button:has-text('撤销这次导入')")
    page.locator("dialog button:has-text('确'), dialog .btn-primary").first.click()
    page.get_by_text("这次导入已撤销").wait_for()
    page.goto(f"{origin}/search/?q={rows[7]['name']}")
    assert str(rows[7]["staff_number"]) not in page.inner_text("main")

    _upload(page, origin, good)
    _import(page)
    page.goto(f"{origin}/search/?q={rows[7]['staff_number']}")
    assert str(rows[7]["name"]) in page.inner_text("main")
    with page.expect_download() as download:
        page.goto(f"{origin}/roster/")
        page.click("a:has-text('导出现有名册')")
    again = tmp_path / "导出.xlsx"
    download.value.save_as(again)
    _upload(page, origin, again)
    assert "没有要导入的变化" in page.inner_text("main")
    assert not window.faults


def _code(cast: players.Cast, ago: int = 0) -> str:
    with scope([cast.h1.tenant.pk]):
        sitting = cast.h1.meeting().gathering.sittings.get()
    shown = clock.now().timestamp() - ago
    step = int(shown) // signin.STEP_SECONDS
    return (
        f"{sitting.tenant_id:x}.{sitting.pk:x}.{step:x}.{signin._signature(sitting.secret, sitting.pk, step)}"
    )


def _hours(window: Visitor) -> str:
    window.page.goto(f"{window.origin}/me/")
    return window.page.inner_text("main")


def test_a_meeting_becomes_hours_and_a_correction_follows(site: Server, browser: Browser) -> None:
    cast = players.load()
    with scope([cast.h1.tenant.pk]):
        meeting = cast.h1.meeting()
        names = [row.person.staff_number for row in meeting.gathering.attendances.select_related("person")]
        ward = cast.h1.person("member-4")
    secretary = _window(browser, site, "branch_secretary")
    page, origin = secretary.page, secretary.origin
    page.goto(f"{origin}/meetings/{meeting.pk}/")
    page.click("a:has-text('投屏签到')")
    page.locator("img.qr").wait_for()

    scanning = [name for name in names if name != "member-4"] + ["member-5", "staff"]
    phones = {number: _window(browser, site, number, 390) for number in scanning[:10]}
    for number, phone in phones.items():
        phone.page.goto(f"{origin}/meetings/s/{_code(cast)}/")
        phone.page.get_by_text("签到成功").wait_for()
        assert not phone.faults, number
    assert len(phones) == 10

    stale = next(iter(phones.values()))
    stale.page.goto(f"{origin}/meetings/s/{_code(cast, ago=60)}/")
    stale.page.get_by_text("这个码已失效，没有签到。").wait_for()
    borrowed = visitor(browser, origin, width=390)
    borrowed.context.add_cookies(
        [cookie for cookie in stale.context.cookies() if cookie["name"] == "rongpei_device"]  # type: ignore[misc]
    )
    borrowed.sign_in("member-6").page.goto(f"{origin}/meetings/s/{_code(cast)}/")
    borrowed.page.get_by_text("这台手机已替别人签过到").wait_for()

    page.goto(f"{origin}/meetings/{meeting.pk}/attendance/")
    page.locator(f"input[name=presence-{ward.pk}][value=present]").check(force=True)
    page.fill(f"input[name=reason-{ward.pk}]", "隔离病区，未带手机")
    page.click("button:has-text('保存名单')")
    page.goto(f"{origin}/meetings/{meeting.pk}/minutes/")
    page.fill("[name=minutes]", "学习应急预案，三人发言。")
    page.click("button:has-text('保存记录')")
    _confirm(page)
    assert "+2.0 学时" in _hours(phones["member-1"])

    page.goto(f"{origin}/meetings/{meeting.pk}/")
    page.fill("#id_reason", "党员甲提前离开")
    page.click("button:has-text('冲回并更正')")
    page.get_by_text("已冲回学时").wait_for()
    left = _person(cast, "member-1")
    page.goto(f"{origin}/meetings/{meeting.pk}/attendance/")
    page.locator(f"input[name=presence-{left}][value=leave]").check(force=True)
    page.fill(f"input[name=reason-{left}]", "急诊抢救")
    page.click("button:has-text('保存名单')")
    _confirm(page)
    record = _hours(phones["member-1"])
    assert "-2.0 学时" in record or "−2.0 学时" in record
    assert "+2.0 学时" in _hours(phones["member-2"])
    assert not secretary.faults


def _confirm(page: Page) -> None:
    page.click("button:has-text('确认会议')")
    page.locator("dialog .btn-primary, dialog button:has-text('确')").first.click()
    page.get_by_text("人的学时已记入成长档案").wait_for()


def _person(cast: players.Cast, number: str) -> int:
    with scope([cast.h1.tenant.pk]):
        return cast.h1.person(number).pk
