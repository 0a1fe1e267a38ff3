"""The way of an uploaded workbook in the browser, as rooms share it: the file, preview, progress, undo.

A preview reads the file again for each look: nothing of it is kept in the database before it is imported.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from rongpei.ground.audit import Refused
from rongpei.ground.ui.parts import Progress
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.units.codes import ImportState
from rongpei.org.units.importing.running import cleared_words
from rongpei.org.units.importing.runs import ImportRun, RunProgress

Run = TypeVar("Run", bound=ImportRun)
_LATEST = 20


@dataclass(frozen=True)
class Wizard(Generic[Run]):
    """One kind of import.

    address: name of its pages, followed by `-run` and `-progress`. pages: its templates, followed by `_preview.html`,
    `_run.html` and `_refused.html`. doing: what the progress bar says, with `%(total)d`; watching: before that is known.
    """

    model: type[Run]
    address: str
    pages: str
    doing: str | Promise
    see: str | Promise
    watching: str | Promise = ""

    def latest(self, tenant_id: int) -> list[Run]:
        """The imports of a tenant so far, the newest first."""
        rows = self.model.objects.filter(tenant_id=tenant_id)
        return list(rows.order_by("-id")[:_LATEST])

    def run_of(self, tenant_id: int, pk: int) -> Run:
        """The import, if it is the tenant's; else 404."""
        return get_object_or_404(self.model.objects.filter(tenant_id=tenant_id), pk=pk)

    def page(self, request: HttpRequest, run: Run, preview: Callable[[], Mapping[str, Any]]) -> HttpResponse:
        """The preview of a run that waits, why there is none, or what came of it.

        preview: what its page shows; may raise FileNotFoundError and RosterRefusedError.
        """
        if not run.waits:
            return self._over(request, run, may_undo=run.is_last())
        try:
            return render(request, f"{self.pages}_preview.html", {"run": run, **preview()})
        except FileNotFoundError:
            why = cleared_words()
        except RosterRefusedError as error:
            why = str(error)
        return render(request, f"{self.pages}_refused.html", {"run": run, "why": why})

    def _over(self, request: HttpRequest, run: Run, *, status: int = 200, **more: Any) -> HttpResponse:
        return render(
            request, f"{self.pages}_run.html", {"run": run, "job": self.job(run), **more}, status=status
        )

    def progress(self, request: HttpRequest, run: Run) -> HttpResponse:
        """How far it is; asked every second, and at the end the whole page comes anew."""
        job = self.job(run)
        response = render(request, "units/importing/_progress.html", {"job": job})
        if job.finished:
            response["HX-Refresh"] = "true"
        return response

    def job(self, run: Run) -> Progress:
        """How far a run is."""
        row: RunProgress | None = getattr(run, "progress", None)
        done, total, step = (row.done, row.total, row.step) if row else (0, 0, "")
        return Progress(
            title=str(self.doing) % {"total": total} if total or not self.watching else self.watching,
            done=total if run.is_over else done, total=total or 1, url=reverse(f"{self.address}-progress", args=[run.pk]),
            text=step, finished=run.is_over, failed=run.state == ImportState.FAILED,
            next_url=reverse(f"{self.address}-run", args=[run.pk]), next_text=self.see, seconds=1,
        )  # fmt: skip

    def undone(self, request: HttpRequest, run: Run, undo: Callable[[], object], told: str) -> HttpResponse:
        """Take the last import back; a refusal says why on the page of the run."""
        try:
            undo()
        except Refused as refused:
            return self._over(request, run, may_undo=False, refusal=refused, status=refused.status)
        messages.success(request, told)
        return redirect(f"{self.address}-run", run.pk)
