"""A person goes the whole way in the database; what the house knows is not typed, what follows is kept by itself."""

import pytest

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.actions import Unlawful
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.queries import findings_if, history_of, open_steps, standing_of
from rongpei.org.people.actions import record_fact
from rongpei.org.people.codes import DisciplineEffect, FactKind, PartyStatus
from rongpei.org.units.actions import post_person
from rongpei.org.units.codes import Tree
from rongpei.pipelines.membership.actions import receive_thought_report, record_special_rule
from rongpei.pipelines.membership.codes import Exclusion, Waivable
from rongpei.pipelines.membership.models import Helper
from rongpei.pipelines.membership.queries import cases_for
from rongpei.pipelines.membership.roll import full_members_on, voters_roll
from rongpei.pipelines.membership.tests.desk import TODAY, VOTES, WAY, D, Desk


@pytest.fixture
def desk(cast):
    with scope([cast.h1.tenant.pk]):
        yield Desk(cast.h1)


def test_the_whole_way(desk):
    desk.until("archive_materials")
    assert (desk.case.state, desk.case.outcome) == (State.ENDED, "completed")
    told = [
        ("2025-03-02", ""), ("2025-03-03", PartyStatus.APPLICANT), ("2025-05-20", PartyStatus.ACTIVIST),
        ("2026-06-07", PartyStatus.ACTIVIST), ("2026-06-08", PartyStatus.TARGET), ("2026-07-29", PartyStatus.TARGET),
        ("2026-07-30", PartyStatus.PROBATIONARY), ("2027-07-29", PartyStatus.PROBATIONARY), ("2027-07-30", PartyStatus.FULL),
    ]  # fmt: skip
    assert [(day, desk.status(day)) for day, _status in told] == told
    desk.person.refresh_from_db()
    assert (desk.person.joined_on, desk.person.converted_on) == (D("2026-07-30"), D("2027-07-30"))
    records = list(history_of(desk.case))
    editions = {record.edition for record in records if record.done_on >= D("2026-05-11") and record.step}
    assert editions == {"2026"}
    assert {record.edition for record in records if record.step and record.done_on < D("2026-05-11")} == {
        "2014"
    }


def test_each_step_in_turn_is_open_and_no_other_numbered_one_is_forgotten(desk):
    done = set()
    for step, act in WAY(desk).items():
        offered = {one.code for one, _judged in open_steps(desk.case, TODAY)}
        wanted = {"review": "cultivate_and_review", "notice": "committee_consent_and_public_notice",
                  "training": "concentrated_training", "approval": "committee_admission_approval",
                  "conversion_approval": "committee_conversion_approval"}.get(step, step)  # fmt: skip
        assert wanted in offered, step
        act()
        done.add(wanted)
    assert open_steps(desk.case, TODAY) == []


def test_unlawful_tries_are_refused_with_article_and_date(desk):
    desk.until("assign_mentors")
    with pytest.raises(Unlawful) as refused:
        desk.do("propose_development_target", "2026-05-19", reason="急")
    assert (refused.value.code, refused.value.article) == ("cultivation_year", "13")
    assert "2026-05-20" in refused.value.remedy
    assert findings_if(desk.case, "propose_development_target", on=D("2026-05-20")).lawful


def test_a_second_application_of_one_person_is_refused(desk):
    with pytest.raises(Refused, match="已有"):
        Desk(desk.house)


def test_standing_and_sanctions_of_introducers_come_from_facts(desk):
    desk.until("notice")
    system, member = System(desk.house.tenant.pk), desk.house.person("member-2")

    def sanction(value, on):
        record_fact(
            actor=system, person=member, kind=FactKind.DISCIPLINE, value=value, starts_on=D(on), today=TODAY,
            now=clock.now(),
        )  # fmt: skip

    def found(*numbers, on="2026-06-09"):
        data = {"introducers": desk.people(*numbers)}
        return [
            (one.rule, one.level.value)
            for one in findings_if(desk.case, "assign_introducers", on=D(on), data=data).findings
        ]

    assert found("member-1", "member-2") == []
    assert found("member-1") == [("introducers", "block")]
    assert found("member-1", "member-2", "member-3") == [("introducers", "block")]
    assert found("member-1", "staff") == [("introducers", "block")]
    sanction(DisciplineEffect.WARNING, "2026-01-01")
    assert found("member-1", "member-2") == [("introducer_sanction", "warn")]
    sanction("", "2026-07-01")
    assert found("member-1", "member-2", on="2026-06-30") == [("introducer_sanction", "warn")]
    assert found("member-1", "member-2", on="2026-07-01") == []
    sanction(DisciplineEffect.PROBATION, "2026-02-01")
    assert found("member-1", "member-2") == [("introducers", "block")]


def test_helpers_are_kept_and_follow_a_correction(desk):
    desk.until("assign_mentors")
    assert Helper.objects.filter(case=desk.case).count() == 2
    record = history_of(desk.case).get(step="assign_mentors")
    actions.correct(
        actor=desk.house.actor("party_office"), case=desk.case, record=record, on=D("2025-06-02"), reason="换人",
        data={"mentors": desk.people("member-3")}, today=TODAY, now=clock.now(),
    )  # fmt: skip
    (helper,) = Helper.objects.filter(case=desk.case)
    assert (helper.person, helper.starts_on) == (desk.house.person("member-3"), D("2025-06-02"))


