"""Who may act on membership cases, and who may see them."""

from django.db.models import Q, QuerySet

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.tenancy.any_of import any_of
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.org.access.codes import Role
from rongpei.org.access.rules import reaches, units_below
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.models import (
    AdmissionBook,
    Candidate,
    Contact,
    IssuedDocument,
    MeetingKit,
    RegisterImport,
    RelationLetter,
    Series,
)
from rongpei.pipelines.membership.statutes import MEMBERSHIP

BRANCH = (Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER)
OFFICE = (Role.PARTY_OFFICE,)
READERS = (
    *OFFICE, Role.HOSPITAL_LEADER, Role.GENERAL_BRANCH_SECRETARY, *BRANCH,
)  # fmt: skip
# Who keeps material of political review and discipline: never the person, and not everybody who reads the case.
REVIEWERS = (*OFFICE, Role.DISCIPLINE_OFFICER, *BRANCH)
HOLDERS: dict[str, tuple[str, ...]] = {
    "applicant": (),
    "branch": BRANCH,
    "branch_committee": BRANCH,
    "members_meeting": BRANCH,
    "party_committee": OFFICE,
}
_BY_PERSON = ("submit_application", "apply_conversion")


def may(*, actor: Actor, case: Case | None, unit: Unit, person: Person | None, step: str) -> bool:
    """The party office may everything in its tenant; the branch what its unit does; a person applies for oneself.

    Nobody decides about oneself.
    """
    if isinstance(actor, System):
        return actor.tenant_id == unit.tenant_id
    own = person is not None and actor.person_id == person.pk
    if own:
        return step in _BY_PERSON
    if reaches(actor, unit, *OFFICE):
        return True
    held_by = MEMBERSHIP.step(step).actor if step else "branch"
    return held_by != "party_committee" and reaches(actor, unit, *BRANCH)


def _read_at(actor: Actor, *columns: str) -> Q:
    """Rows of which any of the columns is a unit one reads; every row for a role over everything."""
    paths = actor.places(*READERS)
    if "/" in paths:
        return Q()
    found = Q(pk__in=[])
    for column in columns if paths else ():
        found |= any_of(column, Unit.objects.filter(units_below(paths)).values("id"))
    return found


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases of the units one reads, and one's own."""
    seen = _read_at(actor, "unit")
    if seen:
        seen |= Q(person_id=actor.person_id or 0)
    return Case.objects.filter(seen, procedure=PROCEDURE)


def desk_cases(actor: Actor) -> QuerySet[Case]:
    """Cases of the units one reads; one's own is elsewhere."""
    rows = Case.objects.filter(_read_at(actor, "unit"), procedure=PROCEDURE)
    return rows.exclude(person_id=actor.person_id or 0)


def desk_openings(actor: Actor) -> QuerySet[Opening]:
    """Open steps of the cases on the desk."""
    rows = Opening.objects.filter(_read_at(actor, "unit"), procedure=PROCEDURE)
    return rows.exclude(person_id=actor.person_id or 0)


def may_see(actor: Actor, case: Case) -> bool:
    """The check face of `visible_cases`."""
    return actor.person_id == case.person_id or reaches(actor, case.unit, *READERS)


def may_keep_rules(*, actor: Actor, tenant_id: int) -> bool:
    """The party office keeps special documents."""
    return actor.tenant_id == tenant_id and actor.holds(*OFFICE)


def may_import(*, actor: Actor, tenant_id: int) -> bool:
    """As keeping special documents: whose history is taken over is the office's to say."""
    return may_keep_rules(actor=actor, tenant_id=tenant_id)


def may_work_on(*, actor: Actor, run: RegisterImport) -> bool:
    """As importing, in the own tenant."""
    return may_keep_rules(actor=actor, tenant_id=run.tenant_id)


