"""What a list repeats for every row, column and choice, drawn by hand: a template takes five times as long."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground.ui.listing.show import Head, PageLink, ShownCell, ShownRow
from rongpei.ground.ui.marks import icon, joined, markup

_CHOSEN = markup(" selected")


def heads(shown: Iterable[Head], path: str, slug: str) -> SafeString:
    """The column heads; one that sorts is a link, and htmx keeps the filters."""
    htmx = markup('hx-get="{}" hx-include="#{}-form" hx-sync="#{}-form:replace"', path, slug, slug)
    return joined(_head(head, htmx) for head in shown)


def _head(head: Head, htmx: SafeString) -> SafeString:
    label: object = head.column.label
    if head.url:
        wanted = markup('hx-vals=\'{{"sort": "{}"}}\'', head.next)
        label = markup('<a href="{}" {} {}>{}{}</a>', head.url, htmx, wanted, label, icon(head.icon))
    aria = markup(' aria-sort="{}"', head.aria_sort) if head.aria_sort else ""
    return markup('<th scope="col" role="columnheader" class="{}"{}>{}</th>', head.column.align, aria, label)


def rows(shown: Sequence[ShownRow], *, ticked: bool) -> SafeString:
    """The rows, each with a box to tick where something can be done with several."""
    return joined(_row(row, ticked) for row in shown)


def _row(row: ShownRow, ticked: bool) -> SafeString:
    form = _row_form(tuple([cell.css for cell in row.cells]), row.css)
    inside = [_inside(cell, row.second) if cell.main or cell.url else cell.value for cell in row.cells]
    return markup(form, _tick(row) if ticked else "", *inside)


@lru_cache(maxsize=512)
def _row_form(columns: tuple[str, ...], row: str) -> SafeString:
    """A row with gaps for the box to tick and for each cell; the classes come from declarations."""
    cells = joined(markup('<td role="cell"{}>{{}}</td>', _class(css)) for css in columns)
    return markup('<tr role="row"{}>{{}}{}</tr>\n', _class(row), cells)


def _class(names: str) -> str:
    return markup(' class="{}"', names) if names else ""


def _tick(row: ShownRow) -> SafeString:
    return markup(
        '<td role="cell" class="check"><input class="form-check-input" type="checkbox" name="ids" value="{}"'
        ' aria-label="{}"></td>',
        row.pk, _("选择%(name)s") % {"name": row.name},
    )  # fmt: skip


def _inside(cell: ShownCell, second: str) -> SafeString:
    if not cell.main:
        return markup('<a class="lk" href="{}">{}</a>', cell.url, cell.value)
    name = markup("<b>{}</b>", cell.value)
    if cell.url:
        name = markup('<a class="row-link" href="{}">{}</a>', cell.url, name)
    return markup('{}<span class="only-phone rp-second">{}</span>', name, second) if second else name


def choices(options: Iterable[tuple[Any, Any, bool]]) -> SafeString:
    """Options of a select: code, label, and whether it is chosen."""
    return joined(
        markup('<option value="{}"{}>{}</option>', code, _CHOSEN if chosen else "", label)
        for code, label, chosen in options
    )


def pager(links: Sequence[PageLink], path: str, slug: str) -> SafeString:
    """Links to the pages, with the one before and the one after; nothing for a single page."""
    if len(links) < 2:
        return SafeString()
    at = next((index for index, link in enumerate(links) if link.current), -1)
    before = links[at - 1] if at > 0 else None
    after = links[at + 1] if 0 <= at < len(links) - 1 else None
    place = _Place(
        markup('hx-get="{}" hx-include="#{}-form" hx-vals=', path, slug),
        markup('hx-sync="#{}-form:replace" hx-swap="outerHTML show:#{}:top"', slug, slug),
    )
    return markup(
        '<nav class="pager" aria-label="{}">{}{}{}</nav>',
        _("翻页"),
        _beside(before, place, "chevron-left", _("上一页")),
        joined(_page(link, place) for link in links),
        _beside(after, place, "chevron-right", _("下一页")),
    )


class _Place(NamedTuple):
    """Where htmx puts another page: what stands before its number, and after."""

    before: SafeString
    after: SafeString

    def __call__(self, number: int) -> SafeString:
        return markup("{}'{{\"page\": {}}}' {}", self.before, number, self.after)


_HERE = markup('aria-current="page"')


def _page(link: PageLink, place: _Place) -> SafeString:
    if not link.number:
        return markup('<span class="gap">…</span>')
    how = _HERE if link.current else place(link.number)
    return markup('<a class="num" href="{}" {}>{}</a>', link.url, how, link.number)


def _beside(link: PageLink | None, place: _Place, sign: str, label: str) -> SafeString:
    if link is None:
        return markup('<span class="off">{}</span>', icon(sign))
    return markup('<a href="{}" aria-label="{}" {}>{}</a>', link.url, label, place(link.number), icon(sign))
