"""The register's way in, in the browser: upload, preview, import with progress, undo."""

from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.dates import day_full
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.listing.sheet import XLSX
from rongpei.ground.ui.sending import sent, unnamed_file
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.marking import write_marked
from rongpei.org.units.importing.running import keep
from rongpei.org.units.web.wizard import Wizard
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.models import RegisterImport
from rongpei.pipelines.membership.registerimport import running
from rongpei.pipelines.membership.registerimport.actions import undo_import, upload_register
from rongpei.pipelines.membership.registerimport.looking import Look, Noted
from rongpei.pipelines.membership.registerimport.matching import Asker
from rongpei.pipelines.membership.registerimport.template import SHEET, write_template
from rongpei.pipelines.membership.tasks import import_later

_SHOWN = 100
_ERRORS = 200
_NAMES = 12
WIZARD = Wizard(
    model=RegisterImport, address="membership:register", pages="membership/register",
    doing=_lazy("正在导入 %(total)d 人的案卷"), watching=_lazy("正在检查台账"), see=_lazy("看结果"),
)  # fmt: skip


class UploadForm(Form):
    """The workbook."""

    register = forms.FileField(
        label=_lazy("台账文件"),
        help_text=_lazy("xlsx、xls 或 csv，最多 2 万人。请勿上传政审材料和国家秘密。"),
    )


@door(*rules.OFFICE)
def register_home(request: PageRequest) -> HttpResponse:
    """Upload, and the imports so far."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("membership:register-run", _keep(request, form).pk)
    context = {"form": form, "runs": WIZARD.latest(request.visit.tenant_id)}
    return render(request, "membership/register_import.html", context)


def _keep(request: PageRequest, form: UploadForm) -> RegisterImport:
    upload = form.cleaned_data["register"]
    return upload_register(
        actor=request.visit, tenant_id=request.visit.tenant_id, filename=upload.name,
        stored_name=keep(upload, running.folder()), now=clock.now(),
    )  # fmt: skip


@door(*rules.OFFICE)
def register_template(request: PageRequest) -> FileResponse:
    """The empty workbook with help."""
    return sent(write_template(), f"{SHEET}{_('模板')}.xlsx", XLSX)


def _asker(request: PageRequest) -> Asker:
    visit = request.visit
    return Asker(visit.tenant_id, visit.person_id, tuple(visit.places(*rules.OFFICE)))


def _look(request: PageRequest, run: RegisterImport) -> Look:
    return running.look_again(run, _asker(request), clock.today())


@door(*rules.OFFICE)
def register_run(request: PageRequest, pk: int) -> HttpResponse:
    """What the register says, what is wrong with it, what would be opened; afterwards what came of it."""
    run = WIZARD.run_of(request.visit.tenant_id, pk)
    return WIZARD.page(request, run, lambda: _shown(request, _look(request, run)))


def _shown(request: PageRequest, look: Look) -> dict[str, Any]:
    show = request.GET.get("show", "all")
    return {
        "look": look, "checked": look.checked, "counts": look.counts(), "show": show, "errors": look.checked.errors[:_ERRORS],
        "new": [_entry(one, look) for one in look.new[:_SHOWN]] if show in ("all", "new") else [],
        "differing": [(one, _words(one.fields)) for one in look.differing[:_SHOWN]] if show in ("all", "differing") else [],
        "rules": _by_rule(look.noted), "total": len(look.new) + len(look.differing),
    }  # fmt: skip


def _entry(entry: Any, look: Look) -> dict[str, Any]:
    acts = entry.history.acts
    last = max(acts, key=lambda act: act.on)
    noted = sum(one.row == entry.line.row for one in look.noted)
    return {"entry": entry, "first": acts[0].on, "last": last.on, "acts": len(acts), "noted": noted}


def _words(fields: list[tuple[str, Any, Any]]) -> list[tuple[str, str, str]]:
    return [(title, _word(old), _word(new)) for title, old, new in fields]


def _word(value: Any) -> str:
    if value is None or value == "":
        return ""
    return day_full(value) if hasattr(value, "year") else str(value)


def _by_rule(noted: list[Noted]) -> list[dict[str, Any]]:
    """Findings of one rule and article together, with the rows they are in; the most frequent first."""
    groups: dict[tuple[str, str, str, str], list[Noted]] = defaultdict(list)
    for one in noted:
        groups[one.step, one.finding.rule, one.edition, one.finding.article].append(one)
    found = [
        {
            "step": step, "edition": edition, "article": article, "message": rows[0].finding.message, "number": len(rows),
            "rows": rows[:_NAMES], "rest": max(0, len(rows) - _NAMES),
        }
        for (step, _rule, edition, article), rows in groups.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one["number"])


@door(*rules.OFFICE)
def register_marked(request: PageRequest, pk: int) -> HttpResponseBase:
    """The uploaded rows with the wrong cells in red."""
    run = WIZARD.run_of(request.visit.tenant_id, pk)
    try:
        look = _look(request, run)
    except (FileNotFoundError, RosterRefusedError):
        return redirect("membership:register-run", pk)
    book = unnamed_file()
    write_marked(book, look.table, look.checked, SHEET)
    return sent(book, f"{_('标红')}-{run.filename.rsplit('.', 1)[0]}.xlsx", XLSX)


@door(*rules.OFFICE)
@require_POST
def register_start(request: PageRequest, pk: int) -> HttpResponse:
    """Hand the import to the worker; the page then shows how far it is."""
    try:
        import_later(actor=request.visit, run=WIZARD.run_of(request.visit.tenant_id, pk))
    except Refused as refused:
        messages.error(request, refused.what)
    return redirect("membership:register-run", pk)


@door(*rules.OFFICE)
def register_progress(request: PageRequest, pk: int) -> HttpResponse:
    """How far it is."""
    return WIZARD.progress(request, WIZARD.run_of(request.visit.tenant_id, pk))


@door(*rules.OFFICE)
@require_POST
def register_undo(request: PageRequest, pk: int) -> HttpResponse:
    """Take the last import back."""
    run = WIZARD.run_of(request.visit.tenant_id, pk)
    told = _("已撤销这次导入，这批案卷不再出现在名单里，人员类别恢复到导入以前。")
    given: dict[str, Any] = {"actor": request.visit, "today": clock.today(), "now": clock.now()}
    return WIZARD.undone(request, run, lambda: undo_import(run=run, **given), told)
