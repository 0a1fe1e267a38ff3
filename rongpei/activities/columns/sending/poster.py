"""The article as an A2 poster for display boards, by typst. Without a Chinese font it refuses: typst would silently draw boxes."""

import json
import tempfile
from functools import cache
from pathlib import Path

import segno
import typst
from django.utils.translation import gettext as _

from rongpei.activities.columns.markup.tree import Node
from rongpei.activities.columns.sending.material import Material, as_jpeg
from rongpei.ground.audit import Refused
from rongpei.ground.ui.dates import day_full

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "FangSong")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei")
# What a board of this size holds in letters that are read standing.
MOST_LETTERS = 1500
_SOURCE = Path(__file__).with_name("poster.typ")


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts(include_embedded_fonts=False).families())


def fonts() -> tuple[str, str]:
    """The serif and the sans font to set Chinese in.

    Refuses when the machine has neither.
    """
    have = _families()
    serif = next((name for name in _SERIF if name in have), None)
    sans = next((name for name in _SANS if name in have), None)
    if serif is None and sans is None:
        raise Refused(
            _("服务器上没有中文字体，不能生成海报。"),
            remedy=_("请系统管理员安装思源宋体或思源黑体（Debian：fonts-noto-cjk）后再试。"),
            code="font",
        )
    return serif or str(sans), sans or str(serif)


def as_poster(material: Material, address: str) -> bytes:
    """A PDF of one page, 420 × 594 mm; a long article ends with the code that leads to the whole."""
    return _compiled(material, address, "pdf")


def as_preview(material: Material, address: str) -> bytes:
    """The same page as a small PNG."""
    return _compiled(material, address, "png")


def _compiled(material: Material, address: str, form: str) -> bytes:
    serif, sans = fonts()
    facts = json.dumps(_facts(material) | {"serif": serif, "sans": sans}, ensure_ascii=False)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "poster.typ").write_text(_SOURCE.read_text("utf-8"), "utf-8")
        (root / "facts.json").write_text(facts, "utf-8")
        segno.make(address, error="m").save(str(root / "code.svg"), border=0, dark="#23201d")
        if material.cover:
            (root / "cover.jpg").write_bytes(as_jpeg(material.cover, 2400))
        if form == "png":
            found = typst.compile(str(root / "poster.typ"), root=folder, format="png", ppi=40.0)
        else:
            found = typst.compile(str(root / "poster.typ"), root=folder, format="pdf")
    content = found[0] if isinstance(found, list) else found
    return bytes(content or b"")


def _facts(material: Material) -> dict[str, object]:
    article = material.article
    blocks, more = _blocks(material.root)
    return {
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": material.byline,
        "column": article.column.name,
        "date": day_full(article.published_at) if article.published_at else "",
        "blocks": blocks,
        "cover": bool(material.cover),
        "brand": "融培",
        "house": _("专业园地"),
        "code_words": _("扫码看全文和评论") if more else _("扫码看评论"),
    }


def _blocks(root: Node) -> tuple[list[dict[str, str]], bool]:
    """Blocks in order until the board is full; whether something was left out."""
    kinds = {"h2": "head", "h3": "head", "blockquote": "quote"}
    made: list[dict[str, str]] = []
    letters = 0
    for node in root.children:
        if not isinstance(node, Node) or node.tag in ("figure", "table", "hr"):
            continue
        items = node.find("li") if node.tag in ("ul", "ol") else [node]
        for item in items:
            text = " ".join(item.text.split())
            if letters + len(text) > MOST_LETTERS:
                return made, True
            letters += len(text)
            kind = "item" if node.tag in ("ul", "ol") else kinds.get(node.tag, "text")
            made.append({"kind": kind, "text": text})
    return made, False
