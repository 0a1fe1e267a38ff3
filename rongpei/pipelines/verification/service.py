"""How well the promise is kept: decisions by week, in time and late, hours until the answer, reasons, reviewers."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Q, Value
from django.db.models.functions import Coalesce, TruncWeek
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.pipelines.verification.codes import Reason
from rongpei.pipelines.verification.models import Submission

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """One week's decisions. `hours`: the mean from handing in to the answer."""

    starts_on: date
    timely: int
    late: int
    passed: int
    hours: float

    @property
    def total(self) -> int:
        """All decisions of the week."""
        return self.timely + self.late

    @property
    def ends_on(self) -> date:
        """The last day of the week."""
        return self.starts_on + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Service:
    """Twelve weeks of the desk."""

    weeks: list[Week]
    reasons: list[tuple[str, int]]
    reviewers: list[tuple[str, int, int]]

    @property
    def chart(self) -> dict[str, Any]:
        """In time and late, week by week."""
        return {
            "kind": "column", "stack": "week", "legend": True, "min": 0,
            "x": [f"{week.starts_on.month}/{week.starts_on.day}" for week in self.weeks],
            "series": [
                {"name": _("按时"), "data": [week.timely for week in self.weeks]},
                {"name": _("超时"), "data": [week.late for week in self.weeks]},
            ],
            "colors": ["#4e7d6b", "#a8201a"],
        }  # fmt: skip


def service_of(tenant_id: int, now: datetime) -> Service:
    """The last twelve weeks of a tenant's desk; three queries."""
    since = now - timedelta(weeks=WEEKS)
    rows = Submission.objects.filter(tenant_id=tenant_id, decided_at__gte=since)
    timely = Count("pk", filter=Q(decided_at__lte=F("due_at")))
    passed = Count("pk", filter=Q(passed=True))
    by_week = rows.annotate(week=TruncWeek("decided_at")).values("week").order_by("week")
    weeks = [
        Week(timezone.localdate(row["week"]), row["timely"], row["n"] - row["timely"], row["passed"], _hours(row["took"]))
        for row in by_week.annotate(
            n=Count("pk"), timely=timely, passed=passed, took=Avg(F("decided_at") - F("submitted_at"))
        )
    ]  # fmt: skip
    counted = Counter(
        code for codes in rows.filter(passed=False).values_list("reasons", flat=True) for code in codes
    )
    reasons = [(str(Reason(code).label), n) for code, n in counted.most_common()]
    each = rows.values("decided_by", who=Coalesce("decided_by__name", Value(""))).annotate(
        n=Count("pk"), timely=timely
    )
    reviewers = [(row["who"], row["n"], row["timely"]) for row in each.order_by("-n", "decided_by")]
    return Service(weeks, reasons, reviewers)


def _hours(took: timedelta | None) -> float:
    return round(took.total_seconds() / 3600, 1) if took else 0.0
