"""Pages ask the database as often for many rows as for one."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts.cast import BEGAN, Cast, House
from rongpei.activities.partydays.actions import (
    Slot,
    attach_inquiry,
    confirm_meeting,
    plan_meeting,
    tick_attendance,
)
from rongpei.activities.partydays.codes import InquiryRole, MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.notices.actions import send
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Presence
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.procedures.actions import perform
from rongpei.kernel.procedures.models import Case
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.people.actions import record_fact, register_person
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Person
from rongpei.org.units.actions import open_unit, post_person
from rongpei.org.units.codes import Tree, UnitKind
from rongpei.pipelines.membership.actions import receive_thought_report, take_application
from rongpei.pipelines.membership.models import Candidate, Contact, MeetingKit, RelationLetter


def _newest_meeting(house: House) -> str:
    return reverse("partydays:meeting", args=[Meeting.objects.filter(tenant=house.tenant).latest("pk").pk])


def _newest_case(house: House) -> str:
    return reverse("membership:case", args=[Case.objects.filter(tenant=house.tenant).latest("pk").pk])


def _newest_kit(house: House) -> str:
    return reverse("membership:kit", args=[MeetingKit.objects.filter(tenant=house.tenant).latest("pk").pk])


def _unit(name: str, page: str) -> Callable[[House], str]:
    return lambda house: reverse(page, args=[house.unit(name).pk])


def _at(name: str) -> Callable[[House], str]:
    return lambda house: reverse(name)


PAGES: dict[str, tuple[Role, Callable[[House], str]]] = {
    "home": (Role.BRANCH_SECRETARY, _at("home")),
    "people": (Role.PARTY_OFFICE, _at("directory:people")),
    "meetings": (Role.PARTY_OFFICE, _at("partydays:meetings")),
    "meeting": (Role.BRANCH_SECRETARY, _newest_meeting),
    "offline list": (
        Role.BRANCH_SECRETARY, lambda house: _newest_meeting(house).replace("/meetings/", "/meetings/phone/")
    ),
    "gaps": (Role.BRANCH_SECRETARY, _unit("一支部", "partydays:gaps")),
    "evaluation": (Role.PARTY_OFFICE, _at("partydays:evaluation")),
    "month": (Role.PARTY_OFFICE, _at("partydays:calendar")),
    "branches": (Role.PARTY_OFFICE, _at("directory:branches")),
    "branch": (Role.BRANCH_SECRETARY, _unit("一支部", "directory:branch")),
    "attendance": (Role.BRANCH_SECRETARY, _unit("一支部", "directory:attendance")),
    "units": (Role.PARTY_OFFICE, _at("directory:units")),
    "unit": (Role.PARTY_OFFICE, _unit("内科", "directory:unit")),
    "person": (
        Role.BRANCH_SECRETARY, lambda house: reverse("directory:person", args=[house.person("member-1").pk])
    ),
    "ledger": (Role.PARTY_OFFICE, _at("directory:ledger")),
    "inbox": (Role.BRANCH_SECRETARY, _at("inbox")),
    "roles": (Role.SECURITY_ADMIN, _at("access:roles")),
    "audit": (Role.AUDITOR, _at("access:audit")),
    "development": (Role.BRANCH_SECRETARY, _at("membership:board")),
    "cases": (Role.PARTY_OFFICE, _at("membership:cases")),
    "due steps": (Role.PARTY_OFFICE, _at("membership:due")),
    "ready steps": (Role.BRANCH_SECRETARY, _at("membership:ready")),
    "case": (Role.BRANCH_SECRETARY, _newest_case),
    "contacts": (Role.PARTY_OFFICE, _at("membership:contacts")),
    "letters": (Role.PARTY_OFFICE, _at("membership:letters")),
    "kits": (Role.BRANCH_SECRETARY, _at("membership:kits")),
    "kit": (Role.BRANCH_SECRETARY, _newest_kit),
    "funnel": (Role.PARTY_OFFICE, _at("membership:funnel")),
    "approvals": (Role.PARTY_OFFICE, _at("membership:approvals")),
}  # fmt: skip


class Season:
    """Adds to a house: members, units, meetings with their hours, notices, roles, and with all of it audit events."""

    def __init__(self, house: House) -> None:
        self.house, self.system, self.past = house, System(house.tenant.pk), 0

    def pass_by(self, times: int) -> None:
        for _ in range(times):
            self.past += 1
            self._grow()
            self._meet()
            self._tell()
            self._develop()

    def _grow(self) -> None:
        now, today = clock.now(), clock.today()
        person = register_person(
            actor=self.system, tenant_id=self.house.tenant.pk, name="新人", staff_number=f"new-{self.past}"
        )
        record_fact(
            actor=self.system, person=person, kind=FactKind.PARTY_STATUS, value=PartyStatus.FULL,
            starts_on=BEGAN, today=today, now=now,
        )  # fmt: skip
        for tree, unit in ((Tree.PARTY, "一支部"), (Tree.ADMIN, "内科")):
            post_person(
                actor=self.system, person=person, tree=tree, unit=self.house.unit(unit), starts_on=BEGAN,
                today=today, now=now,
            )  # fmt: skip
        open_unit(
            actor=self.system, tenant_id=self.house.tenant.pk, tree=Tree.PARTY, kind=UnitKind.BRANCH,
            name=f"新支部{self.past}", parent=self.house.unit("总支"), on=BEGAN,
        )  # fmt: skip
        Holding.objects.create(
            tenant=self.house.tenant, person=person, role=Role.STAFF, unit=self.house.unit("内科"), starts_on=BEGAN
        )  # fmt: skip

    def _meet(self) -> None:
        day = clock.today() - timedelta(days=self.past)
        starts_at = timezone.make_aware(datetime.combine(day, time(16, 30)))
        meeting = plan_meeting(
            actor=self.system, unit=self.house.unit("一支部"), kind=MeetingKind.THEME_DAY, title=f"党日{self.past}",
            slots=[Slot(starts_at, starts_at + timedelta(hours=1))], class_hours=Decimal(1),
            entered_later_reason="补录", now=clock.now(),
        )  # fmt: skip
        attach_inquiry(
            actor=self.system, meeting=meeting, role=InquiryRole.AFTER, text="有用吗？[打分]", anonymous=True,
            now=clock.now(), today=clock.today(),
        )  # fmt: skip
        listed = meeting.gathering.attendances.values_list("person_id", flat=True)
        marks = dict.fromkeys(listed, (Presence.PRESENT, ""))
        tick_attendance(actor=self.system, meeting=meeting, marks=marks, now=clock.now(), later=True)
        confirm_meeting(actor=self.system, meeting=meeting, now=clock.now())

    def _tell(self) -> None:
        readers = list(Person.objects.filter(tenant=self.house.tenant).values_list("id", flat=True))
        send(
            actor=self.system, tenant_id=self.house.tenant.pk, reader_ids=readers, title=f"通知{self.past}",
            now=clock.now(),
        )  # fmt: skip

    def _develop(self) -> None:
        """One more applicant with a review, a contact, a letter and a meeting."""
        house, today, now = self.house, clock.today(), clock.now()
        branch, member = house.unit("一支部"), house.person("member-1")
        names = [f"{kind}{self.past}" for kind in ("申请", "联系", "转接")]
        people = [
            register_person(actor=self.system, tenant_id=house.tenant.pk, name=name, staff_number=name)
            for name in names
        ]
        case = take_application(
            actor=self.system,
            person=people[0],
            unit=branch,
            received_on=today,
            data={},
            reason="",
            today=today,
            now=now,
        )
        perform(
            actor=self.system,
            case=case,
            step="initial_talk",
            on=today,
            data={"talker": "甲"},
            today=today,
            now=now,
        )
        receive_thought_report(
            actor=self.system,
            case=case,
            written_on=today,
            received_on=today,
            body="汇报",
            paper=True,
            today=today,
            now=now,
        )
        Contact.objects.create(
            tenant=house.tenant, person=people[1], contact=member, unit=branch, why="backbone", starts_on=today,
            next_on=today,
        )  # fmt: skip
        RelationLetter.objects.create(
            tenant=house.tenant, kind="in", person=people[2], to_unit=branch, outside="外院", number=str(self.past),
            issued_on=today, due_on=today,
        )  # fmt: skip
        kit = MeetingKit.objects.create(tenant=house.tenant, unit=branch, kind="admission", held_on=today)
        Candidate.objects.create(tenant=house.tenant, kit=kit, case=case, place=1)


def _queries(house: House, role: Role, fill: Callable[[House], str]) -> tuple[int, list[str]]:
    client = Client()
    client.force_login(house.user(role.value))
    with scope([house.tenant.pk]):
        path = fill(house)
    client.get(path)  # what a process asks once only
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200, path
    # The business date is asked again after some seconds, however many pages that was.
    found = [one["sql"] for one in asked.captured_queries if "clock_setting" not in one["sql"]]
    return len(found), found


@pytest.mark.parametrize("page", list(PAGES))
def test_three_times_the_rows_cost_no_query_more(cast: Cast, page: str) -> None:
    role, fill = PAGES[page]
    season = Season(cast.h1)
    with scope(cast.tenant_ids):
        season.pass_by(1)
        before = Entry.objects.count()
    few, _sql = _queries(cast.h1, role, fill)
    with scope(cast.tenant_ids):
        season.pass_by(2)
        assert Entry.objects.count() >= 3 * before
    many, sql = _queries(cast.h1, role, fill)
    assert few == many, "\n".join(sql)
