"""A register becomes cases with their history: errors named by row and column, findings as warnings, all or nothing, undo."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.ui.listing.sheet import write_rows
from rongpei.kernel.ledger.actions import Line, Source, enter
from rongpei.kernel.ledger.models import PersonMonth
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.codes import RecordKind
from rongpei.kernel.procedures.models import Case, Opening, Record
from rongpei.kernel.procedures.queries import facts_of, findings_if
from rongpei.org.people.codes import FactKind, PartyStatus
from rongpei.org.people.models import Fact, Person
from rongpei.org.people.queries import fact_as_of
from rongpei.pipelines.membership.actions import hand_in_application, receive_thought_report
from rongpei.pipelines.membership.codes import LEDGER_TRAINING, TRAINING_SOURCE
from rongpei.pipelines.membership.models import Application, Contact, Helper
from rongpei.pipelines.membership.numbers.highly import Highly
from rongpei.pipelines.membership.preparing import training_entries
from rongpei.pipelines.membership.registerbook import register_rows
from rongpei.pipelines.membership.registerimport.actions import undo_import
from rongpei.pipelines.membership.tests.desk import Desk
from rongpei.pipelines.membership.tests.registers import TODAY, bring_in, look, row_of, write_book
from rongpei.pipelines.membership.todos import membership_todos

D = date.fromisoformat
# The whole way of somebody admitted in 2025, as a register tells it.
WAY = {
    "applied_on": "2023-03-01", "talked_on": "2023-03-20", "talker": "陈书记", "activist_on": "2023-09-01", "filed_on": "2023-09-10",
    "review1_on": "2024-03-01", "review2_on": "2024-09-01", "target_on": "2024-09-10", "listed_on": "2024-09-20",
    "reviewed_on": "2024-10-08", "trained_on": "2024-10-20", "hours": "24", "pre_reviewed_on": "2025-01-10",
    "met_on": "2025-02-14", "eligible": 21, "present": 15, "yes": 13, "approved_on": "2025-04-30", "sworn_on": "2025-05-20",
}  # fmt: skip


@pytest.fixture
def house(cast):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1


def helpers(house):
    names = [house.person(number).name for number in ("member-1", "member-2")]
    return dict(zip(("mentor1", "mentor2", "introducer1", "introducer2"), names * 2, strict=True))


def book(tmp_path, *rows):
    return write_book(tmp_path / "台账.xlsx", rows)


def case_of(person):
    return Case.objects.select_related("unit", "person").get(person=person, procedure="membership")


def test_a_history_is_recorded_and_the_case_goes_on_from_its_next_step(house, tmp_path):
    person = house.person("staff")
    run = bring_in(house, book(tmp_path, row_of(person, **WAY, **helpers(house))))
    assert run.outcome == {"new": 1, "same": 0, "differing": 0, "noted": 0, "acts": 16}
    case = case_of(person)
    assert (case.stage, case.opened_on, case.reached_on) == ("probation", D("2023-03-01"), D("2025-05-20"))
    told = Record.objects.filter(case=case, kind=RecordKind.TOLD)
    assert set(told.values_list("edition", flat=True)) == {"2014"}
    assert told.get(step="initial_talk").reason == "据《台账.xlsx》第 2 行补录"
    assert told.get(step="assign_mentors").reason.endswith("台账没有写这一步的日期，按“确定积极分子时间”登记")
    due = dict(Opening.objects.filter(case=case).values_list("step", "due_on"))
    assert due["apply_conversion"] == D("2026-02-14")
    assert due.keys().isdisjoint({"initial_talk", "complete_admission_form", "pre_approval_talk"})
    for day, status in (
        ("2023-03-01", "applicant"),
        ("2024-09-20", "development_target"),
        ("2025-02-14", "probationary"),
    ):
        assert fact_as_of(person, FactKind.PARTY_STATUS, D(day)) == status
    person.refresh_from_db()
    assert (person.party_status, person.joined_on) == ("probationary", D("2025-02-14"))
    assert Helper.objects.filter(case=case).count() == 4
    assert findings_if(case, "apply_conversion", on=D("2026-02-10")).findings == ()


def test_unlawful_history_is_recorded_with_a_warning_by_the_edition_of_its_day(house, tmp_path):
    person = house.person("staff")
    unlawful = WAY | {
        "target_on": "2024-05-10",
        "listed_on": "2024-05-20",
        "present": 10,
        "yes": 10,
        "hours": 8,
        "reviewed_on": None,
    }
    found = look(house, book(tmp_path, row_of(person, **unlawful)))
    assert found.checked.error_count == 0
    noted = {(one.column, one.finding.rule, one.finding.article) for one in found.noted}
    assert {
        ("确定发展对象时间", "cultivation_year", "13"), ("支部大会时间", "quorum", "20"), ("培训时间", "training", "17"),
        ("支部大会时间", "political_review", "16"),
    } <= noted  # fmt: skip
    bring_in(house, book(tmp_path, row_of(person, **unlawful)))
    meeting = Record.objects.get(case=case_of(person), step="branch_admission_meeting")
    assert meeting.sound
    assert {one["level"] for one in meeting.findings} == {"warn"}
    assert fact_as_of(person, FactKind.PARTY_STATUS, D("2025-03-01")) == "probationary"
    offered = set(Opening.objects.filter(case=case_of(person)).values_list("step", flat=True))
    assert "political_review" not in offered


@pytest.mark.parametrize(
    ("changes", "column", "problem"),
    [
        ({"applied_on": None}, "申请入党时间", "没有申请入党时间"),
        ({"talked_on": "2028-01-01"}, "谈话时间", "还没有到这一天"),
        ({"applied_on": "1970-03-01"}, "申请入党时间", "早于出生日期"),
        ({"talked_on": "2023-02-01"}, "谈话时间", "早于申请入党时间"),
        ({"approved_on": "2025-02-01"}, "审批时间", "早于支部大会时间"),
        ({"met_on": None}, "支部大会时间", "没有支部大会时间"),
        ({"posted_on": "2024-09-15", "ended_on": "2024-09-12"}, "公示期满", "早于公示开始"),
        ({"filed_on": "十月"}, "备案时间", "不是日期"),
        ({"present": 30}, "实到", "比应到（21）多"),
        ({"staff_number": "没有"}, "工号", "系统里没有这个工号"),
        ({"name": "别人"}, "工号", "系统里这个号码是"),
        ({"staff_number": None}, "工号", "分不清是谁"),
        ({"staff_number": None, "born_on": "1988-08-08"}, "姓名", "没有这天出生的这个人"),
        ({"branch": "没有的支部"}, "党支部", "没有这个党支部"),
        ({"mentor1": "同名"}, "培养联系人1", "系统里有 2 位同名"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_an_error_with_its_row_and_column(house, tmp_path, changes, column, problem):
    Person.objects.filter(pk__in=[house.person("hr_office").pk, house.person("auditor").pk]).update(
        name="同名"
    )
    Person.objects.filter(pk=house.person("staff").pk).update(born_on=D("1985-05-05"))
    path = book(tmp_path, {"born_on": None, **row_of(house.person("staff"), **WAY | changes)})
    found = look(house, path)
    assert [(one.row, one.column) for one in found.checked.errors] == [(2, column)]
    assert problem in found.checked.errors[0].problem
    assert found.checked.errors[0].remedy
    assert found.new == []
    with pytest.raises(Refused, match="没有导入任何人"):
        bring_in(house, path)


def test_people_are_found_by_name_and_birthday_and_two_such_must_be_told_apart(house, tmp_path):
    first, second = house.person("staff"), house.person("hr_office")
    Person.objects.filter(pk__in=[first.pk, second.pk]).update(name="同名", born_on=D("1985-05-05"))
    Person.objects.filter(pk=second.pk).update(born_on=D("1986-06-06"))
    row = {"name": "同名", "born_on": "1985.5.5", "branch": "一支部", "applied_on": "2024-01-08"}
    assert [entry.history.person for entry in look(house, book(tmp_path, row)).new] == [first]
    Person.objects.filter(pk=second.pk).update(born_on=D("1985-05-05"))
    [error] = look(house, book(tmp_path, row)).checked.errors
    assert (error.column, error.remedy) == ("姓名", "请填工号或身份证号")


def test_nobody_imports_the_own_line_or_beyond_the_own_reach_or_one_person_twice(house, tmp_path):
    person = house.person("staff")
    row = row_of(person, applied_on="2024-01-08")
    [own] = look(house, book(tmp_path, row), person_id=person.pk).checked.errors
    assert "您本人" in own.problem
    other = house.unit("二支部")
    [far] = look(house, book(tmp_path, row), paths=(other.path,)).checked.errors
    assert far.column == "党支部"
    [twice] = look(house, book(tmp_path, row, row)).checked.errors
    assert (twice.row, twice.problem) == (3, "与第 2 行是同一个人")


def test_a_register_that_knows_less_than_the_roster_is_refused_and_one_that_knows_more_wins(house, tmp_path):
    member, staff = house.person("member-1"), house.person("staff")
    [error] = look(house, book(tmp_path, row_of(member, applied_on="2010-01-08"))).checked.errors
    assert (error.column, "花名册里是正式党员" in error.problem) == ("审批时间", True)
    fact = Fact.objects.create(
        tenant=house.tenant, person=staff, kind=FactKind.PARTY_STATUS, value="applicant", starts_on=D("2026-01-01"),
        source="roster-import:1", recorded_at=clock.now(),
    )  # fmt: skip
    run = bring_in(
        house,
        book(
            tmp_path, row_of(staff, applied_on="2024-01-08", talked_on="2024-01-20", activist_on="2024-06-03")
        ),
    )
    staff.refresh_from_db()
    assert staff.party_status == PartyStatus.ACTIVIST
    undo_import(actor=house.actor("party_office"), run=run, today=TODAY, now=clock.now())
    staff.refresh_from_db()
    fact.refresh_from_db()
    assert (staff.party_status, fact.superseded_at) == (PartyStatus.APPLICANT, None)


@pytest.mark.parametrize("last", ["assign_mentors", "notice", "approval", "archive_materials"])
def test_an_exported_register_imported_again_changes_nothing(house, tmp_path, last):
    desk = Desk(house).until(last)
    rows = list(register_rows(Case.objects.filter(pk=desk.case.pk), Highly()))
    path = tmp_path / "册子.xlsx"
    with write_rows(title="册子", rows=rows) as written:
        path.write_bytes(written.read())
    found = look(house, path)
    assert found.counts() == {"new": 0, "same": 1, "differing": 0, "noted": 0, "acts": 0}
    assert (found.checked.error_count, found.checked.warning_count) == (0, 0)
    with pytest.raises(Refused, match="没有要导入的"):
        bring_in(house, path)
    person = desk.person
    [differing] = look(house, book(tmp_path, row_of(person, applied_on="2025-03-04"))).differing
    assert differing.fields == [("申请入党时间", D("2025-03-03"), D("2025-03-04"))]


def test_a_register_taken_over_gives_the_same_register(house, tmp_path):
    person = house.person("staff")
    extended = {
        "expires_on": "2026-08-14",
        "conversion_met_on": "2026-08-20",
        "conversion_approved_on": "2026-09-30",
        "converted_on": "2026-08-14",
    }
    given = WAY | helpers(house) | extended
    bring_in(house, book(tmp_path, row_of(person, **given)))
    found = look(house, book(tmp_path, row_of(person, **given)))
    assert (found.same, found.differing) == (1, [])
    assert fact_as_of(person, FactKind.PARTY_STATUS, D("2026-08-14")) == "full"
    assert set(Opening.objects.filter(case=case_of(person)).values_list("step", flat=True)) == {
        "archive_materials"
    }


def test_undo_puts_everything_back_and_not_after_something_was_done(house, tmp_path):
    person, office = house.person("staff"), house.actor("party_office")
    path = book(
        tmp_path,
        row_of(person, **WAY, **helpers(house)),
        row_of(house.person("hr_office"), applied_on="2024-01-08"),
    )
    run = bring_in(house, path)
    given = {"actor": office, "today": TODAY, "now": clock.now()}
    undo_import(run=run, **given)
    person.refresh_from_db()
    assert (person.party_status, person.joined_on) == ("none", None)
    assert not Case.objects.filter(procedure="membership").exists()
    assert not Helper.objects.exists()
    assert not Opening.objects.filter(procedure="membership").exists()
    assert not Fact.objects.filter(person=person, kind=FactKind.PARTY_STATUS, superseded_at=None).exists()
    again = bring_in(house, path)
    case = case_of(house.person("hr_office"))
    receive_thought_report(case=case, written_on=TODAY, received_on=TODAY, body="", paper=True, **given)
    with pytest.raises(Refused, match="登记了思想汇报"):
        undo_import(run=again, **given)
    actions.perform(case=case, step="initial_talk", on=D("2024-01-20"), data={"talker": "陈"}, **given)
    with pytest.raises(Refused, match="不能撤销"):
        undo_import(run=again, **given)
    assert [one.told for one in facts_of(case, TODAY).done] == [True, False]


def test_training_enters_the_ledger_and_a_waiting_application_is_received(house, tmp_path):
    person, other, office = house.person("staff"), house.person("hr_office"), house.actor("party_office")
    branch, talker = house.unit("一支部"), house.person("member-1")
    given = {"today": TODAY, "now": clock.now()}
    hand_in_application(
        actor=house.actor("staff"),
        person=person,
        unit=branch,
        body="我申请",
        written_on=D("2027-06-01"),
        **given,
    )
    contact = Contact.objects.create(
        tenant=house.tenant, person=person, contact=talker, unit=branch, why="backbone", starts_on=D("2027-01-01"),
        next_on=D("2027-09-01"),
    )  # fmt: skip
    known = Source(TRAINING_SOURCE, 1, "党校")
    line = Line(LEDGER_TRAINING, D("2024-10-18"), person_id=other.pk, class_hours=Decimal(24))
    enter(actor=office, tenant_id=house.tenant.pk, source=known, lines=[line], now=clock.now())
    run = bring_in(house, book(tmp_path, row_of(person, **WAY), row_of(other, **WAY)))
    assert [(one.occurred_on, one.class_hours) for one in training_entries(case_of(person), TODAY)] == [
        (D("2024-10-20"), 24)
    ]
    assert [one.source_label for one in training_entries(case_of(other), TODAY)] == ["党校"]
    waiting = Application.objects.get(person=person)
    assert (waiting.state, waiting.received_on, waiting.case) == (
        "received",
        D("2023-03-01"),
        case_of(person),
    )
    contact.refresh_from_db()
    assert (contact.outcome, contact.next_on) == ("applied", None)
    assert not [
        one for one in membership_todos(house.actor("branch_secretary"), TODAY) if "纸质" in str(one.title)
    ]
    undo_import(actor=office, run=run, **given)
    assert PersonMonth.objects.get(person=person, kind=LEDGER_TRAINING).class_hours == 0
    waiting.refresh_from_db()
    contact.refresh_from_db()
    assert (waiting.state, waiting.case, contact.outcome) == ("waiting", None, "open")
    assert contact.next_on == D("2027-09-01")


def test_an_earlier_withdrawn_application_may_be_followed_by_another(house, tmp_path):
    desk = Desk(house).until("submit_application")
    actions.end(
        actor=house.actor("party_office"), case=desk.case, outcome="withdrawn_by_person", reason="本人", on=D("2025-06-01"),
        today=TODAY, now=clock.now(),
    )  # fmt: skip
    [error] = look(house, book(tmp_path, row_of(desk.person, applied_on="2025-05-01"))).checked.errors
    assert "上一次申请" in error.problem
    assert len(look(house, book(tmp_path, row_of(desk.person, applied_on="2025-07-01"))).new) == 1


def test_the_number_of_queries_does_not_grow_with_the_lines(house, tmp_path):
    def asked(*numbers):
        rows = [row_of(house.person(number), **WAY, **helpers(house)) for number in numbers]
        path = book(tmp_path, *rows)
        with CaptureQueriesContext(connection) as queries:
            run = bring_in(house, path)
            undo_import(actor=house.actor("party_office"), run=run, today=TODAY, now=clock.now())
        return len(queries)

    asked("staff")
    assert asked("staff") == asked("staff", "hr_office", "auditor")


def test_the_command_checks_and_imports(house, tmp_path, capsys):
    path = book(tmp_path, row_of(house.person("staff"), applied_on="2024-01-08", talked_on="2024-04-20"))
    code = house.tenant.code
    call_command("import_register", str(path), "--hospital", code, "--dry-run")
    assert "第 2 行 谈话时间" in capsys.readouterr().out
    call_command("import_register", str(path), "--hospital", code, "--format", "json")
    assert '"imported": true' in capsys.readouterr().out
