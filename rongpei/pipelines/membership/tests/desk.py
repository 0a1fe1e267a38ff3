"""A branch secretary's and a party office's desk for tests: one applicant, and the whole way step by step."""

from datetime import date
from decimal import Decimal

from rongpei.ground import clock
from rongpei.kernel.procedures import actions
from rongpei.org.people.codes import FactKind
from rongpei.org.people.queries import fact_as_of
from rongpei.pipelines.membership.actions import enter_training
from rongpei.pipelines.membership.codes import PROCEDURE

TODAY = date(2027, 12, 31)
D = date.fromisoformat
VOTES = {"present": 8, "yes": 7, "no": 1, "abstain": 0}


class Desk:
    """A branch secretary's and a party office's desk, with one applicant."""

    def __init__(self, house):
        self.house = house
        self.branch = house.unit("一支部")
        self.person = house.person("staff")
        self.case = actions.open_case(
            actor=house.actor("branch_secretary"), procedure=PROCEDURE, unit=self.branch, person=self.person,
            on=D("2025-03-03"), today=TODAY, now=clock.now(),
        )  # fmt: skip

    def do(self, step, on, data=None, *, by="party_office", reason=""):
        found = actions.perform(
            actor=self.house.actor(by), case=self.case, step=step, on=D(on), data=data, reason=reason, today=TODAY,
            now=clock.now(),
        )  # fmt: skip
        self.case.refresh_from_db()
        return found

    def people(self, *numbers):
        return [{"person_id": self.house.person(number).pk} for number in numbers]

    def train(self, *days):
        return enter_training(
            actor=self.house.actor("party_office"), case=self.case, label="发展对象培训班",
            sessions=[(D(day), Decimal(8)) for day in days], today=TODAY, now=clock.now(),
        )  # fmt: skip

    def until(self, last):
        for step, act in WAY(self).items():
            act()
            if step == last:
                return self
        return self

    def status(self, on):
        return fact_as_of(self.person, FactKind.PARTY_STATUS, D(on))


def WAY(desk):  # noqa: N802 - reads as a table
    do = desk.do
    return {
        "submit_application": lambda: do("submit_application", "2025-03-03"),
        "initial_talk": lambda: do("initial_talk", "2025-03-20", by="branch_secretary"),
        "recommend_and_confirm_activist": lambda: do("recommend_and_confirm_activist", "2025-05-20", by="branch_secretary"),
        "file_activist": lambda: do("file_activist", "2025-06-01"),
        "assign_mentors": lambda: do("assign_mentors", "2025-06-01", {"mentors": desk.people("member-1", "member-2")}),
        "review": lambda: (do("cultivate_and_review", "2025-11-20"), do("cultivate_and_review", "2026-05-20")),
        "propose_development_target": lambda: do("propose_development_target", "2026-05-20"),
        "notice": lambda: do("committee_consent_and_public_notice", "2026-06-08",
                             {"posted_on": "2026-06-01", "ended_on": "2026-06-08"}),
        "assign_introducers": lambda: do("assign_introducers", "2026-06-09",
                                         {"introducers": desk.people("member-1", "member-2")}),
        "political_review": lambda: do("political_review", "2026-06-15", {"conclusion": "qualified"}),
        "training": lambda: (desk.train("2026-06-20", "2026-06-21", "2026-06-22"),
                             do("concentrated_training", "2026-06-22", {"passed": True})),
        "branch_committee_review": lambda: do("branch_committee_review", "2026-06-25"),
        "committee_pre_review": lambda: do("committee_pre_review", "2026-06-30", {"passed": True}),
        "complete_admission_form": lambda: do("complete_admission_form", "2026-07-05"),
        "branch_admission_meeting": lambda: do("branch_admission_meeting", "2026-07-30", VOTES, by="branch_secretary"),
        "pre_approval_talk": lambda: do("pre_approval_talk", "2026-08-10"),
        "approval": lambda: do("committee_admission_approval", "2026-10-30", {"approved": True, "body": "party_committee"}),
        "file_with_higher_org_dept": lambda: do("file_with_higher_org_dept", "2026-11-02"),
        "assign_to_branch_and_group": lambda: do("assign_to_branch_and_group", "2026-11-03"),
        "oath_ceremony": lambda: do("oath_ceremony", "2026-11-30"),
        "apply_conversion": lambda: do("apply_conversion", "2027-07-20", by="staff"),
        "branch_conversion_meeting": lambda: do("branch_conversion_meeting", "2027-08-03", {"outcome": "convert", **VOTES}),
        "conversion_approval": lambda: do("committee_conversion_approval", "2027-10-15", {"approved": True}),
        "archive_materials": lambda: do("archive_materials", "2027-11-10"),
    }  # fmt: skip
