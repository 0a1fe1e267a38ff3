"""The tag library of every template; it is a builtin, so no `load` is needed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.ui import dates, drawing, fields, frame, marks, parts, words
from rongpei.ground.ui.marks import markup

register = template.Library()

Day = date | datetime


def _draw(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    """A component's template, with the request and CSRF token of the page."""
    kept = {key: context.get(key) for key in ("request", "csrf_token", "chrome")}
    engine = context.template.engine  # type: ignore[union-attr]  # set while a template renders
    return engine.get_template(name).render(Context({**kept, **values}))


# The frame

register.simple_tag(frame.kept, name="kept")
register.simple_tag(frame.top, name="top")
register.simple_tag(frame.side, name="side")
register.simple_tag(frame.tabs, name="tabs")


# Marks in running text


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """{% icon "home" %}: decoration; name the button or link itself."""
    return marks.icon(name, extra)


@register.simple_tag
def status(kind: marks.Kind, text: str, icon: str = "") -> SafeString:
    """{% status "ok" "正常" %}; kinds: "" ok warn bad info gold line."""
    return marks.Status(kind, text, icon).__html__()


@register.simple_tag
def bar(value: Any, of: Any, kind: str = "", label: str = "") -> SafeString:
    """{% bar 17 26 label="26 个中 17 个" %}; kinds: "" warn red slate."""
    return marks.bar(value, of, kind, label)


@register.simple_tag
def measure(value: Any, of: Any, kind: Any = "", label: str = "") -> SafeString:
    """{% measure 21.5 32 %}: a bar with 21.5 / 32 beside it."""
    return marks.Measure(value, of, kind, label).__html__()


@register.simple_tag
def ring(value: Any, of: Any, unit: str = "", kind: str = "") -> SafeString:
    """{% ring 21.5 32 "学时" %}; kind "ok" paints the arc green."""
    return marks.ring(value or 0, of or 0, unit, kind)


@register.simple_tag
def due(on: Day | None, today: date | None = None, time: str = "", binding: bool = True) -> SafeString:
    """{% due task.due_on today %}: the date block of a to-do row; `time` stands under 今天.

    A date that no rule binds to is 已过, never 逾期.
    """
    return drawing.due(on and dates.as_date(on), today or clock.today(), time, binding)


@register.simple_tag
def law(text: str, url: str = "") -> SafeString:
    """{% law "《细则》第十九条" url %}: an article, a link when it can be opened."""
    return drawing.law(text, url)


