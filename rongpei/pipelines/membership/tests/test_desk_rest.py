"""What else the desk does: contacts, letters, the year's places, withdrawal, special documents, secrecy, refusals told."""

import pytest

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.notices.models import Notice
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.actions import Unlawful
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import findings_if, history_of
from rongpei.org.people.codes import PartyStatus
from rongpei.org.units.models import Place
from rongpei.pipelines.membership import actions, rules
from rongpei.pipelines.membership.codes import (
    PROCEDURE,
    ContactOutcome,
    ContactWhy,
    LetterKind,
    LetterState,
    Waivable,
)
from rongpei.pipelines.membership.models import Application, ContactTalk
from rongpei.pipelines.membership.quota import exempt_ids
from rongpei.pipelines.membership.tests.desk import TODAY, D, Desk


@pytest.fixture
def desk(cast):
    with scope([cast.h1.tenant.pk]):
        yield Desk(cast.h1)


# Contacts


def contact(desk, person="training_office", by="branch_secretary", who="member-1"):
    return actions.open_contact(
        actor=desk.house.actor(by), unit=desk.branch, person=desk.house.person(person),
        contact=desk.house.person(who), why=ContactWhy.BACKBONE, next_on=D("2027-01-10"), today=D("2027-01-01"),
    )  # fmt: skip


def test_a_contact_is_opened_talked_with_and_closed(desk):
    row = contact(desk)
    actions.record_talk(
        actor=desk.house.actor("member-1"), contact=row, talked_on=D("2027-01-09"), summary="谈了科室的工作",
        next_on=D("2027-03-01"), today=D("2027-01-09"), now=clock.now(),
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.talks, row.last_on, row.next_on) == (1, D("2027-01-09"), D("2027-03-01"))
    assert ContactTalk.objects.get(contact=row).summary == "谈了科室的工作"
    with pytest.raises(Forbidden):
        actions.record_talk(
            actor=desk.house.actor("member-2"), contact=row, talked_on=D("2027-01-10"), summary="不该我谈",
            next_on=None, today=D("2027-01-10"), now=clock.now(),
        )  # fmt: skip
    actions.close_contact(
        actor=desk.house.actor("branch_secretary"), contact=row, outcome=ContactOutcome.LATER
    )
    row.refresh_from_db()
    assert row.outcome == ContactOutcome.LATER


def test_members_applicants_and_contacts_who_are_no_members_are_refused(desk):
    with pytest.raises(Refused, match="已是党员"):
        contact(desk, person="member-2")
    with pytest.raises(Refused, match="已递交"):
        contact(desk, person="staff")
    with pytest.raises(Refused, match="正式党员"):
        contact(desk, who="publicity_office")
    contact(desk)
    with pytest.raises(Refused, match="已有人联系"):
        contact(desk)


def test_nobody_reads_the_contact_about_oneself(desk):
    row = contact(desk)
    assert not rules.visible_contacts(desk.house.actor("training_office")).filter(pk=row.pk).exists()
    assert rules.visible_contacts(desk.house.actor("member-1")).filter(pk=row.pk).exists()
    assert not rules.visible_contacts(desk.house.actor("member-2")).filter(pk=row.pk).exists()


# Letters


def letter(desk, person="member-2", kind=LetterKind.INSIDE, to="二支部"):
    return actions.issue_letter(
        actor=desk.house.actor("party_office"), kind=kind, person=desk.house.person(person), from_unit=desk.branch,
        to_unit=desk.house.unit(to) if to else None, outside="" if to else "云汀市某医院党委", number="2027-1",
        issued_on=D("2027-05-01"), due_on=D("2027-07-30"), today=D("2027-05-01"),
    )  # fmt: skip


def branch_of(desk, number):
    return Place.objects.get(person=desk.house.person(number)).branch


def test_until_the_slip_comes_a_person_belongs_to_the_old_branch_and_to_no_other(desk):
    row, today = letter(desk), clock.today()
    assert branch_of(desk, "member-2") == desk.branch
    with pytest.raises(Refused):
        letter(desk)
    actions.receive_slip(
        actor=desk.house.actor("party_office"), letter=row, received_on=D("2027-05-20"), slip_number="回1",
        today=max(TODAY, today), now=clock.now(),
    )  # fmt: skip
    row.refresh_from_db()
    assert row.state == LetterState.RECEIVED
    assert branch_of(desk, "member-2") == desk.house.unit("二支部")


def test_a_cancelled_letter_moves_nobody_and_keeps_its_reason(desk):
    row = letter(desk)
    with pytest.raises(Refused):
        actions.cancel_letter(actor=desk.house.actor("party_office"), letter=row, reason="")
    actions.cancel_letter(actor=desk.house.actor("party_office"), letter=row, reason="本人不调动了")
    row.refresh_from_db()
    assert (row.state, row.reason) == (LetterState.CANCELLED, "本人不调动了")
    assert branch_of(desk, "member-2") == desk.branch


