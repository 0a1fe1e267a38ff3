"""What means harm: texts in every field of the portal run nothing in Chromium; files are refused or made harmless."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts import portal
from contracts.browsing import chromium, visitor
from contracts.serving import web
from rongpei.activities.columns.models import Article, ArticleFile, Column, Comment
from rongpei.activities.columns.tests.corpus import ATTACKS
from rongpei.ground.files.codes import IMAGE_BYTES
from rongpei.ground.files.tests import corpus
from rongpei.ground.tenancy.scope import scope

pytestmark = [pytest.mark.committing]


def _client(number: str) -> Client:
    client = Client()
    client.force_login(players.load().h1.user(number))
    return client


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


def _column_full_of(attack: str, number: int) -> Column:
    """A column whose every field holds the attack, as far as it takes it."""
    office = _client("publicity_office")
    form = {
        "name": f"{number}{attack}"[:40], "introduction": attack[:600], "host": attack[:60], "guiding_unit": attack[:80],
        "parts": attack[:30].replace(",", ""), "position": "0", "comments_open": "on", "moderation": "post",
    }  # fmt: skip
    assert office.post("/desk/columns/found/", form).status_code == 302, attack
    column = Column.objects.order_by("-id").first()
    office.post(
        f"/desk/columns/{column.pk}/invite/",
        {"guest": attack[:60], "topic": attack[:80], "message": attack[:300], "due_on": "2099-01-01"},
    )
    office.post("/desk/words/", {"words": f"词{number}{attack}"[:40], "act": "hold"})
    return column


def _article_full_of(attack: str, column: Column) -> Article:
    """An article likewise, through the pages, in print, with a comment and a report."""
    writer, office, party = _client("member-1"), _client("publicity_office"), _client("party_office")
    assert writer.post("/desk/begin/", {"column": column.pk, "title": attack[:80]}).status_code == 302
    article = Article.objects.order_by("-id").first()
    form = {
        "title": attack[:80], "subtitle": attack[:80], "part": column.parts[0] if column.parts else "",
        "author_kind": "person", "author_name": attack[:60], "author_post": attack[:80], "source": attack[:80],
        "summary": attack[:200], "specialties": attack[:20].replace(",", ""), "tags": attack[:20].replace(",", ""),
        "author_note": attack[:600], "serves": attack[:80], "related_ids": "", "original": "on", "comments_open": "on",
        "html": f"<p>正文{attack}</p>{attack}", "base": "0", "remark": attack[:80],
    }  # fmt: skip
    assert writer.post(f"/desk/{article.pk}/write/", form).status_code == 302, attack
    checked = {"secrecy_checked": "on", "opinion": attack[:300]}
    for client, verb in ((writer, "submit"), (office, "edit"), (party, "approve")):
        assert client.post(f"/desk/{article.pk}/{verb}/", checked).status_code == 302, (verb, attack)
    said = {"key": str(uuid4()), "body": f"评论{attack}"[:1000], "display_name": attack[:12].ljust(2, "。")}
    reader = _client(f"member-{article.pk % 4 + 2}")
    assert reader.post(f"/read/{article.pk}/comment/", said).status_code == 302, attack
    comment = Comment.objects.filter(article=article).get()
    _client("staff").post(
        f"/read/{article.pk}/comments/{comment.pk}/report/", {"reason": "other", "words": attack[:200]}
    )
    return article


@pytest.mark.slow
@pytest.mark.browser
def test_no_text_runs_anything(site: Server, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rongpei.activities.columns.actions.talk.MOST_A_MINUTE", 10_000)
    tenant = players.load().h1.tenant.pk
    made = []
    with scope([tenant]):
        for number, attack in enumerate(ATTACKS):
            made.append(_article_full_of(attack, _column_full_of(attack, number)))
    origin = f"http://127.0.0.1:{site.port}"
    window = visitor(browser, origin).sign_in("publicity_office")
    page = window.page
    page.on("dialog", lambda dialog: window.faults.append(f"dialog: {dialog.message}"))
    paths = [
        "/read/",
        "/read/search/?q=正文",
        "/read/mine/",
        "/desk/",
        "/desk/comments/",
        "/desk/words/",
        "/desk/statistics/",
    ]
    paths += [
        f"/read/search/?q={quoted}"
        for quoted in ("<script>window.pwned=1</script>", "'\"><img src=x onerror=window.pwned=1>")
    ]
    with scope([tenant]):
        said = dict(Comment.objects.values_list("article_id", "pk"))
    for article in made:
        comment = said[article.pk]
        paths += [
            f"/read/{article.pk}/", f"/read/columns/{article.column_id}/", f"/desk/{article.pk}/",
            f"/desk/{article.pk}/write/", f"/desk/{article.pk}/revisions/", f"/desk/{article.pk}/send/",
            f"/desk/columns/{article.column_id}/", f"/desk/comments/{comment}/",
        ]  # fmt: skip
    for path in paths:
        answer = page.goto(origin + path)
        assert answer is not None
        assert answer.status == 200, path
        assert "default-src 'self'" in answer.headers["content-security-policy"], path
        page.locator("main :is(h1, h2)").first.click(position={"x": 2, "y": 2})
        assert page.evaluate("window.pwned") is None, path
        assert [frame for frame in page.frames if frame.evaluate("window.pwned") is not None] == [], path
    # The page's policy has nothing to stop, for nothing that it would stop is stored.
    assert [fault for fault in window.faults if "wechat" not in fault] == []


FILES = {
    "svg": ("icon.svg", corpus.SVG),
    "svg as png": ("icon.png", corpus.SVG),
    "html as png": ("page.png", b"<!doctype html>" + corpus.SCRIPT),
    "eicar": ("notes.txt", corpus.EICAR),
    "eicar in a picture": ("photo.png", corpus.image("PNG") + corpus.EICAR),
    "pixel bomb": ("bomb.png", corpus.png_bomb(60_000)),
    "too large": ("big.png", corpus.image("PNG") + b"\x00" * IMAGE_BYTES),
    "program": ("setup.exe", b"MZ" + b"\x00" * 400),
    "program as pdf": ("paper.pdf", b"MZ" + b"\x00" * 400),
    "archive as docx": ("paper.docx", corpus.zipped({"run.js": b"x"})),
    "macro": ("paper.docx", corpus.office("docx", {"word/vbaProject.bin": b"x"})),
    "script in a pdf": (
        "paper.pdf",
        corpus.pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"),
    ),
    "empty": ("nothing.png", b""),
    "half a picture": ("half.jpg", corpus.image("JPEG", (400, 300))[:200]),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", ["cover", "picture", "attachment"])
def test_a_harmful_file_is_refused_with_one_sentence(db: None, name: str, part: str) -> None:
    house = players.load().h1
    with scope([house.tenant.pk]):
        article = portal.draft(house, portal.column(house), "收文件的稿")
    filename, content = FILES[name]
    answer = _client("member-1").post(
        f"/desk/{article.pk}/files/",
        {"part": part, "file": SimpleUploadedFile(filename, content)},
        headers={"accept": "application/json"},
    )
    assert answer.status_code in (400, 403, 409), answer.content.decode()
    assert answer.json()["why"].endswith("。")
    with scope([house.tenant.pk]):
        assert not ArticleFile.objects.filter(article=article).exists()


POLYGLOTS = {
    "picture and page": ("photo.jpg", corpus.image("JPEG") + b"<html>" + corpus.SCRIPT),
    "picture and archive": ("photo.png", corpus.image("PNG") + corpus.zipped({"run.js": b"x"})),
    "photograph with its place": ("photo.jpg", corpus.photo()),
    "moving picture": ("moving.gif", corpus.image("GIF") + corpus.SCRIPT),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_a_picture_is_drawn_anew_and_holds_nothing_else(committed: str, name: str) -> None:
    house = players.load().h1
    with scope([house.tenant.pk]):
        article = portal.draft(house, portal.column(house), "收图片的稿")
    filename, content = POLYGLOTS[name]
    client = _client("member-1")
    answer = client.post(
        f"/desk/{article.pk}/files/",
        {"part": "picture", "file": SimpleUploadedFile(filename, content)},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 200, answer.content.decode()
    served = client.get(answer.json()["url"])
    stored = b"".join(served.streaming_content)  # type: ignore[attr-defined]  # a file response
    assert b"<script" not in stored
    assert b"PK\x03\x04" not in stored
    assert corpus.MAKER.encode() not in stored
    with Image.open(BytesIO(stored)) as image:
        assert not dict(image.getexif())
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served["Content-Security-Policy"]
