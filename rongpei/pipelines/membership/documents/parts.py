"""What a form is made of, as data: titles, paragraphs, grids of label and value, tables that repeat a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Numbering = Literal["", "branch", "committee"]
_NAME = re.compile(r"\{\{([^{}.]+)\}\}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid: one or two pairs of (label, text with placeholders), at least `least` millimetres high."""

    pairs: tuple[tuple[str, str], ...]
    least: int = 10


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under one another, as party forms are."""

    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Each:
    """A table with one row for every line of `source`, named `次` in its cells, or with blank rows to write in.

    widths, and the least height of a row, in millimetres.
    """

    source: str
    heads: Sequence[str]
    cells: Sequence[str]
    widths: Sequence[int]
    least: int = 9
    blank: int = 3


@dataclass(frozen=True, slots=True)
class Text:
    """Indented paragraphs, one a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Enclosures:
    """附件."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """一、…"""

    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """主送机关."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A small line."""

    text: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Lines at the right, at the end."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedHead:
    """The red head of an official document; `upward` papers name their signer."""

    upward: bool = False


@dataclass(frozen=True, slots=True)
class DocNumber:
    """文号 under the title, where there is no red head."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Go on with a new page."""


Part = Grid | Each | Text | Enclosures | Heading | Lead | Remark | Sign | RedHead | DocNumber | PageBreak


@dataclass(frozen=True, slots=True)
class WordForm:
    """One form of a step.

    secret: political review or discipline, for those entitled. numbering: whose 文号 it carries, if any. event:
    it belongs to something that happens beside the numbered steps, and shows once it happened. advice: what whoever
    prints it should know; it is not printed.
    """

    code: str
    label: str
    step: str
    title: str
    parts: Sequence[Part]
    secret: bool = False
    numbering: Numbering = ""
    event: bool = False
    advice: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The placeholders of the platform's own template, in the order they are met."""
        found = [name for text in (self.title, *_texts(self.parts)) for name in _NAME.findall(text)]
        return tuple(dict.fromkeys(found))


def _texts(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case Grid(rows):
                yield from (text for one in rows for _label, text in one.pairs)
            case Each(source=source):
                yield "{{" + source + "}}"
            case Sign(lines):
                yield from lines
            case RedHead(upward):
                yield "{{党委}}{{文号}}" + ("{{签发人}}" if upward else "")
            case DocNumber():
                yield "{{文号}}"
            case Enclosures() | PageBreak():
                pass
            case _:
                yield part.text


def pair(label: str, field: str = "") -> tuple[str, str]:
    """A label with the field of the same (or the given) name."""
    return label, "{{" + (field or label) + "}}"


def row(*pairs: tuple[str, str], least: int = 10) -> Row:
    """A row of one or two pairs."""
    return Row(pairs, least)


def signed(label: str, text: str = "", *, by: str = "", least: int = 20) -> Row:
    """A row with a text, room to write, and at its foot who signs, with a day."""
    room = "\n" * max(1, least // 7 - 2)
    return Row(((label, f"{text}{room}\t{by}　　　　　　年　　月　　日"),), least)


# Shown beside the forms that the regulation of 2026 takes from the Central Organisation Department.
CENTRAL_FORMAT = (
    "2026年5月11日起，以中央组织部制发的格式为准；格式更新时，请在“表格模板”里换上新的 Word 文件。"
)
PERSON = (
    row(pair("姓名"), pair("性别")),
    row(pair("出生日期"), pair("民族")),
    row(pair("籍贯"), pair("参加工作时间")),
    row(pair("学历"), pair("学位")),
    row(pair("科室"), pair("岗位类别")),
    row(pair("职务"), pair("职称")),
)