def test_a_case_moves_with_the_person_and_time_goes_on(desk):
    desk.until("assign_mentors")
    row = letter(desk, person="staff")
    actions.receive_slip(
        actor=desk.house.actor("party_office"), letter=row, received_on=D("2027-05-20"), slip_number="",
        today=TODAY, now=clock.now(),
    )  # fmt: skip
    desk.case.refresh_from_db()
    assert desk.case.unit == desk.house.unit("二支部")
    assert findings_if(desk.case, "propose_development_target", on=D("2027-05-21")).lawful


# Places of the year


def test_branches_together_get_no_more_than_the_hospital(desk):
    office, tenant = desk.house.actor("party_office"), desk.house.tenant.pk
    given = {"actor": office, "tenant_id": tenant, "year": 2026}
    actions.plan_year(unit=None, places=3, document="组通〔2026〕1号", **given)
    actions.plan_year(unit=desk.branch, places=2, **given)
    with pytest.raises(Refused, match="超过全院"):
        actions.plan_year(unit=desk.house.unit("二支部"), places=2, **given)
    actions.plan_year(unit=desk.house.unit("二支部"), places=1, **given)
    with pytest.raises(Forbidden):
        actions.plan_year(
            actor=desk.house.actor("branch_secretary"),
            tenant_id=tenant,
            year=2026,
            unit=desk.branch,
            places=9,
        )


def special(desk, *, exempt, waives=(Waivable.CULTIVATION_YEAR, Waivable.HALF_YEAR_REVIEW)):
    return actions.record_special_rule(
        actor=desk.house.actor("party_office"), tenant_id=desk.house.tenant.pk, document="一线发展党员专项通知",
        issuer="市委组织部", issued_on=D("2025-06-01"), valid_from=D("2025-06-01"), valid_to=D("2026-12-31"),
        waives=waives, now=clock.now(), quota_exempt=exempt,
    )  # fmt: skip


def used_outside(desk):
    return exempt_ids(Case.objects.filter(pk=desk.case.pk), desk.house.tenant.pk, 2026)


def test_who_was_admitted_by_a_document_outside_the_plan_uses_no_place(desk):
    special(desk, exempt=True)
    shorten(desk)
    assert used_outside(desk) == {desk.case.pk}


def test_a_document_inside_the_plan_frees_nobody(desk):
    special(desk, exempt=False)
    shorten(desk)
    assert used_outside(desk) == set()


def test_who_did_not_need_the_document_uses_a_place(desk):
    special(desk, exempt=True)
    desk.until("approval")
    assert used_outside(desk) == set()


def shorten(desk):
    """Admitted half a year after becoming an activist: lawful by the document alone."""
    desk.do("submit_application", "2025-03-03")
    desk.do("initial_talk", "2025-03-20")
    desk.do("recommend_and_confirm_activist", "2025-09-20")
    desk.do("file_activist", "2025-09-25")
    desk.do("assign_mentors", "2025-09-26", {"mentors": desk.people("member-1", "member-2")})
    desk.do("propose_development_target", "2025-12-20", reason="一线专项")
    desk.do("committee_consent_and_public_notice", "2026-01-05")
    desk.do("assign_introducers", "2026-01-06", {"introducers": desk.people("member-1", "member-2")})
    desk.do("political_review", "2026-01-08", {"conclusion": "qualified"})
    desk.train("2026-01-10", "2026-01-11", "2026-01-12")
    desk.do("concentrated_training", "2026-01-12", {"passed": True})
    desk.do("branch_committee_review", "2026-01-13")
    desk.do("committee_pre_review", "2026-01-14", {"passed": True})
    desk.do("complete_admission_form", "2026-01-15")
    desk.do("branch_admission_meeting", "2026-01-20", {"present": 8, "yes": 7, "no": 1, "abstain": 0})
    desk.do("pre_approval_talk", "2026-01-25")
    desk.do("committee_admission_approval", "2026-02-01", {"approved": True, "body": "party_committee"})


def test_without_the_document_the_same_way_is_blocked_and_after_its_end_too(desk):
    with pytest.raises(Unlawful):
        shorten(desk)


# Withdrawal


