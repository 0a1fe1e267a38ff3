"""What may be asked of culture, filtered by who asks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from rongpei.activities.culture import rules
from rongpei.activities.culture.codes import DAYS, Occasion, PieceState, ProgrammeState
from rongpei.activities.culture.events import Event
from rongpei.activities.culture.models import (
    Appearance,
    Concern,
    Episode,
    Piece,
    Programme,
    Review,
    Study,
    Week,
    Work,
)
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.ui.addresses import address


@dataclass(frozen=True, slots=True)
class Proposal:
    """A memorial day of the year for which nothing is planned yet."""

    occasion: Occasion
    on: date


def programmes_for(actor: Actor) -> QuerySet[Programme]:
    """Programmes of the own tenants: everybody may know of them."""
    return Programme.objects.filter(tenant_id__in=actor.tenant_ids).select_related("unit")


def proposals(tenant_id: int, on: date) -> list[Proposal]:
    """Memorial days still to come within a year that nobody has planned, earliest first; they propose themselves."""
    coming = sorted((_next(occasion, on), occasion) for occasion in DAYS)
    planned = {(occasion, day.year) for occasion, day in _planned_days(tenant_id=tenant_id, on=on)}
    return [Proposal(occasion, day) for day, occasion in coming if (occasion.value, day.year) not in planned]


@prepared
def _planned_days(*, tenant_id: int, on: date) -> QuerySet[Programme, Any]:
    rows = Programme.objects.filter(tenant_id=tenant_id, occasion__in=DAYS, held_on__gte=on)
    return rows.exclude(state=ProgrammeState.CANCELLED).values_list("occasion", "held_on")


def _next(occasion: Occasion, on: date) -> date:
    month, day = DAYS[occasion]
    this = date(on.year, month, day)
    return this if this >= on else date(on.year + 1, month, day)


def kept_works(actor: Actor) -> QuerySet[Work]:
    """Every work of the keeper's tenant."""
    return Work.objects.filter(tenant_id=actor.tenant_id)


def exhibition(actor: Actor | None) -> QuerySet[Work]:
    """Works on view, the newest first."""
    rows = Work.everywhere.filter(rules.visible_works(actor))
    return rows.order_by("-made_on", "-id")


def episodes_of(work: Work) -> list[Episode]:
    """Its episodes in order."""
    return list(Episode.everywhere.filter(work=work).order_by("number"))


def episode_counts(works: Sequence[Work]) -> dict[int, int]:
    """`{work id: episodes}`."""
    rows = Episode.everywhere.filter(work__in=[one.pk for one in works])
    return dict(rows.values_list("work_id").annotate(n=Count("id")))


def studied_by(actor: Actor | None, work: Work) -> dict[int, Study]:
    """`{episode id: the actor's study}`."""
    if actor is None or actor.person_id is None:
        return {}
    rows = Study.objects.filter(person_id=actor.person_id, episode__work=work)
    return {row.episode_id: row for row in rows}


def studies_of(work: Work) -> tuple[int, Decimal]:
    """How often episodes of a work were studied in the scope, and the hours of it."""
    found = Study.objects.filter(episode__work=work).aggregate(n=Count("id"), hours=Sum("class_hours"))
    return found["n"], found["hours"] or Decimal(0)


def appearances_of(actor: Actor) -> QuerySet[Appearance]:
    """Works in which the actor is shown, to be answered by oneself."""
    return Appearance.objects.filter(person_id=rules.me(actor)).select_related("work").order_by("-id")


def pieces_for(actor: Actor | None) -> QuerySet[Piece]:
    """Health-science pieces the reader may find."""
    return Piece.everywhere.filter(rules.visible_pieces(actor))


def pieces_out(actor: Actor | None) -> QuerySet[Piece]:
    """Published ones, newest first."""
    return pieces_for(actor).filter(state=PieceState.PUBLISHED).order_by("-published_on", "-id")


def concerns_for(actor: Actor | None, *, all_of_them: bool = False) -> QuerySet[Concern]:
    """What the public worries about now; keepers may ask for closed ones too."""
    inside = Q(tenant_id__in=actor.tenant_ids) if actor is not None else Q(pk__in=[])
    rows = Concern.everywhere.filter(Q(is_public=True) | inside)
    return (rows if all_of_them else rows.filter(closed_on=None)).order_by("-raised_on", "-id")


def reviews_due(actor: Actor) -> QuerySet[Review]:
    """What the actor was asked to read and has not answered."""
    return (
        Review.objects.filter(expert_id=rules.me(actor), answered_at=None)
        .select_related("piece")
        .order_by("due_on")
    )


def weeks_for(actor: Actor) -> QuerySet[Week]:
    """Weeks of the own tenants, the latest first."""
    return Week.objects.filter(tenant_id__in=actor.tenant_ids).order_by("-starts_on", "-id")


def study_addresses(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Where hours of studying are opened: the episode, for those who may see the work."""
    rows = Study.objects.filter(pk__in=ids).values_list("pk", "episode_id", "episode__work_id")
    found = list(rows)
    shown = set(
        exhibition(actor).filter(pk__in={work for _pk, _episode, work in found}).values_list("pk", flat=True)
    )
    return {pk: address("culture:study", episode) for pk, episode, work in found if work in shown}


def programme_addresses(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Where hours of a cast are opened: the programme."""
    rows = programmes_for(actor).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: address("culture:programme", pk) for pk in rows}


def programme_events(actor: Actor, first: date, last: date) -> Iterator[Event]:
    """Programmes of the span, for campaign weeks."""
    rows = programmes_for(actor).filter(held_on__gte=first, held_on__lte=last)
    for row in rows.exclude(state=ProgrammeState.CANCELLED):
        url = address("culture:programme", row.pk)
        yield Event(row.held_on, _("文化活动"), row.title, url, row.place, "masks-theater")


def piece_events(actor: Actor, first: date, last: date) -> Iterator[Event]:
    """Health-science pieces published in the span."""
    rows = pieces_out(actor).filter(
        published_on__gte=first, published_on__lte=last, tenant_id__in=actor.tenant_ids
    )
    for row in rows:
        if row.published_on is not None:
            url = address("culture:piece", row.pk)
            yield Event(row.published_on, _("科普"), row.title, url, row.author_line, "bulb")
