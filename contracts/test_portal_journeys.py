"""The portal in Chromium, wide and narrow: from a paste to print, moderation, and a closed article on every face."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import Server
from contracts import cast as players
from contracts import portal
from contracts.browsing import Visitor, chromium, visitor
from contracts.gate import SECRET, STATES, WHO, closed_article
from contracts.serving import either, web
from rongpei.activities.columns.models import Article, Revision
from rongpei.activities.columns.tests.corpus import WECHAT, WORD
from rongpei.ground.tenancy.scope import scope

pytestmark = [pytest.mark.browser, pytest.mark.committing, pytest.mark.slow]


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


@pytest.fixture
def met(committed: str, tmp_path: Path, width: int) -> Iterator[Server]:
    """The site on a clone; a narrow window meets the portal apart."""
    with either(committed, tmp_path, width) as server:
        yield server


def _window(browser: Browser, site: Server, number: str = "", code: str = "H1", width: int = 1280) -> Visitor:
    found = visitor(browser, f"http://127.0.0.1:{site.port}", width=width)
    return found.sign_in(number, code) if number else found


_PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', plain);
  const area = document.querySelector('.ped-area');
  area.focus();
  area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def _paste(page: Page, html: str) -> None:
    page.locator(".ped-area").click()
    page.evaluate(_PASTE, [html, "纯文本"])


def _step(window: Visitor, pk: int, button: str, said: str) -> None:
    page = window.page
    page.goto(f"{window.origin}/desk/{pk}/")
    box = page.locator("main form:has(button:has-text('" + button + "')) [name=secrecy_checked]")
    if box.count():
        box.check()
    page.click(f"main button:has-text('{button}')")
    page.get_by_text(said).wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_paste_to_print(site: Server, browser: Browser, tmp_path: Path, width: int) -> None:
    writer = _window(browser, site, "member-1", width=width)
    page, origin = writer.page, writer.origin
    page.goto(f"{origin}/desk/begin/")
    page.fill("[name=title]", "四步交接")
    page.click("main button:has-text('开始写')")
    page.locator(".ped-area").wait_for()
    _paste(page, WORD)
    assert page.locator(".ped-area h2").inner_text() == "四步交接"
    assert page.locator(".ped-area ul li").all_inner_texts() == ["看监护", "问疼痛"]
    assert page.locator(".ped-area [style], .ped-area .MsoNormal").count() == 0
    page.get_by_text("已自动保存").wait_for(state="attached")

    picture = tmp_path / "picture.png"
    picture.write_bytes(portal.png().read())
    with page.expect_file_chooser() as chooser:
        page.click(".ped-bar button[aria-label='插图']")
    chooser.value.set_files(picture)
    page.locator(".ped-area figure img").wait_for()
    # A window that is closed loses nothing.
    page.wait_for_timeout(3500)
    page.goto(f"{origin}/desk/")
    page.click("a:has-text('四步交接')")
    page.click("a:has-text('写')")
    page.get_by_text("写到一半、自动保存的内容").wait_for()
    assert page.locator(".ped-area figure img").count() == 1
    page.click("main button:has-text('保存') >> nth=-1") if width < 500 else page.click(
        "#writing button:has-text('保存')"
    )
    page.get_by_text("已保存。").wait_for()
    pk = int(page.url.rstrip("/").split("/")[-1])
    _step(writer, pk, "提交给编辑", "已提交，编辑会处理。")

    editor = _window(browser, site, "publicity_office", width=width)
    editor.page.goto(f"{origin}/")
    assert "四步交接：编辑" in editor.page.inner_text("main")
    _step(editor, pk, "编辑通过，送终审", "编辑通过，等待终审。")
    office = _window(browser, site, "party_office", width=width)
    _step(office, pk, "终审通过", "已发布。")

    reader = _window(browser, site, "staff", width=width)
    assert reader.look_at(f"/read/{pk}/") == []
    text = reader.page.inner_text("article")
    assert all(word in text for word in ("四步交接", "清晨七点，交接班开始。", "看监护", "步骤"))
    assert reader.page.locator(".prose figure img").evaluate("image => image.naturalWidth") > 0
    assert not [fault for window in (writer, editor, office) for fault in window.faults]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_paste_from_wechat_keeps_the_text_and_says_what_it_cannot_take(
    met: Server, browser: Browser, width: int
) -> None:
    writer = _window(browser, met, "member-1", width=width)
    page = writer.page
    page.goto(f"{writer.origin}/desk/begin/")
    page.fill("[name=title]", "从公众号来的稿")
    page.click("main button:has-text('开始写')")
    page.locator(".ped-area").wait_for()
    _paste(page, WECHAT)
    assert page.locator(".ped-area p").all_inner_texts() == ["标题 正文", "第二段重点"]
    assert page.locator(".ped-area :is(b, strong)").all_inner_texts() == ["标题", "重点"]
    assert page.locator(".ped-area :is(section, span, img, [style], [data-tool])").count() == 0
    trouble = page.get_by_role("alert").filter(has_text="有图片不能随粘贴带进来")
    page.get_by_text("已自动保存").wait_for(state="attached")
    assert trouble.is_visible()
    page.click("#writing button:has-text('保存')")
    page.get_by_text("已保存。").wait_for()
    pk = int(page.url.rstrip("/").split("/")[-1])
    with scope([players.load().h1.tenant.pk]):
        saved = Revision.objects.get(article=pk).html
    assert saved == "<p><strong>标题</strong> 正文</p><p>第二段<strong>重点</strong></p>"
    assert not writer.faults


@pytest.mark.parametrize("width", [1280, 390])
def test_a_comment_waits_is_seen_by_its_writer_and_then_by_all(
    met: Server, browser: Browser, width: int
) -> None:
    cast = players.load()
    with scope([cast.h1.tenant.pk]):
        pk = portal.rows(cast.h1).printed.pk
    writer = _window(browser, met, "member-3", width=width)
    page, origin = writer.page, writer.origin
    page.goto(f"{origin}/read/{pk}/#write")
    page.fill("[name=body]", "请问五句话是哪五句？")
    page.fill("[name=display_name]", "毕医生")
    page.click("button:has-text('提交审核')")
    page.get_by_text("现在只有您自己看得到").wait_for()
    assert "待审，仅您可见" in page.inner_text("#talk")
    other = _window(browser, met, "member-4", width=width)
    other.page.goto(f"{origin}/read/{pk}/")
    assert "请问五句话" not in other.page.inner_text("article")

    moderator = _window(browser, met, "publicity_office", width=width)
    desk = moderator.page
    desk.goto(f"{origin}/desk/comments/")
    desk.click("a:has-text('请问五句话是哪五句？')")
    assert "党员丙" not in desk.inner_text("main")
    desk.click("a:has-text('查看真实姓名')")
    assert "党员丙" in desk.inner_text("main")
    desk.click("button:has-text('通过，让大家看到')")
    desk.get_by_text("已通过，大家都能看到。").wait_for()

    other.page.goto(f"{origin}/read/{pk}/")
    assert "请问五句话" in other.page.inner_text("#threads")
    other.page.locator("#threads li", has_text="请问五句话").locator("button[aria-label='赞，0']").click()
    other.page.locator("#threads button[aria-label='赞，1']").wait_for()
    other.page.locator("#threads li", has_text="请问五句话").locator("a:has-text('举报')").click()
    other.page.click("button:has-text('提交举报')")
    other.page.get_by_text("已举报，审核员会处理。").wait_for()
    desk.goto(f"{origin}/desk/comments/")
    assert "被举报" in desk.inner_text("main")

    page.goto(f"{origin}/read/mine/")
    page.locator("li", has_text="请问五句话").locator("button:has-text('撤回')").click()
    page.locator("dialog button:has-text('撤回')").click()
    page.get_by_text("评论已撤回。").wait_for()
    other.page.goto(f"{origin}/read/{pk}/")
    assert "请问五句话" not in other.page.inner_text("article")
    assert not [fault for window in (writer, other, moderator) for fault in window.faults]


def _faces(window: Visitor, article: Article, picture: int, attachment: int) -> dict[str, bool]:
    """Whether the closed words, picture or file come out of each face, as this window meets it."""
    page, origin = window.page, window.origin
    page.goto(f"{origin}/read/{article.pk}/")
    seen = {"page": SECRET in page.inner_text("body")}
    ask, files = page.context.request, f"{origin}/read/{article.pk}/files"
    seen["picture"] = ask.get(f"{files}/{picture}/").status == 200
    seen["file"] = SECRET in ask.get(f"{files}/{attachment}/").text()
    page.goto(f"{origin}/read/search/?q=脱法")
    seen["search"] = article.title in page.inner_text("main")
    seen["feed"] = SECRET in ask.get(f"{origin}/read/feed/").text()
    api = ask.get(f"{origin}/read/api/articles/{article.pk}/")
    seen["api"] = SECRET in json.dumps(api.json(), ensure_ascii=False)
    return seen


_SHUT = dict.fromkeys(("page", "picture", "file", "search", "feed", "api"), False)
# A feed reader signs in to nothing, so the feed never holds a closed text.
_OPEN = dict.fromkeys(_SHUT, True) | {"feed": False}


@pytest.mark.parametrize("width", [1280, 390])
def test_a_closed_article_to_a_stranger_and_to_another_house(
    met: Server, browser: Browser, width: int
) -> None:
    operator = players.load().operator
    with scope([operator.tenant.pk]):
        closed = closed_article(operator)
    anonymous, path = _window(browser, met, width=width), f"/read/{closed[0].pk}/"
    assert _faces(anonymous, *closed) == _SHUT
    assert anonymous.look_at(path) == []
    assert "缓冲间的灯" in anonymous.page.inner_text("article")
    assert anonymous.page.locator("article").get_by_role("link", name="登录").count() == 1
    member = _window(browser, met, "member-1", "H1", width)
    assert _faces(member, *closed) == _SHUT
    member.page.goto(member.origin + path)
    assert member.page.locator("article").get_by_role("link", name="去认证").count() == 1


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("state", ["none", "refused", "pending", "verified", "expired"])
def test_a_closed_article_in_every_state(met: Server, browser: Browser, state: str, width: int) -> None:
    bring, is_open, button = STATES[state]
    operator = players.load().operator
    with scope([operator.tenant.pk]):
        closed = closed_article(operator)
        bring(operator)
    outsider, path = _window(browser, met, WHO, "PORTAL", width), f"/read/{closed[0].pk}/"
    assert _faces(outsider, *closed) == (_OPEN if is_open else _SHUT)
    assert outsider.look_at(path) == []
    if is_open:
        image = outsider.page.locator(".prose figure img")
        assert image.evaluate("image => image.naturalWidth") > 0
    else:
        outsider.page.locator("article").get_by_role("link", name=button).click()
        outsider.page.wait_for_url("**/verify/**")
