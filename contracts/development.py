"""Fills for the addresses of 发展党员: one case, one contact, one letter and one meeting, made for the test."""

from datetime import timedelta
from typing import Any

from contracts.cast import House
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import history_of
from rongpei.org.access.codes import Role
from rongpei.pipelines.membership.actions import issue_document, issue_letter, take_application
from rongpei.pipelines.membership.codes import PROCEDURE, LetterKind
from rongpei.pipelines.membership.documents.catalogue import BY_CODE
from rongpei.pipelines.membership.models import (
    AdmissionBook,
    Candidate,
    Contact,
    IssuedDocument,
    MeetingKit,
    RegisterImport,
    RelationLetter,
)
from rongpei.pipelines.membership.registerimport.actions import upload_register

DOERS = (Role.PARTY_OFFICE, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER)
READERS = (*DOERS, Role.HOSPITAL_LEADER, Role.GENERAL_BRANCH_SECRETARY)
REVIEWERS = (*DOERS, Role.DISCIPLINE_OFFICER)
APPLICANT = "publicity_office"


def case_of(house: House) -> Case:
    """A case of the first branch, begun a week ago."""
    found = Case.objects.filter(tenant=house.tenant, procedure=PROCEDURE).first()
    today = clock.today()
    return found or take_application(
        actor=System(house.tenant.pk), person=house.person(APPLICANT), unit=house.unit("一支部"),
        received_on=today - timedelta(days=7), data={"paper_received": True}, reason="", today=today, now=clock.now(),
    )  # fmt: skip


def case(house: House) -> dict[str, Any]:
    """The case."""
    return {"pk": case_of(house).pk}


def record(house: House) -> dict[str, Any]:
    """The record of its first step."""
    found = case_of(house)
    return {"pk": found.pk, "record_pk": history_of(found).get(step="submit_application").pk}


def contact(house: House) -> dict[str, Any]:
    """Somebody talked with."""
    found = Contact.objects.filter(tenant=house.tenant).first() or Contact.objects.create(
        tenant=house.tenant, person=house.person("training_office"), contact=house.person("member-1"),
        unit=house.unit("一支部"), why="backbone", starts_on=clock.today(), next_on=clock.today(),
    )  # fmt: skip
    return {"pk": found.pk}


def letter(house: House) -> dict[str, Any]:
    """A letter without its slip."""
    today = clock.today()
    found = RelationLetter.objects.filter(tenant=house.tenant).first() or issue_letter(
        actor=System(house.tenant.pk), kind=LetterKind.INSIDE, person=house.person("member-2"),
        from_unit=house.unit("一支部"), to_unit=house.unit("二支部"), outside="", number="001", issued_on=today,
        due_on=today + timedelta(days=90), today=today,
    )  # fmt: skip
    return {"pk": found.pk}


def candidate(house: House) -> dict[str, Any]:
    """The one candidate of the meeting."""
    found = Candidate.objects.filter(tenant=house.tenant).first()
    if found is None:
        kit = MeetingKit.objects.create(
            tenant=house.tenant, unit=house.unit("一支部"), kind="admission", held_on=clock.today()
        )
        found = Candidate.objects.create(tenant=house.tenant, kit=kit, case=case_of(house), place=1)
    return {"pk": found.kit_id, "candidate_pk": found.pk}


def kit(house: House) -> dict[str, Any]:
    """The meeting."""
    return {"pk": candidate(house)["pk"]}


def document_of(house: House) -> IssuedDocument:
    """A numbered document of the case."""
    found = IssuedDocument.objects.filter(tenant=house.tenant).select_related("series").first()
    subject, today = case_of(house), clock.today()
    return found or issue_document(
        actor=System(house.tenant.pk), case=subject, unit=subject.unit, form=BY_CODE["approval_request"], on=today,
        today=today, now=clock.now(),
    )  # fmt: skip


def document(house: House) -> dict[str, Any]:
    """The document."""
    return {"pk": document_of(house).pk}


def series(house: House) -> dict[str, Any]:
    """The numbers it belongs to."""
    return {"pk": document_of(house).series_id}


def book(house: House) -> dict[str, Any]:
    """A printed form in stock."""
    rows = AdmissionBook.objects.filter(tenant=house.tenant)
    found = rows.first() or AdmissionBook.objects.create(
        tenant=house.tenant, number="B0001", received_on=clock.today()
    )
    return {"pk": found.pk}


def register_import(house: House) -> dict[str, Any]:
    """An uploaded register whose file was cleared away."""
    rows = RegisterImport.objects.filter(tenant=house.tenant)
    found = rows.first() or upload_register(
        actor=house.actor("party_office"), tenant_id=house.tenant.pk, filename="台账.xlsx", stored_name="", now=clock.now()
    )  # fmt: skip
    return {"pk": found.pk}
