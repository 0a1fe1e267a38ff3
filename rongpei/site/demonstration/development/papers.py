"""Papers of the latest admissions: printed forms given and taken back, numbered requests and replies, one sealed scan, one template."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.base import ContentFile

from rongpei.ground.accounts.actor import System
from rongpei.kernel.procedures.codes import RecordKind
from rongpei.kernel.procedures.models import Case, Record
from rongpei.pipelines.membership import actions
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.documents.catalogue import BY_CODE
from rongpei.pipelines.membership.documents.numbering import committee_above
from rongpei.pipelines.membership.documents.standard import standard_template
from rongpei.pipelines.membership.models import AdmissionBook
from rongpei.pipelines.membership.statutes.admission import APPROVAL, MEETING
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.portal.specimen import certificate
from rongpei.site.demonstration.someone import House

_LATEST = 12
_STOCK = 8
_RECEIVED_DAYS = 30
_FORM = "complete_admission_form"
_OWN_TEMPLATE = "talk_record"


def store_papers(house: House) -> tuple[int, int]:
    """Make them with the actions people use; returns how many numbers and printed forms there are."""
    system, anchor = System(house.tenant.pk), house.anchor
    acts = list(_acts(house))
    books = _give_books(system, house, acts)
    numbers = 0
    for step, form in ((MEETING, "approval_request"), (APPROVAL, "approval_reply")):
        for case, days in acts:
            unit = case.unit if step == MEETING else committee_above(case.unit)
            on = days.get(step, (None, ""))[0]
            if unit is None or on is None:
                continue
            issued = min(on + timedelta(days=2 if step == MEETING else 0), anchor)
            document = actions.issue_document(
                actor=system, case=case, unit=unit, form=BY_CODE[form], on=issued, today=anchor, now=at(issued, 10)
            )  # fmt: skip
            numbers += 1
            if numbers == 1:
                actions.void_document(actor=system, document=document, reason="申请书落款日期写错，重新行文")
            if form == "approval_reply" and numbers == len(acts) + 1:
                scan = certificate(document.shown)
                actions.attach_scan(actor=system, document=document, upload=scan, now=at(issued, 15))
    template = BY_CODE[_OWN_TEMPLATE]
    content = ContentFile(standard_template(_OWN_TEMPLATE), name="谈话记录（本院）.docx")
    actions.replace_template(
        actor=system, tenant_id=house.tenant.pk, form=template, upload=content, now=at(anchor, 9)
    )
    return numbers, books


def _acts(house: House) -> Iterator[tuple[Case, dict[str, tuple[date, str]]]]:
    """The latest cases that were approved, oldest first, each with the days (and form numbers) of its acts."""
    rows = Record.objects.filter(
        tenant=house.tenant, step=APPROVAL, kind=RecordKind.DONE, case__procedure=PROCEDURE
    )
    latest = list(rows.order_by("-done_on", "-pk").values_list("case", flat=True)[:_LATEST])
    cases = Case.objects.select_related("unit", "person").in_bulk(latest)
    for pk in reversed(latest):
        told = Record.objects.filter(case=pk, step__in=(_FORM, MEETING, APPROVAL), kind=RecordKind.DONE)
        days = {row.step: (row.done_on, row.data.get("form_number", "")) for row in told}
        yield cases[pk], days


def _give_books(system: System, house: House, acts: list[tuple[Case, dict[str, tuple[date, str]]]]) -> int:
    """Printed forms under the numbers the records name: given, mostly taken back; one spoiled, some in stock."""
    anchor, tenant_id = house.anchor, house.tenant.pk
    named = {days[_FORM][1]: (case, days) for case, days in acts if days.get(_FORM, (None, ""))[1]}
    if not named:
        return 0
    received = min(days[_FORM][0] for _case, days in named.values()) - timedelta(days=_RECEIVED_DAYS)
    stock = [f"YT{anchor.year % 100}9{number:04}" for number in range(1, _STOCK + 1)]
    actions.receive_books(
        actor=system, tenant_id=tenant_id, numbers=[*named, *stock], received_on=received, today=anchor
    )
    books = {one.number: one for one in AdmissionBook.objects.filter(tenant_id=tenant_id)}
    for number, (case, days) in named.items():
        book = actions.issue_book(
            actor=system, book=books[number], case=case, issued_on=days[_FORM][0], today=anchor
        )
        if days[APPROVAL][0] < anchor - timedelta(days=_RECEIVED_DAYS):
            actions.close_book(
                actor=system, book=book, spoiled=False, closed_on=days[APPROVAL][0], reason="", today=anchor
            )
    actions.close_book(
        actor=system, book=books[stock[0]], spoiled=True, reason="印刷缺页", today=anchor,
        closed_on=min(received + timedelta(days=_RECEIVED_DAYS), anchor),
    )  # fmt: skip
    return len(books)
