"""Cases, their append-only records, and the steps that are open."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.codes import RecordKind, State
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


class Case(TenantModel):
    """One run of a procedure about a person (or, by `subject_id`, about a row of the pipeline's own).

    `unit` runs it now. `stage` and `reached_on` repeat what the records say; `records` counts them and numbers the
    next. Kept by the actions alone. What an index includes is asked whenever its rows are counted.
    """

    procedure = models.CharField(_("程序"), max_length=30)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="cases", db_index=False)
    subject_id = models.BigIntegerField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    stage = models.CharField(_("阶段"), max_length=30, blank=True)
    outcome = models.CharField(_("结果"), max_length=30, blank=True)
    opened_on = models.DateField(_("立案日期"))
    reached_on = models.DateField(_("最近办理"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    records = models.PositiveIntegerField(default=0)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "procedure"],
                condition=~Q(state="ended") & Q(person__isnull=False),
                name="procedures_one_open_case",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "procedure", "state", "stage", "-reached_on", "id"], name="procedures_by_stage", include=["person"]),
            models.Index(fields=["unit", "procedure", "state", "stage", "-reached_on", "id"], name="procedures_of_unit", include=["tenant", "person"]),
            models.Index(fields=["person", "procedure"], name="procedures_of_person"),
            models.Index(fields=["tenant", "procedure", "-reached_on", "-id"], name="procedures_latest", include=["person"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.procedure} {self.pk}"


class Record(TenantModel):
    """One thing that was said about a case, never changed: a correction is a record that supersedes another.

    `edition` and `findings` (rule, level, article, message, lawful_from) are what the judge said at the time.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="history", db_index=False)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=RecordKind)
    step = models.CharField(max_length=50, blank=True)
    done_on = models.DateField()
    data = models.JSONField(default=dict)
    edition = models.CharField(max_length=20, blank=True)
    findings = models.JSONField(default=list)
    sound = models.BooleanField(default=True)
    reason = models.CharField(max_length=500, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    append_only = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="procedures_sequence")]
        indexes = [models.Index(fields=["tenant", "step", "done_on"], name="procedures_acts")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.sequence} {self.kind} {self.step}"


class Opening(TenantModel):
    """A step that is open: whose, and until when. Rewritten by every action on its case.

    holder: the code of who acts. by_rule: the due date comes from a regulation, not from the house's practice.
    escalated_to: the organisation above, once it is long overdue.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="openings", db_index=False)
    procedure = models.CharField(max_length=30)
    step = models.CharField(max_length=50)
    holder = models.CharField(max_length=30)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    opens_on = models.DateField()
    due_on = models.DateField()
    by_rule = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True, blank=True)
    escalated_to = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+", db_index=False)
    escalated_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="procedures_open_once")]
        indexes = [
            models.Index(fields=["unit", "procedure", "due_on", "id"], name="procedures_due_unit", include=["tenant", "person", "by_rule"]),
            models.Index(fields=["tenant", "procedure", "holder", "due_on", "id"], name="procedures_due_tenant"),
            models.Index(fields=["person", "due_on"], name="procedures_due_person"),
            models.Index(fields=["tenant", "due_on", "id"], name="procedures_overdue"),
            models.Index(fields=["tenant", "procedure", "due_on", "id"], name="procedures_due", include=["person", "by_rule"]),
            models.Index(fields=["escalated_to", "due_on"], name="procedures_escalated", condition=Q(escalated_to__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} {self.due_on}"
