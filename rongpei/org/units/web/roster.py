"""Roster import in the browser: upload, preview, import with progress, undo."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.accounts.doors import PageRequest, door
from rongpei.ground.ui.forms import Form
from rongpei.org.people.roster.columns import BY_KEY
from rongpei.org.people.roster.writing import cell_text
from rongpei.org.people.rules import KEEPER_ROLES
from rongpei.org.units.importing.running import keep
from rongpei.org.units.models import RosterImport
from rongpei.org.units.roster import running
from rongpei.org.units.roster.actions import undo_import, upload_roster
from rongpei.org.units.roster.diffing import UNIT_KEYS, Change
from rongpei.org.units.tasks import import_later
from rongpei.org.units.web.wizard import Wizard

_SHOWN = 100
WIZARD = Wizard(
    model=RosterImport, address="units:roster", pages="units/roster", doing=gettext_lazy("正在导入 %(total)d 人"),
    see=gettext_lazy("看结果"),
)  # fmt: skip


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
    return render(
        request, "units/roster.html", {"form": form, "runs": WIZARD.latest(request.visit.tenant_id)}
    )


def _keep(request: PageRequest, form: UploadForm) -> RosterImport:
    upload = form.cleaned_data["roster"]
    return upload_roster(
        actor=request.visit, tenant_id=request.visit.tenant_id, filename=upload.name,
        stored_name=keep(upload, running.folder()), roster_on=form.cleaned_data["roster_on"], now=clock.now(),
    )  # fmt: skip


@door(*KEEPER_ROLES)
def preview(request: PageRequest, pk: int) -> HttpResponse:
    """What the roster says, what is wrong with it, and what it would change."""
    run = WIZARD.run_of(request.visit.tenant_id, pk)
    return WIZARD.page(request, run, lambda: _preview_context(request, running.look_again(run)))


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
    leaving = {
        int(name.removeprefix("gone-")): value
        for name, value in request.POST.items()
        if name.startswith("gone-") and name.removeprefix("gone-").isdigit() and value in ("left", "retired")
    }
    import_later(actor=request.visit, run=WIZARD.run_of(request.visit.tenant_id, pk), leaving=leaving)
    return redirect("units:roster-run", pk)


@door(*KEEPER_ROLES)
def progress(request: PageRequest, pk: int) -> HttpResponse:
    """How far it is."""
    return WIZARD.progress(request, WIZARD.run_of(request.visit.tenant_id, pk))


@door(*KEEPER_ROLES)
@require_POST
def undo(request: PageRequest, pk: int) -> HttpResponse:
    """Take the last import back."""
    run = WIZARD.run_of(request.visit.tenant_id, pk)
    told = _("已撤销这次导入，人员和履历恢复到导入以前。")
    return WIZARD.undone(
        request, run, lambda: undo_import(actor=request.visit, run=run, now=clock.now()), told
    )
