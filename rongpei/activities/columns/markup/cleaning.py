"""Whatever was pasted becomes one small, known kind of HTML; everything else is dropped.

First a sanitiser (nh3) makes a well-formed tree without scripts; then the tree is rewritten: Word's list paragraphs
become lists, WeChat's nested sections become paragraphs, foreign pictures go; last, the sanitiser is asked again with
exactly the tags that may be stored.
"""

import html as entities
import re
from dataclasses import dataclass

import nh3

from rongpei.activities.columns.markup.reshaping import reshaped
from rongpei.activities.columns.markup.tree import PICTURE, plain_of

MOST_CHARACTERS = 200_000

_TAGS = {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "u", "s", "sup", "sub", "a", "br", "hr", "figure",
    "figcaption", "img", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_LOOSE_TAGS = _TAGS | {
    "div", "span", "section", "article", "header", "footer", "main", "center", "font", "h1", "h4", "h5", "h6", "b", "i",
    "strike", "del", "ins", "pre", "code", "dl", "dt", "dd", "tfoot", "caption", "mark", "small", "big",
}  # fmt: skip
_LOOSE_ATTRIBUTES = {"*": {"class", "style", "data-style"}} | _ATTRIBUTES
_DROPPED_WHOLE = {
    "script", "style", "head", "title", "xml", "noscript", "template", "iframe", "object", "embed", "svg", "math",
    "video", "audio", "canvas", "form", "button", "select", "textarea", "link", "meta", "base",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_LOOKS_LIKE_HTML = re.compile(r"<(/?[a-zA-Z][^<>]*|!--)>?", re.DOTALL)
# nh3 does not let data through in `src`; the rewriting decides about every picture itself.
_EXACT = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """HTML that may be stored and shown, its plain words, the pictures of ours it shows, and how many it lost."""

    html: str
    plain: str
    picture_ids: tuple[int, ...]
    pictures_lost: int


def clean(typed: str) -> Cleaned:
    """Clean what a browser sent: HTML of any origin, or plain text with blank lines between paragraphs."""
    typed = typed.replace("\x00", "")[:MOST_CHARACTERS]
    source = typed if _LOOKS_LIKE_HTML.search(typed) else _paragraphs(typed)
    loose = nh3.clean(
        source,
        tags=_LOOSE_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_LOOSE_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    shaped = reshaped(loose)
    strict = nh3.clean(
        shaped.html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_ours,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    lost = shaped.pictures_lost + source.count('src="data:') + source.count("src='data:")
    found = tuple(dict.fromkeys(int(ident) for ident in PICTURE.findall(strict)))
    return Cleaned(strict, plain_of(strict), found, lost)


def _paragraphs(text: str) -> str:
    blocks = [block.strip() for block in re.split(r"\n\s*\n|\r\n\s*\r\n", text) if block.strip()]
    return "".join(f"<p>{entities.escape(block).replace(chr(10), '<br>')}</p>" for block in blocks)


def _only_ours(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return value if PICTURE.fullmatch(value) else None
    if attribute in ("colspan", "rowspan"):
        return value if _EXACT.fullmatch(value) else None
    return value