def test_training_is_counted_from_the_ledger_and_not_typed(desk):
    desk.until("political_review")
    with pytest.raises(Unlawful) as refused:
        desk.do("concentrated_training", "2026-06-22", {"days": 9, "class_hours": 99, "passed": True})
    assert refused.value.article == "17"
    desk.train("2026-06-20", "2026-06-21")
    assert not findings_if(
        desk.case, "concentrated_training", on=D("2026-06-22"), data={"passed": True}
    ).lawful
    desk.train("2026-06-22")
    record = desk.do("concentrated_training", "2026-06-22", {"passed": True})
    assert (record.data["days"], record.data["class_hours"], len(record.data["entries"])) == (3, 24.0, 3)


def test_the_number_of_voters_is_computed(desk):
    desk.until("branch_admission_meeting")
    assert history_of(desk.case).get(step="branch_admission_meeting").data["eligible"] == 9


def test_no_quorum_and_no_majority_are_refused(desk):
    desk.until("complete_admission_form")
    for votes, rule in (
        ({"present": 4, "yes": 4, "written_yes": 5}, "quorum"),
        ({"present": 8, "yes": 4, "no": 4}, "majority"),
        ({"present": 8, "yes": 9}, "ballots"),
    ):
        with pytest.raises(Unlawful) as refused:
            desk.do("branch_admission_meeting", "2026-07-30", votes)
        assert refused.value.code == rule
    desk.do("branch_admission_meeting", "2026-07-30", {"present": 5, "yes": 4, "written_yes": 1})


def test_a_refused_approval_goes_back_to_the_meeting(desk):
    desk.until("pre_approval_talk")
    desk.do(
        "committee_admission_approval",
        "2026-10-30",
        {"approved": False, "body": "party_committee"},
        reason="材料不全",
    )
    assert desk.status("2026-12-01") == PartyStatus.TARGET
    actions.return_case(
        actor=desk.house.actor("party_office"), case=desk.case, step="branch_admission_meeting", reason="党委未批准",
        on=D("2026-10-30"), today=TODAY, now=clock.now(),
    )  # fmt: skip
    assert standing_of(desk.case)[-1].done.step == "complete_admission_form"
    desk.do("branch_admission_meeting", "2026-11-20", VOTES, reason="按党委意见重新讨论")
    desk.do("pre_approval_talk", "2026-11-25")
    desk.do("committee_admission_approval", "2026-12-10", {"approved": True, "body": "party_committee"})
    assert desk.status("2026-11-19") == PartyStatus.TARGET
    assert desk.status("2026-11-20") == PartyStatus.PROBATIONARY


def test_a_corrected_date_moves_the_status(desk):
    desk.until("assign_mentors")
    record = history_of(desk.case).get(step="recommend_and_confirm_activist")
    actions.correct(
        actor=desk.house.actor("party_office"), case=desk.case, record=record, on=D("2025-05-25"), reason="笔误",
        today=TODAY, now=clock.now(),
    )  # fmt: skip
    assert desk.status("2025-05-24") == PartyStatus.APPLICANT
    assert desk.status("2025-05-25") == PartyStatus.ACTIVIST


def test_withdrawing_ends_the_standing(desk):
    desk.until("assign_mentors")
    actions.end(
        actor=desk.house.actor("party_office"), case=desk.case, outcome="withdrawn_by_person", reason="本人申请",
        on=D("2025-07-01"), today=TODAY, now=clock.now(),
    )  # fmt: skip
    assert desk.status("2025-06-30") == PartyStatus.ACTIVIST
    assert desk.status("2025-07-01") == PartyStatus.NONE


def test_cancellation_takes_the_membership_back(desk):
    desk.until("oath_ceremony")
    desk.do("cancel_probation", "2027-02-01", VOTES)
    assert (desk.case.state, desk.case.outcome) == (State.ENDED, "cancelled")
    assert desk.status("2027-02-01") == PartyStatus.NONE
    desk.person.refresh_from_db()
    assert desk.person.joined_on is None


def test_extension_moves_the_day_of_full_membership(desk):
    desk.until("apply_conversion")
    desk.do("extend_probation", "2027-08-03", {"months": 6, **VOTES})
    with pytest.raises(Unlawful) as refused:
        desk.do("extend_probation", "2027-09-03", {"months": 6, **VOTES})
    assert refused.value.code == "extension_once"
    found = findings_if(
        desk.case, "branch_conversion_meeting", on=D("2027-12-31"), data={"outcome": "convert"}
    )
    assert [str(one.lawful_from) for one in found.findings] == ["2028-01-30"]


