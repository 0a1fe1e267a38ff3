"""What a list repeats for every row, column and choice, drawn by hand: a template takes five times as long."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rongpei.ground.ui.listing.show import Head, PageLink, ShownCell, ShownRow
from rongpei.ground.ui.marks import icon, safely


def heads(shown: Iterable[Head], path: str, slug: str) -> SafeString:
    """The column heads; one that sorts is a link, and htmx keeps the filters."""
    htmx = f'hx-get="{safely(path)}" hx-include="#{slug}-form" hx-sync="#{slug}-form:replace"'
    return _markup(_head(head, htmx) for head in shown)


def _head(head: Head, htmx: str) -> str:
    label = safely(head.column.label)
    if head.url:
        wanted = f'hx-vals=\'{{"sort": "{safely(head.next)}"}}\''
        label = f'<a href="{safely(head.url)}" {htmx} {wanted}>{label}{icon(head.icon)}</a>'
    aria = f' aria-sort="{head.aria_sort}"' if head.aria_sort else ""
    return f'<th scope="col" role="columnheader" class="{head.column.align}"{aria}>{label}</th>'


def rows(shown: Sequence[ShownRow], *, ticked: bool) -> SafeString:
    """The rows, each with a box to tick where something can be done with several."""
    return _markup(
        f'<tr role="row"{_css(row.css)}>{_tick(row) if ticked else ""}'
        f"{''.join([_cell(cell, row.second) for cell in row.cells])}</tr>\n"
        for row in shown
    )


def _tick(row: ShownRow) -> str:
    label = safely(_("选择%(name)s") % {"name": row.name})
    return (
        '<td role="cell" class="check"><input class="form-check-input" type="checkbox" name="ids"'
        f' value="{safely(row.pk)}" aria-label="{label}"></td>'
    )


def _cell(cell: ShownCell, second: str) -> str:
    value = safely(cell.value)
    if cell.main:
        value = f"<b>{value}</b>"
        if cell.url:
            value = f'<a class="row-link" href="{safely(cell.url)}">{value}</a>'
        if second:
            value += f'<span class="only-phone rp-second">{safely(second)}</span>'
    elif cell.url:
        value = f'<a class="lk" href="{safely(cell.url)}">{value}</a>'
    return f'<td role="cell"{_css(cell.css)}>{value}</td>'


def _css(names: str) -> str:
    return f' class="{names}"' if names else ""


def choices(options: Iterable[tuple[Any, Any, bool]]) -> SafeString:
    """Options of a select: code, label, and whether it is chosen."""
    return _markup(
        f'<option value="{safely(code)}"{" selected" if chosen else ""}>{safely(label)}</option>'
        for code, label, chosen in options
    )


def pager(links: Sequence[PageLink], path: str, slug: str) -> SafeString:
    """Links to the pages, with the one before and the one after; nothing for a single page."""
    if len(links) < 2:
        return SafeString()
    at = next((index for index, link in enumerate(links) if link.current), -1)
    before = links[at - 1] if at > 0 else None
    after = links[at + 1] if 0 <= at < len(links) - 1 else None
    place = _Place(f'hx-get="{safely(path)}" hx-include="#{slug}-form"', slug)
    middle = "".join([_page(link, place) for link in links])
    return _markup(
        (
            f'<nav class="pager" aria-label="{safely(_("翻页"))}">',
            _beside(before, place, "chevron-left", _("上一页")), middle,
            _beside(after, place, "chevron-right", _("下一页")), "</nav>",
        )
    )  # fmt: skip


class _Place(NamedTuple):
    """Where htmx puts another page."""

    htmx: str
    slug: str

    def __call__(self, number: int) -> str:
        sync = f'hx-sync="#{self.slug}-form:replace" hx-swap="outerHTML show:#{self.slug}:top"'
        return f"{self.htmx} hx-vals='{{\"page\": {number}}}' {sync}"


def _page(link: PageLink, place: _Place) -> str:
    if not link.number:
        return '<span class="gap">…</span>'
    how = 'aria-current="page"' if link.current else place(link.number)
    return f'<a class="num" href="{safely(link.url)}" {how}>{link.number}</a>'


def _beside(link: PageLink | None, place: _Place, sign: str, label: str) -> str:
    if link is None:
        return f'<span class="off">{icon(sign)}</span>'
    return f'<a href="{safely(link.url)}" aria-label="{safely(label)}" {place(link.number)}>{icon(sign)}</a>'


_drawn: dict[Hashable, SafeString] = {}


def once(key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
    """What `draw` gives, kept for the life of the process; for markup that no person or row is in."""
    if key not in _drawn:
        _drawn[key] = draw()
    return _drawn[key]


def _markup(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part went through `safely`
