"""Reading statistics: how much is read, day by day, and which articles."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rongpei.activities.columns import counting, rules
from rongpei.activities.columns.queries import numbers
from rongpei.ground import clock
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.parts import Kpi
from rongpei.org.access.doors import PageRequest, door

_SPANS = (7, 30, 90)


@door(*rules.DESK)
def statistics(request: PageRequest) -> HttpResponse:
    """The last days, in numbers that lead to the articles behind them."""
    counting.write()
    today = clock.today()
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdigit() and int(asked) in _SPANS else 30
    first = today - timedelta(days=days - 1)
    found = numbers.numbers_of(request.visit.tenant_id, first, today)
    desk = address("columns:desk")
    kpis = [
        Kpi(_("阅读"), f"{found.reads:,}", _("次"), _("近 %d 天") % days),
        Kpi(
            _("发布"),
            f"{found.published:,}",
            _("篇"),
            _("近 %d 天") % days,
            f"{desk}?on_from={first}&on_to={today}",
        ),
        Kpi(_("评论"), f"{found.comments:,}", _("条"), _("近 %d 天") % days),
        Kpi(_("赞和收藏"), f"{found.marks:,}", _("次"), _("自开办以来")),
    ]
    context = {
        "kpis": kpis,
        "days": days,
        "spans": _SPANS,
        "chart": _chart(found.by_day, first, today),
        "articles": found.articles,
        "columns": found.columns,
    }
    return render(request, "columns/statistics.html", context)


def _chart(by_day: dict[date, int], first: date, last: date) -> dict[str, object]:
    """Days as they are, or by the week where they are many."""
    count = (last - first).days + 1
    step = 1 if count <= 31 else 7
    starts = [first + timedelta(days=at) for at in range(0, count, step)]
    sums = [sum(by_day.get(start + timedelta(days=k), 0) for k in range(step)) for start in starts]
    names = [
        f"{start.month}/{start.day}" if at % 3 == 0 or len(starts) < 16 else ""
        for at, start in enumerate(starts)
    ]
    return {
        "kind": "column",
        "x": names,
        "series": [{"name": _("阅读"), "data": sums}],
        "min": 0,
        "labels": count < 8,
    }
