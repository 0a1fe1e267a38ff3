"""Components of many small parts, drawn by hand: a template takes four times as long for thirty cells."""

import calendar
from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import month_full
from rongpei.ground.ui.marks import icon, markup, safely
from rongpei.ground.ui.parts import CalendarDay, Entry

_WEEKDAYS = "一二三四五六日"
_MARKS = {"plan": "dot", "done": "dot done", "due": "dot due2"}


def timeline(entries: Sequence[Entry]) -> SafeString:
    """The history of a person or case."""
    drawn = "\n".join(_entry(one) for one in entries)
    return mark_safe(f'<ol class="tl">{drawn}</ol>')  # noqa: S308 - every part went through `safely`


def _entry(one: Entry) -> str:
    title, measure, text, link = safely(one.title), "", "", ""
    if one.url:
        title = f'<a class="text-reset" href="{safely(one.url)}">{title}</a>'
    if one.measure:
        measure = f'<b class="e">{safely(one.measure)}</b>'
    if one.text:
        text = f'<p class="rp-s rp-2">{safely(one.text)}</p>'
    if one.link_url:
        link = f'<p class="rp-s mt-1"><a href="{safely(one.link_url)}">{safely(one.link_text)}</a></p>'
    return (
        f'<li><span class="pin {safely(one.kind)}">{icon(one.icon)}</span><div>'
        f'<div class="d-flex gap-2 align-items-baseline"><h3>{title}</h3>{measure}</div>{text}{link}</div></li>'
    )


def month(first: date, days: Sequence[CalendarDay], today: date) -> SafeString:
    """The month of `first` as a table, Monday first; cells outside it are empty."""
    known = {one.on: one for one in days}
    head = "".join(f'<th scope="col">{name}</th>' for name in _WEEKDAYS)
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    rows = "\n".join(
        "<tr>"
        + "".join(_cell(on, known.get(on), today) if on.month == first.month else "<td></td>" for on in week)
        + "</tr>"
        for week in weeks
    )
    return markup(
        '<table class="cal"><caption class="visually-hidden">{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody>'
        "</table>",
        month_full(first), mark_safe(head), mark_safe(rows),  # noqa: S308 - constants and escaped cells
    )  # fmt: skip


def _cell(on: date, one: CalendarDay | None, today: date) -> str:
    if one is None:
        off, now = (' class="off"' if on.weekday() >= 5 else ""), (' class="today"' if on == today else "")
        return f"<td{off}><span{now}>{on.day}</span></td>"
    css = "rest" if one.rest else "off" if on.weekday() >= 5 else ""
    mark = " ".join(filter(None, ("today" if on == today else "", _MARKS.get(one.mark, ""))))
    if not one.url:
        return markup('<td class="{}"><span class="{}">{}</span></td>', css, mark, on.day)
    label = _("%(n)d日，%(what)s") % {"n": on.day, "what": one.label} if one.label else ""
    named = markup(' aria-label="{}"', label) if label else ""
    return markup('<td class="{}"><a class="{}" href="{}"{}>{}</a></td>', css, mark, one.url, named, on.day)
