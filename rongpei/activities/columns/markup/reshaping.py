"""Rewriting a loose tree into the few tags of an article."""

import re
from dataclasses import dataclass

from rongpei.activities.columns.markup.tree import BLOCKS, PICTURE, Node, parsed, written

_RENAMED = {
    "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u",
    "dt": "p", "dd": "p", "pre": "p", "caption": "p", "tfoot": "tbody",
}  # fmt: skip
_BOXES = {"div", "section", "article", "header", "footer", "main", "center", "dl"}
_UNWRAPPED = {"span", "font", "code", "mark", "small", "big"}
_INLINE = {"strong", "em", "u", "s", "sup", "sub", "a"}
_CONTAINERS = {"ul", "ol", "table", "thead", "tbody", "tr", "figure"}
_HOLDS = {
    "ul": {"li"},
    "ol": {"li"},
    "table": {"thead", "tbody", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
}
_BULLET = re.compile(
    r"^[\s\u00a0]*([·•●○■◆▪§Øüo\-–]|[（(]?(\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[.)、．）])[\s\u00a0]+"
)
_NUMBERED = re.compile(r"^[\s\u00a0]*[（(]?(\d|[a-zA-Z]|[一二三四五六七八九十])")
_SPACES = re.compile(r"[ \t\r\n\u00a0\u2002\u2003\u3000]+")


@dataclass(slots=True)
class Shaped:
    """The HTML, and how many pictures could not be kept."""

    html: str
    pictures_lost: int = 0


def reshaped(html: str) -> Shaped:
    """One pass over the tree: rename, unwrap, list, trim."""
    shaped = Shaped("")
    root = Node("", children=_flow(parsed(html), shaped))
    shaped.html = written(Node("", children=_without_empty(_listed(root.children))))
    return shaped


def _flow(node: Node, shaped: Shaped) -> list[Node | str]:
    """The children of a box as blocks: runs of inline content become paragraphs."""
    made: list[Node | str] = []
    run: list[Node | str] = []

    def close() -> None:
        if any(not isinstance(one, str) or one.strip() for one in run):
            made.append(Node("p", children=list(run)))
        run.clear()

    for child in node.children:
        if isinstance(child, str):
            run.append(child)
            continue
        tag = _RENAMED.get(child.tag, child.tag)
        if tag in _BOXES:
            close()
            made.extend(_flow(child, shaped))
        elif tag in BLOCKS or tag == "img" or (tag in (_UNWRAPPED | _INLINE) and _has_block(child)):
            close()
            made.extend(_block(child, tag, shaped))
        else:
            run.extend(_inline(child, shaped))
    close()
    return made


def _has_block(node: Node) -> bool:
    return bool(node.find(*BLOCKS, *_BOXES, "img", "h1", "h4", "h5", "h6"))


def _block(node: Node, tag: str, shaped: Shaped) -> list[Node | str]:
    if tag == "img":
        return _picture(node, shaped)
    if tag == "hr":
        return [Node("hr")]
    if tag in _UNWRAPPED | _INLINE:
        return _flow(node, shaped)
    if tag == "figure":
        return _figure(node, shaped)
    if tag in _CONTAINERS:
        return _container(node, tag, shaped)
    if tag in ("li", "blockquote", "td", "th"):
        inner = _flow(node, shaped)
        spans = {name: value for name, value in node.attributes.items() if name in ("colspan", "rowspan")}
        only = inner[0] if len(inner) == 1 else None
        if tag != "blockquote" and isinstance(only, Node) and only.tag == "p":
            inner = only.children
        return [Node(tag, spans, inner)]
    if _has_block(node):  # a paragraph or heading around pictures or other blocks
        return _flow(node, shaped)
    inner = [part for child in node.children for part in _inline(child, shaped)]
    return [Node(tag, _mark_of_list(node), inner)]


def _container(node: Node, tag: str, shaped: Shaped) -> list[Node | str]:
    allowed = _HOLDS[tag]
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            continue
        name = _RENAMED.get(child.tag, child.tag)
        if name in allowed:
            kept.extend(_block(child, name, shaped))
        elif tag in ("ul", "ol"):
            kept.append(Node("li", children=_flow(Node("", children=[child]), shaped)))
        else:
            kept.extend(
                one
                for one in _flow(Node("", children=[child]), shaped)
                if isinstance(one, Node) and one.tag in allowed
            )
    return [Node(tag, {}, kept)] if kept else []


def _figure(node: Node, shaped: Shaped) -> list[Node | str]:
    pictures = [one for found in node.find("img") for one in _picture(found, shaped)]
    captions = node.find("figcaption")
    words = _SPACES.sub(" ", captions[0].text).strip() if captions else ""
    if not pictures:
        return [Node("p", children=[words])] if words else []
    last = pictures[-1]
    if words and isinstance(last, Node):
        last.children.append(Node("figcaption", children=[words]))
    return pictures


def _picture(node: Node, shaped: Shaped) -> list[Node | str]:
    source = PICTURE.search(node.attributes.get("src", ""))
    if source is None or not node.attributes["src"].endswith(source.group()):
        shaped.pictures_lost += bool(node.attributes.get("src"))
        return []
    shown = Node("img", {"src": source.group(), "alt": node.attributes.get("alt", "")[:120]})
    return [Node("figure", children=[shown])]


def _inline(node: Node | str, shaped: Shaped) -> list[Node | str]:
    if isinstance(node, str):
        return [_SPACES.sub(" ", node)]
    tag = _RENAMED.get(node.tag, node.tag)
    if tag == "br":
        return [Node("br")]
    inner = [part for child in node.children for part in _inline(child, shaped)]
    if tag == "span" or tag in _UNWRAPPED:
        return (
            [Node("strong", children=inner)]
            if _is_bold(node) and any(_words(one) for one in inner)
            else inner
        )
    if tag not in _INLINE or not any(_words(one) or isinstance(one, Node) for one in inner):
        return inner
    if tag == "a":
        href = node.attributes.get("href", "")
        return (
            [Node("a", {"href": href}, inner)]
            if href.startswith(("http://", "https://", "mailto:", "/"))
            else inner
        )
    return [Node(tag, children=inner)]


def _words(node: Node | str) -> str:
    return (node if isinstance(node, str) else node.text).strip()


def _is_bold(node: Node) -> bool:
    return bool(re.search(r"font-weight:\s*(bold|[6-9]00)", node.style))


def _mark_of_list(node: Node) -> dict[str, str]:
    looks = "msolistparagraph" in node.attributes.get("class", "").lower() or "mso-list" in node.style
    return {"class": "listed"} if looks else {}


def _listed(children: list[Node | str]) -> list[Node | str]:
    """Word writes a list as paragraphs that begin with a bullet; neighbours become one list."""
    made: list[Node | str] = []
    for child in children:
        if not (isinstance(child, Node) and child.attributes.pop("class", "") == "listed"):
            made.append(child)
            continue
        tag = "ol" if _NUMBERED.match(child.text) and _BULLET.match(child.text) else "ul"
        item = Node("li", children=_without_bullet(child.children))
        last = made[-1] if made else None
        if isinstance(last, Node) and last.tag == tag and last.attributes.get("class") == "made":
            last.children.append(item)
        else:
            made.append(Node(tag, {"class": "made"}, [item]))
    for one in made:
        if isinstance(one, Node):
            one.attributes.pop("class", None)
    return made


def _without_bullet(children: list[Node | str]) -> list[Node | str]:
    """Word's bullet may be spread over several texts."""
    texts = [one for one in children if isinstance(one, str)]
    joined = "".join(texts)
    found = _BULLET.match(joined)
    left = len(found.group()) if found else 0
    kept: list[Node | str] = []
    for child in children:
        if isinstance(child, str) and left:
            cut = min(left, len(child))
            left, child = left - cut, child[cut:]
        if child != "":
            kept.append(child)
    return kept


def _without_empty(children: list[Node | str]) -> list[Node | str]:
    kept: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            kept.append(child)
            continue
        child.children = _without_empty(child.children)
        if child.tag in ("p", "h2", "h3", "li", "blockquote"):
            _trim(child)
            if not child.text.strip() and not child.find("img", "hr"):
                continue
        if child.tag in ("ul", "ol", "table") and not child.children:
            continue
        kept.append(child)
    return kept


def _trim(node: Node) -> None:
    """No blank at the ends; Chinese paragraphs are indented by style, not by spaces."""
    while node.children and _is_blank(node.children[0]):
        node.children.pop(0)
    while node.children and _is_blank(node.children[-1]):
        node.children.pop()
    if node.children and isinstance(node.children[0], str):
        node.children[0] = node.children[0].lstrip()
    if node.children and isinstance(node.children[-1], str):
        node.children[-1] = node.children[-1].rstrip()


def _is_blank(one: Node | str) -> bool:
    return not one.strip() if isinstance(one, str) else one.tag == "br"
