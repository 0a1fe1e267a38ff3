"""Word templates, document numbers and the register of printed forms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import BookState, PaperState


class FormTemplate(TenantModel):
    """The office's own Word file in the place of the platform's; the newest row of a form counts.

    file null: the platform's own was put back. fields: the placeholders found in the file.
    """

    form = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", db_index=False)
    fields = models.JSONField(default=list)
    replaced_by = models.BigIntegerField(null=True)
    replaced_at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=["tenant", "form", "-id"], name="membership_templates")]

    def __str__(self) -> str:
        return f"{self.form} {self.pk}"


class OfficeDetails(TenantModel):
    """What forms and numbers need of the office: where objections are received, who signs, who counts as 高知.

    high_titles: codes of `TitleLevel`; high_degrees: degree levels; both empty means the usual (副高 or a doctorate).
    """

    phone = models.CharField(_("受理电话"), max_length=40, blank=True)
    mailbox = models.CharField(_("受理信箱"), max_length=120, blank=True)
    place = models.CharField(_("受理地点"), max_length=120, blank=True)
    signer = models.CharField(_("上行文签发人"), max_length=40, blank=True)
    day_before = models.BooleanField(_("预备期止写到期前一天"), default=True)
    high_titles = models.JSONField(_("算高知的职称级别"), default=list)
    high_degrees = models.JSONField(_("算高知的学位"), default=list)

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="membership_details_once")]

    def __str__(self) -> str:
        return f"{self.tenant_id}"


class Series(TenantModel):
    """The numbers of one organisation in one year; `last` is the number given last, `word` its 机关代字."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    word = models.CharField(_("机关代字"), max_length=20)
    last = models.PositiveIntegerField(default=0)

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="membership_series_once")]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕"


class IssuedDocument(TenantModel):
    """A document with its 文号, as it was when the number was taken; never deleted.

    `file` is the Word file, a scan with the seal is stored beside it. `shown` is the whole number as printed.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="documents", db_index=False)
    number = models.PositiveIntegerField()
    shown = models.CharField(_("文号"), max_length=60)
    form = models.CharField(_("表格"), max_length=40)
    title = models.CharField(_("标题"), max_length=120)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", db_index=False)
    issued_on = models.DateField(_("成文日期"))
    state = models.CharField(_("状态"), max_length=8, choices=PaperState, default=PaperState.ISSUED)
    reason = models.CharField(_("作废原因"), max_length=200, blank=True)
    issued_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()

    audited = True
    personal_fields = ("title",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="membership_number_once"),
            models.UniqueConstraint(
                fields=["case", "form"], condition=Q(state="issued"), name="membership_paper_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-issued_on", "-id"], name="membership_papers"),
        ]

    def __str__(self) -> str:
        return self.shown


class AdmissionBook(TenantModel):
    """One officially printed 入党志愿书 by its number: received, issued, spoiled or returned."""

    number = models.CharField(_("编号"), max_length=40)
    state = models.CharField(_("状态"), max_length=8, choices=BookState, default=BookState.STOCK)
    received_on = models.DateField(_("领到日期"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="books")
    issued_on = models.DateField(_("发放日期"), null=True, blank=True)
    closed_on = models.DateField(_("收回或报废日期"), null=True, blank=True)
    reason = models.CharField(_("填废原因"), max_length=200, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="membership_book_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["issued", "returned"]), name="membership_one_book"
            ),
            models.CheckConstraint(
                condition=Q(state="stock") | Q(state="spoiled") | Q(case__isnull=False),
                name="membership_book_of_a_case",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "number"], name="membership_books")]

    def __str__(self) -> str:
        return self.number
