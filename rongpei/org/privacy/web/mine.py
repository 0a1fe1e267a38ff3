"""One's own side: consents, who looked, the copy, and requests."""

from datetime import date
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import Refused
from rongpei.ground.personal import Blank, registry
from rongpei.ground.personal.erasing import Planned
from rongpei.ground.ui.listing.sheet import XLSX
from rongpei.ground.ui.marks import Kind, Status
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person
from rongpei.org.privacy import actions, codes, copies, queries
from rongpei.org.privacy.codes import ARTICLES, Outcome, RequestKind, RequestState
from rongpei.org.privacy.models import Request
from rongpei.org.privacy.web.forms import WishForm

_STATES: dict[str, Kind] = {"open": "info", "withdrawn": "line"}
_OUTCOMES: dict[str, Kind] = {"granted": "ok", "partly": "warn", "refused": "bad"}
_LOOKS = 20
_HINTS = {
    RequestKind.CORRECT: _("写明哪一项、现在是什么、应当是什么，有凭据的请一并说明。"),
    RequestKind.DELETE: _("可以写明原因，也可以不写。"),
    RequestKind.EXPLAIN: _("写明想了解哪一条处理规则。"),
    RequestKind.TRANSFER: _("写明转给哪个单位、怎样联系。"),
}


def mark_of(request: Request, on: date) -> Status:
    """The state in one or two words; late ones say so."""
    if request.state == RequestState.ANSWERED:
        return Status(_OUTCOMES[request.outcome], Outcome(request.outcome).label)
    if request.state == RequestState.OPEN and request.due_on < on:
        return Status("bad", _("已超期"))
    return Status(_STATES[request.state], RequestState(request.state).label)


@door()
def home(request: PageRequest) -> HttpResponse:
    """Everything on one page, but the data itself."""
    visit, today = request.visit, clock.today()
    user = User.objects.get(pk=visit.user_id or 0)
    person = Person.objects.filter(pk=visit.person_id or 0).first()
    looks, given = [], []
    if person is not None:
        subject = queries.subject_of(person)
        looks, given = registry.looks_at(subject), registry.consents_of(subject)
    context = {
        "person": person,
        "standings": queries.standings_of(user),
        "given": given,
        "looks": looks[:_LOOKS],
        "more_looks": len(looks) > _LOOKS,
        "requests": [(one, mark_of(one, today)) for one in queries.requests_of(visit)[:30]],
        "kinds": RequestKind.choices,
        "days": queries.term_on(visit.tenant_id, today).working_days,
        "law": codes,
    }
    return render(request, "privacy/mine.html", context)


def _me(request: PageRequest) -> Person:
    person: Person = get_object_or_404(Person, pk=request.visit.person_id or 0)
    return person


def what_becomes(one: Planned) -> str:
    """What erasure does to a kind, in words."""
    if one.kept is not None:
        return f"{one.kept.why}{one.kept.article}"
    return _("可以要求删除其中的个人内容。") if isinstance(one.end, Blank) else _("可以要求删除。")


@door()
def data(request: PageRequest) -> HttpResponse:
    """What is held, what for, how much, and what can be erased."""
    person = Person.objects.filter(pk=request.visit.person_id or 0).first()
    rows = copies.overview(request.visit, queries.subject_of(person)) if person is not None else []
    context = {"rows": [(one, what_becomes(one)) for one in rows], "law": codes}
    return render(request, "privacy/data.html", context)


@door()
@require_POST
def copy(request: PageRequest, form: str) -> HttpResponseBase:
    """The copy as a file; taking it is recorded."""
    now = clock.now()
    made = actions.take_copy(actor=request.visit, person=_me(request), now=now)
    name = _("我的个人信息_%s") % timezone.localdate(now).strftime("%Y%m%d")
    book, kind = (
        (BytesIO(copies.as_json(made)), "application/json; charset=utf-8")
        if form == "json"
        else (copies.as_workbook(made), XLSX)
    )
    return FileResponse(book, as_attachment=True, filename=f"{name}.{form}", content_type=kind)


@door()
def ask(request: PageRequest, kind: str) -> HttpResponse:
    """Ask for correction, deletion, an explanation or a transfer."""
    person, asked = _me(request), RequestKind(kind)
    form = WishForm(request.POST or None, hint=str(_HINTS[asked]), needed=asked != RequestKind.DELETE)
    chosen = request.POST.getlist("about")
    rows = copies.overview(request.visit, queries.subject_of(person)) if asked == RequestKind.DELETE else []
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(
                actor=request.visit, person=person, kind=asked, about=chosen, wish=form.cleaned_data["wish"],
                today=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("申请已提出，%s 前答复。") % made.due_on)
            return redirect("privacy:request", made.pk)
    context: dict[str, Any] = {
        "kind": asked, "label": asked.label, "article": ARTICLES[asked], "form": form, "refused": refused, "chosen": chosen,
        "erasable": [one for one in rows if one.kept is None],
        "kept": _by_reason(rows),
        "due": queries.due_on(person.tenant_id, clock.today()),
    }  # fmt: skip
    return render(request, "privacy/ask.html", context, status=409 if refused else 200)


def _by_reason(rows: list[Planned]) -> list[tuple[list[str], str]]:
    """What the law keeps: titles that share a reason, and the reason with its article."""
    found: dict[str, list[str]] = {}
    for one in rows:
        if one.kept is not None:
            found.setdefault(what_becomes(one), []).append(str(one.held.title))
    return [(titles, why) for why, titles in found.items()]


def _mine(request: PageRequest, pk: int) -> Request:
    found: Request = get_object_or_404(queries.requests_of(request.visit), pk=pk)
    return found


def facts_of(found: Request) -> dict[str, Any]:
    """What both sides read of a request: how it stands, what it is about, what was erased."""
    titles = {one.model: str(one.title) for one in registry.everything()}
    return {
        "found": found,
        "mark": mark_of(found, clock.today()),
        "article": ARTICLES[RequestKind(found.kind)],
        "about": [titles.get(model, model) for model in found.about],
        "erased": [(titles.get(model, model), rows) for model, rows in found.result.items()],
    }


@door()
def request_page(request: PageRequest, pk: int) -> HttpResponse:
    """One's own request with its answer."""
    found = _mine(request, pk)
    return render(request, "privacy/request.html", facts_of(found))


@door()
@require_POST
def withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take it back."""
    actions.withdraw(actor=request.visit, request=_mine(request, pk))
    messages.success(request, _("申请已撤回。"))
    return redirect("privacy:mine")
