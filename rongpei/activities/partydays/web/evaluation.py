"""Surveys of meetings side by side: what was wished for, how it was judged, what was learned, what changed."""

from datetime import date
from typing import Any

from django.db.models import Avg, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import InquiryRole
from rongpei.activities.partydays.evidence import Evidence, evidence_of
from rongpei.activities.partydays.models import Inquiry, Meeting
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.web.lists import with_label
from rongpei.ground import clock
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.ui.listing import Column, FlagFilter, Listing, PeriodFilter, SearchFilter
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.papers.models import Sheet
from rongpei.org.access.doors import PageRequest, door

MONTHS_SHOWN = 12


def _of(name: str) -> Any:
    return lambda row: getattr(row.evidence, name)


def _asked(role: InquiryRole) -> Exists:
    return Exists(Inquiry.objects.filter(meeting=OuterRef("pk"), role=role))


def _looked_back(rows: QuerySet[Meeting], _value: Any) -> QuerySet[Meeting]:
    return rows.filter(_asked(InquiryRole.CHANGE))


class EvaluationList(Listing):
    """Meetings held, with what their surveys found."""

    columns = (
        Column(
            "title", _lazy("会议"), lambda row: row.gathering.title, main=True, width=30,
            link=lambda row: reverse("partydays:meeting", args=[row.pk]),
        ),
        Column("unit", _lazy("支部"), lambda row: row.gathering.unit.name, sort="gathering__unit__sort_key", phone="second"),
        Column("held_on", _lazy("日期"), lambda row: row.gathering.held_on, sort="gathering__held_on", kind="day", phone="second"),
        Column("rate", _lazy("出勤率"), _of("rate_words")),
        Column("needs", _lazy("会前答卷"), _of("needs_words")),
        Column(
            "mean", _lazy("会后评价"), lambda row: with_label(_("会后评价"), row.evidence.mean_words),
            export=_of("mean_words"), phone="side",
        ),
        Column("score", _lazy("测验答对"), _of("score_words")),
        Column("change", _lazy("三个月后"), _of("change_words")),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _lazy("会议、支部"), fields=("gathering__title", "gathering__unit__name")),
        PeriodFilter("on", _lazy("日期"), field="gathering__held_on"),
        FlagFilter("change", _lazy("只看已回访的"), apply=_looked_back),
    )
    default_sort = "-held_on"
    noun = _lazy("评价对照")
    measure = _lazy("次")

    def attach(self, rows: Any) -> None:
        """The evidence of the page's rows, in a fixed number of queries."""
        found = evidence_of(rows)
        for row in rows:
            row.evidence = found.get(row.pk, Evidence())


@door(*rules.READERS)
def evaluation(request: PageRequest) -> HttpResponseBase:
    """The means of the last twelve months, and every meeting held that had a survey."""
    today = clock.today()
    seen = meetings_for(request.visit).filter(gathering__state=State.CONFIRMED)
    rows = seen.filter(Exists(Inquiry.objects.filter(meeting=OuterRef("pk"))))
    chart = _chart(seen, add_months(today.replace(day=1), 1 - MONTHS_SHOWN))
    return EvaluationList(request, rows).respond("partydays/evaluation.html", {"chart": chart})


def _chart(seen: QuerySet[Meeting], since: date) -> dict[str, Any] | None:
    """The means of the months, judgement beside change; one query."""
    asked = "paper__inquiry"
    rows = Sheet.objects.filter(
        **{
            f"{asked}__meeting__in": seen.order_by().values("id"), f"{asked}__meeting__gathering__held_on__gte": since,
            f"{asked}__role__in": (InquiryRole.AFTER, InquiryRole.CHANGE), "mean__isnull": False,
        }
    )  # fmt: skip
    month = TruncMonth(f"{asked}__meeting__gathering__held_on")
    means = {
        (first, role): round(float(mean), 1)
        for first, role, mean in rows.values_list(month, f"{asked}__role").annotate(mean=Avg("mean"))
    }
    months = sorted({first for first, _role in means})
    if not months:
        return None
    series = [
        {"name": str(words), "data": [means.get((first, role.value)) for first in months]}
        for role, words in ((InquiryRole.AFTER, _("会后评价")), (InquiryRole.CHANGE, _("三个月后")))
    ]
    return {
        "kind": "column",
        "legend": True,
        "max": 5,
        "x": [f"{one.month}月" for one in months],
        "series": series,
    }