def may_report(*, actor: Actor, case: Case) -> bool:
    """The person hands in the own thought report; the branch records one on paper."""
    if case.tenant_id != actor.tenant_id or case.procedure != PROCEDURE:
        return False
    return actor.person_id == case.person_id or reaches(actor, case.unit, *BRANCH, *OFFICE)


def may_enter_training(*, actor: Actor, case: Case) -> bool:
    """The party office holds the concentrated training."""
    return case.tenant_id == actor.tenant_id and actor.holds(*OFFICE) and actor.person_id != case.person_id


def may_read_review(*, actor: Actor, case: Case) -> bool:
    """Political review and discipline: those who keep it, never the person concerned."""
    return actor.person_id != case.person_id and reaches(actor, case.unit, *REVIEWERS)


def may_keep_review(*, actor: Actor, case: Case) -> bool:
    """As reading it, in the own tenant."""
    return case.tenant_id == actor.tenant_id and may_read_review(actor=actor, case=case)


def may_apply(*, actor: Actor, person: Person, unit: Unit) -> bool:
    """Everybody for oneself, to a branch of the own tenant."""
    return actor.person_id == person.pk and unit.tenant_id == person.tenant_id == actor.tenant_id


def may_take_application(*, actor: Actor, person: Person, unit: Unit) -> bool:
    """The branch receives applications of others, and the office everywhere."""
    own = person.tenant_id == unit.tenant_id == actor.tenant_id
    return own and actor.person_id != person.pk and reaches(actor, unit, *OFFICE, *BRANCH)


def may_withdraw(*, actor: Actor, person: Person) -> bool:
    """Only the person takes back the own application."""
    return actor.person_id == person.pk


def may_contact(*, actor: Actor, unit: Unit, person: Person) -> bool:
    """The branch and the office plan whom to win."""
    own = person.tenant_id == unit.tenant_id == actor.tenant_id
    return own and actor.person_id != person.pk and reaches(actor, unit, *OFFICE, *BRANCH)


