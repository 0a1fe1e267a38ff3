"""What the larger components show, as data. Views make these; templates in `ui/parts/` draw them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Law:
    """Where a rule stands: 《…》第十九条, with a link when the text can be opened."""

    text: Words
    url: str = ""


@dataclass(frozen=True)
class Todo:
    """Something with a date: what, why (and the article), one button."""

    title: Words
    due_on: date | None = None
    why: Words = ""
    law: Law | None = None
    url: str = ""
    act: Words = ""
    primary: bool = False
    tag: Words = ""
    time: str = ""
    binding: bool = True
    method: Literal["get", "post"] = "get"


@dataclass(frozen=True)
class Entry:
    """One entry of a timeline; `measure` stands at the right (+2.0 学时)."""

    title: Words
    text: Words = ""
    icon: str = "point"
    kind: Literal["", "ok", "bad", "gold", "now"] = ""
    measure: Words = ""
    url: str = ""
    link_text: Words = ""
    link_url: str = ""


@dataclass(frozen=True)
class Step:
    """One phase of a wizard or case."""

    title: Words
    text: Words = ""
    state: Literal["", "ok", "now"] = ""
    url: str = ""


@dataclass(frozen=True)
class CalendarDay:
    """A cell of the month: `mark` is what falls on it, `rest` a public holiday."""

    on: date
    url: str = ""
    mark: Literal["", "plan", "done", "due"] = ""
    rest: bool = False
    label: Words = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a matrix; plain text is normal, `kind` paints the exception."""

    text: Words
    kind: Literal["", "low", "missing", "plan"] = ""
    url: str = ""
    label: Words = ""

    @property
    def css(self) -> str:
        """The class that paints it."""
        return {"low": "l", "missing": "x", "plan": "p"}.get(self.kind, "")


@dataclass(frozen=True)
class MatrixRow:
    """One unit: its name, a second text, cells in the order of the columns."""

    title: Words
    cells: Sequence[Cell]
    second: Words = ""
    url: str = ""
    last: Any = ""


@dataclass(frozen=True)
class MatrixGroup:
    """Rows under one heading; an empty title draws no heading."""

    rows: Sequence[MatrixRow]
    title: Words = ""
    text: Words = ""


@dataclass(frozen=True)
class Matrix:
    """Units against months. `columns` are the month heads; `last_head` the optional last column."""

    head: Words
    columns: Sequence[Words]
    groups: Sequence[MatrixGroup]
    second_head: Words = ""
    last_head: Words = ""
    current: int = -1
    label: Words = ""

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.columns) + 1 + bool(self.second_head) + bool(self.last_head)


@dataclass(frozen=True)
class Progress:
    """Long work: the page asks `url` again until `finished`; without JavaScript it reloads itself."""

    title: Words
    done: int
    total: int
    url: str
    text: Words = ""
    finished: bool = False
    failed: bool = False
    next_url: str = ""
    next_text: Words = ""
    cancel_url: str = ""
    seconds: int = 2

    @property
    def percent(self) -> int:
        """0 to 100."""
        return (
            100
            if self.finished and not self.failed
            else int(self.done * 100 / self.total)
            if self.total
            else 0
        )


@dataclass(frozen=True)
class Kpi:
    """A key number that is a link to the names behind it."""

    label: Words
    number: Words
    unit: Words = ""
    text: Words = ""
    url: str = ""
    tone: Literal["", "red", "warnc", "okc"] = ""


@dataclass(frozen=True)
class Refusal:
    """A refusal in the form of the guide: what, why, article, what now."""

    what: Words
    why: Words = ""
    article: Words = ""
    remedy: Words = ""
    article_url: str = ""
    ways: Sequence[tuple[Words, str]] = field(default_factory=tuple)
