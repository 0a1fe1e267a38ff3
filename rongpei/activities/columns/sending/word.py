"""The article as a Word document for the hospital paper, set as official papers are (GB/T 9704—2012)."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from rongpei.activities.columns.markup.tree import Node
from rongpei.activities.columns.sending.material import Material, as_jpeg
from rongpei.ground.ui.dates import day_full

TITLE, BODY, HEAD, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_WIDTH = Mm(156)
_INLINE = {
    "strong": "bold",
    "em": "italic",
    "u": "underline",
    "s": "strike",
    "sup": "superscript",
    "sub": "subscript",
}


def as_word(material: Material) -> bytes:
    """The document; it holds text and pictures only, nothing from outside."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    article = material.article
    paper.core_properties.title, paper.core_properties.author = article.title, article.author_name
    _line(paper, article.title, TITLE, 22, centre=True)
    if article.subtitle:
        _line(paper, f"——{article.subtitle}", KAI, 16, centre=True)
    _line(paper, material.byline, KAI, 16, centre=True)
    for node in material.root.children:
        if isinstance(node, Node):
            _block(paper, node, material)
    if article.author_note:
        _line(paper, _("作者的话：") + article.author_note, KAI, 14, indent=True)
    facts = [
        article.source and _("来源：%s") % article.source,
        article.published_at and day_full(article.published_at),
    ]
    _line(paper, "　".join(str(one) for one in facts if one), KAI, 12)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def _paragraph(paper: Any, *, centre: bool = False, indent: bool = False, size: float = 16) -> Any:
    paragraph = paper.add_paragraph()
    look = paragraph.paragraph_format
    look.space_before = look.space_after = Pt(0)
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28 if size <= 16 else 36)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        look.first_line_indent = Pt(size * 2)
    return paragraph


def _line(
    paper: Any, text: str, font: str, size: float, *, centre: bool = False, indent: bool = False
) -> None:
    for part in text.split("\n"):
        _run(_paragraph(paper, centre=centre, indent=indent, size=size), part, font, size)


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - no public way
    return run


def _block(paper: Any, node: Node, material: Material) -> None:
    if node.tag in ("h2", "h3"):
        _inline(_paragraph(paper, indent=True), node, HEAD if node.tag == "h2" else KAI)
    elif node.tag == "figure":
        _figure(paper, node, material)
    elif node.tag in ("ul", "ol"):
        for number, item in enumerate((one for one in node.children if isinstance(one, Node)), 1):
            paragraph = _paragraph(paper, indent=True)
            _run(paragraph, f"{number}. " if node.tag == "ol" else "· ", BODY, 16)
            _inline(paragraph, item, BODY)
    elif node.tag == "blockquote":
        for inner in node.find("p") or [node]:
            _inline(_paragraph(paper, indent=True), inner, KAI)
    elif node.tag == "table":
        _table(paper, node)
    elif node.tag != "hr":
        _inline(_paragraph(paper, indent=True), node, BODY)


def _inline(paragraph: Any, node: Node, font: str, marks: frozenset[str] = frozenset()) -> None:
    for child in node.children:
        if isinstance(child, str):
            run = _run(paragraph, child, font, 16)
            for mark in marks:
                setattr(run.font, mark, True)
        elif child.tag == "br":
            paragraph.add_run().add_break()
        else:
            added = _INLINE.get(child.tag)
            _inline(paragraph, child, font, marks | {added} if added else marks)


def _figure(paper: Any, node: Node, material: Material) -> None:
    for image in node.find("img"):
        content = material.picture(image)
        if content is not None:
            paragraph = paper.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run().add_picture(BytesIO(as_jpeg(content, 1600)), width=_WIDTH)
    for caption in node.find("figcaption"):
        _line(paper, caption.text.strip(), KAI, 12, centre=True)


def _table(paper: Any, node: Node) -> None:
    rows = [[one for one in row.children if isinstance(one, Node)] for row in node.find("tr")]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    table = paper.add_table(rows=len(rows), cols=width, style="Table Grid")
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            paragraph = table.cell(line, place).paragraphs[0]
            _run(paragraph, " ".join(cell.text.split()), BODY, 14)
