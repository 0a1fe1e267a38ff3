"""The pack of forms: what is filled, what is empty, who prints what; templates of the office; numbers without a gap."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from docx import Document

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures import actions as procedures
from rongpei.org.people.actions import record_fact
from rongpei.org.people.codes import FactKind
from rongpei.org.units.codes import UnitKind
from rongpei.pipelines.membership import actions, rules
from rongpei.pipelines.membership.documents import numbering
from rongpei.pipelines.membership.documents.catalogue import BY_CODE, FORMS
from rongpei.pipelines.membership.documents.fields import KNOWN, SECRET, SPARE
from rongpei.pipelines.membership.documents.prefill import known_of
from rongpei.pipelines.membership.documents.printing import empty_fields, pack, paper_of
from rongpei.pipelines.membership.documents.standard import standard_template
from rongpei.pipelines.membership.documents.templating import BLANK, check_template
from rongpei.pipelines.membership.documents.told import FROM_STEPS
from rongpei.pipelines.membership.documents.words import CaseWords
from rongpei.pipelines.membership.models import AdmissionBook, IssuedDocument
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.telling import told_of
from rongpei.pipelines.membership.tests.desk import TODAY, D, Desk


@pytest.fixture
def desk(cast):
    with scope([cast.h1.tenant.pk]):
        yield Desk(cast.h1)


def text_of(content):
    """Everything written in a Word file, tables included."""
    document = Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            found += [cell.text for cell in row.cells]
    return "\n".join(found)


def printed(desk, code):
    return text_of(paper_of(BY_CODE[code], CaseWords(desk.case, TODAY), secret=BY_CODE[code].secret))


def issued(desk, code, on="2026-08-01", by="party_office"):
    form = BY_CODE[code]
    return actions.issue_document(
        actor=desk.house.actor(by), case=desk.case, unit=numbering.numbering_unit(form, desk.case.unit), form=form,
        on=D(on), today=TODAY, now=clock.now(),
    )  # fmt: skip


def word(*lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return ContentFile(target.getvalue(), name="模板.docx")


# The catalogue


def test_every_document_a_statute_names_has_a_form():
    named = {code for step in MEMBERSHIP.steps for code in step.documents}
    assert named <= set(BY_CODE)
    assert {form.step for form in FORMS} <= {step.code for step in MEMBERSHIP.steps}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_a_standard_template_names_only_what_is_known(form):
    checked = check_template(standard_template(form.code), secret=form.secret)
    assert checked.faults == ()
    assert set(checked.fields) == set(form.fields)


def test_placeholders_come_from_things_really_told():
    for name, (step, key) in FROM_STEPS.items():
        assert name in KNOWN
        assert key == "on" or key in {one.key for one in told_of(step)}, name
    assert SPARE <= KNOWN
    assert SECRET <= KNOWN


# Filling


def test_forms_are_filled_from_the_case_and_nothing_is_typed_twice(desk):
    desk.until("archive_materials")
    request = printed(desk, "approval_request")
    for words in (desk.person.name, desk.branch.name, "2026年7月30日", "赞成7名", "反对1名"):
        assert words in request
    assert "预备期自2026年7月30日起至2027年7月29日止" in printed(desk, "approval_reply")
    assert "2026年6月20日" in printed(desk, "training_record")
    register = printed(desk, "activist_register")
    assert "2025年11月20日" in register
    assert "2026年5月20日" in register
    archive = printed(desk, "archive_list")
    assert "入党志愿书" in archive
    assert "{%" not in archive


def test_no_form_of_a_finished_case_leaks_a_placeholder(desk):
    desk.until("archive_materials")
    for form in FORMS:
        text = printed(desk, form.code)
        assert "{{" not in text, form.code
        assert "None" not in text, form.code


def test_what_is_not_known_stays_blank_and_is_named(desk):
    desk.until("submit_application")
    form = BY_CODE["talk_record"]
    words = CaseWords(desk.case, TODAY)
    assert "谈话日期" in empty_fields(form, words, secret=False)
    assert BLANK in text_of(paper_of(form, words, secret=False))
    desk.do("initial_talk", "2025-03-20", {"talker": "李书记", "summary": "谈了入党动机 <真诚>"})
    words = CaseWords(desk.case, TODAY)
    assert "谈话日期" not in empty_fields(form, words, secret=False)
    assert "谈了入党动机 <真诚>" in text_of(paper_of(form, words, secret=False))


def test_title_and_degree_are_those_of_the_day(desk):
    system = System(desk.house.tenant.pk)
    for value, on in (("主治医师", "2020-01-01"), ("副主任医师", "2026-01-01")):
        record_fact(
            actor=system, person=desk.person, kind=FactKind.TITLE, value=value, starts_on=D(on), today=TODAY,
            now=clock.now(),
        )  # fmt: skip
    desk.until("initial_talk")
    assert "主治医师" in printed(desk, "talk_record")


def test_the_end_of_probation_is_written_as_the_office_says(desk):
    desk.until("approval")
    actions.set_details(
        actor=desk.house.actor("party_office"), tenant_id=desk.house.tenant.pk, phone="", mailbox="", place="",
        signer="", day_before=False,
    )  # fmt: skip
    assert "至2027年7月30日止" in printed(desk, "approval_reply")


def test_a_pack_holds_every_form_once(desk):
    desk.until("assign_mentors")
    words, target = CaseWords(desk.case, TODAY), io.BytesIO()
    chosen = [form for form in FORMS if words.done_on(form) and not form.secret]
    assert pack(target, chosen, words) == len(chosen)
    names = zipfile.ZipFile(target).namelist()
    assert len(set(names)) == len(chosen)
    assert all(desk.person.name in name for name in names)


# Secrecy


def test_political_review_is_only_in_its_own_forms_and_only_for_those_entitled(desk):
    desk.until("political_review")
    actions.keep_review_material(
        actor=desk.house.actor("party_office"), case=desk.case, kind="函调", obtained_on=D("2026-06-12"),
        body="亲属情况清楚", today=TODAY, now=clock.now(),
    )  # fmt: skip
    words, form = CaseWords(desk.case, TODAY), BY_CODE["review_conclusion"]
    assert "亲属情况清楚" in text_of(paper_of(form, words, secret=True))
    assert "亲属情况清楚" not in text_of(paper_of(form, words, secret=False))
    for other in FORMS:
        if not other.secret:
            assert "亲属情况清楚" not in text_of(paper_of(other, words, secret=True)), other.code


def test_a_template_of_an_open_form_may_not_name_review(desk):
    checked = check_template(word("{{姓名}}：{{政审结论}}").read(), secret=False)
    assert any("政审结论" in one for one in checked.faults)


# Templates of the office


def replaced(desk, upload, code="talk_record", by="party_office"):
    return actions.replace_template(
        actor=desk.house.actor(by), tenant_id=desk.house.tenant.pk, form=BY_CODE[code], upload=upload, now=clock.now()
    )  # fmt: skip


def test_the_office_replaces_a_template_and_puts_the_old_one_back(desk):
    replaced(desk, word("本院谈话表", "{{姓名}}，{{谈话日期}}"))
    assert printed(desk, "talk_record").startswith("本院谈话表\n" + desk.person.name)
    assert empty_fields(BY_CODE["talk_record"], CaseWords(desk.case, TODAY), secret=False) == ["谈话日期"]
    actions.restore_template(
        actor=desk.house.actor("party_office"), tenant_id=desk.house.tenant.pk, form=BY_CODE["talk_record"],
        now=clock.now(),
    )  # fmt: skip
    assert "谈话情况" in printed(desk, "talk_record")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{姓名}} {{谈话人员}} {{部门}}", ("谈话人员", "部门")),
        ("{{姓名}} {{ 7 * 7 }}", ("不能用计算",)),
        ("{{姓名.__class__}}", ("姓名.__class__",)),
        ("{{姓名|upper}}", ("筛选",)),
        ("{% for 次 in 考察 %}{{次.日期}}{% endfor %}", ("考察记录",)),
        ("{% for 次 in 考察记录 %}{{次.分数}}{% endfor %}", ("次.分数",)),
        ("{% if 姓名 %}没有结束", ("没有结束",)),
        ("没有占位符", ("一个占位符也没有",)),
    ],
)
def test_a_template_is_refused_with_every_fault_named(desk, line, told):
    with pytest.raises(Refused) as refused:
        replaced(desk, word(line))
    said = refused.value.what + refused.value.why
    assert all(one in said for one in told), said


def test_only_the_office_replaces_templates(desk):
    with pytest.raises(Forbidden):
        replaced(desk, word("{{姓名}}"), by="branch_secretary")


# Numbers


def test_numbers_of_an_organisation_run_without_a_gap_through_a_year(desk):
    desk.until("archive_materials")
    first, second = issued(desk, "approval_reply"), issued(desk, "higher_filing")
    branch = issued(desk, "approval_request", by="branch_secretary")
    later = issued(desk, "conversion_reply", on="2027-10-20")
    assert [one.number for one in (first, second, branch, later)] == [1, 2, 1, 1]
    assert (first.shown, later.shown) == ("党发〔2026〕1号", "党发〔2027〕1号")
    assert first.series.unit.kind == UnitKind.COMMITTEE
    assert branch.series.unit == desk.branch
    assert "党发〔2026〕1号" in printed(desk, "approval_reply")


def test_a_voided_number_stays_with_its_reason_and_is_never_given_again(desk):
    desk.until("approval")
    first = issued(desk, "approval_reply")
    office = desk.house.actor("party_office")
    with pytest.raises(Refused, match="已经编号"):
        issued(desk, "approval_reply")
    with pytest.raises(Refused, match="原因"):
        actions.void_document(actor=office, document=first, reason=" ")
    actions.void_document(actor=office, document=first, reason="日期写错")
    assert issued(desk, "approval_reply").number == 2
    kept = IssuedDocument.objects.get(number=1, form="approval_reply")
    assert (kept.state, kept.reason) == ("voided", "日期写错")


def test_when_the_document_fails_no_number_is_used_up(desk, monkeypatch):
    desk.until("approval")

    def broken(*args, **kwargs):
        raise Refused("坏了")

    with monkeypatch.context() as patched:
        patched.setattr("rongpei.pipelines.membership.actions.documents.paper_of", broken)
        with pytest.raises(Refused):
            issued(desk, "approval_reply")
    assert issued(desk, "approval_reply").number == 1


def test_the_committees_numbers_are_the_offices_and_nobody_numbers_the_own_case(desk):
    desk.until("approval")
    with pytest.raises(Forbidden):
        issued(desk, "approval_reply", by="branch_secretary")
    with pytest.raises(Forbidden):
        issued(desk, "approval_request", by="staff")


def test_the_number_comes_into_the_step_and_the_step_into_the_next_form(desk):
    desk.until("pre_approval_talk")
    issued(desk, "pre_review", on="2026-06-30")
    assert known_of(desk.case, "committee_pre_review") == {"reply_number": "党发〔2026〕1号"}


# The printed form


def test_a_printed_form_is_received_given_spoiled_and_another_given(desk):
    desk.until("committee_pre_review")
    office, tenant = desk.house.actor("party_office"), desk.house.tenant.pk
    given = {"actor": office, "today": TODAY}
    actions.receive_books(tenant_id=tenant, numbers=["Z001", "Z002"], received_on=date(2026, 1, 5), **given)
    with pytest.raises(Refused, match="Z002"):
        actions.receive_books(tenant_id=tenant, numbers=["Z002"], received_on=date(2026, 1, 5), **given)
    first, second = AdmissionBook.objects.order_by("number")
    actions.issue_book(book=first, case=desk.case, issued_on=D("2026-07-01"), **given)
    with pytest.raises(Refused, match="Z001"):
        actions.issue_book(book=second, case=desk.case, issued_on=D("2026-07-01"), **given)
    with pytest.raises(Refused, match="原因"):
        actions.close_book(book=first, spoiled=True, closed_on=D("2026-07-02"), reason="", **given)
    actions.close_book(book=first, spoiled=True, closed_on=D("2026-07-02"), reason="写错一页", **given)
    actions.issue_book(book=second, case=desk.case, issued_on=D("2026-07-02"), **given)
    assert known_of(desk.case, "complete_admission_form") == {"form_number": "Z002"}
    actions.close_book(book=second, spoiled=False, closed_on=D("2026-07-05"), reason="", **given)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reason, second.state) == ("spoiled", "写错一页", "returned")


def test_the_sealed_scan_is_read_by_those_who_read_the_case(desk):
    desk.until("approval")
    document = issued(desk, "approval_reply")
    pdf = ContentFile(b"%PDF-1.4\n%%EOF", name="批复.pdf")
    with pytest.raises(Refused):
        actions.attach_scan(
            actor=desk.house.actor("party_office"), document=document, now=clock.now(),
            upload=ContentFile(b"MZ not a scan", name="scan.exe"),
        )  # fmt: skip
    assert pdf.size
    assert rules.may_read_document_files(desk.house.actor("branch_secretary"), document.pk)
    assert not rules.may_read_document_files(desk.house.actor("staff"), document.pk)
    assert not rules.may_read_document_files(desk.house.actor("member-1"), document.pk)


def test_a_batch_holds_those_who_have_done_the_step_and_still_stand_there(desk):
    desk.until("initial_talk")
    client = Client()
    client.force_login(desk.house.user("party_office"))

    def batch(form):
        return client.get(reverse("membership:document-batch"), {"form": form})

    made = batch("talk_record")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(made.streaming_content)))
    assert [desk.person.name in name for name in packed.namelist()] == [True]
    assert batch("recommendation").status_code == 302
    procedures.return_case(
        actor=desk.house.actor("party_office"), case=desk.case, step="initial_talk", on=TODAY, reason="重谈", today=TODAY,
        now=clock.now(),
    )  # fmt: skip
    assert batch("talk_record").status_code == 302
