"""A verification that ended, in Chromium, wide and narrow: revoked, expired and ending ones, a new version."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, chromium
from contracts.gate import SECRET, closed_article
from contracts.verification_windows import WIDTHS, open_site, right, window_of
from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.verification.models import Credential
from rongpei.pipelines.verification.tests import samples

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]
WHO = "outside_volunteer"  # the cast's outside professional wrote the article, and writers read their own


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(committed: str, tmp_path: Path, width: int) -> Iterator[Server]:
    """The site on a clone; a narrow window meets the portal apart."""
    with open_site(committed, tmp_path, width) as server:
        yield server


@pytest.fixture
def address(site: Server) -> str:
    """Where a closed article stands; the reader has been verified."""
    operator = players.load().operator
    with scope([operator.tenant.pk]):
        article, _picture, _attachment = closed_article(operator)
        samples.decided(
            samples.submitted(operator, WHO), passed=True, reviewer=operator.actor("certificate_reviewer")
        )
    return f"/read/{article.pk}/"


def _meets(reader: Visitor, address: str, way: str) -> None:
    """The closed article says where the reader stands; its one button leads on."""
    reader.page.goto(reader.origin + address)
    assert SECRET not in reader.page.inner_text("article")
    reader.page.click(f"article a:has-text('{way}')")
    right(reader)


def _hand_in_again(reader: Visitor, folder: Path) -> None:
    """From the agreement to waiting; what was said before stands there already."""
    page, photo = reader.page, folder / "证书.jpg"
    photo.write_bytes(samples.picture("navy").read())
    page.click("button[value='agree']")
    page.get_by_role("heading", name="知情同意书").wait_for()
    page.click("button[value='agree']")
    page.get_by_text("这是您上次认证时填的").wait_for()
    right(reader)
    assert page.input_value("[name=id_number]") == samples.ID_NUMBER
    page.click("main button:has-text('保存，下一步')")
    page.get_by_role("heading", name="上传证书").wait_for()
    right(reader)
    assert page.input_value("[name=number]") == samples.NUMBER
    page.set_input_files("[name=pictures]", photo)
    page.get_by_text("已去除拍摄位置").wait_for()
    page.click("main button:has-text('提交审核')")


def _pass(desk: Visitor) -> None:
    """The reviewer takes the one that waits, and passes it."""
    page = desk.page
    page.goto(f"{desk.origin}/review/")
    page.locator("button:has-text('领取')").first.click()
    page.get_by_text("已领取").first.wait_for()
    page.click("#decision button:has-text('通过')")
    page.get_by_text("已通过，会通知本人。").wait_for()


def _reads(reader: Visitor, address: str) -> None:
    reader.page.goto(reader.origin + address)
    assert SECRET in reader.page.inner_text("article")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_revoked_one_is_asked_for_again(
    site: Server, address: str, browser: Browser, tmp_path: Path, width: int
) -> None:
    desk = window_of(browser, site, "certificate_reviewer", width=width)
    reader = window_of(browser, site, WHO, width=width)
    _reads(reader, address)
    page = desk.page
    page.goto(f"{desk.origin}/review/decided/")
    page.click("main a:has-text('罗永康')")
    page.click("summary:has-text('撤销这个认证')")
    right(desk)
    page.click("summary:has-text('撤销这个认证')")
    page.fill("[name=why]", "发证机关答复：证书已注销。")
    page.locator("details button:has-text('撤销')").click()
    page.locator("dialog button:has-text('撤销')").click()
    page.get_by_text("已撤销，会通知本人。").wait_for()
    _meets(reader, address, "看原因")
    assert "发证机关答复：证书已注销。" in reader.page.inner_text("main")
    reader.page.click("a:has-text('重新认证')")
    right(reader)
    _hand_in_again(reader, tmp_path)
    reader.page.get_by_text("工作人员正在审核").wait_for()
    right(reader)
    _meets(reader, address, "看审核进度")
    _pass(desk)
    _reads(reader, address)
    reader.page.goto(f"{reader.origin}/verify/mine/")
    right(reader)
    assert "被撤销" in reader.page.inner_text("main section:has-text('现在')")
    assert not [fault for one in (reader, desk) for fault in one.faults]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_expired_one_is_asked_for_again(
    site: Server, address: str, browser: Browser, tmp_path: Path, width: int
) -> None:
    operator, today = players.load().operator, clock.today()
    with scope([operator.tenant.pk]):
        Credential.objects.filter(person=operator.person(WHO)).update(
            starts_on=today - timedelta(days=700), ends_on=today
        )
    reader = window_of(browser, site, WHO, width=width)
    _meets(reader, address, "重新认证")
    assert "认证已经到期" in reader.page.inner_text("main")
    reader.page.click("a:has-text('重新认证')")
    _hand_in_again(reader, tmp_path)
    reader.page.get_by_text("工作人员正在审核").wait_for()
    right(reader)
    desk = window_of(browser, site, "certificate_reviewer", width=width)
    _pass(desk)
    _reads(reader, address)
    assert not [fault for one in (reader, desk) for fault in one.faults]


@pytest.mark.parametrize("width", WIDTHS)
def test_one_that_ends_soon_is_renewed_while_reading_goes_on(
    site: Server, address: str, browser: Browser, tmp_path: Path, width: int
) -> None:
    operator, today = players.load().operator, clock.today()
    with scope([operator.tenant.pk]):
        mine = Credential.objects.filter(person=operator.person(WHO))
        mine.update(starts_on=today - timedelta(days=700), ends_on=today + timedelta(days=20))
    reader = window_of(browser, site, WHO, width=width)
    page = reader.page
    page.goto(f"{reader.origin}/verify/mine/")
    right(reader)
    page.click("a:has-text('提前续期')")
    _hand_in_again(reader, tmp_path)
    page.get_by_text("现在的认证继续有效").wait_for()
    right(reader)
    _reads(reader, address)
    desk = window_of(browser, site, "certificate_reviewer", width=width)
    _pass(desk)
    page.goto(f"{reader.origin}/verify/mine/")
    page.get_by_text("已通过").first.wait_for()
    assert page.locator("main a:has-text('续期')").count() == 0
    assert not [fault for one in (reader, desk) for fault in one.faults]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_new_version_is_answered_and_nothing_is_handed_in_again(
    site: Server, address: str, browser: Browser, width: int
) -> None:
    reader = window_of(browser, site, WHO, width=width)
    _reads(reader, address)
    operator = players.load().operator
    with scope([operator.tenant.pk]):
        samples.anew(operator)
    _meets(reader, address, "看新版协议")
    assert "协议有了新版本" in reader.page.inner_text("main")
    reader.page.click("button[value='refuse']")
    reader.page.get_by_text("您没有同意认证协议").wait_for()
    _meets(reader, address, "再看看协议")
    reader.page.click("a:has-text('重新认证')")
    reader.page.click("button[value='agree']")
    reader.page.get_by_text("您已通过 HCP 身份认证").wait_for()
    _reads(reader, address)
    assert not reader.faults
