"""The article as one piece of HTML for WeChat's editor: every look inline, every picture inside, nothing from outside.

WeChat drops classes, style sheets, scripts and foreign pictures, and keeps inline styles on `section`, `p` and `span`.
"""

import base64
import html as entities

from django.utils.translation import gettext as _

from rongpei.activities.columns.markup.tree import EMPTY, Node
from rongpei.activities.columns.sending.material import Material, as_jpeg
from rongpei.ground.ui.dates import day_full

_INK, _SOFT, _RED, _LINE = "#23201d", "#615b54", "#a8201a", "#e6e1db"
_STYLES = {
    "p": f"margin:0 0 1.1em;font-size:16px;line-height:1.9;color:{_INK};text-align:justify;",
    "h2": f"margin:1.6em 0 .8em;font-size:18px;line-height:1.5;font-weight:bold;color:{_INK};border-left:4px solid {_RED};padding-left:10px;",
    "h3": f"margin:1.3em 0 .6em;font-size:16px;line-height:1.5;font-weight:bold;color:{_INK};",
    "blockquote": f"margin:1.3em 0;padding:2px 0 2px 16px;border-left:3px solid {_RED};font-size:17px;line-height:1.8;color:{_INK};",
    "ul": f"margin:0 0 1.1em;padding-left:1.4em;list-style:disc;color:{_INK};",
    "ol": f"margin:0 0 1.1em;padding-left:1.4em;list-style:decimal;color:{_INK};",
    "li": "margin:.3em 0;font-size:16px;line-height:1.8;",
    "figure": "margin:1.4em 0;text-align:center;",
    "figcaption": f"margin-top:6px;font-size:13px;line-height:1.6;color:{_SOFT};",
    "img": "max-width:100%;height:auto;border-radius:4px;",
    "table": "width:100%;margin:0 0 1.1em;border-collapse:collapse;font-size:14px;",
    "td": f"border:1px solid {_LINE};padding:6px 8px;",
    "th": f"border:1px solid {_LINE};padding:6px 8px;font-weight:bold;",
    "strong": "font-weight:bold;",
    "hr": f"margin:1.6em 0;border:0;border-top:1px solid {_LINE};",
}
# Tags that WeChat's editor turns into something else on its own are written as the neutral ones it keeps.
_WRITTEN = {"figure": "section", "figcaption": "p", "h2": "section", "h3": "section", "blockquote": "section"}
_LONGEST = 1080


def as_wechat(material: Material) -> str:
    """The piece, to be pasted whole."""
    article = material.article
    made = [
        _said(
            "section",
            f"font-size:22px;line-height:1.5;font-weight:bold;color:{_INK};margin:0 0 8px;",
            article.title,
        )
    ]
    if article.subtitle:
        made.append(_said("p", f"font-size:16px;color:{_SOFT};margin:0 0 10px;", article.subtitle))
    facts = [
        material.byline,
        day_full(article.published_at) if article.published_at else "",
        article.source and _("来源：%s") % article.source,
    ]
    made.append(
        _said("p", f"font-size:13px;color:{_SOFT};margin:0 0 22px;", "　".join(one for one in facts if one))
    )
    if material.cover:
        made.append(f'<section style="{_STYLES["figure"]}">{_image(material.cover, "")}</section>')
    made += [_written(node, material) for node in material.root.children]
    if article.author_note:
        style = f"margin:24px 0 0;padding:12px 16px;background-color:#f2efeb;font-size:14px;line-height:1.8;color:{_SOFT};"
        made.append(_said("section", style, _("作者的话：") + article.author_note))
    return f'<section style="padding:0 4px;">{"".join(made)}</section>'


def _said(tag: str, style: str, text: str) -> str:
    return f'<{tag} style="{style}">{entities.escape(text)}</{tag}>'


def _image(content: bytes, words: str) -> str:
    data = base64.b64encode(as_jpeg(content, _LONGEST)).decode()
    return (
        f'<img style="{_STYLES["img"]}" alt="{entities.escape(words)}" src="data:image/jpeg;base64,{data}">'
    )


def _written(node: Node | str, material: Material) -> str:
    if isinstance(node, str):
        return entities.escape(node, quote=False)
    if node.tag == "img":
        content = material.picture(node)
        return _image(content, node.attributes.get("alt", "")) if content else ""
    if node.tag == "a":  # outside links do not work there; the words stay
        return "".join(_written(child, material) for child in node.children)
    tag, style = _WRITTEN.get(node.tag, node.tag), _STYLES.get(node.tag, "")
    spans = "".join(
        f' {name}="{node.attributes[name]}"' for name in ("colspan", "rowspan") if name in node.attributes
    )
    head = f'<{tag}{spans} style="{style}">' if style else f"<{tag}{spans}>"
    if node.tag in EMPTY:
        return head
    return f"{head}{''.join(_written(child, material) for child in node.children)}</{tag}>"
