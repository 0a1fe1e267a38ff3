"""Verification in Chromium, wide and narrow: from joining to an open article, every branch, and the reviewers' desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page

from bench.serving import Server
from contracts import cast as players
from contracts import portal
from contracts.browsing import Visitor, chromium
from contracts.verification_windows import WIDTHS, open_site, right, window_of
from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.scope import scope
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.queries import latest_answer
from rongpei.pipelines.verification.models import Submission
from rongpei.pipelines.verification.tests import samples

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]
PHONE = "13900005678"


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


def _photo(folder: Path) -> Path:
    path = folder / "证书.jpg"
    path.write_bytes(samples.picture().read())
    return path


def _scan(folder: Path) -> Path:
    """A scanned certificate of two pages."""
    path = folder / "证书.pdf"
    first, second = (Image.new("RGB", (620, 877), colour) for colour in ("white", "ivory"))
    first.save(path, "PDF", resolution=75, save_all=True, append_images=[second])
    return path


def _code_in(outbox: Path) -> str:
    line = outbox.read_text(encoding="utf-8").splitlines()[-1]
    return line.split("验证码 ")[1][:6]


def _gated() -> int:
    """A closed article of the operator's public column."""
    operator = players.load().operator
    with scope([operator.tenant.pk]):
        column = portal.column(operator, "和谐医患故事", is_public=True)
        return portal.published(operator, column, "负压病房里的四十分钟", requires_hcp=True).pk


def _join(window: Visitor, outbox: Path) -> None:
    page = window.page
    page.click("a:has-text('院外医务人员，手机号注册')")
    page.fill("[name=phone]", PHONE)
    page.click("main button:has-text('发送验证码')")
    page.get_by_text("请勾选").first.wait_for()
    assert page.input_value("[name=phone]") == PHONE
    page.check("[name=agreed]")
    page.check("[name=known]")
    page.click("main button:has-text('发送验证码')")
    page.fill("[name=code]", "000000")
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "four-calm-rivers")
    page.click("main button:has-text('完成注册')")
    page.get_by_text("验证码不对").first.wait_for()
    page.fill("[name=code]", _code_in(outbox))
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "four-calm-rivers")
    page.click("main button:has-text('完成注册')")
    page.get_by_role("heading", name="身份认证").wait_for()


