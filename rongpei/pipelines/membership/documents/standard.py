"""The platform's own templates, drawn from the catalogue as Word files with placeholders, in the look of GB/T 9704."""

from functools import lru_cache
from io import BytesIO

from rongpei.ground.ui.official import OfficialPaper
from rongpei.pipelines.membership.documents.catalogue import BY_CODE
from rongpei.pipelines.membership.documents.parts import (
    DocNumber,
    Each,
    Enclosures,
    Grid,
    Heading,
    Lead,
    PageBreak,
    Part,
    RedHead,
    Remark,
    Sign,
    Text,
)


@lru_cache(maxsize=64)
def standard_template(code: str) -> bytes:
    """The Word file of one form; made once a process."""
    form = BY_CODE[code]
    paper = OfficialPaper()
    official = any(isinstance(part, RedHead) for part in form.parts)
    for part in form.parts:
        if isinstance(part, RedHead):
            signer = "签发人：{{签发人}}" if part.upward else ""
            paper.red_head("{{党委}}文件", "{{文号}}", signer)
    paper.title(form.title, size=22 if official or form.numbering else 20)
    for part in form.parts:
        _draw(paper, part)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


def _draw(paper: OfficialPaper, part: Part) -> None:
    match part:
        case Grid(rows):
            paper.grid([one.pairs for one in rows], [one.least for one in rows])
        case Each(source, heads, cells, widths, least, blank):
            rest = [""] * (len(heads) - 1)
            drawn: list[list[str]] = [
                ["{%tr for 次 in " + source + " %}", *rest], list(cells), ["{%tr endfor %}", *rest],
                ["{%tr if not " + source + " %}", *rest], *[["", *rest]] * blank, ["{%tr endif %}", *rest],
            ]  # fmt: skip
            paper.table(heads, drawn, widths, least=least)
        case Text(text):
            paper.text(text)
        case Enclosures(names):
            paper.enclosures(names)
        case Heading(text):
            paper.heading(text)
        case Lead(text):
            paper.lead(text)
        case Remark(text):
            paper.remark(text)
        case Sign(lines):
            paper.signature(*lines)
        case DocNumber():
            paper.number("{{文号}}")
        case PageBreak():
            paper.page_break()
        case RedHead():
            pass