def test_transfer_in_between_keeps_the_year(desk):
    desk.until("assign_mentors")
    actions.transfer(
        actor=desk.house.actor("party_office"), case=desk.case, unit=desk.house.unit("二支部"), step="transfer_in",
        on=D("2025-12-01"), today=TODAY, now=clock.now(),
    )  # fmt: skip
    desk.case.refresh_from_db()
    assert [one.done.step for one in standing_of(desk.case)][-1] == "transfer_in"
    assert findings_if(desk.case, "propose_development_target", on=D("2026-05-20")).lawful
    assert desk.case.unit == desk.house.unit("二支部")


def test_a_branch_of_two_may_not_admit(desk):
    desk.until("complete_admission_form")
    actions.transfer(
        actor=desk.house.actor("party_office"), case=desk.case, unit=desk.house.unit("二支部"), on=D("2026-07-06"),
        today=TODAY, now=clock.now(),
    )  # fmt: skip
    desk.case.refresh_from_db()
    assert full_members_on(desk.case.unit, D("2026-07-30")) == 2
    with pytest.raises(Unlawful) as refused:
        desk.do("branch_admission_meeting", "2026-07-30", {"present": 2, "yes": 2})
    assert refused.value.code == "small_branch"


def test_a_special_document_lifts_the_year_on_its_days_only(desk):
    desk.until("assign_mentors")
    for lifts in ({Waivable.CULTIVATION_YEAR},):
        record_special_rule(
            actor=desk.house.actor("party_office"), tenant_id=desk.house.tenant.pk, document="关于在一线发展党员的通知",
            issuer="上级党委组织部", issued_on=D("2025-09-01"), valid_from=D("2025-09-01"), valid_to=D("2025-12-31"),
            waives=lifts, now=clock.now(),
        )  # fmt: skip
    found = findings_if(desk.case, "propose_development_target", on=D("2025-08-31"))
    assert [str(one.lawful_from) for one in found.findings if one.rule == "cultivation_year"] == [
        "2025-09-01"
    ]
    assert findings_if(desk.case, "propose_development_target", on=D("2025-09-01")).lawful
    assert not findings_if(desk.case, "propose_development_target", on=D("2026-01-01")).lawful


def test_the_roll_states_who_is_left_out(desk):
    on = D("2026-07-30")
    assert voters_roll(desk.branch, on).eligible == 9
    system, now = System(desk.house.tenant.pk), clock.now()
    record_fact(
        actor=system, person=desk.house.person("member-1"), kind=FactKind.PARTY_STATUS, value=PartyStatus.PROBATIONARY,
        starts_on=D("2026-07-01"), today=TODAY, now=now,
    )  # fmt: skip
    record_fact(
        actor=system, person=desk.house.person("member-2"), kind=FactKind.DISCIPLINE, value=DisciplineEffect.PROBATION,
        starts_on=on, today=TODAY, now=now,
    )  # fmt: skip
    post_person(
        actor=system, person=desk.house.person("member-3"), tree=Tree.PARTY, unit=desk.house.unit("二支部"),
        starts_on=D("2026-07-31"), today=TODAY, now=now,
    )  # fmt: skip
    roll = voters_roll(desk.branch, on, {desk.house.person("member-4").pk: Exclusion.ILL})
    assert {(person.staff_number, reason) for person, reason in roll.excluded} == {
        ("member-1", Exclusion.PROBATIONARY), ("member-2", Exclusion.SANCTIONED), ("member-4", Exclusion.ILL),
    }  # fmt: skip
    assert roll.eligible == 6
    assert voters_roll(desk.branch, D("2026-07-31")).eligible == 6
    assert voters_roll(desk.branch, D("2026-06-30")).eligible == 9


def test_who_may_do_what(desk):
    desk.until("recommend_and_confirm_activist")
    with pytest.raises(Forbidden):
        desk.do("file_activist", "2025-06-01", by="branch_secretary")
    with pytest.raises(Forbidden):
        desk.do("cultivate_and_review", "2025-11-20", by="staff")
    for number in ("department_head", "member-1", "hr_office", "hospital_leader"):
        with pytest.raises(Forbidden):
            desk.do("cultivate_and_review", "2025-11-20", by=number)
    seen = {
        number: cases_for(desk.house.actor(number)).count()
        for number in (
            "staff",
            "member-1",
            "branch_secretary",
            "party_office",
            "department_head",
            "hospital_leader",
        )
    }
    assert seen == {"staff": 1, "member-1": 0, "branch_secretary": 1, "party_office": 1, "department_head": 0,
                    "hospital_leader": 1}  # fmt: skip


def test_thought_reports(desk):
    desk.until("assign_mentors")

    def hand_in(**more):
        given = {
            "written_on": D("2025-09-01"),
            "received_on": D("2025-09-02"),
            "body": "三季度汇报",
            "paper": False,
        }
        return receive_thought_report(
            case=desk.case,
            today=TODAY,
            now=clock.now(),
            **{"actor": desk.house.actor("staff"), **given, **more},
        )

    assert hand_in().body == "三季度汇报"
    with pytest.raises(Refused, match="内容"):
        hand_in(body=" ")
    assert hand_in(body="", paper=True, actor=desk.house.actor("branch_secretary")).paper
    with pytest.raises(Forbidden):
        hand_in(actor=desk.house.actor("member-1"))