def _fill_in(window: Visitor, folder: Path, name: str = "罗永康") -> None:
    page = window.page
    page.fill("[name=name]", name)
    page.fill("[name=id_number]", samples.ID_NUMBER[:-1] + "1")
    page.select_option("[name=profession]", "doctor")
    page.fill("[name=workplace]", "云汀市平安区人民医院")
    page.click("main button:has-text('保存，下一步')")
    page.get_by_text("校验码不对").wait_for()
    page.fill("[name=id_number]", samples.ID_NUMBER)
    page.click("main button:has-text('确认无误，继续'), main button:has-text('保存，下一步')")
    page.get_by_role("heading", name="上传证书").wait_for()
    page.select_option("[name=certificate]", "doctor_practice")
    page.fill("[name=number]", "1104301220001")
    page.set_input_files("[name=pictures]", _photo(folder))
    page.get_by_text("已去除拍摄位置").wait_for()
    assert page.input_value("[name=number]") == "1104301220001"
    page.get_by_text("一般是 15 位数字，填了 13 位。").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_from_a_closed_article_to_its_text(
    site: Server, browser: Browser, tmp_path: Path, width: int
) -> None:
    pk, outbox = _gated(), Path(settings.DATA) / "outbox" / "sms.jsonl"
    window = window_of(browser, site, width=width)
    page, origin = window.page, window.origin
    page.goto(f"{origin}/read/{pk}/")
    page.get_by_role("link", name="登录", exact=True).last.click()
    _join(window, outbox)
    page.goto(f"{origin}/read/{pk}/")
    page.click("article a:has-text('去认证')")
    right(window)
    page.click("a:has-text('开始认证')")
    right(window)
    assert "平台运营方，是您个人信息的处理者" in page.inner_text("main")
    weights = page.evaluate(
        "[...document.querySelectorAll('.vfoot button')].map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(weights)) == 1
    page.click("button:has-text('拒绝')")
    page.get_by_text("您没有同意认证协议").wait_for()
    page.goto(f"{origin}/read/{pk}/")
    assert "没有同意身份认证协议" in page.inner_text("article")
    assert page.goto(f"{origin}/read/").status == 200
    page.goto(f"{origin}/verify/agreement/")
    page.click("button:has-text('同意') >> nth=-1")
    right(window)
    page.click("button:has-text('不同意并跳过')")
    right(window)
    _fill_in(window, tmp_path)
    right(window)
    page.click("main button:has-text('提交审核')")
    page.get_by_text("工作人员正在审核").wait_for()
    right(window)
    with scope([players.load().operator.tenant.pk]):
        user = User.objects.get(phone=PHONE)
        assert latest_answer(user, TextKind.INFORMED_CONSENT).answer == Answer.SKIP

    desk = window_of(browser, site, "certificate_reviewer", width=width)
    _review(desk, "退回修改", ["图片不清楚", "姓名不一致"], "右下角反光，请重拍。")
    page.goto(f"{origin}/verify/")
    right(window)
    told = page.inner_text("main")
    assert all(
        word in told for word in ("这次没有通过", "还可提交 2 次", "图片不清楚", "姓名不一致", "右下角反光")
    )
    page.click("a:has-text('修改并重新提交')")
    page.set_input_files("[name=pictures]", _scan(tmp_path))
    page.get_by_role("link", name="第 3 张").wait_for()
    page.click("main button:has-text('存草稿')")
    page.get_by_text("已存草稿").wait_for()
    page.click("main button:has-text('提交审核')")
    page.get_by_text("工作人员正在审核").wait_for()
    _review(desk, "通过", [], "")
    page.goto(f"{origin}/read/{pk}/")
    assert "清晨七点二十" in page.inner_text("article")
    page.goto(f"{origin}/verify/?next=/read/{pk}/")
    page.get_by_text("您已通过 HCP 身份认证").wait_for()
    page.wait_for_url(f"{origin}/read/{pk}/", timeout=15_000)
    page.goto(f"{origin}/verify/?next=/read/{pk}/")
    page.click("a:has-text('留在本页')")
    page.get_by_text("已停留在本页").wait_for()
    page.wait_for_timeout(6000)
    assert page.url.startswith(f"{origin}/verify/")
    assert not [fault for one in (window, desk) for fault in one.faults]


def _review(window: Visitor, button: str, reasons: list[str], words: str) -> None:
    page = window.page
    page.goto(f"{window.origin}/review/")
    if page.locator("button:has-text('领取')").count():
        page.locator("button:has-text('领取')").first.click()
        page.get_by_text("已领取").first.wait_for()
    right(window)
    image = page.locator(".vview img").first
    assert image.evaluate("one => one.complete && one.naturalWidth") > 0
    page.click("button[aria-label='放大']")
    page.click("button[aria-label='旋转']")
    assert "turn1" in (image.get_attribute("class") or "")
    for reason in reasons:
        page.check(f"label:has-text('{reason}') input")
    if words:
        page.fill("[name=message]", words)
    page.click(f"#decision button:has-text('{button}')")
    page.get_by_text("会通知本人").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_appeal_a_withdrawal_and_the_lists(site: Server, browser: Browser, width: int) -> None:
    operator = players.load().operator
    with scope([operator.tenant.pk]):
        submission = samples.submitted(operator)
        samples.decided(submission, passed=False, reviewer=operator.actor("certificate_reviewer"))
        samples.submitted(
            operator,
            "outside_volunteer",
            name="谭思敏",
            id_number="110105194912310038",
            number="110430122000123",
        )
        samples.second_reviewer(operator)
    window = window_of(browser, site, "outside_hcp", width=width)
    page, origin = window.page, window.origin
    page.goto(f"{origin}/verify/")
    page.click("a:has-text('不认可，请人工复核')")
    right(window)
    page.fill("[name=words]", "四角都看得清，请再看一次。")
    page.click("main button:has-text('申请复核')")
    page.get_by_text("已申请复核，由另一位审核员查看。").wait_for()
    first, second = (
        window_of(browser, site, "certificate_reviewer", width=width),
        window_of(browser, site, "editor", width=width),
    )
    first.page.goto(f"{origin}/review/queue/")
    first.page.get_by_role("link", name="谭思敏").wait_for()
    for path in ("/review/queue/", "/review/decided/", "/review/service/", "/review/templates/"):
        assert first.look_at(path) == [], path
    second.page.goto(f"{origin}/review/")
    second.page.locator("button:has-text('领取')").first.click()
    second.page.get_by_text("已领取").first.wait_for()
    second.page.click(".q a:has-text('人工复核')")
    assert "四角都看得清" in second.page.inner_text("main")
    second.page.click("#decision button:has-text('通过')")
    second.page.get_by_text("已通过，会通知本人。").wait_for()
    page.goto(f"{origin}/verify/mine/")
    right(window)
    assert "编辑" in page.inner_text("main section:has-text('谁看过我的证件')")
    page.locator("form:has-text('身份认证协议书') button").click()
    page.locator("dialog button:has-text('撤回同意')").click()
    page.get_by_text("已撤回。专业内容已关闭").wait_for()
    page.goto(f"{origin}/verify/")
    page.get_by_text("您已撤回同意").wait_for()
    with scope([operator.tenant.pk]):
        assert not Submission.objects.filter(person=operator.person("outside_hcp")).exclude(name="").exists()
    assert not [fault for one in (window, first, second) for fault in one.faults]


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_by_their_record(site: Server, browser: Browser, width: int) -> None:
    house, pk = players.load().h1, _gated()
    with scope([house.tenant.pk]):
        samples.on_record(house.person("member-1"), "nurse")
    for number, open_to in (("member-1", True), ("member-2", False)):
        window = window_of(browser, site, number, "H1", width)
        page: Page = window.page
        page.goto(f"{window.origin}/verify/?next=/read/{pk}/")
        page.click("a:has-text('开始认证')")
        page.click("button:has-text('同意') >> nth=-1")
        page.click("button:has-text('不同意并跳过')")
        right(window)
        if open_to:
            page.click("button:has-text('核对并认证')")
            page.wait_for_url(f"{window.origin}/read/{pk}/", timeout=15_000)
            assert "清晨七点二十" in page.inner_text("article")
        else:
            assert "请人事处更正" in page.inner_text("main")
        assert not window.faults