def test_a_person_withdraws_and_may_apply_again(desk):
    desk.until("assign_mentors")
    with pytest.raises(Forbidden):
        actions.withdraw_application(
            actor=desk.house.actor("branch_secretary"),
            person=desk.person,
            reason="",
            today=TODAY,
            now=clock.now(),
        )
    actions.withdraw_application(
        actor=desk.house.actor("staff"),
        person=desk.person,
        reason="还没有准备好",
        today=TODAY,
        now=clock.now(),
    )
    desk.case.refresh_from_db()
    assert (desk.case.state, desk.case.outcome) == ("ended", "withdrawn_by_person")
    assert desk.status("2027-12-31") in ("", PartyStatus.NONE)
    again = actions.hand_in_application(
        actor=desk.house.actor("staff"), person=desk.person, unit=desk.branch, written_on=TODAY, body="再次申请",
        today=TODAY, now=clock.now(),
    )  # fmt: skip
    assert Application.objects.get(pk=again.pk).state == "waiting"


# Secrecy


def test_review_and_sanctions_are_for_those_entitled(desk):
    from rongpei.pipelines.membership.web.caseview import CaseView
    from rongpei.pipelines.membership.web.history import lines_of

    desk.until("political_review")
    leader = desk.house.actor("hospital_leader")
    assert rules.may_see(leader, desk.case)
    assert not rules.may_read_review(actor=leader, case=desk.case)
    assert not rules.may_read_review(actor=desk.house.actor("staff"), case=desk.case)
    view = CaseView(actor=leader, case=desk.case, today=TODAY)
    finding = findings_if(
        desk.case, "assign_introducers", on=D("2026-06-09"), data={"introducers": desk.people("member-1")}
    ).findings
    assert finding
    assert {one.rule for one in view.seen_findings(finding)} == {"done_already"}
    office = CaseView(actor=desk.house.actor("party_office"), case=desk.case, today=TODAY)
    assert {"introducers", "done_already"} <= {one.rule for one in office.seen_findings(finding)}
    records = list(history_of(desk.case))
    hidden = [line for line in lines_of(records, reviewer=False) if line.record.step == "political_review"]
    shown = [line for line in lines_of(records, reviewer=True) if line.record.step == "political_review"]
    assert [line.told for line in hidden] == [[]]
    assert any("合格" in words for line in shown for _label, words in line.told)


# A refused approval is told


def test_a_refused_approval_is_told_to_the_branch_and_the_person(desk):
    desk.until("pre_approval_talk")
    before = set(Notice.objects.values_list("pk", flat=True))
    desk.do(
        "committee_admission_approval",
        "2026-10-30",
        {"approved": False, "body": "party_committee"},
        reason="再培养",
    )
    told = {
        (notice.reader_id, notice.batch.title, notice.batch.url)
        for notice in Notice.objects.exclude(pk__in=before).select_related("batch")
    }
    own = [(title, url) for reader, title, url in told if reader == desk.person.pk]
    assert own == [("上级党委没有批准接收您为预备党员", "/development/mine/")]
    branch = [title for reader, title, _url in told if reader == desk.house.person("branch_secretary").pk]
    assert branch == [f"上级党委没有批准接收{desk.person.name}为预备党员"]


def test_an_approval_is_no_refusal(desk):
    desk.until("pre_approval_talk")
    before = Notice.objects.count()
    desk.do("committee_admission_approval", "2026-10-30", {"approved": True, "body": "party_committee"})
    assert Notice.objects.count() == before


# The nightly run


def _open(desk, count):
    """Cases of people made for the test, each with an application a year ago and no talk."""
    from rongpei.kernel.procedures.models import Opening
    from rongpei.org.people.models import Person

    people = Person.objects.bulk_create(
        Person(tenant=desk.house.tenant, name=f"申请人{n}", sort_key=f"shen{n:04d}", initials="sqr") for n in range(count)
    )  # fmt: skip
    cases = Case.objects.bulk_create(
        Case(
            tenant=desk.house.tenant, procedure=PROCEDURE, person=person, unit=desk.branch, stage="application",
            opened_on=D("2026-01-01"), reached_on=D("2026-01-01"), records=1,
        )
        for person in people
    )  # fmt: skip
    Opening.objects.bulk_create(
        Opening(
            tenant=desk.house.tenant, case=case, procedure=PROCEDURE, step="initial_talk", holder="branch",
            person_id=case.person_id, unit=desk.branch, opens_on=D("2026-01-01"), due_on=D("2026-02-01"), by_rule=True,
        )
        for case in cases
    )  # fmt: skip


def test_the_nightly_run_asks_as_often_for_many_cases_as_for_one(desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from rongpei.kernel.procedures.deadlines import run_deadlines

    asked = []
    for count, on in ((1, D("2026-03-01")), (300, D("2026-03-02"))):
        _open(desk, count)
        with CaptureQueriesContext(connection) as caught:
            done = run_deadlines(
                actor=System(desk.house.tenant.pk), tenant_id=desk.house.tenant.pk, on=on, now=clock.now()
            )
        assert done["reminded"] >= count
        asked.append(len(caught))
    assert asked[0] == asked[1]
