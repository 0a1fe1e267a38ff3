"""The article as an A2 poster for display boards, by typst. Without a Chinese font it refuses: typst would silently draw boxes."""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal

import segno
import typst
from django.utils.translation import gettext as _

from rongpei.activities.columns.markup.tree import Node
from rongpei.activities.columns.sending.material import Material, as_jpeg
from rongpei.ground.audit import Refused
from rongpei.ground.ui.dates import day_full

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "FangSong")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei")
# Type sizes in points, from the largest; under the last nobody reads standing.
_SIZES = (34, 30, 26, 23, 20)
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
    """A PDF of one page, 420 × 594 mm, in the largest type in which the text fits.

    A text too long for the smallest ends early, and the code leads to the whole.
    """
    return _Board(material, address).drawn("pdf")


def as_preview(material: Material, address: str) -> bytes:
    """The same page as a small PNG."""
    return _Board(material, address).drawn("png")


class _Board:
    """One board: finds what fits, then draws it."""

    def __init__(self, material: Material, address: str) -> None:
        self.material, self.address = material, address
        self.serif, self.sans = fonts()

    def drawn(self, form: Literal["pdf", "png"]) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "poster.typ").write_text(_SOURCE.read_text("utf-8"), "utf-8")
            segno.make(self.address, error="m").save(str(root / "code.svg"), border=0, dark="#23201d")
            if self.material.cover:
                (root / "cover.jpg").write_bytes(as_jpeg(self.material.cover, 2400))
            self._fit(root)
            if form == "png":
                return _pages(root, 40.0)[0]
            made = typst.compile(str(root / "poster.typ"), root=folder, format="pdf")
            return bytes(made or b"")

    def _fit(self, root: Path) -> None:
        """Leave facts in the folder with which the board is one page."""
        blocks = _blocks(self.material.root)
        for size in _SIZES:
            self._tell(root, blocks, size, cut=False)
            if len(_pages(root, 4.0)) == 1:
                return
        low, high = 1, len(blocks)  # how many blocks are kept; `low` always fits or nothing does
        while low < high:
            middle = (low + high + 1) // 2
            self._tell(root, blocks[:middle], _SIZES[-1], cut=True)
            low, high = (middle, high) if len(_pages(root, 4.0)) == 1 else (low, middle - 1)
        self._tell(root, blocks[:low], _SIZES[-1], cut=True)

    def _tell(self, root: Path, blocks: list[dict[str, str]], size: int, *, cut: bool) -> None:
        article = self.material.article
        facts = {
            "serif": self.serif,
            "sans": self.sans,
            "size": size,
            "title": article.title,
            "title_size": _title_size(article.title),
            "subtitle": article.subtitle,
            "byline": self.material.byline,
            "column": article.column.name,
            "date": day_full(article.published_at) if article.published_at else "",
            "blocks": blocks,
            "cover": bool(self.material.cover),
            "brand": "融培",
            "house": _("专业园地"),
            "code_words": _("扫码看全文和评论") if cut else _("扫码看评论"),
        }
        (root / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def _title_size(title: str) -> int:
    """One line where it fits, else two that are not left with a single character."""
    return 84 if len(title) <= 11 else 66 if len(title) <= 14 else 72


def _pages(root: Path, ppi: float) -> list[bytes]:
    made = typst.compile(str(root / "poster.typ"), root=str(root), format="png", ppi=ppi)
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made or b"")]


def _blocks(root: Node) -> list[dict[str, str]]:
    """Blocks in order; pictures and tables stay on the page."""
    kinds = {"h2": "head", "h3": "head", "blockquote": "quote"}
    made: list[dict[str, str]] = []
    for node in root.children:
        if not isinstance(node, Node) or node.tag in ("figure", "table", "hr"):
            continue
        listed = node.tag in ("ul", "ol")
        for item in node.find("li") if listed else [node]:
            text = " ".join(item.text.split())
            made.append({"kind": "item" if listed else kinds.get(node.tag, "text"), "text": text})
    return made
