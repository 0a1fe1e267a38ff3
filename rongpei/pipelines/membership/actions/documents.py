"""Documents with a number, the office's templates, and the register of printed 入党志愿书."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.files.actions import store_upload
from rongpei.ground.files.codes import IMAGES, Format
from rongpei.ground.files.models import StoredFile
from rongpei.kernel.procedures.models import Case
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import (
    BOOK_OWNER,
    DOCUMENT_OWNER,
    TEMPLATE_OWNER,
    BookState,
    PaperState,
)
from rongpei.pipelines.membership.documents import numbering
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.documents.printing import file_name, paper_of, title_of
from rongpei.pipelines.membership.documents.templating import check_template
from rongpei.pipelines.membership.documents.words import CaseWords, Number
from rongpei.pipelines.membership.models import (
    AdmissionBook,
    FormTemplate,
    IssuedDocument,
    OfficeDetails,
    Series,
)

SCANS = IMAGES | {Format.PDF}


@action("membership.document.issued", may=rules.may_number)
def issue_document(
    *, actor: Actor, case: Case, unit: Unit, form: WordForm, on: date, today: date, now: datetime
) -> IssuedDocument:
    """Take the next 文号 of an organisation for a form of a case, and keep the Word file that bears it.

    Number, register row and file are one transaction: when any fails, no number is used up. Refuses a form without a
    number, a day in the future, and a second valid document of the same form.
    """
    if not form.numbering:
        raise Refused(_("这份表格不编文号。"))
    if on > today:
        raise Refused(_("成文日期不能晚于今天。"))
    if IssuedDocument.objects.filter(case=case, form=form.code, state=PaperState.ISSUED).exists():
        raise Refused(_("这份公文已经编号。"), remedy=_("要换号，请先把原来的号作废并写明原因。"))
    series, number = numbering.take_number(unit, on.year)
    shown = numbering.shown(series.word, series.year, number)
    document = IssuedDocument.objects.create(
        tenant_id=case.tenant_id, series=series, number=number, shown=shown, form=form.code,
        title=title_of(form, case)[:120], case=case, issued_on=on, issued_by=actor.person_id, issued_at=now,
    )  # fmt: skip
    content = paper_of(form, CaseWords(case, today), secret=False, number=Number(shown, on))
    store_upload(
        actor=actor, tenant_id=case.tenant_id, owner_kind=DOCUMENT_OWNER, owner_id=document.pk,
        upload=ContentFile(content, name=file_name(form, case)), now=now, kinds={Format.DOCX},
    )  # fmt: skip
    note(form=form.code, number=number, year=series.year)
    return document


@action("membership.document.voided", may=rules.may_change_document, locks=("document",), about="document")
def void_document(*, actor: Actor, document: IssuedDocument, reason: str) -> IssuedDocument:
    """Void a number with its reason; it stays in the register and is never given again."""
    if document.state == PaperState.VOIDED:
        raise Refused(_("这个文号已经作废。"))
    if not reason.strip():
        raise Refused(_("请写明作废的原因。"))
    document.state, document.reason = PaperState.VOIDED, reason.strip()[:200]
    document.save(update_fields=["state", "reason"])
    return document


@action("membership.document.scanned", may=rules.may_change_document, locks=("document",), about="document")
def attach_scan(
    *, actor: Actor, document: IssuedDocument, upload: "File[bytes]", now: datetime
) -> StoredFile:
    """Keep the scan of the sealed paper, as PDF or picture."""
    if document.state == PaperState.VOIDED:
        raise Refused(_("这个文号已经作废，不再附扫描件。"))
    return store_upload(
        actor=actor, tenant_id=document.tenant_id, owner_kind=DOCUMENT_OWNER, owner_id=document.pk, upload=upload,
        now=now, kinds=SCANS,
    )  # fmt: skip


@action("membership.series.named", may=rules.may_name_series, locks=("series",), about="series")
def name_series(*, actor: Actor, series: Series, word: str) -> Series:
    """Set the 机关代字 of an organisation's coming numbers; those already given keep theirs."""
    word = word.strip()
    if not word or any(mark in word for mark in "〔〕[]"):
        raise Refused(_("请填写机关代字，不带年份和括号，例如“党发”。"))
    series.word = word[:20]
    series.save(update_fields=["word"])
    return series


@action("membership.template.replaced", may=rules.may_keep_templates)
def replace_template(
    *, actor: Actor, tenant_id: int, form: WordForm, upload: "File[bytes]", now: datetime
) -> FormTemplate:
    """Put the office's own Word file in the place of a template. Refuses one with anything unknown in it, and names it."""
    content = upload.read()
    upload.seek(0)
    stored = store_upload(
        actor=actor, tenant_id=tenant_id, owner_kind=TEMPLATE_OWNER, owner_id=tenant_id, upload=upload, now=now,
        kinds={Format.DOCX},
    )  # fmt: skip
    checked = check_template(content, secret=form.secret)
    if checked.faults:
        raise Refused(_("模板没有换上。"), why="\n".join(checked.faults[:20]), remedy=_("请改好后再上传。"))
    if not checked.fields:
        raise Refused(
            _("模板里一个占位符也没有，填不进内容。"),
            remedy=_("请下载现在的模板，在它的基础上修改。"),
        )
    return FormTemplate.objects.create(
        tenant_id=tenant_id, form=form.code, file=stored, fields=list(checked.fields), replaced_by=actor.person_id,
        replaced_at=now,
    )  # fmt: skip


