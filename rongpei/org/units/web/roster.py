"""Roster import in the browser: upload, preview, import with progress, undo.

A preview reads the file again for each look: nothing of it is kept in the database before it is imported.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.accounts.doors import PageRequest, door
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.parts import Progress
from rongpei.org.people.roster.columns import BY_KEY
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.writing import cell_text
from rongpei.org.people.rules import KEEPER_ROLES
from rongpei.org.units.codes import ImportState
from rongpei.org.units.models import ImportProgress, RosterImport
from rongpei.org.units.roster import running
from rongpei.org.units.roster.actions import undo_import, upload_roster
from rongpei.org.units.roster.diffing import UNIT_KEYS, Change
from rongpei.org.units.tasks import import_later

_SHOWN = 100


class UploadForm(Form):
    """The workbook and the date it speaks of."""

    roster = forms.FileField(
        label=gettext_lazy("花名册文件"), help_text=gettext_lazy("xlsx、xls 或 csv，最多 12 万行。")
    )
    roster_on = forms.DateField(
        label=gettext_lazy("名册日期"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("变更从这一天起算。"),
    )  # fmt: skip


@door(*KEEPER_ROLES)
def roster_home(request: PageRequest) -> HttpResponse:
    """Upload, and the imports so far."""
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"roster_on": clock.today().isoformat()}
    )
    if request.method == "POST" and form.is_valid():
        return redirect("units:roster-run", _keep(request, form).pk)
    runs = RosterImport.objects.filter(tenant_id=request.visit.tenant_id).order_by("-id")[:20]
    return render(request, "units/roster.html", {"form": form, "runs": list(runs)})


def _keep(request: PageRequest, form: UploadForm) -> RosterImport:
    upload = form.cleaned_data["roster"]
    stored = running.new_stored_name(upload.name)
    with (running.folder() / stored).open("wb") as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
    return upload_roster(
        actor=request.visit, tenant_id=request.visit.tenant_id, filename=upload.name, stored_name=stored,
        roster_on=form.cleaned_data["roster_on"], now=clock.now(),
    )  # fmt: skip


def run_of(request: PageRequest, pk: int) -> RosterImport:
    """The import, if it is the own tenant's; else 404."""
    return get_object_or_404(RosterImport.objects.filter(tenant_id=request.visit.tenant_id), pk=pk)


@door(*KEEPER_ROLES)
def preview(request: PageRequest, pk: int) -> HttpResponse:
    """What the roster says, what is wrong with it, and what it would change."""
    run = run_of(request, pk)
    if run.state not in (ImportState.CHECKING, ImportState.CHECKED, ImportState.FAULTY):
        return render(
            request, "units/roster_run.html", {"run": run, "job": _job(run), "may_undo": _may_undo(run)}
        )
    path = running.folder() / run.stored_name
    if not path.exists():
        return render(
            request, "units/roster_refused.html", {"run": run, "why": _("上传的文件已经清理，请重新上传。")}
        )
    try:
        look = running.look_at(tenant_id=run.tenant_id, path=path, filename=run.filename)
    except RosterRefusedError as error:
        return render(request, "units/roster_refused.html", {"run": run, "why": str(error)})
    return render(request, "units/roster_preview.html", {"run": run, **_preview_context(request, look)})


def _preview_context(request: PageRequest, look: running.Look) -> dict[str, Any]:
    show = request.GET.get("show", "all")
    found = look.found
    rows: list[dict[str, Any]] = []
    if show in ("all", "gone"):
        rows += [{"kind": "gone", "person": one} for one in found.gone[:_SHOWN]]
    if show in ("all", "changed"):
        rows += [
            {"kind": "changed", "row": one.row, "fields": _fields(one)} for one in found.changed[:_SHOWN]
        ]
    if show in ("all", "new"):
        rows += [{"kind": "new", "row": one} for one in found.new[:_SHOWN]]
    counts = found.counts()
    total = counts["new"] + counts["changed"] + counts["gone"]
    return {
        "look": look, "checked": look.checked, "counts": counts, "show": show, "rows": rows[:_SHOWN], "total": total,
        "errors": look.checked.errors[:200], "gone": found.gone[:200],
    }  # fmt: skip


_TITLES = {key: column.title for key, column in BY_KEY.items()}
_TITLES |= {field: _TITLES[key] for key, field in UNIT_KEYS.items()} | {"id_index": _TITLES["id_number"]}


def _fields(change: Change) -> list[tuple[str, object, object]]:
    """Title, old and new value of what changed; for units and ID numbers only that they changed."""
    shown: list[tuple[str, object, object]] = []
    for name, (old, new) in change.fields.items():
        hidden = name.endswith("_id") or name == "id_index"
        shown.append(
            (
                _TITLES[name],
                "" if hidden else cell_text(name, old),
                _("有改动") if hidden else cell_text(name, new),
            )
        )
    return shown


@door(*KEEPER_ROLES)
@require_POST
def start_import(request: PageRequest, pk: int) -> HttpResponse:
    """Hand the import to the worker; the page then shows how far it is."""
    run = run_of(request, pk)
    leaving = {
        int(name.removeprefix("gone-")): value
        for name, value in request.POST.items()
        if name.startswith("gone-") and name.removeprefix("gone-").isdigit() and value in ("left", "retired")
    }
    import_later(actor=request.visit, run=run, leaving=leaving)
    return redirect("units:roster-run", pk)


@door(*KEEPER_ROLES)
def progress(request: PageRequest, pk: int) -> HttpResponse:
    """How far it is; asked every second, and at the end the whole page comes anew."""
    job = _job(run_of(request, pk))
    response = render(request, "units/_roster_progress.html", {"job": job})
    if job.finished:
        response["HX-Refresh"] = "true"
    return response


def _job(run: RosterImport) -> Progress:
    row = ImportProgress.objects.filter(roster_import=run).first()
    done, total, step = (row.done, row.total, row.step) if row else (0, 0, "")
    finished = run.state in (ImportState.DONE, ImportState.UNDONE, ImportState.FAILED)
    return Progress(
        title=_("正在导入 %(total)d 人") % {"total": total},
        done=total if finished else done,
        total=total or 1,
        url=reverse("units:roster-progress", args=[run.pk]),
        text=step,
        finished=finished,
        failed=run.state == ImportState.FAILED,
        next_url=reverse("units:roster-run", args=[run.pk]),
        next_text=_("看结果"),
        seconds=1,
    )


def _may_undo(run: RosterImport) -> bool:
    last = (
        RosterImport.objects.filter(tenant_id=run.tenant_id, state=ImportState.DONE).order_by("-id").first()
    )
    return run == last


@door(*KEEPER_ROLES)
@require_POST
def undo(request: PageRequest, pk: int) -> HttpResponse:
    """Take the last import back."""
    run = undo_import(actor=request.visit, run=run_of(request, pk), now=clock.now())
    messages.success(request, _("已撤销这次导入，人员和履历恢复到导入以前。"))
    return redirect("units:roster-run", run.pk)
