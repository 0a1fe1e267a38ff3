"""The run of an import, as every room keeps it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.units.codes import ImportState


class ImportRun(TenantModel):
    """One uploaded workbook: the file (under the data folder, removed when it is done) and what came of it.

    `outcome` holds counts only; names stay in the file. A room gives it a `progress` (see `RunProgress`).
    """

    filename = models.CharField(_("文件名"), max_length=200)
    stored_name = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ImportState, default=ImportState.CHECKING)
    outcome = models.JSONField(default=dict)
    uploaded_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    progress: "RunProgress"

    audited = True
    personal_fields = ("filename",)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.filename} {self.get_state_display()}"

    @property
    def waits(self) -> bool:
        """Whether it is still to be looked at and decided."""
        return self.state in (ImportState.CHECKING, ImportState.CHECKED, ImportState.FAULTY)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (ImportState.DONE, ImportState.UNDONE, ImportState.FAILED)

    def is_last(self) -> bool:
        """Whether it is the latest import of its tenant that stands: that one may be undone."""
        standing = type(self).objects.filter(tenant_id=self.tenant_id, state=ImportState.DONE)
        return standing.order_by("-id").first() == self


class RunProgress(TenantModel):
    """How far a running import is; written on a connection of its own, so that it is seen before the commit.

    A room points it at its run, by a key called `progress` from the other side.
    """

    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.done}/{self.total} {self.step}"
