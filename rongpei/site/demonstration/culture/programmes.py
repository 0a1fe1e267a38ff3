"""Programmes of three years, each with its cast, held with hours, and one still to come; campaign weeks around some."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from rongpei.activities.culture.actions import programmes as acts
from rongpei.activities.culture.actions.weeks import announce_week
from rongpei.activities.culture.codes import DAYS, Occasion
from rongpei.activities.culture.models import CastMember, Item, Programme
from rongpei.ground.accounts.actor import System
from rongpei.org.units.models import Unit
from rongpei.site.demonstration.culture.stage import COMING, SHOWS, Show
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.someone import House, Someone

YEARS = 3
_NURSES_WEEK = "护理文化周"
_SCIENCE_WEEK = "科技创新周"


def at(on: date, hour: int) -> datetime:
    """An instant of the local clock."""
    return timezone.make_aware(datetime.combine(on, time(hour)))


def make_programmes(house: House) -> int:
    """Every memorial day of the last three years, one programme that is being prepared, and the weeks; gives how many."""
    made = 0
    for show in SHOWS:
        for turn, on in enumerate(_days(show, house.anchor)):
            if turn >= YEARS or (house.plan.staff < 1000 and show.occasion in ("party_day", "youth_day")):
                break
            programme = _plan(house, show, show.titles[turn % len(show.titles)], on)
            acts.hold_programme(
                actor=System(house.tenant.pk), programme=programme, summary=show.summary, on=house.anchor,
                audience=dice("crowd", house.plan.code, on).randint(show.crowd * 7 // 10, show.crowd), now=at(on, 18),
            )  # fmt: skip
            made += 1
    _plan(house, COMING, COMING.titles[0], house.anchor + timedelta(days=33))
    _weeks(house)
    return made + 1


def _days(show: Show, anchor: date) -> Iterator[date]:
    month, day = DAYS[Occasion(show.occasion)]
    for year in range(anchor.year, anchor.year - YEARS - 1, -1):
        if date(year, month, day) < anchor:
            yield date(year, month, day)


def _desk(house: House, names: tuple[str, ...]) -> Unit:
    return next((house.leaves[name][0] for name in names if name in house.leaves), house.root)


def _plan(house: House, show: Show, title: str, on: date) -> Programme:
    programme = acts.plan_programme(
        actor=System(house.tenant.pk), tenant_id=house.tenant.pk,
        values={
            "occasion": show.occasion, "title": title, "held_on": on, "place": show.place, "unit": _desk(house, show.desk),
            "educations": list(show.educations), "purpose": show.purpose, "class_hours": Decimal(2),
        },
    )  # fmt: skip
    chance = dice("stage", house.plan.code, show.occasion, on)
    items = Item.objects.bulk_create(
        Item(
            tenant=house.tenant, programme=programme, position=place, kind=one.kind, title=one.title, minutes=one.minutes
        )
        for place, one in enumerate(show.numbers, 1)
    )  # fmt: skip
    cast: list[CastMember] = []
    for item, one in zip(items, show.numbers, strict=True):
        people = [x for x in house.staff if x.hired_on < on and x.position in (one.position or x.position)]
        for person in chance.sample(people, min(one.players, len(people))):
            cast.append(_in(house, item, person, one.part))
        if one.guest:
            cast.append(CastMember(tenant=house.tenant, item=item, name=one.guest, part="嘉宾"))
    CastMember.objects.bulk_create(cast)
    return programme


def _in(house: House, item: Item, person: Someone, part: str) -> CastMember:
    return CastMember(tenant=house.tenant, item=item, person_id=person.id, name=person.name, part=part)


def _weeks(house: House) -> None:
    nurses = next(_days(SHOWS[0], house.anchor))
    for title, starts_on, days, says in (
        (_NURSES_WEEK, nurses - timedelta(days=4), 6, "授帽、操作比试、护理故事，一周里的活动都在这一页。"),
        (
            _SCIENCE_WEEK,
            house.anchor - timedelta(days=3),
            6,
            "学术报告、失败墙、技能比试和党日活动，一周里的活动都在这一页。",
        ),
    ):
        announce_week(
            actor=System(house.tenant.pk), tenant_id=house.tenant.pk,
            values={
                "title": title, "introduction": says, "starts_on": starts_on, "ends_on": starts_on + timedelta(days=days),
            },
        )  # fmt: skip
