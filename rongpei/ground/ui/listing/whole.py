"""A list as markup. What is alike while nothing is asked is drawn once a process, as the menus are; the rest fills its gaps."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rongpei.ground.ui.keeping import Form, drawn, once
from rongpei.ground.ui.listing import drawing
from rongpei.ground.ui.listing.asking import PAGE_SIZES
from rongpei.ground.ui.listing.show import page_links
from rongpei.ground.ui.marks import joined

if TYPE_CHECKING:
    from rongpei.ground.ui.listing.page import Listing


def whole(shown: "Listing") -> SafeString:
    """Filters, what was asked, and the rows of this page or why there are none."""
    asked = get_template("ui/_list_asked.html").render({"list": shown}) if shown.request.GET else ""
    body = _table(shown) if shown.rows else get_template("ui/_list_empty.html").render({"list": shown})
    return _form(shown, _draw_whole).filled(count=shown.count_words, body=joined((asked, body)))


def _table(shown: "Listing") -> SafeString:
    links = page_links(shown.number, shown.pages, lambda number: shown.address(page=str(number)))
    return _form(shown, _draw_table).filled(
        csrf_token=get_token(shown.request) if shown.bulk else "",
        rows=drawing.rows(shown.rows, ticked=bool(shown.bulk)),
        foot=shown.foot_words,
        pager=drawing.pager(links, shown.request.path, shown.slug),
    )


def _form(shown: "Listing", draw: Callable[["Listing"], Form]) -> Form:
    """What `draw` gives; while nothing is asked it is alike for everybody, and kept."""
    if shown.request.GET or not shown.is_fixed:
        return draw(shown)
    words = (str(shown.noun), str(shown.measure), *shown.bulk)
    key = (type(shown), draw, shown.slug, shown.request.path, get_language(), words)
    return once(key, lambda: draw(shown))


def _draw_whole(shown: "Listing") -> Form:
    controls = get_template("ui/_controls.html").render({"list": shown})
    return drawn("ui/_list_whole.html", "count", "body", list=shown, controls=controls)


def _draw_table(shown: "Listing") -> Form:
    path, slug = shown.request.path, shown.slug
    return drawn(
        "ui/_list_table.html", "csrf_token", "rows", "foot", "pager", list=shown, sorts=_sorts(shown), sizes=_sizes(shown),
        heads=drawing.heads(shown.heads, path, slug),
    )  # fmt: skip


def _sorts(shown: "Listing") -> SafeString:
    """For the phone, where there are no column heads: options of a select."""
    named = [(column.name, column.label) for column in shown.get_columns() if column.sort]
    both = [
        (sign + name, f"{label} {arrow}") for name, label in named for sign, arrow in (("", "↑"), ("-", "↓"))
    ]
    found = [("" if code == shown.default_sort else code, words, code == shown.sort) for code, words in both]
    if all(code for code, _words, _chosen in found):
        found.insert(0, ("", _("默认"), shown.sort == shown.default_sort))
    return drawing.choices(found)


def _sizes(shown: "Listing") -> SafeString:
    """Rows a page, as options of a select."""
    words = _("%(size)s 行")
    return drawing.choices(
        ("" if size == shown.per_page else size, words % {"size": size}, size == shown.size)
        for size in sorted({*PAGE_SIZES, shown.per_page})
    )
