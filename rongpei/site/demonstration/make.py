"""Making the whole demonstration, in one transaction, with a line per step."""

import time
from collections.abc import Callable, Iterator
from datetime import date

from django.db import models, transaction

from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.clock.models import Setting
from rongpei.ground.clock.reading import forget
from rongpei.ground.tenancy.bulk import next_ids
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.site.demonstration import bookkeeping, storing
from rongpei.site.demonstration.accounts import open_accounts
from rongpei.site.demonstration.ballots import store_motions
from rongpei.site.demonstration.culture.making import make_culture
from rongpei.site.demonstration.development.desk import store_desk
from rongpei.site.demonstration.development.keeping import plan_cases, store_cases
from rongpei.site.demonstration.development.papers import store_papers
from rongpei.site.demonstration.hospitals import AUTHORITY, HOSPITALS, OPERATOR
from rongpei.site.demonstration.makeups import store_lecture, store_make_ups
from rongpei.site.demonstration.meetings import hold_meetings
from rongpei.site.demonstration.membership import admit_members, size_branches
from rongpei.site.demonstration.moves import link_moves
from rongpei.site.demonstration.offices import fill_offices, send_away
from rongpei.site.demonstration.outside import furnish_authority, furnish_operator
from rongpei.site.demonstration.pictures import store_pictures
from rongpei.site.demonstration.portal.making import make_portal
from rongpei.site.demonstration.portal.staff import verify_staff
from rongpei.site.demonstration.portal.verifying import Desk
from rongpei.site.demonstration.privacy import make_privacy
from rongpei.site.demonstration.smaller import smaller_meetings
from rongpei.site.demonstration.someone import House
from rongpei.site.demonstration.special import special_meetings
from rongpei.site.demonstration.staff import hire_staff
from rongpei.site.demonstration.themes import store_hours_rule, store_themes
from rongpei.site.demonstration.trees import plant_groups, plant_trees
from rongpei.site.demonstration.voices import store_reflections, store_surveys

Say = Callable[[str], None]


def generate(anchor: date, say: Say) -> None:
    """Make every tenant and its last three years, all or nothing."""
    began = time.monotonic()
    with transaction.atomic():
        authority = Tenant.objects.create(kind=TenantKind.AUTHORITY, code=AUTHORITY[0], name=AUTHORITY[1])
        operator = Tenant.objects.create(kind=TenantKind.OPERATOR, code=OPERATOR[0], name=OPERATOR[1])
        tenants = [
            Tenant.objects.create(
                kind=TenantKind.INSTITUTION, code=plan.code, name=plan.name, parent=authority
            )
            for plan in HOSPITALS
        ]
        with scope([authority.pk, operator.pk, *(tenant.pk for tenant in tenants)]):
            houses = [House(plan, tenant, anchor) for plan, tenant in zip(HOSPITALS, tenants, strict=True)]
            _make_people(houses, say)
            _make_meetings(houses, say)
            editors = furnish_operator(operator, anchor)
            opened = open_accounts(houses, [*furnish_authority(authority, anchor), *editors], anchor)
            articles, comments = make_portal(operator, editors, houses, anchor)
            say(f"{operator.name}：文章 {articles}，评论 {comments}")
            say(
                f"{operator.name}：身份认证 {Desk(operator, editors, anchor).run()}，按人事记录 {verify_staff(houses, anchor)}"
            )
            for turn, house in enumerate(houses):
                programmes, works, pieces = make_culture(house, turn)
                say(f"{house.plan.name}：文化活动 {programmes}，作品 {works}，科普 {pieces}")
            say(f"{houses[0].plan.name}：个人信息申请 {make_privacy(houses[0])}")
            say(f"演示账号 {opened} 个")
        Setting.objects.create(anchor_on=anchor, business_on=anchor)
    forget()
    say(f"完成，业务日期 {anchor}，用时 {time.monotonic() - began:.1f} 秒")


def _ids(model: type[models.Model]) -> Iterator[int]:
    while True:
        yield from next_ids(model, 500)


def decide(house: House, unit_ids: Iterator[int], person_ids: Iterator[int]) -> None:
    """Decide the trees, people, memberships and offices of one hospital; asks no database."""
    plant_trees(house, unit_ids)
    hire_staff(house, person_ids)
    size_branches(house)
    plant_groups(house, unit_ids)
    admit_members(house)
    fill_offices(house)
    send_away(house, unit_ids)


def _make_people(houses: list[House], say: Say) -> None:
    """Decide everybody first, then store them, so that people may point at one another across hospitals."""
    for house in houses:
        decide(house, _ids(Unit), _ids(Person))
        say(f"{house.plan.name}：{len(house.staff)} 人已编定")
    link_moves(houses)
    work = WorkCalendar.load()
    for house in houses:
        cases = plan_cases(house, work)
        units, people = storing.store_units(house), storing.store_people(house)
        facts, homes, offices = (
            storing.store_facts(house),
            storing.store_homes(house),
            storing.store_offices(house),
        )
        say(f"{house.plan.name}：组织 {units}，人员 {people}，事实 {facts}，归属 {homes}，任职 {offices}")
        say(f"{house.plan.name}：发展党员案卷 {store_cases(house, cases)}")
        numbers, books = store_papers(house)
        kits, talks = store_desk(house)
        say(f"{house.plan.name}：公文 {numbers}，志愿书 {books}，发展党员的支部大会 {kits}，联系谈话 {talks}")


def _make_meetings(houses: list[House], say: Say) -> None:
    work = WorkCalendar.load()
    for house in houses:
        records = [
            *hold_meetings(house, work),
            *special_meetings(house, work),
            *smaller_meetings(house, work),
        ]
        themes = store_themes(house)
        records.sort(key=lambda record: record.on)
        store_hours_rule(house)
        meetings, seats, entries = bookkeeping.store_meetings(house, records, themes)
        say(f"{house.plan.name}：主题 {len(themes)}，会议 {len(meetings)}，出勤 {seats}，台账 {entries}")
        motions = store_motions(house, meetings, records)
        sheets = store_surveys(house, meetings, records)
        written = store_reflections(house, meetings, records)
        made_up, registered = store_make_ups(house, meetings, records), store_lecture(house)
        say(
            f"{house.plan.name}：答卷 {sheets}，心得 {written}，补学 {made_up}，报名 {registered}，表决 {motions}"
        )
        say(f"{house.plan.name}：照片和材料 {store_pictures(house, meetings, records, themes)}")