@register.simple_tag(takes_context=True)
def query_set(context: Context, **changes: Any) -> str:
    """href="{% query_set page=2 kind=None %}": this address with parameters changed, None drops one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else str(context["request"].path)


@register.simple_tag
def chart(
    data: dict[str, Any], id: str, label: str, href: str = "", small: bool = False, link_text: str = ""
) -> SafeString:
    """{% chart data "attendance" "近六个月…" href=url %}: drawn by charts.js; the label is its sentence."""
    link = (
        markup('<p class="rp-s mt-1"><a href="{}">{}</a></p>', href, link_text or _("看名单")) if href else ""
    )
    return markup(
        '<div class="chart{}" role="img" aria-label="{}" data-chart="{}"></div>{}{}',
        " sm" if small else "",
        label,
        id,
        json_script(data, id),
        link,
    )


for one in words.FILTERS:
    register.filter(one.__name__, one)


# Blocks with content of the page between them; `content` is safe, the page's own template rendered it


@register.simple_block_tag
def note(
    content: str, kind: str = "", title: str = "", article: str = "", article_url: str = "", icon: str = ""
) -> SafeString:
    """{% note "bad" "这一天还不能讨论，差 3 天" article="《细则》第十三条" %}why{% endnote %}: a finding."""
    sign = icon or {"bad": "alert-circle", "warn": "alert-circle", "ok": "circle-check"}.get(
        kind, "info-circle"
    )
    strong = markup("<strong>{}</strong>", title) if title else ""
    body = markup("<div>{}</div>", content) if content.strip() else ""
    return markup(
        '<div class="note {}">{}{}{}{}</div>',
        kind,
        marks.icon(sign),
        strong,
        body,
        law(article, article_url) if article else "",
    )


@register.simple_block_tag
def card(
    content: str,
    title: str = "",
    aside: str = "",
    more: str = "",
    more_url: str = "",
    id: str = "",
    flush: bool = False,
) -> SafeString:
    """{% card "待办" aside="按期限排序" %}…{% endcard %}; `flush` leaves the inner space to the content."""
    right: str = ""
    if more_url:
        right = markup(
            '<a class="rp-more" href="{}">{}{}</a>', more_url, more or _("全部"), marks.icon("chevron-right")
        )
    elif aside:
        right = markup('<span class="rp-s rp-2">{}</span>', aside)
    head = (
        markup('<div class="card-header"><h2 class="card-title">{}</h2>{}</div>', title, right)
        if title
        else ""
    )
    inner = content if flush else markup('<div class="card-body">{}</div>', content)
    return markup('<section class="card"{}>{}{}</section>', markup(' id="{}"', id) if id else "", head, inner)


@register.simple_block_tag
def page_head(content: str, title: str, sentence: str = "", initial: str = "") -> SafeString:
    """{% page_head "人员" "共 23 人" %}buttons{% endpage_head %}: the h1, one sentence, at most two buttons."""
    face = markup('<span class="rp-av lg" aria-hidden="true">{}</span>', initial) if initial else ""
    words = markup("<p>{}</p>", sentence) if sentence else ""
    acts = markup('<div class="rp-acts">{}</div>', content) if content.strip() else ""
    return markup('<div class="rp-head">{}<div><h1>{}</h1>{}</div>{}</div>', face, title, words, acts)


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, kind: str, title: str, heading: bool = False) -> SafeString:
    """{% empty "search" "没有符合条件的人" %}<p>…</p>button{% endempty %}; kinds: search broken blank done closed."""
    values = {"kind": kind, "title": title, "heading": heading, "content": content}
    return _draw(context, "ui/parts/empty.html", values)


# Components drawn from the data of `parts.py`


@register.simple_tag(takes_context=True)
def todo_list(context: Context, items: Sequence[parts.Todo], today: date | None = None) -> SafeString:
    """{% todo_list todos %}: rows with date block, what, why + article, one button."""
    return drawing.todos(items, today or clock.today(), lambda: CsrfTokenNode().render(context))


@register.simple_tag(takes_context=True)
def kpi(context: Context, card: parts.Kpi) -> SafeString:
    """{% kpi card %}: a key number that leads to the names behind it."""
    return _draw(context, "ui/parts/kpi.html", {"card": card})


@register.simple_tag
def timeline(entries: Sequence[parts.Entry]) -> SafeString:
    """{% timeline entries %}."""
    return drawing.timeline(entries)


@register.simple_tag(takes_context=True)
def stages(context: Context, steps: Sequence[parts.Step], label: str = "") -> SafeString:
    """{% stages steps %}: the phases of a case or a wizard."""
    return _draw(context, "ui/parts/stages.html", {"steps": steps, "label": label or _("步骤")})


@register.simple_tag(takes_context=True)
def progress(context: Context, job: parts.Progress) -> SafeString:
    """{% progress job %}: asks `job.url` again until finished; that address answers with this same tag."""
    return _draw(context, "ui/parts/progress.html", {"job": job})


@register.simple_tag(takes_context=True)
def matrix(context: Context, table: parts.Matrix) -> SafeString:
    """{% matrix table %}: units against months, only exceptions coloured."""
    return _draw(context, "ui/parts/matrix.html", {"table": table})


@register.simple_tag
def month(first: date, days: Sequence[parts.CalendarDay] = (), today: date | None = None) -> SafeString:
    """{% month first days %}: one month; `days` holds only those with something to say."""
    return drawing.month(first, days, today or clock.today())


# Forms


@register.simple_tag(takes_context=True)
def field(context: Context, bound: Any, **attrs: Any) -> SafeString:
    """{% field form.name inputmode="numeric" label=… hint=… %}: label above, the input, hint, error."""
    return _draw(context, "ui/parts/field.html", fields.shown(bound, attrs))


@register.simple_tag(takes_context=True)
def fields_of(context: Context, form: Any) -> SafeString:
    """{% fields_of form %}: error summary, hidden fields and every visible field."""
    return _draw(context, "ui/parts/fields.html", {"form": form, "summary": fields.summary(form)})


@register.simple_tag(takes_context=True)
def form_errors(context: Context, form: Any) -> SafeString:
    """{% form_errors form %}: what is wrong with the whole, and from three faults up a list with links."""
    return _draw(context, "ui/parts/errors.html", {"form": form, "summary": fields.summary(form)})


@register.simple_tag(takes_context=True)
def refusal(context: Context, refused: Any) -> SafeString:
    """{% refusal refused %}: what, why, article, what now; reads the attributes of `parts.Refusal`."""
    return _draw(context, "ui/parts/refusal.html", {"refusal": refused})
