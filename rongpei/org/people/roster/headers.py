"""Finding the header row of a roster and saying which column is which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .columns import BY_KEY, Column, column_for, is_ignored
from .limits import MAX_COLUMNS, NO_TABLE, TOO_MANY_COLUMNS, RosterRefusedError

HEADER_WITHIN = 10  # rows searched for the titles; a merged title row and a date line stand above them


@dataclass(frozen=True, slots=True)
class Heading:
    """One title as found: `position` from 0, `title` as written, `column` None when unknown or ignored."""

    position: int
    title: str
    column: Column | None
    ignored: bool = False

    @property
    def letter(self) -> str:
        """The column's letter in Excel: A, B … Z, AA."""
        return column_letter(self.position)


def column_letter(position: int) -> str:
    """Return Excel's letters for a column position from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def headings_of(
    cells: Sequence[object],
    named: Callable[[str], Column | None] = column_for,
    ignored: Callable[[str], bool] = is_ignored,
) -> tuple[Heading, ...]:
    """Return a heading for every non-blank cell of one row."""
    return tuple(
        Heading(position, text, named(text), ignored(text))
        for position, cell in enumerate(cells)
        if (text := _shown(cell))
    )


def _shown(cell: object) -> str:
    return "".join(str(cell).split()) if isinstance(cell, str) else ""


def find_header(
    rows: Sequence[Sequence[object]], named: Callable[[str], Column | None] = column_for
) -> int | None:
    """Return the index of the row, among the first ten, with the most known titles; None when no row has two.

    Of equals the last is taken where two rows of a two-storey header say the same, else the first.
    """
    best, most = None, 1
    for index, cells in enumerate(rows[:HEADER_WITHIN]):
        known = len({h.column.key for h in headings_of(cells, named) if h.column})
        if known > most:
            best, most = index, known
    return best


def check_once(headings: Sequence[Heading]) -> set[str]:
    """Return the keys of the columns; raise RosterRefusedError, in one sentence, for doubled or too many ones."""
    if not headings:
        raise RosterRefusedError(NO_TABLE)
    if headings[-1].position >= MAX_COLUMNS:
        raise RosterRefusedError(TOO_MANY_COLUMNS)
    found: dict[str, Heading] = {}
    for heading in headings:
        if heading.column is None:
            continue
        earlier = found.setdefault(heading.column.key, heading)
        if earlier is not heading:
            raise RosterRefusedError(
                f"“{heading.column.title}”有两列：{earlier.letter} 列“{earlier.title}”和"
                f" {heading.letter} 列“{heading.title}”。请只留一列，再上传一次。"
            )
    return set(found)


def check_headings(headings: Sequence[Heading]) -> None:
    """Raise RosterRefusedError, in one sentence, for doubled, missing or too many columns."""
    found = check_once(headings)
    if "name" not in found:
        raise RosterRefusedError(f"没有“{BY_KEY['name'].title}”这一列。请补上后再上传，或下载空白模板。")
    if "staff_number" not in found and "id_number" not in found:
        raise RosterRefusedError("没有“工号”也没有“身份证号”，分不清谁是谁。请至少补上一列，再上传一次。")


@dataclass(frozen=True, slots=True)
class Book:
    """A kind of workbook that can be read: which titles it knows, which it passes over, and what it must have."""

    named: Callable[[str], Column | None] = column_for
    ignored: Callable[[str], bool] = is_ignored
    check: Callable[[Sequence[Heading]], None] = check_headings


ROSTER = Book()
