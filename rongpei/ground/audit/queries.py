"""Reading the trail: always one tenant, newest first, by key and never by offset.

The table grows by millions of rows. `at` has no index and needs none: ids are given in the order of time, so a
period becomes a range of ids by bisection, and a page looks back over a bounded range of ids.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q, QuerySet

from rongpei.ground.audit import sealing
from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.audit.models import AuditEvent, AuditHead, AuditSeal

WINDOW = 300_000  # ids one page looks back over when no index answers the conditions
COUNTED = 10_000
_SKEW = timedelta(minutes=10)  # ids of long transactions may be this much out of the order of time


@dataclass(frozen=True)
class Sought:
    """What is asked of the trail; None and empty ask nothing."""

    tenant_id: int
    since: datetime | None = None
    until: datetime | None = None
    actors: Collection[str] | None = None
    code: str = ""
    kinds: Collection[str] = ()
    result: str = ""
    table: str = ""
    object_id: int | None = None

    @property
    def is_indexed(self) -> bool:
        """Whether an index answers it whatever the number of rows."""
        return self.actors is not None or bool(self.code)


@dataclass(frozen=True)
class Page:
    """Events, and where to go on; `looked` is the id down to which was looked when the window ended first."""

    events: list[AuditEvent]
    older: int | None
    looked: int | None = None


def events_of(sought: Sought) -> QuerySet[AuditEvent]:
    """The events asked for, without order or bound of ids."""
    wanted = Q(tenant_id=sought.tenant_id)
    if sought.since:
        wanted &= Q(at__gte=sought.since)
    if sought.until:
        wanted &= Q(at__lt=sought.until)
    if sought.actors is not None:
        wanted &= Q(actor__in=sought.actors)
    if sought.code:
        wanted &= Q(code=sought.code)
    if sought.kinds:
        wanted &= Q(kind__in=sought.kinds)
    if sought.result:
        wanted &= Q(result=sought.result)
    if sought.table:
        wanted &= Q(table_name=sought.table)
    if sought.object_id is not None:
        # A row of many objects (one statement) holds the range of their ids.
        wanted &= Q(first_id__lte=sought.object_id, last_id__gte=sought.object_id)
    return AuditEvent.objects.filter(wanted)


def page_of(sought: Sought, *, before: int | None = None, size: int = 50, window: int = WINDOW) -> Page:
    """One page older than the event `before`."""
    first, last = id_range(sought)
    if first is None or last is None:
        return Page([], None)
    top = last + 1 if before is None else min(before, last + 1)
    floor = first if sought.is_indexed else max(first, top - window)
    rows = list(events_of(sought).filter(id__lt=top, id__gte=floor).order_by("-id")[: size + 1])
    if len(rows) > size:
        return Page(rows[:size], rows[size - 1].pk)
    below = AuditEvent.objects.filter(tenant_id=sought.tenant_id, id__lt=floor, id__gte=first)
    older = below.order_by("-id").values_list("id", flat=True).first() if floor > first else None
    return Page(rows, None if older is None else older + 1, None if older is None else floor)


def batches_of(sought: Sought, *, limit: int, size: int = 1000) -> Iterator[list[AuditEvent]]:
    """Everything asked for, newest first, at most `limit`, page by page."""
    before, left = None, limit
    while left > 0:
        page = page_of(sought, before=before, size=min(size, left))
        if page.events:
            yield page.events
        left -= len(page.events)
        before = page.older
        if before is None:
            return


def id_range(sought: Sought) -> tuple[int | None, int | None]:
    """The ids between which everything asked for lies; (None, None) when there is nothing."""
    own = AuditEvent.objects.filter(tenant_id=sought.tenant_id)
    ends = own.aggregate(first=Min("id"), last=Max("id"))
    first, last = ends["first"], ends["last"]
    if first is None or last is None:
        return None, None
    if sought.since:
        first = _first_at(own, sought.since - _SKEW, first, last)
    if sought.until:
        last = _first_at(own, sought.until + _SKEW, first, last + 1)
    return first, last


def _first_at(own: QuerySet[AuditEvent], at: datetime, low: int, high: int) -> int:
    """Bisect for the smallest id from which events are not before `at`; about thirty reads by key."""
    while low < high:
        middle = (low + high) // 2
        found = own.filter(id__gte=middle).order_by("id").values_list("id", "at").first()
        if found is None or found[1] >= at:
            high = middle
        else:
            low = found[0] + 1
    return low


def counted(sought: Sought) -> int:
    """How many events, counted no further than `COUNTED` + 1."""
    first, last = id_range(sought)
    if first is None or last is None:
        return 0
    return events_of(sought).filter(id__gte=first, id__lte=last)[: COUNTED + 1].count()


def companions_of(event: AuditEvent, limit: int = 30) -> list[AuditEvent]:
    """What an act did to the tables: the data changes of its transaction since the act before it."""
    rows = _own(event).filter(xid=event.xid, id__lt=event.pk)
    before = rows.filter(kind=EventKind.ACT).order_by("-id").values_list("id", flat=True).first()
    return list(rows.filter(kind=EventKind.CHANGE, id__gt=before or 0).order_by("id")[:limit])


def looks_at(event: AuditEvent, limit: int = 10) -> list[AuditEvent]:
    """Who looked at the same object, newest first."""
    if not event.table_name or event.first_id is None:
        return []
    rows = _own(event).filter(table_name=event.table_name, first_id=event.first_id, kind=EventKind.VIEW)
    return list(rows.exclude(pk=event.pk).order_by("-id")[:limit])


def _own(event: AuditEvent) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(tenant=event.tenant_id)


@dataclass(frozen=True)
class SealState:
    """How far the chain reaches, and what is still outside it."""

    seq: int = 0
    signed_at: datetime | None = None
    chain: str = ""
    signature: str = ""
    is_signed: bool = False
    unsealed: int = 0
    verified_at: datetime | None = None
    flaws: int = 0


def seal_state(tenant_id: int) -> SealState:
    """The newest head with its signature checked, and how many of the tenant's events wait for a link."""
    head = AuditHead.objects.order_by("-seq").first()
    last = AuditSeal.objects.order_by("-seq").first()
    waiting = AuditEvent.objects.filter(tenant_id=tenant_id)
    if last:
        waiting = waiting.extra(where=["(xid, audit_event.id) > (%s, %s)"], params=[last.xid, last.event_id])  # noqa: S610 - constants
    checked = AuditEvent.objects.filter(tenant_id=tenant_id, code=sealing.VERIFIED).order_by("-id").first()
    return SealState(
        seq=head.seq if head else 0,
        signed_at=head.signed_at if head else None,
        chain=head.chain if head else "",
        signature=head.signature if head else "",
        is_signed=bool(head) and sealing.is_signed(head.seq, head.chain, head.signature) if head else False,
        unsealed=waiting[: COUNTED + 1].count(),
        verified_at=checked.at if checked else None,
        flaws=checked.after.get("flaws", 0) if checked else 0,
    )


def seal_of(event: AuditEvent) -> AuditSeal | None:
    """The event's link in the chain, or None while it waits."""
    return AuditSeal.objects.filter(event_id=event.pk).first()


def today_counts(tenant_id: int, since: datetime) -> dict[str, int]:
    """Acts, refusals and looks since an instant, each counted no further than `COUNTED` + 1."""
    return {
        "acts": counted(Sought(tenant_id, since, kinds=(EventKind.ACT, EventKind.VIEW, EventKind.SIGN_IN))),
        "refused": counted(Sought(tenant_id, since, result=Result.REFUSED)),
        "views": counted(Sought(tenant_id, since, kinds=(EventKind.VIEW,))),
    }
