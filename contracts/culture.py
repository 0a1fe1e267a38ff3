"""Rows of culture for the permission table and for tests."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from contracts.cast import House
from rongpei.activities.culture.actions import health, programmes, weeks, works
from rongpei.activities.culture.models import (
    Appearance,
    CastMember,
    Concern,
    Episode,
    Item,
    Piece,
    Programme,
    Week,
    Work,
)
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System


def programme(house: House, **values: Any) -> Programme:
    """A programme planned for today."""
    given = {
        "occasion": "nurses_day", "title": "护士节授帽", "held_on": clock.today(), "place": "报告厅",
        "unit": house.unit("一支部"), "educations": ["ritual"], "class_hours": Decimal(1),
    } | values  # fmt: skip
    return programmes.plan_programme(actor=System(house.tenant.pk), tenant_id=house.tenant.pk, values=given)


def item(house: House, at: Programme) -> Item:
    """An item with two people of the house."""
    system = System(house.tenant.pk)
    found = programmes.add_item(actor=system, programme=at, kind="rite", title="授帽", minutes=10)
    people = [house.person("member-1"), house.person("member-2")]
    programmes.name_cast(actor=system, item=found, people=people, guests=["院外嘉宾"], part="授帽")
    return found


def work(house: House, episodes: int = 3, **values: Any) -> Work:
    """A work on view in the house."""
    given = {"kind": "tv_series", "title": "灯还亮着", "rights": "own", "on_view": True} | values
    system = System(house.tenant.pk)
    found = works.enter_work(
        actor=system, tenant_id=house.tenant.pk, values=given, on=clock.today(), now=clock.now()
    )
    works.add_episodes(
        actor=system, work=found, titles=[f"第{n}夜" for n in range(1, episodes + 1)], minutes=15,
        class_hours=Decimal("0.5"),
    )  # fmt: skip
    return found


def piece(house: House, **values: Any) -> Piece:
    """A draft by the first member."""
    given = {
        "title": "流感来了怎么办",
        "body": "先休息，多喝水。",
        "topics": ["流感"],
        "author_line": "党员甲",
    } | values
    return health.write_piece(
        actor=house.actor("member-1"), tenant_id=house.tenant.pk,
        author=house.person("member-1"), values=given, now=clock.now(),
    )  # fmt: skip


def passed(house: House, **values: Any) -> Piece:
    """A piece that an expert has passed and a keeper has published."""
    found = piece(house, **values)
    health.ask_experts(
        actor=house.actor("member-1"), piece=found, experts=[house.person("member-2")],
        due_on=clock.today() + timedelta(days=3), on=clock.today(), now=clock.now(),
    )  # fmt: skip
    review = found.reviews.get()
    health.give_review(actor=house.actor("member-2"), review=review, passes=True, opinion="", now=clock.now())
    found.refresh_from_db()
    return health.publish_piece(
        actor=house.actor("publicity_office"), piece=found, is_public=True, on=clock.today(), now=clock.now()
    )


@dataclass(frozen=True)
class Rows:
    """One of each, for one house."""

    programme: Programme
    item: Item
    member: CastMember
    work: Work
    episode: Episode
    appearance: Appearance
    piece: Piece
    concern: Concern
    week: Week


def rows(house: House) -> Rows:
    """The house's rows, made once."""
    system, today = System(house.tenant.pk), clock.today()
    at = Programme.objects.filter(tenant=house.tenant).first() or programme(house)
    number = Item.objects.filter(programme=at).first() or item(house, at)
    shown = Work.objects.filter(tenant=house.tenant).first() or work(house)
    asked = Appearance.objects.filter(work__tenant=house.tenant).first() or works.enter_appearance(
        actor=system,
        work=work(house, title="还没同意"),
        name="",
        where="",
        on=today,
        person=house.person("member-3"),
    )
    written = Piece.objects.filter(tenant=house.tenant).first() or piece(house)
    worry = Concern.objects.filter(tenant=house.tenant).first() or health.raise_concern(
        actor=system, tenant_id=house.tenant.pk, reader_ids=[], now=clock.now(),
        values={"question": "流感高发", "topics": ["流感"], "raised_on": today, "needed_by": today},
    )  # fmt: skip
    week = Week.objects.filter(tenant=house.tenant).first() or weeks.announce_week(
        actor=system, tenant_id=house.tenant.pk,
        values={"title": "护理文化周", "starts_on": today, "ends_on": today + timedelta(days=6)},
    )  # fmt: skip
    return Rows(
        at,
        number,
        number.cast.order_by("id")[0],
        shown,
        shown.episodes.order_by("number")[0],
        asked,
        written,
        worry,
        week,
    )


def a_programme(house: House) -> dict[str, Any]:
    """A programme."""
    return {"pk": rows(house).programme.pk}


def an_item(house: House) -> dict[str, Any]:
    """An item of it."""
    found = rows(house)
    return {"pk": found.programme.pk, "item_pk": found.item.pk}


def a_work(house: House) -> dict[str, Any]:
    """A work."""
    return {"pk": rows(house).work.pk}


def an_episode(house: House) -> dict[str, Any]:
    """An episode of it."""
    return {"pk": rows(house).episode.pk}


def a_piece(house: House) -> dict[str, Any]:
    """A piece."""
    return {"pk": rows(house).piece.pk}


def a_week(house: House) -> dict[str, Any]:
    """A week."""
    return {"pk": rows(house).week.pk}
