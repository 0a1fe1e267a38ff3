"""What the address of the audit browser asks, and how it is said and passed on."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.audit.queries import Sought
from rongpei.org.access.doors import PageRequest
from rongpei.org.access.queries import actors_named

PERIODS = (
    ("today", _("今天")), ("week", _("近 7 天")), ("month", _("近 30 天")), ("span", _("自选日期")), ("all", _("全部时间")),
)  # fmt: skip
KINDS = (
    ("acts", _("操作、查看和登录")), (EventKind.ACT.value, EventKind.ACT.label), (EventKind.VIEW.value, EventKind.VIEW.label),
    (EventKind.SIGN_IN.value, EventKind.SIGN_IN.label), (EventKind.CHANGE.value, EventKind.CHANGE.label), ("all", _("全部类型")),
)  # fmt: skip
_ACTS = (EventKind.ACT, EventKind.VIEW, EventKind.SIGN_IN)
_OWN = ("period", "from", "to", "who", "code", "kind", "result", "table", "object", "before", "event")


def midnight(now: datetime) -> datetime:
    """The beginning of the local day."""
    return _start_of(timezone.localdate(now))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Asked:
    """The parameters of one request; those we cannot read narrow nothing and are named in `wrong`."""

    def __init__(self, request: PageRequest) -> None:
        self._request = request
        self.values = {name: request.GET.get(name, "").replace("\x00", "").strip()[:60] for name in _OWN}
        self.wrong: list[str] = []
        self.first, self.last = self._day("from"), self._day("to")
        self.period = self._one_of("period", [code for code, _label in PERIODS]) or "week"
        if self.first or self.last:
            self.period = "span"
        self.kind = self._one_of("kind", [code for code, _label in KINDS]) or "acts"
        self.result = self._one_of("result", list(Result.values))
        self.code, self.who, self.table = self.values["code"], self.values["who"], self.values["table"]
        self.object_id, self.before = self._number("object"), self._number("before")

    def _one_of(self, name: str, known: list[str]) -> str:
        if self.values[name] in ("", *known):
            return self.values[name]
        self.wrong.append(self.values[name])
        return ""

    def _number(self, name: str) -> int | None:
        text = self.values[name]
        if text.isascii() and text.isdigit() and len(text) < 19:
            return int(text)
        if text:
            self.wrong.append(text)
        return None

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.values[name]) if self.values[name] else None
        except ValueError:
            self.wrong.append(self.values[name])
            return None

    @cached_property
    def _bounds(self) -> tuple[datetime | None, datetime | None]:
        start = midnight(clock.now())
        if self.period == "span":
            until = _start_of(self.last + timedelta(days=1)) if self.last else None
            return (_start_of(self.first) if self.first else None), until
        days = {"today": 0, "week": 6, "month": 29}
        return (start - timedelta(days=days[self.period]) if self.period in days else None), None

    def sought(self) -> Sought:
        """The question put to the trail; a name that nobody has finds nothing."""
        since, until = self._bounds
        kinds: tuple[str, ...] = (
            _ACTS if self.kind == "acts" else () if self.kind == "all" else (EventKind(self.kind),)
        )
        return Sought(
            tenant_id=self._request.visit.tenant_id,
            since=since,
            until=until,
            actors=self._actors if self.who else None,
            code=self.code,
            kinds=() if self.code or (self.table and self.kind == "acts") else kinds,
            result=self.result,
            table=self.table,
            object_id=self.object_id,
        )

    @cached_property
    def _actors(self) -> list[str]:
        return actors_named(self._request.visit, self.who)

    def facts(self) -> dict[str, Any]:
        """What was asked, for the audit row: codes, dates and ids, never a typed name."""
        given = {
            "period": self.period, "from": self.first, "to": self.last, "kind": self.kind, "result": self.result,
            "code": self.code, "table": self.table, "object": self.object_id, "before": self.before,
            "actors": self._actors[:20] if self.who else None,
        }  # fmt: skip
        return {name: value for name, value in given.items() if value not in (None, "")}

    def address(self, **changes: object) -> str:
        """This page's address with parameters changed; None drops one."""
        kept = {**self.values, **changes}
        query = urlencode({name: value for name, value in kept.items() if value not in (None, "")})
        return f"{self._request.path}?{query}" if query else self._request.path

    @property
    def export_url(self) -> str:
        """The workbook of what the filters show."""
        return self.address(export="xlsx", before=None, event=None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the usual week was asked."""
        return any(self.values[name] for name in _OWN if name not in ("before", "event"))

    # Choices with the chosen one marked, for the selects

    @property
    def periods(self) -> list[tuple[str, Any, bool]]:
        return [(code, label, code == self.period) for code, label in PERIODS]

    @property
    def kinds(self) -> list[tuple[str, Any, bool]]:
        return [(code, label, code == self.kind) for code, label in KINDS]

    @property
    def results(self) -> list[tuple[str, Any, bool]]:
        return [(code, label, code == self.result) for code, label in Result.choices]
