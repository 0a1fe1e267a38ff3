"""Components of many small parts, drawn by hand: a template takes four times as long for thirty cells."""

import calendar
from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import month_full
from rongpei.ground.ui.marks import icon, joined, markup
from rongpei.ground.ui.parts import CalendarDay, Entry

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
    if one is None:
        return markup(
            "<td{}><span{}>{}</span></td>", _OFF if on.weekday() >= 5 else "", _TODAY if on == today else "", on.day
        )  # fmt: skip
    css = "rest" if one.rest else "off" if on.weekday() >= 5 else ""
    mark = " ".join(filter(None, ("today" if on == today else "", _MARKS.get(one.mark, ""))))
    if not one.url:
        return markup('<td class="{}"><span class="{}">{}</span></td>', css, mark, on.day)
    label = _("%(n)d日，%(what)s") % {"n": on.day, "what": one.label} if one.label else ""
    named = markup(' aria-label="{}"', label) if label else ""
    return markup('<td class="{}"><a class="{}" href="{}"{}>{}</a></td>', css, mark, one.url, named, on.day)
