"""A tree of elements from well-formed HTML (what nh3 writes), and back."""

import html as entities
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# The address of a picture of ours, as it stands in the text; `urls.py` serves it.
PICTURE = re.compile(r"/read/\d{1,18}/files/(\d{1,18})/")
EMPTY = {"br", "hr", "img"}
BLOCKS = {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "figure", "figcaption", "table", "thead", "tbody", "tr", "th", "td",
    "hr",
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """An element with its attributes and children; a text is a plain str among the children."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words inside."""
        return "".join(
            one if isinstance(one, str) else ("\n" if one.tag == "br" else one.text) for one in self.children
        )

    @property
    def style(self) -> str:
        """Its inline style in lower case; our paste script keeps it as data-style."""
        return (self.attributes.get("style") or self.attributes.get("data-style") or "").lower()

    def find(self, *tags: str) -> "list[Node]":
        """Descendants of these tags, in order."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child] if child.tag in tags else []
                found += child.find(*tags)
        return found


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parsed(html: str) -> Node:
    """The tree under a nameless root."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def written(node: "Node | str") -> str:
    """The tree as HTML, every word escaped."""
    if isinstance(node, str):
        return entities.escape(node, quote=False)
    inner = "".join(written(child) for child in node.children)
    if not node.tag:
        return inner
    said = "".join(f' {name}="{entities.escape(value)}"' for name, value in node.attributes.items())
    return f"<{node.tag}{said}>" if node.tag in EMPTY else f"<{node.tag}{said}>{inner}</{node.tag}>"


def plain_of(html: str) -> str:
    """Words alone, one block a line."""
    return "\n".join(line for block in blocks_of(parsed(html)) if (line := " ".join(block.text.split())))


def blocks_of(root: Node) -> list[Node]:
    """The innermost blocks, in reading order: paragraphs, headings, items, cells, captions."""
    found: list[Node] = []
    for child in root.children:
        if isinstance(child, Node) and child.tag in BLOCKS:
            inner = blocks_of(child)
            found += inner or [child]
    return found
