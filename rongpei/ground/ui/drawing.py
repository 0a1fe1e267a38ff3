"""Components of many small parts, drawn by hand: a template takes four times as long for thirty cells."""

import calendar
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import due_words, month_full
from rongpei.ground.ui.marks import Words, icon, joined, markup
from rongpei.ground.ui.parts import CalendarDay, Entry, Todo

_HEAD = joined(markup('<th scope="col">{}</th>', name) for name in "一二三四五六日")
_OUTSIDE, _OFF, _TODAY = markup("<td></td>"), markup(' class="off"'), markup(' class="today"')
_MARKS = {"plan": "dot", "done": "dot done", "due": "dot due2"}


def timeline(entries: Sequence[Entry]) -> SafeString:
    """The history of a person or case."""
    return markup('<ol class="tl">{}</ol>', joined(map(_entry, entries)))


def _entry(one: Entry) -> SafeString:
    title: object = one.title
    measure = text = link = ""
    if one.url:
        title = markup('<a class="text-reset" href="{}">{}</a>', one.url, title)
    if one.measure:
        measure = markup('<b class="e">{}</b>', one.measure)
    if one.text:
        text = markup('<p class="rp-s rp-2">{}</p>', one.text)
    if one.link_url:
        link = markup('<p class="rp-s mt-1"><a href="{}">{}</a></p>', one.link_url, one.link_text)
    return markup(
        '<li><span class="pin {}">{}</span><div><div class="d-flex gap-2 align-items-baseline"><h3>{}</h3>{}</div>{}{}'
        "</div></li>\n",
        one.kind, icon(one.icon), title, measure, text, link,
    )  # fmt: skip


def todos(items: Sequence[Todo], today: date, token: Callable[[], object]) -> SafeString:
    """Rows with date block, what, why and article, one button; `token` gives the hidden field of a form that posts."""
    return markup('<ul class="todo">{}</ul>', joined(_todo(one, today, token) for one in items))


def _todo(one: Todo, today: date, token: Callable[[], object]) -> SafeString:
    tag = markup('<span class="st line">{}</span>', one.tag) if one.tag else ""
    why: object = ""
    if one.why or one.law:
        why = markup('<p class="law">{}{}</p>', one.why, law(one.law.text, one.law.url) if one.law else "")
    return markup(
        "<li>{}<div><h3>{}{}</h3>{}</div>{}</li>\n",
        due(one.due_on, today, one.time, one.binding), one.title, tag, why, _way(one, token) if one.url else "",
    )  # fmt: skip


def _way(one: Todo, token: Callable[[], object]) -> SafeString:
    """The button of a to-do, or the arrow of one that has no name for it."""
    if not one.act:
        named = _("打开 %(what)s") % {"what": one.title}
        return markup(
            '<a class="rp-icon" href="{}" aria-label="{}">{}</a>', one.url, named, icon("chevron-right")
        )
    css = "btn-primary" if one.primary else "btn-outline"
    if one.method == "post":
        return markup(
            '<div class="acts"><form method="post" action="{}">{}<button class="btn btn-sm {}" type="submit">{}</button>'
            "</form></div>",
            one.url, token(), css, one.act,
        )  # fmt: skip
    return markup(
        '<div class="acts"><a class="btn btn-sm {}" href="{}">{}<span class="visually-hidden">{}</span></a></div>',
        css, one.url, one.act, one.title,
    )  # fmt: skip


def due(on: date | None, today: date, time: str = "", binding: bool = True) -> SafeString:
    """The date block of a row; `time` stands under 今天. A date that no rule binds to is 已过, never 逾期."""
    if on is None:
        return markup('<div class="due">—</div>')
    state, large, small = due_words(on, today)
    if state == "late" and not binding:
        state, large = "over", _("已过")
    size = "sm" if len(large) > 3 else ""
    below = time if state == "now" else small
    return markup('<div class="due {}"><b class="{}">{}</b>{}</div>', state, size, large, below)


def law(text: Words, url: str = "") -> SafeString:
    """An article, a link when it can be opened."""
    if url:
        return markup('<a class="law" href="{}">{}</a>', url, text)
    return markup('<span class="law">{}</span>', text)


def month(first: date, days: Sequence[CalendarDay], today: date) -> SafeString:
    """The month of `first` as a table, Monday first; cells outside it are empty."""
    known = {one.on: one for one in days}
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    rows = (
        markup("<tr>{}</tr>\n", joined(_cell(on, known.get(on), today) if on.month == first.month else _OUTSIDE for on in week))
        for week in weeks
    )  # fmt: skip
    return markup(
        '<table class="cal"><caption class="visually-hidden">{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody>'
        "</table>",
        month_full(first), _HEAD, joined(rows),
    )  # fmt: skip


def _cell(on: date, one: CalendarDay | None, today: date) -> SafeString:
    """A day; without a link it says the same to everybody."""
    if one is None or not one.url:
        return _plain_cell(on.day, on.weekday() >= 5, on == today, one and (one.rest, one.mark))
    label = _("%(n)d日，%(what)s") % {"n": on.day, "what": one.label} if one.label else ""
    named = markup(' aria-label="{}"', label) if label else ""
    css, mark = _css(on.weekday() >= 5, one.rest), _dots(on == today, one.mark)
    return markup('<td class="{}"><a class="{}" href="{}"{}>{}</a></td>', css, mark, one.url, named, on.day)


@lru_cache(maxsize=1024)
def _plain_cell(day: int, weekend: bool, now: bool, marked: tuple[bool, str] | None) -> SafeString:
    if marked is None:
        return markup("<td{}><span{}>{}</span></td>", _OFF if weekend else "", _TODAY if now else "", day)
    rest, mark = marked
    return markup(
        '<td class="{}"><span class="{}">{}</span></td>', _css(weekend, rest), _dots(now, mark), day
    )


def _css(weekend: bool, rest: bool) -> str:
    return "rest" if rest else "off" if weekend else ""


def _dots(now: bool, mark: str) -> str:
    return " ".join(filter(None, ("today" if now else "", _MARKS.get(mark, ""))))
