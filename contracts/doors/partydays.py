"""Meetings and party days."""

from typing import Any

from contracts.cast import House
from contracts.doors.address import ALL, BRANCH_READERS, RUNNERS, Address
from contracts.doors.house import unit
from rongpei.activities.partydays.actions import attach_inquiry
from rongpei.activities.partydays.codes import InquiryRole
from rongpei.activities.partydays.models import MakeUp, Theme
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.kernel.papers.drafting import invite
from rongpei.org.access.codes import Role

THEME_SETTERS = (Role.PARTY_OFFICE, Role.GENERAL_BRANCH_SECRETARY)


def meeting(house: House) -> dict[str, Any]:
    """The cast's meeting."""
    return {"pk": house.meeting().pk}


def sitting(house: House) -> dict[str, Any]:
    """The cast's sitting."""
    found = house.meeting()
    return {"pk": found.pk, "sitting_pk": found.gathering.sittings.get().pk}


def theme(house: House) -> dict[str, Any]:
    """A theme of the tenant, made for the test."""
    today = clock.today()
    found = Theme.objects.filter(tenant=house.tenant).first() or Theme.objects.create(
        tenant=house.tenant, unit=house.unit("党委"), title="亮身份、担使命", starts_on=today, plan_by_on=today,
        ends_on=today, record_by_on=today, fields=["ideology"], forms=["seminar"], created_at=clock.now(),
        state="issued",
    )  # fmt: skip
    return {"pk": found.pk}


def theme_plan(house: House) -> dict[str, Any]:
    """The theme and a branch."""
    return theme(house) | {"unit_pk": house.unit("一支部").pk}


def survey(house: House) -> dict[str, Any]:
    """A survey of the cast's meeting, made for the test; the party office is asked."""
    meeting = house.meeting()
    found = meeting.inquiries.first() or attach_inquiry(
        actor=System(house.tenant.pk), meeting=meeting, role=InquiryRole.NEEDS, text="想学什么？[填空]", anonymous=False,
        now=clock.now(), today=clock.today(),
    )  # fmt: skip
    invite(paper=found.paper, person_ids=[house.person("party_office").pk])
    return {"pk": found.paper_id}


def make_up(house: House) -> dict[str, Any]:
    """A make-up of the cast's meeting, made for the test."""
    who = {"meeting": house.meeting(), "person": house.person("member-1")}
    found = MakeUp.objects.filter(tenant=house.tenant).first() or MakeUp.objects.create(
        tenant=house.tenant, studied_on=clock.today(), content="自学", hours=1, logged_at=clock.now(), **who
    )
    return {"pk": found.pk}


def take(house: House) -> dict[str, Any]:
    """A place of the cast's meeting."""
    return {"pk": house.meeting().pk, "sitting_pk": house.meeting().gathering.sittings.get().pk}


def give_back(house: House) -> dict[str, Any]:
    """A registration that does not exist."""
    return {"pk": house.meeting().pk, "registration_pk": 10**9}


TABLE: dict[str, Address] = {
    "partydays:meetings": Address(ALL),
    "partydays:new": Address(RUNNERS),
    "partydays:meeting": Address(ALL, meeting),
    "partydays:later": Address(RUNNERS),
    "partydays:open": Address(ALL),
    "partydays:calendar": Address(ALL),
    "partydays:hours": Address(BRANCH_READERS),
    "partydays:make-ups": Address(BRANCH_READERS),
    "partydays:make-up-judge": Address(RUNNERS, make_up, own=(405,)),
    "partydays:make-up": Address(ALL, meeting, own=(405,)),
    "partydays:evaluation": Address(BRANCH_READERS),
    "partydays:nominations": Address(BRANCH_READERS),
    "partydays:nominate": Address(RUNNERS, meeting, own=(405,)),
    "partydays:themes": Address(BRANCH_READERS),
    "partydays:theme": Address(BRANCH_READERS, theme),
    "partydays:theme-new": Address(THEME_SETTERS),
    "partydays:theme-edit": Address(THEME_SETTERS, theme),
    "partydays:theme-act": Address(THEME_SETTERS, theme, own=(405,)),
    "partydays:theme-materials": Address(THEME_SETTERS, theme, own=(405,)),
    "partydays:theme-plan": Address(RUNNERS, theme_plan, own=(405,)),
    "partydays:survey": Address(ALL, survey),
    "partydays:survey-results": Address(BRANCH_READERS, survey),
    "partydays:survey-remind": Address(RUNNERS, survey, own=(405,)),
    "partydays:survey-set": Address(RUNNERS, lambda house: meeting(house) | {"role": "after"}),
    "partydays:gaps": Address(BRANCH_READERS, unit("一支部")),
    "partydays:book": Address(BRANCH_READERS, lambda house: unit("一支部")(house) | {"year": clock.today().year}),
    "partydays:minutes-word": Address(BRANCH_READERS, meeting),
    "partydays:sheet": Address(BRANCH_READERS, meeting),
    "partydays:materials": Address(RUNNERS, meeting, own=(405,)),
    "partydays:reflection": Address(ALL, meeting, own=(405,)),
    "partydays:change": Address(RUNNERS, meeting),
    "partydays:people": Address(RUNNERS, meeting),
    "partydays:training": Address(BRANCH_READERS),
    "partydays:places": Address(ALL, meeting),
    "partydays:take-place": Address(ALL, take, own=(405,)),
    "partydays:give-back": Address(ALL, give_back, own=(405,)),
    "partydays:leave": Address(ALL, meeting, own=(405,)),
    "partydays:observers": Address(RUNNERS, meeting, own=(405,)),
    "partydays:guests": Address(RUNNERS, meeting, own=(405,)),
    "partydays:attendance": Address(RUNNERS, meeting),
    "partydays:offline": Address(RUNNERS, meeting),
    "partydays:phone": Address(RUNNERS),
    "partydays:hand-over": Address(RUNNERS, meeting),
    "partydays:minutes": Address(RUNNERS, meeting),
    "partydays:confirm": Address(RUNNERS, meeting, own=(405,)),
    "partydays:reopen": Address(RUNNERS, meeting, own=(405,)),
    "partydays:cancel": Address(RUNNERS, meeting, own=(405,)),
    "partydays:screen": Address(RUNNERS, sitting),
    "partydays:screen-code": Address(RUNNERS, sitting),
    "partydays:spoken": Address(ALL),
    "partydays:scanned": Address(ALL, lambda house: {"code": "1.1.1.x"}),
}  # fmt: skip
