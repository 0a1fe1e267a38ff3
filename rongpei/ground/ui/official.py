"""A Word document with the look of GB/T 9704-2012.

A4, margins 37/35/28/26 mm; title 小标宋 22 pt, text 仿宋 16 pt with lines of 28 pt, headings 黑体. Fonts are named, not embedded:
a machine without them shows its own.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import IO, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TITLE, BODY, HEAD, SUBHEAD = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARGINS = (Mm(37), Mm(35), Mm(28), Mm(26))
_TEXT_WIDTH = 156  # millimetres between the margins
_PICTURE_WIDTH = 74
_TALL = 30  # from this height a row may break over pages, and its text begins at the top
_NARROW = 30  # columns up to this width hold a number, a date or a name
_RED = RGBColor(0xC8, 0x10, 0x10)


class OfficialPaper:
    """A document being written, top to bottom."""

    def __init__(self) -> None:
        self.size, self.pitch, self.breaks = 16, 28, False
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = _MARGINS
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(16)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
        _number_pages(section)

    def dense(self) -> None:
        """From here on text of 14 pt with lines of 24 pt, so that a record of a book keeps to its page."""
        self.size, self.pitch = 14, 24

    def title(self, text: str, *, size: int = 22) -> None:
        """The title in the middle, with an empty line after it."""
        self._line(text, TITLE, size, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=36)
        self._line("", BODY, 16)

    def heading(self, text: str, *, second: bool = False) -> None:
        """一、… in 黑体, or （一）… in 楷体."""
        self._line(text, SUBHEAD if second else HEAD, self.size, indent=True, keep=True)
        self.document.paragraphs[-1].paragraph_format.space_before = Pt(6)

    def text(self, text: str, *, size: int = 0) -> None:
        """Paragraphs, each indented by two characters; lines of the text are paragraphs."""
        for line in text.splitlines() or [""]:
            if line.strip():
                self._line(line.strip(), BODY, size or self.size, indent=True)

    def enclosures(self, names: Sequence[str]) -> None:
        """附件, numbered when there are several, the numbers under one another."""
        only = len(names) == 1
        for number, name in enumerate(names, start=1):
            words = f"{'附件：' if number == 1 else ''}{'' if only else f'{number}. '}{name}"
            self._line(words, BODY, 16, indent=True)
            if number > 1:
                self.document.paragraphs[-1].paragraph_format.first_line_indent = Pt(16 * 5)

    def space(self, lines: int) -> None:
        """Empty lines, as a cover has them."""
        for _line in range(lines):
            self._line("", BODY, 16)

    def signature(self, *lines: str) -> None:
        """At the right, at the end; never alone on a page."""
        if self.document.paragraphs:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._line("", BODY, 16, keep=True)
        for line in lines:
            self._line(line, BODY, 16, align=WD_ALIGN_PARAGRAPH.RIGHT, keep=line is not lines[-1])

    def red_head(self, name: str, number: str, signer: str = "") -> None:
        """The head of an official document: the issuing body in red, its number, a red line as wide as the text.

        With a signer (签发人, due in papers sent upward) the number stands at the left and the signer at the right.
        """
        self._line(name, TITLE, 26, align=WD_ALIGN_PARAGRAPH.CENTER, pitch=44, colour=_RED)
        self._line("", BODY, 16, pitch=20)
        self._line(
            f"{number}\t{signer}" if signer else number,
            BODY,
            16,
            align=None if signer else WD_ALIGN_PARAGRAPH.CENTER,
        )
        last = self.document.paragraphs[-1]
        if signer:
            last.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        _underline(last)
        self._line("", BODY, 16)

    def number(self, text: str) -> None:
        """The number of a document without a red head, under its title."""
        self._line(text, BODY, 16, align=WD_ALIGN_PARAGRAPH.CENTER)

    def lead(self, text: str) -> None:
        """Whom the document is addressed to (主送机关), not indented."""
        self._line(text, BODY, 16)

    def remark(self, text: str, *, size: int = 12) -> None:
        """A small line under the title or under a table."""
        self._line(text, BODY, size, pitch=20)

    def grid(self, rows: Sequence[Sequence[tuple[str, str]]], least: Sequence[int], size: int = 12) -> None:
        """A form to fill in: every row is one or two pairs of (label, value); `least` is its height in millimetres.

        A single pair takes the whole width. A label's width holds eight characters. A line of a value that begins with
        a tab stands at the right: whoever signs, and the day.
        """
        table = self._table(len(rows), (36, 42, 36, 42))
        for row, pairs, height in zip(table.rows, rows, least, strict=True):
            if height:
                row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
            if height < _TALL:
                _keep_whole(row)
            cells = [row.cells[0], row.cells[1].merge(row.cells[3])] if len(pairs) == 1 else row.cells
            for place, (label, value) in enumerate(pairs):
                _fill(cells[2 * place], label, HEAD, size, centred=True)
                _fill(cells[2 * place + 1], value, BODY, size)
                cells[2 * place].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                if height < _TALL:
                    cells[2 * place + 1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER

    def page_break(self) -> None:
        """The next line begins a new page; a break of its own could fall on an empty one."""
        self.breaks = True

    def landscape(self) -> None:
        """Go on with pages on their side, for wide tables."""
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(25)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """A table of names and values, two columns."""
        rows = [pair for pair in pairs if pair[1]]
        table = self._table(len(rows), (32, _TEXT_WIDTH - 32))
        for row, (name, value) in zip(table.rows, rows, strict=True):
            _fill(row.cells[0], name, HEAD, 14)
            _fill(row.cells[1], value, BODY, 14)

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        size: int = 12,
        least: int = 0,
    ) -> None:
        """A table with heads that repeat on every page; widths, and the least height of a row, in millimetres.

        Narrow columns are centred.
        """
        table = self._table(len(rows) + 1, widths)
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            _fill(cell, text, HEAD, size, centred=True)
        _repeat(table.rows[0])
        for row, values in zip(table.rows[1:], rows, strict=True):
            _keep_whole(row)
            if least:
                row.height, row.height_rule = Mm(least), WD_ROW_HEIGHT_RULE.AT_LEAST
            for cell, value, width in zip(row.cells, values, widths, strict=True):
                _fill(cell, value, BODY, size, centred=width <= _NARROW)
                if least:
                    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER

    def pictures(self, images: Sequence[bytes]) -> None:
        """JPEG or PNG images, two beside one another, in a table without lines; a row stays whole."""
        if not images:
            return
        table = self._table(-(-len(images) // 2), (_TEXT_WIDTH // 2, _TEXT_WIDTH // 2))
        table.style = "Normal Table"
        for at, image in enumerate(images):
            row = table.rows[at // 2]
            _keep_whole(row)
            paragraph = row.cells[at % 2].paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run().add_picture(BytesIO(image), width=Mm(_PICTURE_WIDTH))

    def save(self, target: IO[bytes]) -> None:
        """Write the document."""
        self.document.save(target)

    def _table(self, rows: int, widths: Sequence[int]) -> Any:
        if self.breaks:
            self._line("", BODY, 1, pitch=1)
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        _pad(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table

    def _line(
        self, text: str, font: str, size: int, *, align: Any = None, indent: bool = False, pitch: int = 0,
        keep: bool = False, colour: Any = None,
    ) -> None:  # fmt: skip
        paragraph = self.document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.line_spacing, shape.keep_with_next = Pt(pitch or self.pitch), keep
        shape.page_break_before, self.breaks = self.breaks or None, False
        if align is not None:
            paragraph.alignment = align
        if indent:
            shape.first_line_indent = Pt(size * 2)
        run = _run(paragraph, text, font, size)
        if colour is not None:
            run.font.color.rgb = colour


def _run(paragraph: Any, text: str, font: str, size: int) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _underline(paragraph: Any) -> None:
    """A red line below, as wide as the text."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", str(_RED))):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(cell: Any, text: str, font: str, size: int, *, centred: bool = False) -> None:
    lines = text.splitlines() or [""]
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif line.startswith("\t"):
            paragraph.alignment, paragraph.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(size)
        if line:
            _run(paragraph, line.removeprefix("\t"), font, size)
        else:
            _size_mark(paragraph, size)


def _size_mark(paragraph: Any, size: int) -> None:
    """An empty cell is as high as its mark, which is else that of the body's text."""
    mark, properties = OxmlElement("w:sz"), OxmlElement("w:rPr")
    mark.set(qn("w:val"), str(size * 2))
    properties.append(mark)
    paragraph._p.get_or_add_pPr().append(properties)


def _pad(table: Any) -> None:
    """Room above and below the text of a cell, and little at its sides, so that a month's numbers stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 40), ("left", 50), ("bottom", 40), ("right", 50)):
        mark = OxmlElement(f"w:{side}")
        mark.set(qn("w:w"), str(twips))
        mark.set(qn("w:type"), "dxa")
        margins.append(mark)
    table._tbl.tblPr.append(margins)


def _number_pages(section: Any) -> None:
    """— 1 — at the foot, as the standard asks."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, "— ", "宋体", 14)
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)
    _run(paragraph, " —", "宋体", 14)
