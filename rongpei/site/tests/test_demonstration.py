"""The demonstration is what it says: consistent, lawful, the same every time."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q
from pytest_django import DjangoDbBlocker

from conftest import RUN, in_a_clone
from rongpei.activities.culture.codes import LEDGER_PERFORMED, LEDGER_STUDIED
from rongpei.activities.partydays.codes import (
    LEDGER_ATTENDED,
    LEDGER_MADE_UP,
    LEDGER_TAUGHT,
    SOURCE,
    MeetingKind,
)
from rongpei.activities.partydays.kinds import is_chosen
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import should_attend
from rongpei.ground.accounts.models import User
from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.kernel.gatherings.models import Attendance, Gathering
from rongpei.kernel.ledger import rollups
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import visit_of
from rongpei.org.people.actions import MIRRORED
from rongpei.org.people.codes import MEMBERS, FactKind, PartyStatus, Standing
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.queries import facts_as_of
from rongpei.org.people.roster.choices import degree_level, title_level
from rongpei.org.people.roster.idnumbers import read_id_number
from rongpei.org.units.codes import COMMITTEE_OFFICES, Tree, UnitKind
from rongpei.org.units.models import Affiliation, Appointment, Place, Posting, Unit
from rongpei.org.units.queries import in_force
from rongpei.pipelines.membership.codes import LEDGER_TRAINING
from rongpei.site.demonstration.accounts import PASSWORD, demonstration_accounts
from rongpei.site.demonstration.facts import facts_of
from rongpei.site.demonstration.hospitals import GENERAL, HOSPITALS, INFECTIOUS, OPERATOR, SMALL
from rongpei.site.demonstration.make import generate
from rongpei.site.tests.culture_life import assert_culture_is_whole
from rongpei.site.tests.meeting_life import assert_meetings_are_whole
from rongpei.site.tests.portal_life import assert_portal_is_alive
from rongpei.site.tests.verification_cases import assert_verification_is_whole

ANCHOR = date(2026, 6, 12)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """A database of its own with the demonstration in it."""
    with in_a_clone(f"rongpei_demonstration_{RUN}_{worker_id}", django_db_blocker):
        generate(ANCHOR, lambda line: None)
        yield


@pytest.fixture
def hospitals(made: None) -> Iterator[dict[str, Tenant]]:
    """All hospitals in one scope."""
    found = {
        tenant.code: tenant for tenant in Tenant.objects.filter(code__in=[plan.code for plan in HOSPITALS])
    }
    with scope([tenant.pk for tenant in found.values()]):
        yield found


def test_sizes_are_those_of_the_mission(hospitals: dict[str, Tenant]) -> None:
    for plan in HOSPITALS:
        facts = facts_of(hospitals[plan.code], ANCHOR, names=True)
        assert (facts["staff"], facts["members"]) == (plan.staff, plan.members)
        assert facts["branches"] == sum(len(general.branches) for general in plan.generals)
        assert facts["general_branches"] == len(plan.generals)
        assert facts["members"] == facts["full_members"] + facts["probationary_members"]
        assert all(
            len(lines) == facts[key]
            for key, lines in facts["names"].items()
            if key != "class_hours_this_year"
        )
        assert facts["members_below_pro_rata"] < 0.25 * plan.members
        present = Person.objects.filter(tenant=hospitals[plan.code], standing=Standing.PRESENT)
        assert present.count() == plan.staff
        assert present.filter(party_status__in=MEMBERS).count() == plan.members
    assert facts_of(hospitals["YTCR"], ANCHOR, names=False)["branches"] == 26
    assert facts_of(hospitals["YTZH"], ANCHOR, names=False)["branches"] == 28


def test_the_repeated_columns_agree_with_facts_and_postings_for_everyone(
    hospitals: dict[str, Tenant],
) -> None:
    people = list(Person.objects.all())
    facts = facts_as_of([person.pk for person in people], ANCHOR)
    for person in people:
        mine = facts.get(person.pk, {})
        for kind, column in MIRRORED.items():
            default = PartyStatus.NONE if kind == FactKind.PARTY_STATUS else ""
            assert getattr(person, column) == mine.get(kind, default), (person.pk, kind)
        assert person.title_level == title_level(person.title)
    newest = (
        Posting.objects.filter(starts_on__lte=ANCHOR, superseded_at=None)
        .order_by("person_id", "tree", "-starts_on").distinct("person_id", "tree").select_related("unit__parent")
    )  # fmt: skip
    homes = {(posting.person_id, posting.tree): posting.unit for posting in newest}
    assert Place.objects.count() == len(people)
    for place in Place.objects.select_related("group"):
        party = homes.get((place.person_id, Tree.PARTY))
        group = party if party is not None and party.kind == UnitKind.GROUP else None
        branch = group.parent if group else party
        department, league = (homes.get((place.person_id, tree)) for tree in (Tree.ADMIN, Tree.LEAGUE))
        expected = [unit.pk if unit else None for unit in (department, branch, group, league)]
        assert [place.department_id, place.branch_id, place.group_id, place.league_id] == expected


def test_every_way_into_the_party_is_lawful(hospitals: dict[str, Tenant]) -> None:
    born = dict(Person.objects.values_list("id", "born_on"))
    ways: dict[int, dict[str, date]] = {}
    for ident, value, on in Fact.objects.filter(kind=FactKind.PARTY_STATUS).values_list(
        "person_id", "value", "starts_on"
    ):
        if value == "none" or "none" in ways.setdefault(ident, {}):
            ways[ident] = {}  # what ended early is judged by the engine, and begins anew
        if value != "none":
            assert value not in ways[ident]
            ways[ident][value] = on
    order = ["applicant", "activist", "development_target", "probationary", "full"]
    for ident, way in ways.items():
        if not way:
            continue
        assert set(way) == set(order[: len(way)])
        days = [way[status] for status in order[: len(way)]]
        assert days == sorted(days)
        assert days[-1] <= ANCHOR
        assert days[0] >= add_years(born[ident], 18)
        if "full" in way:
            assert way["full"] >= add_years(way["probationary"], 1)
        elif "probationary" in way:
            assert add_years(way["probationary"], 1) > add_months(ANCHOR, -7)
    rows = Person.objects.exclude(joined_on=None).values_list("id", "joined_on", "converted_on")
    assert all((ways[ident]["probationary"], ways[ident].get("full")) == (a, b) for ident, a, b in rows)


def test_the_numbers_of_the_reference_hospitals(hospitals: dict[str, Tenant]) -> None:
    for plan in (INFECTIOUS, GENERAL):
        years, wanted, high = plan.developed
        fresh = Person.objects.filter(tenant__code=plan.code, joined_on__gt=add_years(ANCHOR, -years))
        assert fresh.count() == wanted
        if plan is GENERAL:
            assert sum(_is_high(person, person.joined_on) for person in fresh) == high
    applied = Fact.objects.filter(
        tenant__code="YTCR", kind=FactKind.PARTY_STATUS, value=PartyStatus.APPLICANT, starts_on__year=ANCHOR.year - 1,
        person__position_type__in=("doctor", "nurse"),
    )  # fmt: skip
    assert applied.values("person").distinct().count() == INFECTIOUS.applied_last_year
    activists = Person.objects.filter(
        tenant__code="YTZH", party_status=PartyStatus.ACTIVIST, standing=Standing.PRESENT
    )
    assert (activists.count(), sum(_is_high(person, ANCHOR) for person in activists)) == GENERAL.on_the_way[
        :2
    ]


def test_the_numbers_can_be_counted_from_the_cases(hospitals: dict[str, Tenant]) -> None:
    infectious = facts_of(hospitals["YTCR"], ANCHOR, names=True)
    assert infectious["developed_in_3_years"] == 46
    assert infectious["developed_in_3_years_backbones_proven_at_front_line"] == 46
    assert infectious["doctors_and_nurses_who_applied_last_year"] == 97
    general = facts_of(hospitals["YTZH"], ANCHOR, names=True)
    wanted = {
        "new_members_in_2_years": 67, "new_members_in_2_years_senior_intellectuals": 26, "activists_in_cases": 63,
        "activists_senior_intellectuals": 16, "senior_intellectuals_who_applied_in_2_years": 23,
    }  # fmt: skip
    assert {key: general[key] for key in wanted} == wanted
    for found in (infectious, general):
        for key in wanted:
            assert found[key] == len({line["id"] for line in found["names"][key]})


def test_every_stored_act_is_lawful_and_its_case_agrees_with_the_person(hospitals: dict[str, Tenant]) -> None:
    records = Record.objects.filter(tenant__in=hospitals.values())
    blocked = [
        (record.case_id, record.step, record.findings)
        for record in records.exclude(findings=[])
        if any(one["level"] == "block" for one in record.findings)
    ]
    assert blocked == []
    assert records.exclude(findings=[]).exclude(reason="").exists()
    assert Opening.objects.filter(due_on__lt=ANCHOR).exists()
    members = records.filter(case__procedure="membership")
    editions = set(members.exclude(edition="").values_list("edition", flat=True))
    assert editions == {"2014", "2026"}
    stages = Case.objects.filter(tenant__code="YTCR", procedure="membership", state="open").values_list(
        "stage", flat=True
    )
    assert set(stages) == {"application", "activist", "development_target", "admission", "probation"} - (
        {"admission"} - set(stages)
    )
    for case in Case.objects.filter(tenant__code="YTCR", stage="probation", state="open").select_related(
        "person"
    ):
        assert case.person is not None
        assert case.person.is_member


def _is_high(person: Person, on: date | None) -> bool:
    assert on is not None
    facts = facts_as_of([person.pk], on)[person.pk]
    return (
        title_level(facts.get(FactKind.TITLE, "")) in ("senior", "associate")
        or degree_level(facts.get(FactKind.DEGREE, "")) == "doctor"
    )


def test_identity_numbers_are_unique_and_names_hold_rare_characters(hospitals: dict[str, Tenant]) -> None:
    from rongpei.ground.files.cipher import blind_index, decipher

    for person in Person.objects.order_by("id")[::37]:
        number = decipher(person.id_cipher)
        read = read_id_number(number)
        assert (read.born_on, read.sex, read.problem) == (person.born_on, person.sex, "")
        assert person.id_index == blind_index(number)
    names = "".join(Person.objects.values_list("name", flat=True))
    assert "𬱖" in names
    assert "㛃" in names
    assert Person.objects.exclude(moved_from=None).count() >= 1


def test_branches_and_committees_are_lawful(hospitals: dict[str, Tenant]) -> None:
    branches = Unit.objects.filter(kind=UnitKind.BRANCH)
    sizes = Counter(
        Place.objects.filter(branch__in=branches, person__party_status__in=MEMBERS).values_list(
            "branch_id", flat=True
        )
    )
    full = Counter(
        Place.objects.filter(person__party_status=PartyStatus.FULL).values_list("branch_id", flat=True)
    )
    for branch in branches:
        serving = Appointment.objects.filter(in_force(ANCHOR), unit=branch, office__in=COMMITTEE_OFFICES)
        assert full[branch.pk] >= 3
        assert sizes[branch.pk] <= 50
        assert serving.filter(office="secretary").count() == 1
        assert 3 <= serving.count() <= 5 if full[branch.pk] >= 7 else serving.count() <= 2
        for officer in serving.select_related("person__place"):
            assert officer.person.place.branch_id == branch.pk
            assert officer.person.converted_on <= add_years(officer.starts_on, -1)
    joint = branches.get(name=SMALL.small_branches[0])
    units = (
        Place.objects.filter(branch=joint, person__party_status=PartyStatus.FULL)
        .values("department")
        .annotate(Count("pk"))
    )
    assert len(units) <= 5
    assert all(row["pk__count"] < 3 for row in units)
    for group in Unit.objects.filter(kind=UnitKind.GROUP):
        assert Place.objects.filter(group=group, person__party_status=PartyStatus.FULL).count() >= 1
        assert Place.objects.filter(group=group).count() >= 3
    assert Affiliation.objects.exclude(unit__kind=UnitKind.BRANCH).count() >= 1


def test_meetings_list_exactly_those_who_should_attend(hospitals: dict[str, Tenant]) -> None:
    meetings = Meeting.objects.select_related("gathering__unit").order_by("id")
    for meeting in meetings[::211]:
        gathering = meeting.gathering
        listed = set(gathering.attendances.values_list("person_id", flat=True))
        if is_chosen(meeting.kind):
            assert listed
        elif gathering.unit.kind == UnitKind.BRANCH:
            assert listed == set(should_attend(gathering.unit, MeetingKind(meeting.kind), gathering.held_on))
    due = Attendance.objects.filter(gathering__state=State.CONFIRMED, part=Part.ATTENDEE)
    present = due.filter(presence=Presence.PRESENT).count()
    assert 0.85 <= present / due.count() <= 0.97
    assert not due.filter(presence=Presence.EXPECTED).exists()


def test_three_branches_are_behind_and_all_others_have_planned(hospitals: dict[str, Tenant]) -> None:
    days = Gathering.objects.filter(meeting__kind=MeetingKind.THEME_DAY)
    held = set(
        days.filter(held_on__gte=add_months(ANCHOR, -2), held_on__lt=ANCHOR).values_list(
            "unit__name", flat=True
        )
    )
    ahead = set(
        days.filter(held_on__gte=ANCHOR, held_on__lte=ANCHOR + timedelta(days=8)).values_list(
            "unit__name", flat=True
        )
    )
    behind = [
        unit
        for unit in Unit.objects.filter(kind=UnitKind.BRANCH, tenant__code="YTZH")
        if unit.name not in held
    ]
    assert sorted(unit.name for unit in behind) == sorted(GENERAL.behind)
    for branch in Unit.objects.filter(kind=UnitKind.BRANCH).exclude(name__in=GENERAL.behind):
        assert branch.name in held
        assert branch.name in ahead
    waiting = Gathering.objects.filter(
        state=State.PLANNED, held_on__lt=ANCHOR, attendances__presence=Presence.PRESENT
    )
    assert waiting.exists()


def test_the_ledger_is_what_the_actions_would_have_written(hospitals: dict[str, Tenant]) -> None:
    assert not list(rollups.differences())
    day = Entry.objects.order_by("id")[Entry.objects.count() // 2].occurred_on
    entries = list(
        Entry.objects.filter(
            occurred_on__range=(day, day + timedelta(days=2)), kind__in=[LEDGER_ATTENDED, LEDGER_TAUGHT]
        )
    )
    assert len(entries) > 50
    for on in {entry.occurred_on for entry in entries}:
        mine = [entry for entry in entries if entry.occurred_on == on]
        ids = [entry.person_id for entry in mine if entry.person_id]
        facts = facts_as_of(
            ids,
            on,
            [FactKind(kind) for kind in ("party_status", "title", "degree", "education", "position_type")],
        )
        for entry in mine:
            assert entry.snapshot == facts[entry.person_id]
            assert entry.snapshot["party_status"] in MEMBERS
            homes = (
                Posting.objects.filter(person_id=entry.person_id, starts_on__lte=on)
                .order_by("-starts_on")
                .select_related("unit__parent")
            )
            party = homes.filter(tree=Tree.PARTY)[0].unit
            assert party is not None
            assert entry.branch_id == (party.parent_id if party.kind == UnitKind.GROUP else party.pk)
            assert entry.department_id == homes.filter(tree=Tree.ADMIN)[0].unit_id
    standing = Entry.objects.filter(reverses=None, reversed_by=None)
    assert set(standing.values_list("kind", flat=True)) == {
        LEDGER_ATTENDED, LEDGER_TAUGHT, LEDGER_MADE_UP, LEDGER_STUDIED, LEDGER_PERFORMED, LEDGER_TRAINING,
    }  # fmt: skip
    came = Attendance.objects.filter(gathering__state=State.CONFIRMED, presence=Presence.PRESENT)
    present = came.exclude(gathering__meeting__kind=MeetingKind.TALK).count()
    assert standing.filter(source_kind=SOURCE).count() == present
    wrong = Entry.objects.exclude(reverses=None).filter(~Q(class_hours=-F("reverses__class_hours")))
    assert Entry.objects.exclude(reverses=None).exists()
    assert not wrong.exists()


def test_the_cultural_life_has_everything_in_every_state(hospitals: dict[str, Tenant]) -> None:
    assert_culture_is_whole(ANCHOR)


def test_every_branch_has_three_years_of_meetings(hospitals: dict[str, Tenant]) -> None:
    assert_meetings_are_whole(hospitals.values(), ANCHOR)


def test_verification_has_everybody_who_can_be_met(made: None) -> None:
    with scope([Tenant.objects.get(code=OPERATOR[0]).pk]):
        assert_verification_is_whole(ANCHOR)
        assert_portal_is_alive(ANCHOR)


def test_every_role_signs_in(made: None) -> None:
    accounts = demonstration_accounts()
    assert {role.value for role in Role} == {one["username"].rsplit("-", 1)[1] for one in accounts}
    assert [one["label"] for one in accounts[:4]] == ["党员、职工", "党支部书记", "党委办公室", "院领导"]
    one = accounts[1]
    assert authenticate(None, username=one["number"], password=PASSWORD, code=one["code"]) is not None
    for user in User.objects.filter(username__startswith="demo-"):
        role = user.username.rsplit("-", 1)[1]
        with scope([user.tenant_id]):
            assert visit_of(user, ANCHOR).holds(role), user.username


def test_commands(made: None) -> None:
    with pytest.raises(CommandError):
        call_command("demonstrate")
    out = io.StringIO()
    call_command("facts", hospital="YTCR", as_of=date(2025, 6, 30), names=True, stdout=out)
    facts = json.loads(out.getvalue())["hospitals"][0]
    assert facts["as_of"] == "2025-06-30"
    assert 0 < facts["members"] <= 560
    assert len(facts["names"]["members"]) == facts["members"]
    table = io.StringIO()
    call_command("accounts", stdout=table)
    assert PASSWORD in table.getvalue()
