"""How an article of the demonstration is written down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """One article: paragraphs in order; one that begins with "# " is a heading, "> " a quotation, "- " items of a list."""

    title: str
    part: str
    author: str
    post: str
    text: str
    subtitle: str = ""
    tags: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    hcp: bool = False
    note: str = ""
    organisation: bool = False
    source: str = ""

    @property
    def summary(self) -> str:
        """The first sentences, short."""
        first = self.text.strip().split("\n")[0].lstrip("# >-")
        cut = first[:88]
        return cut if len(first) <= 88 else cut[: max(cut.rfind("。"), cut.rfind("，"), 40)] + "……"

    def html(self, lines: int | None = None) -> str:
        """The text as HTML of the few tags; the first so many lines of it while it is being written."""
        made: list[str] = []
        for line in [line.strip() for line in self.text.strip().split("\n") if line.strip()][:lines]:
            if line.startswith("# "):
                made.append(f"<h2>{line[2:]}</h2>")
            elif line.startswith("> "):
                made.append(f"<blockquote><p>{line[2:]}</p></blockquote>")
            elif line.startswith("- "):
                made.append(f"<li>{line[2:]}</li>")
            else:
                made.append(f"<p>{line}</p>")
        return _with_lists(made)


def _with_lists(made: list[str]) -> str:
    out: list[str] = []
    for index, line in enumerate(made):
        item = line.startswith("<li>")
        if item and (index == 0 or not made[index - 1].startswith("<li>")):
            out.append("<ul>")
        out.append(line)
        if item and (index + 1 == len(made) or not made[index + 1].startswith("<li>")):
            out.append("</ul>")
    return "".join(out)
