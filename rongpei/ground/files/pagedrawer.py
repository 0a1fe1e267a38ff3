"""A program of its own: reads a PDF, draws its pages, writes them as JPEG. Started by `pages` with hard limits.

It knows nothing of the house: no settings, no database, no environment. What it writes is not trusted either: `pages`
has every image checked and drawn once more like any other upload. The PDF library is built without scripts and XFA
forms; nothing in the file is followed, started or fetched.
"""

import resource
import struct
import sys
from io import BytesIO

SECONDS, ADDRESSES, WRITTEN = 10, 1_500_000_000, 48_000_000
LONGEST_SIDE = 2600  # pixels: A4 at 220 dots an inch
SHARPEST = 300 / 72  # pixels a point
TOO_MANY, UNREADABLE = 3, 4
COUNT, LENGTH = struct.Struct(">I"), struct.Struct(">I")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(most: int) -> int:
    """Draw all pages of the PDF on standard input, if they are not too many."""
    import pypdfium2

    _limit()
    out = sys.stdout.buffer
    try:
        paper = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        paper.init_forms()  # the seal of an electronic certificate is a field of its form
        pages = len(paper)
    except pypdfium2.PdfiumError:
        return UNREADABLE
    out.write(COUNT.pack(pages))
    if not 0 < pages <= most:
        out.flush()
        return TOO_MANY
    for page in paper:
        scale = min(SHARPEST, LONGEST_SIDE / max(page.get_width(), page.get_height(), 1))
        made = BytesIO()
        page.render(scale=scale).to_pil().convert("RGB").save(made, "JPEG", quality=92)
        out.write(LENGTH.pack(made.tell()))
        out.write(made.getvalue())
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
