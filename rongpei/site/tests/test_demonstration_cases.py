"""The cases of the demonstration: lawful, of every kind, agreeing with facts, and counted as the mission says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from pytest_django import DjangoDbBlocker

from conftest import RUN, in_a_clone
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import opening
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.kernel.procedures.deadlines import overdue
from rongpei.kernel.procedures.facts import Done
from rongpei.kernel.procedures.judging import check
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.kernel.procedures.queries import facts_of as case_facts
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact, Person
from rongpei.pipelines.membership.casedata import read_data
from rongpei.pipelines.membership.codes import DOCUMENT_OWNER, Outcome
from rongpei.pipelines.membership.effects import statuses
from rongpei.pipelines.membership.models import (
    AdmissionBook,
    FormTemplate,
    Helper,
    IssuedDocument,
    Series,
    SpecialRule,
    ThoughtReport,
)
from rongpei.pipelines.membership.preparing import around, training_entries
from rongpei.pipelines.membership.roll import full_members_on, voters_roll
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.site.demonstration.development.judged import courses_of, judge, special_waiver
from rongpei.site.demonstration.facts import facts_of
from rongpei.site.demonstration.hospitals import GENERAL, INFECTIOUS, SMALL
from rongpei.site.demonstration.make import decide, generate
from rongpei.site.demonstration.someone import House

ANCHOR = date(2026, 8, 20)
pytestmark = pytest.mark.slow
_EARLY = (Outcome.WITHDRAWN, Outcome.REJECTED)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """A database of its own, at an anchor after the switch of editions."""
    with in_a_clone(f"rongpei_development_{RUN}_{worker_id}", django_db_blocker):
        generate(ANCHOR, lambda line: None)
        yield


@pytest.fixture
def hospitals(made: None) -> Iterator[dict[str, Tenant]]:
    """The two big hospitals in one scope."""
    found = {tenant.code: tenant for tenant in Tenant.objects.filter(code__in=("YTCR", "YTZH"))}
    with scope([tenant.pk for tenant in found.values()]):
        yield found


def test_every_stored_act_is_lawful_to_the_engine(hospitals: dict[str, Tenant]) -> None:
    seen: Counter[str] = Counter()
    for case in (
        Case.objects.filter(procedure="membership").select_related("person", "unit").order_by("id")[::2]
    ):
        facts = replace(case_facts(case, ANCHOR), done=())
        records = (
            Record.objects.filter(case=case).exclude(step="").select_related("unit").order_by("sequence")
        )
        assert [record.done_on for record in records] == sorted(record.done_on for record in records)
        for record in records:
            case.unit = record.unit  # the branch as it was on the day
            there = replace(facts, unit=around(case, record.done_on).unit)
            data = read_data(record.step, record.data)
            judgement = check(MEMBERSHIP, record.step, facts=there, on=record.done_on, data=data)
            assert judgement.lawful, (record, judgement)
            assert [one.as_json() for one in judgement.findings] == record.findings
            assert record.edition == judgement.edition
            assert record.reason or not judgement.warnings
            seen[record.edition] += 1
            facts = facts.with_done(Done(record.step, record.done_on, data, judgement.sound))
    assert min(seen["2014"], seen["2026"]) > 100


def test_eligible_voters_are_those_of_the_roll_on_the_day(hospitals: dict[str, Tenant]) -> None:
    records = Record.objects.filter(step__in=("branch_admission_meeting", "branch_conversion_meeting"))
    for record in records.select_related("unit")[::9]:
        roll = voters_roll(record.unit, record.done_on)
        assert (record.data["eligible"], roll.eligible) == (
            roll.eligible,
            full_members_on(record.unit, record.done_on),
        )


def test_cases_stand_in_every_stage_and_end_in_every_way(hospitals: dict[str, Tenant]) -> None:
    cases = Case.objects.filter(tenant__code__in=("YTCR", "YTZH"), procedure="membership")
    assert 350 <= cases.count() <= 700
    stages = set(cases.filter(state=State.OPEN).values_list("stage", flat=True))
    assert stages == {stage.code for stage in MEMBERSHIP.stages}
    assert set(cases.exclude(outcome="").values_list("outcome", flat=True)) == {one.value for one in Outcome}
    assert cases.filter(state=State.SUSPENDED).count() >= 2
    for step in ("extend_probation", "postpone_conversion", "cancel_probation", "transfer_in"):
        assert Record.objects.filter(step=step).exists(), step
    late = overdue(ANCHOR)
    assert 10 <= late.count() <= 250
    assert late.filter(by_rule=True).exists()
    rule = SpecialRule.objects.get(tenant__code="YTCR")
    lifted = Record.objects.filter(
        step="propose_development_target",
        case__tenant__code="YTCR",
        done_on__range=(rule.valid_from, rule.valid_to),
    )
    assert any(_cultivated(record) < 360 for record in lifted)
    assert ThoughtReport.objects.count() > 200


def _cultivated(record: Record) -> int:
    activist = Record.objects.get(case=record.case_id, step="recommend_and_confirm_activist")
    return (record.done_on - activist.done_on).days


def test_cases_agree_with_facts_openings_and_ledger(hospitals: dict[str, Tenant]) -> None:
    for case in Case.objects.filter(procedure="membership").select_related("person", "unit"):
        facts = case_facts(case, ANCHOR)
        wanted = {**statuses(facts)}
        if case.outcome in _EARLY and case.ended_on:
            wanted[case.ended_on] = PartyStatus.NONE
        told = Fact.objects.filter(
            kind=FactKind.PARTY_STATUS, source=f"membership:{case.pk}", person=case.person
        )
        assert dict(told.values_list("starts_on", "value")) == {
            day: str(status) for day, status in wanted.items()
        }
        openings = opening.wanted(case, facts) if case.state == State.OPEN else {}
        stored = Opening.objects.filter(case=case).values_list(
            "step", "opens_on", "due_on", "holder", "unit_id"
        )
        assert set(stored) == {
            (row.step, row.opens_on, row.due_on, row.holder, row.unit_id) for row in openings.values()
        }
        trained = facts.last("concentrated_training")
        if trained is not None:
            entries = training_entries(case, ANCHOR)
            assert [entry.pk for entry in entries] == trained.data["entries"]
            assert sum(entry.class_hours for entry in entries) == trained.data["class_hours"]
        records = Record.objects.filter(case=case)
        assert (records.count(), records.filter(kind=RecordKind.OPENED).count()) == (case.records, 1)
    assert Helper.objects.filter(kind="introducer").count() > 150


def test_the_latest_admissions_have_their_papers(hospitals: dict[str, Tenant]) -> None:
    tenant = hospitals["YTCR"]
    documents = IssuedDocument.objects.filter(tenant=tenant)
    assert set(documents.values_list("state", flat=True)) == {"issued", "voided"}
    for series in Series.objects.filter(tenant=tenant):
        numbers = documents.filter(series=series).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, series.last + 1))
    assert StoredFile.objects.filter(
        owner_kind=DOCUMENT_OWNER, content_type="image/jpeg", tenant=tenant
    ).exists()
    books = AdmissionBook.objects.filter(tenant=tenant)
    assert {"stock", "returned", "spoiled"} <= set(books.values_list("state", flat=True))
    assert FormTemplate.objects.filter(tenant=tenant, file__isnull=False).exists()


def test_a10_and_b1_are_the_numbers_of_the_mission_and_their_names(hospitals: dict[str, Tenant]) -> None:
    first = facts_of(hospitals["YTCR"], ANCHOR, names=True)
    keys = (
        "developed_in_3_years",
        "developed_in_3_years_backbones_proven_at_front_line",
        "doctors_and_nurses_who_applied_last_year",
    )
    assert [first[key] for key in keys] == [46, 46, 97]
    for key in keys:
        assert len({line["id"] for line in first["names"][key]}) == first[key]
    people = Person.objects.in_bulk([line["id"] for line in first["names"][keys[0]]])
    assert all(ANCHOR.replace(year=2023) < person.joined_on <= ANCHOR for person in people.values())
    twice = Fact.objects.filter(
        tenant__code="YTCR",
        value=PartyStatus.APPLICANT,
        starts_on__year=2025,
        person__position_type__in=("doctor", "nurse"),
    )
    assert twice.count() == 98  # one of them applied twice and is one person
    second = facts_of(hospitals["YTZH"], ANCHOR, names=True)
    keys = (
        "new_members_in_2_years",
        "new_members_in_2_years_senior_intellectuals",
        "activists_in_cases",
        "activists_senior_intellectuals",
        "senior_intellectuals_who_applied_in_2_years",
    )
    assert [second[key] for key in keys] == [67, 26, 63, 16, 23]
    assert all(len({line["id"] for line in second["names"][key]}) == second[key] for key in keys)


@pytest.mark.parametrize(
    "anchor", [date(2026, 1, 9), date(2026, 5, 12), date(2027, 2, 28), date(2026, 11, 25)]
)
def test_any_anchor_makes_lawful_cases(anchor: date) -> None:
    work = WorkCalendar.published()
    for plan in (SMALL, INFECTIOUS, GENERAL):
        house = House(plan, Tenant(pk=1, code=plan.code, name=plan.name), anchor)
        decide(house, count(1), count(1))
        found = [judge(course, work, special_waiver(house)) for course in courses_of(house)]
        assert len(found) > 10
        assert max(act.on for one in found for act in one.course.acts) <= anchor
