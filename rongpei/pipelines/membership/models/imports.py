"""Imports of the register: the file, what came of it, the cases it opened with what was there before, how far it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.units.codes import ImportState


class RegisterImport(TenantModel):
    """One uploaded register. `outcome` holds counts only; names stay in the file, which goes when it is done."""

    filename = models.CharField(_("文件名"), max_length=200)
    stored_name = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    outcome = models.JSONField(default=dict)
    uploaded_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    audited = True
    personal_fields = ("filename",)

    class Meta:
        indexes = [models.Index(fields=["tenant", "-id"], name="membership_imports")]

    def __str__(self) -> str:
        return f"{self.filename} {self.get_state_display()}"


class ImportedCase(TenantModel):
    """A case an import opened.

    before: `{withdrawn: ids of facts, talks: open conversations, joined_on, converted_on}` of the person, to undo it.
    """

    register_import = models.ForeignKey(RegisterImport, models.CASCADE, related_name="cases", db_index=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["register_import"], name="membership_imported")]

    def __str__(self) -> str:
        return f"{self.register_import_id}:{self.case_id}"


class RegisterProgress(TenantModel):
    """How far a running import is; written on a connection of its own, so that it is seen before the commit."""

    register_import = models.OneToOneField(
        RegisterImport, models.CASCADE, primary_key=True, related_name="progress"
    )
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.done}/{self.total} {self.step}"
