"""Imports of the register: the file, what came of it, the cases it opened with what was there before, how far it is."""

from django.db import models

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.units.importing.runs import ImportRun, RunProgress


class RegisterImport(ImportRun):
    """One uploaded register."""

    class Meta:
        indexes = [models.Index(fields=["tenant", "-id"], name="membership_imports")]


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


class RegisterProgress(RunProgress):
    """How far an import of a register is."""

    register_import = models.OneToOneField(
        RegisterImport, models.CASCADE, primary_key=True, related_name="progress"
    )