def may_talk(*, actor: Actor, contact: Contact) -> bool:
    """Who was asked to talk, the branch, and the office."""
    if contact.tenant_id != actor.tenant_id or actor.person_id == contact.person_id:
        return False
    return actor.person_id == contact.contact_id or reaches(actor, contact.unit, *OFFICE, *BRANCH)


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Contacts of the units one reads and those one was asked to talk with, without the one about oneself."""
    seen = _read_at(actor, "unit")
    if seen:
        seen |= Q(contact_id=actor.person_id or 0)
    return Contact.objects.filter(seen).exclude(person_id=actor.person_id or 0)


def may_move(*, actor: Actor, person: Person, from_unit: Unit | None) -> bool:
    """The office issues letters; the branch those of its own people."""
    if person.tenant_id != actor.tenant_id or actor.person_id == person.pk:
        return False
    return actor.holds(*OFFICE) or (from_unit is not None and reaches(actor, from_unit, *BRANCH))


def may_receive(*, actor: Actor, letter: RelationLetter) -> bool:
    """The office, and the branch that receives or sends."""
    if letter.tenant_id != actor.tenant_id or actor.person_id == letter.person_id:
        return False
    ends = [unit for unit in (letter.from_unit, letter.to_unit) if unit is not None]
    return actor.holds(*OFFICE) or any(reaches(actor, unit, *BRANCH) for unit in ends)


def visible_letters(actor: Actor) -> QuerySet[RelationLetter]:
    """Letters from and to the units one reads."""
    return RelationLetter.objects.filter(_read_at(actor, "from_unit", "to_unit"))


def may_meet(*, actor: Actor, unit: Unit) -> bool:
    """The branch runs its own meetings, the office all."""
    return unit.tenant_id == actor.tenant_id and reaches(actor, unit, *OFFICE, *BRANCH)


def may_run_kit(*, actor: Actor, kit: MeetingKit) -> bool:
    """As calling the meeting."""
    return may_meet(actor=actor, unit=kit.unit)


def may_allow_online(*, actor: Actor, kit: MeetingKit) -> bool:
    """Only the party office lets online presence count."""
    return kit.tenant_id == actor.tenant_id and actor.holds(*OFFICE)


def may_count(*, actor: Actor, candidate: Candidate) -> bool:
    """As running the meeting; nobody about oneself."""
    return actor.person_id != candidate.case.person_id and may_run_kit(actor=actor, kit=candidate.kit)


def visible_kits(actor: Actor) -> QuerySet[MeetingKit]:
    """Meetings of the units one reads."""
    return MeetingKit.objects.filter(_read_at(actor, "unit"))


def may_print(actor: Actor, case: Case) -> bool:
    """Forms are printed by those who read the case; nobody prints the own."""
    return actor.person_id != case.person_id and reaches(actor, case.unit, *READERS)


def may_number(*, actor: Actor, case: Case, unit: Unit) -> bool:
    """The committee's numbers are given by the office, a branch's by the branch and the office; never in the own case."""
    if isinstance(actor, System):
        return actor.tenant_id == unit.tenant_id
    if not case.tenant_id == unit.tenant_id == actor.tenant_id or actor.person_id == case.person_id:
        return False
    return actor.holds(*OFFICE) or reaches(actor, unit, *BRANCH)


def may_change_document(*, actor: Actor, document: IssuedDocument) -> bool:
    """Who may give the number may void it and attach the sealed scan."""
    return may_number(actor=actor, case=document.case, unit=document.series.unit)


def may_keep_templates(*, actor: Actor, tenant_id: int) -> bool:
    """The party office keeps templates, its own details and the register of printed forms."""
    return may_keep_rules(actor=actor, tenant_id=tenant_id)


def may_name_series(*, actor: Actor, series: Series) -> bool:
    """The party office sets 机关代字."""
    return may_keep_rules(actor=actor, tenant_id=series.tenant_id)


def may_keep_books(*, actor: Actor, tenant_id: int) -> bool:
    """As keeping templates."""
    return may_keep_rules(actor=actor, tenant_id=tenant_id)


def may_change_book(*, actor: Actor, book: AdmissionBook) -> bool:
    """The office; never about the own form."""
    own = book.case is not None and book.case.person_id == actor.person_id
    return not own and may_keep_rules(actor=actor, tenant_id=book.tenant_id)


def visible_documents(actor: Actor) -> QuerySet[IssuedDocument]:
    """Numbered documents of the cases one reads, without one's own."""
    rows = IssuedDocument.objects.filter(_read_at(actor, "case__unit"))
    return rows.exclude(case__person_id=actor.person_id or 0)


def may_read_document_files(actor: Actor, document_id: int) -> bool:
    """The Word file and the scan of a document one may see."""
    return visible_documents(actor).filter(pk=document_id).exists()


def may_change_document_files(actor: Actor, document_id: int) -> bool:
    """As voiding it."""
    found = (
        visible_documents(actor).select_related("case__unit", "series__unit").filter(pk=document_id).first()
    )
    return found is not None and may_change_document(actor=actor, document=found)


def may_read_template_files(actor: Actor, tenant_id: int) -> bool:
    """Whoever prints forms may download their templates."""
    return actor.tenant_id == tenant_id and actor.holds(*OFFICE, *BRANCH)


def may_change_template_files(actor: Actor, tenant_id: int) -> bool:
    """The party office."""
    return may_keep_rules(actor=actor, tenant_id=tenant_id)


def may_read_book_files(actor: Actor, book_id: int) -> bool:
    """The scan of a filled form: those who run the case."""
    book = AdmissionBook.objects.select_related("case__unit").filter(pk=book_id).first()
    return book is not None and book.case is not None and may_print(actor, book.case)


def may_change_book_files(actor: Actor, book_id: int) -> bool:
    """The party office."""
    book = AdmissionBook.objects.select_related("case").filter(pk=book_id).first()
    return book is not None and may_change_book(actor=actor, book=book)
