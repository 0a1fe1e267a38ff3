"""Two texts as one: block by block, and inside a changed block word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import rjieba

from rongpei.activities.columns.markup.tree import Node, blocks_of, parsed

Kind = Literal["same", "added", "gone"]
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a block: the same, added, or gone."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item, in pieces."""

    tag: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it differs."""
        return any(piece.kind != "same" for piece in self.pieces)


def compared(older: str, newer: str) -> list[Block]:
    """The newer HTML with what was added and what is gone."""
    before, after = _lines(older), _lines(newer)
    made: list[Block] = []
    matcher = SequenceMatcher(
        None, [line.text for line in before], [line.text for line in after], autojunk=False
    )
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            made += [_block(line, "same") for line in after[c:d]]
        else:
            made += _changed(before[a:b], after[c:d])
    return made


def _lines(html: str) -> list[Node]:
    return [block for block in blocks_of(parsed(html)) if block.text.strip()]


def _block(line: Node, kind: Kind) -> Block:
    return Block(line.tag, (Piece(kind, line.text),))


def _changed(before: list[Node], after: list[Node]) -> list[Block]:
    """Pair blocks that are alike, in order; the others are gone or added whole."""
    made: list[Block] = []
    left = list(before)
    for line in after:
        pair = next(
            (one for one in left if SequenceMatcher(None, one.text, line.text).ratio() >= _ALIKE), None
        )
        if pair is None:
            made.append(_block(line, "added"))
            continue
        while left[0] is not pair:
            made.append(_block(left.pop(0), "gone"))
        left.pop(0)
        made.append(Block(line.tag, tuple(_words(pair.text, line.text))))
    return made + [_block(line, "gone") for line in left]


def _words(older: str, newer: str) -> list[Piece]:
    before, after = rjieba.cut(older), rjieba.cut(newer)
    found: list[Piece] = []
    for verb, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append(Piece("same", "".join(after[c:d])))
            continue
        if a < b:
            found.append(Piece("gone", "".join(before[a:b])))
        if c < d:
            found.append(Piece("added", "".join(after[c:d])))
    return found