@action("membership.template.restored", may=rules.may_keep_templates)
def restore_template(*, actor: Actor, tenant_id: int, form: WordForm, now: datetime) -> FormTemplate:
    """Put the platform's own template back; the office's file is kept."""
    return FormTemplate.objects.create(
        tenant_id=tenant_id, form=form.code, file=None, replaced_by=actor.person_id, replaced_at=now
    )


@action("membership.details.set", may=rules.may_keep_templates)
def set_details(
    *, actor: Actor, tenant_id: int, phone: str, mailbox: str, place: str, signer: str, day_before: bool
) -> OfficeDetails:
    """Set where objections are received, who signs papers sent upward, and how the end of probation is written."""
    given = {"phone": phone, "mailbox": mailbox, "place": place, "signer": signer, "day_before": day_before}
    details, _made = OfficeDetails.objects.update_or_create(tenant_id=tenant_id, defaults=given)
    return details


@action("membership.books.received", may=rules.may_keep_books)
def receive_books(
    *, actor: Actor, tenant_id: int, numbers: Sequence[str], received_on: date, today: date
) -> int:
    """Enter printed 入党志愿书 by their numbers. Refuses none, a number known already, and a day in the future."""
    if not numbers or received_on > today:
        raise Refused(_("请填写编号，领到日期不能晚于今天。"))
    twice = {one for one in numbers if list(numbers).count(one) > 1}
    known = AdmissionBook.objects.filter(tenant_id=tenant_id, number__in=numbers)
    again = sorted(twice | set(known.values_list("number", flat=True)))
    if again:
        raise Refused(_("编号重复：%(numbers)s。") % {"numbers": "、".join(again[:10])})
    AdmissionBook.objects.bulk_create(
        AdmissionBook(tenant_id=tenant_id, number=one, received_on=received_on) for one in numbers
    )
    note(number=len(numbers))
    return len(numbers)


@action("membership.book.issued", may=rules.may_change_book, locks=("book",), about="book")
def issue_book(
    *, actor: Actor, book: AdmissionBook, case: Case, issued_on: date, today: date
) -> AdmissionBook:
    """Give a printed form to the person of a case; one person holds one."""
    if book.state != BookState.STOCK:
        raise Refused(_("这一本不在库存里。"))
    if case.tenant_id != book.tenant_id or case.person_id == actor.person_id:
        raise Refused(_("这一本不能发给这个案卷。"))
    if not book.received_on <= issued_on <= today:
        raise Refused(_("发放日期应在领到以后、今天以前。"))
    held = AdmissionBook.objects.filter(case=case, state__in=(BookState.ISSUED, BookState.RETURNED)).first()
    if held is not None:
        raise Refused(
            _("本人已有编号 %(number)s 的志愿书。") % {"number": held.number},
            remedy=_("填废了的先登记填废。"),
        )
    book.state, book.case, book.issued_on = BookState.ISSUED, case, issued_on
    book.save(update_fields=["state", "case", "issued_on"])
    return book


@action("membership.book.closed", may=rules.may_change_book, locks=("book",), about="book")
def close_book(
    *, actor: Actor, book: AdmissionBook, spoiled: bool, closed_on: date, reason: str, today: date
) -> AdmissionBook:
    """Take a filled form back, or register it as spoiled with its reason; a spoiled one is never given again."""
    if book.state not in (BookState.STOCK, BookState.ISSUED) or (
        not spoiled and book.state != BookState.ISSUED
    ):
        raise Refused(_("这一本已经收回或报废。"))
    if spoiled and not reason.strip():
        raise Refused(_("请写明填废的原因。"))
    if not (book.issued_on or book.received_on) <= closed_on <= today:
        raise Refused(_("日期应在发放以后、今天以前。"))
    book.state, book.closed_on = BookState.SPOILED if spoiled else BookState.RETURNED, closed_on
    book.reason = reason.strip()[:200] if spoiled else ""
    book.save(update_fields=["state", "closed_on", "reason"])
    return book


@action("membership.book.scanned", may=rules.may_change_book, locks=("book",), about="book")
def attach_book_scan(
    *, actor: Actor, book: AdmissionBook, upload: "File[bytes]", now: datetime
) -> StoredFile:
    """Keep the scan of a form filled by pen; the paper stays the original."""
    if book.state not in (BookState.ISSUED, BookState.RETURNED):
        raise Refused(_("发给本人并填写以后，才附扫描件。"))
    return store_upload(
        actor=actor, tenant_id=book.tenant_id, owner_kind=BOOK_OWNER, owner_id=book.pk, upload=upload, now=now,
        kinds=SCANS, enciphered=True,
    )  # fmt: skip
