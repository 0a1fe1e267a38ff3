"""One article at work: where it stands, what was said, and the one next act."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions import printing
from rongpei.activities.columns.codes import ArticleState, EditorialStep, FilePart
from rongpei.activities.columns.markup import clean
from rongpei.activities.columns.models import Article, ArticleFile, Step
from rongpei.activities.columns.queries import desk, reading
from rongpei.activities.columns.web.desk import reads_of, state_mark
from rongpei.activities.columns.web.forms import ApproveForm, OpinionForm
from rongpei.activities.columns.web.work import at_work
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.dates import moment
from rongpei.ground.ui.parts import Entry
from rongpei.ground.ui.parts import Step as Phase
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.visit import Visit

_S = ArticleState
_PHASES = ((_S.DRAFT, "写稿"), (_S.SUBMITTED, "编辑"), (_S.EDITED, "终审"), (_S.PUBLISHED, "发布"))
_ICONS = {
    EditorialStep.RETURNED: ("arrow-back-up", "bad"), EditorialStep.WITHDRAWN: ("eye-off", "bad"),
    EditorialStep.PUBLISHED: ("news", "ok"), EditorialStep.APPROVED: ("check", "ok"),
}  # fmt: skip


def phases_of(article: Article) -> list[Phase]:
    """The four phases with the present one marked."""
    order = [state for state, _title in _PHASES]
    at = {_S.SCHEDULED: 3, _S.WITHDRAWN: 4}.get(_S(article.state))
    at = order.index(_S(article.state)) if at is None else at
    done = len(order) if article.state == _S.PUBLISHED else at
    return [
        Phase(_(title), state="ok" if place < done else "now" if place == at else "")
        for place, (_state, title) in enumerate(_PHASES)
    ]


def way_of(steps: list[Step]) -> list[Entry]:
    """The way so far, newest first."""
    found = []
    for step in reversed(steps):
        icon, kind = _ICONS.get(EditorialStep(step.step), ("point", ""))
        checked = _("已做保密审查。") if step.secrecy_checked else ""
        words = " ".join(filter(None, (step.person_name, step.opinion, checked)))
        found.append(Entry(EditorialStep(step.step).label, words, icon, kind, measure=moment(step.done_at)))  # type: ignore[arg-type]
    return found


@door()
def work(request: PageRequest, pk: int) -> HttpResponse:
    """The workbench."""
    with at_work(request.visit, pk) as (article, actor):
        return render(request, "columns/work.html", _context(article, actor))


def _context(article: Article, actor: Visit) -> dict[str, Any]:
    newest = desk.newest_revision(article)
    text = clean(newest.html) if newest else None
    counts = reading.counts_of([article.pk]).get(article.pk, reading.Counts())
    state, edits = article.state, rules.may_edit(actor=actor, article=article)
    approves = rules.may_approve(actor=actor, article=article)
    again = state == _S.PUBLISHED and article.revisions > article.printed
    return {
        "article": article,
        "mark": state_mark(article),
        "phases": phases_of(article),
        "way": way_of(desk.steps_of(article)),
        "text": text,
        "letters": len("".join(text.plain.split())) if text else 0,
        "files": list(
            ArticleFile.objects.filter(article=article).select_related("file").order_by("position", "id")
        ),
        "counts": counts,
        "reads": reads_of([article.pk]).get(article.pk, 0),
        "again": again,
        "may_change": rules.may_change(actor=actor, article=article) is True,
        "may_submit": state == _S.DRAFT and rules.may_submit(actor=actor, article=article),
        "may_take_back": state == _S.SUBMITTED and rules.may_submit(actor=actor, article=article),
        "may_edit": state == _S.SUBMITTED and edits,
        "may_approve": (state in (_S.EDITED, _S.SCHEDULED) or again) and approves,
        "may_return": state in (_S.SUBMITTED, _S.EDITED, _S.SCHEDULED)
        and rules.may_return(actor=actor, article=article),
        "may_withdraw": state in (_S.PUBLISHED, _S.SCHEDULED) and approves,
        "may_reopen": state == _S.WITHDRAWN and edits,
        "may_send": actor.holds(*rules.DESK),
        "opinion_form": OpinionForm(),
        "approve_form": ApproveForm(),
        "picture": FilePart.PICTURE,
    }


@door()
@require_POST
def step(request: PageRequest, pk: int, verb: str) -> HttpResponse:
    """One step of the way; `verb` names it. What was typed stays when it is refused."""
    with at_work(request.visit, pk) as (article, actor):
        try:
            said = _VERBS[verb](article, actor, request)
        except Refused as refusal:
            context = _context(article, actor) | {"refused": refusal, **_typed(verb, request)}
            return render(request, "columns/work.html", context, status=refusal.status)
    messages.success(request, said)
    return redirect("columns:work", pk)


def _typed(verb: str, request: PageRequest) -> dict[str, Any]:
    """The forms of one step as they were sent."""
    if verb == "edit":
        return {"opinion_form": OpinionForm(request.POST)}
    if verb == "approve":
        return {"approve_form": ApproveForm(request.POST)}
    return {"typed_verb": verb, "typed": request.POST.get("reason", "")}


def _submit(article: Article, actor: Visit, request: PageRequest) -> str:
    printing.submit(
        actor=actor, article=article, by=actor.name, secrecy_checked=_ticked(request), now=clock.now()
    )
    return _("已提交，编辑会处理。")


def _take_back(article: Article, actor: Visit, request: PageRequest) -> str:
    printing.take_back(actor=actor, article=article, by=actor.name, now=clock.now())
    return _("已收回，可以继续修改。")


def _return(article: Article, actor: Visit, request: PageRequest) -> str:
    opinion = request.POST.get("reason", "")
    printing.send_back(actor=actor, article=article, by=actor.name, opinion=opinion, now=clock.now())
    return _("已退回，作者能看到您的意见。")


def _edit(article: Article, actor: Visit, request: PageRequest) -> str:
    printing.pass_editing(
        actor=actor, article=article, by=actor.name, opinion=request.POST.get("opinion", ""),
        secrecy_checked=_ticked(request), now=clock.now(),
    )  # fmt: skip
    return _("编辑通过，等待终审。")


def _approve(article: Article, actor: Visit, request: PageRequest) -> str:
    form = ApproveForm(request.POST)
    if not form.is_valid():
        raise Refused(_("还没有发布，有一处要改。"), why=form.said())
    values = form.cleaned_data
    article = printing.approve(
        actor=actor, article=article, by=actor.name, opinion=values["opinion"], at=values["at"],
        secrecy_checked=values["secrecy_checked"], now=clock.now(),
    )  # fmt: skip
    return _("已排定，到时间自动发布。") if article.state == _S.SCHEDULED else _("已发布。")


def _withdraw(article: Article, actor: Visit, request: PageRequest) -> str:
    reason = request.POST.get("reason", "")
    printing.withdraw(actor=actor, article=article, by=actor.name, reason=reason, now=clock.now())
    return _("已撤下，读者看不到了。")


def _reopen(article: Article, actor: Visit, request: PageRequest) -> str:
    printing.reopen(actor=actor, article=article, by=actor.name, now=clock.now())
    return _("已转为草稿，改好后重新走流程。")


def _ticked(request: PageRequest) -> bool:
    return request.POST.get("secrecy_checked") == "on"


_VERBS = {
    "submit": _submit, "take-back": _take_back, "return": _return, "edit": _edit, "approve": _approve,
    "withdraw": _withdraw, "reopen": _reopen,
}  # fmt: skip
