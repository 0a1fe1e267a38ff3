"""What a camera reads from a picture of a QR code: dark and light squares, taken apart as ISO/IEC 18004 says.

For pictures without damage, held straight, of versions 1 to 9 with text in bytes; it corrects no errors.
"""

import io
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image
from segno import consts

_LEVELS = {0: consts.ERROR_LEVEL_M, 1: consts.ERROR_LEVEL_L, 2: consts.ERROR_LEVEL_H, 3: consts.ERROR_LEVEL_Q}
_MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
_FORMAT = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]


class _Code(NamedTuple):
    """Squares by row and column, dark ones true."""

    squares: list[list[bool]]

    @property
    def size(self) -> int:
        return len(self.squares)

    @property
    def version(self) -> int:
        return (self.size - 17) // 4

    def number(self, places: list[tuple[int, int]]) -> int:
        return int("".join("01"[self.squares[y][x]] for y, x in places), 2)


def read_picture(png: bytes) -> str:
    """The text of the one code in the picture."""
    code = _squares(Image.open(io.BytesIO(png)).convert("L"))
    told = code.number(_FORMAT) ^ 0x5412
    mask = _MASKS[told >> 10 & 7]
    bits = "".join("01"[code.squares[y][x] != mask(y, x)] for y, x in _places(code))
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    data = "".join(f"{word:08b}" for word in _in_order(words, code.version, _LEVELS[told >> 13]))
    assert data[:4] == "0100", "not text in bytes"
    length = int(data[4:12], 2)
    return bytes(int(data[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode()


def _squares(picture: Image.Image) -> _Code:
    dark = picture.point(lambda light: 255 if light < 128 else 0)
    left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
    first = next(x for x in range(left, right) if not dark.getpixel((x, top + 2))) - left  # a finder's edge
    size = round((right - left) * 7 / first)
    step = (right - left) / size
    middles = [int((at + 0.5) * step) for at in range(size)]
    return _Code([[bool(dark.getpixel((left + x, top + y))) for x in middles] for y in middles])


def _places(code: _Code) -> Iterator[tuple[int, int]]:
    """Where the data lies: two columns at a time from the right, up and down in turn, round what is fixed."""
    size, centres = code.size, ()
    if code.version > 1:
        centres = consts.ALIGNMENT_POS[code.version - 2]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}

    def fixed(y: int, x: int) -> bool:
        finders = (y < 9 and (x < 9 or x > size - 9)) or (y > size - 9 and x < 9)
        told = code.version > 6 and (
            (y < 6 and size - 12 < x < size - 8) or (x < 6 and size - 12 < y < size - 8)
        )
        near = any(
            abs(y - a) < 3 and abs(x - b) < 3 for a in centres for b in centres if (a, b) not in corners
        )
        return finders or 6 in (y, x) or told or near

    up = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for y in range(size - 1, -1, -1) if up else range(size):
            yield from ((y, x) for x in (right, right - 1) if not fixed(y, x))
        up = not up


def _in_order(words: list[int], version: int, level: int) -> list[int]:
    """The data without its corrections: words of the blocks are dealt out in turn."""
    lengths = [info.num_data for info in consts.ECC[version][level] for _block in range(info.num_blocks)]
    blocks: list[list[int]] = [[] for _length in lengths]
    dealt = iter(words)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(dealt))
    return [word for block in blocks for word in block]
