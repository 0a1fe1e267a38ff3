"""Moderators: the queue, decisions one by one and many at once, real names under log, the list of words."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions import talk
from rongpei.activities.columns.codes import CommentState, ReportReason, WordAct
from rongpei.activities.columns.models import Comment, CommentReport, SensitiveWord
from rongpei.activities.columns.queries.talk import queue_for, waiting_for, words_of
from rongpei.activities.columns.web.forms import WordForm
from rongpei.activities.columns.web.reader import number
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.files.cipher import decipher
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.listing import BulkAct, ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Kind, Status, Two
from rongpei.org.access.doors import PageRequest, door

_KINDS: dict[str, Kind] = {
    CommentState.PENDING: "warn", CommentState.SHOWN: "ok", CommentState.HIDDEN: "bad", CommentState.WITHDRAWN: "line",
}  # fmt: skip


def comment_mark(comment: Comment) -> Status:
    """The state in one or two words."""
    if comment.state == CommentState.SHOWN and comment.reports:
        return Status("warn", _("被举报"))
    return Status(_KINDS[comment.state], CommentState(comment.state).label)


class CommentList(Listing):
    """Comments of the tenant's articles."""

    columns = (
        Column(
            "body", _("评论"), lambda c: c.body[:60], main=True, export=lambda c: c.body,
            link=lambda c: address("columns:judge", c.pk),
        ),
        Column("who", _("显示名"), lambda c: Two(c.display_name, c.title), phone="second"),
        Column("article", _("文章"), lambda c: c.article.title, phone="second"),
        Column("why", _("为何先审"), lambda c: c.held_for),
        Column("reports", _("举报"), kind="count", sort="reports"),
        Column("posted_at", _("时间"), kind="moment", sort="pk", phone="second"),
        Column("state", _("状态"), comment_mark, phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("评论内容、显示名"), fields=("body", "display_name")),
        ChoiceFilter("state", _("状态"), CommentState.choices),
        PeriodFilter("on", _("时间"), field="posted_at", instant=True),
    )
    acts = (BulkAct(_("通过所选"), "show/", "check"),)
    default_sort = "-posted_at"
    noun = _("评论")
    measure = _("条")


@door(*rules.MODERATORS)
def queue(request: PageRequest) -> HttpResponseBase:
    """What waits, or everything with ?all=1."""
    rows = queue_for(request.visit)
    everything = request.GET.get("all") == "1" or bool(request.GET.get("state"))
    waiting = rows.filter(waiting_for(request.visit))
    context = {"everything": everything, "waiting": waiting.count()}
    return CommentList(request, rows if everything else waiting).respond("columns/queue.html", context)


@door(*rules.MODERATORS)
@require_POST
def show_many(request: PageRequest) -> HttpResponse:
    """Show all that were ticked; one's own are left out and named."""
    ids = [number(ident) for ident in request.POST.getlist("ids")][:200]
    done, left = 0, 0
    for comment in queue_for(request.visit).filter(pk__in=ids).order_by("pk"):
        try:
            talk.decide_comment(actor=request.visit, comment=comment, shows=True, reason="", now=clock.now())
            done += 1
        except Refused:
            left += 1
    if done:
        messages.success(request, _t("已通过 %d 条。") % done)
    if left:
        messages.warning(request, _t("有 %d 条没有通过：自己写的，或作者已撤回。") % left)
    return redirect("columns:queue")


@door(*rules.MODERATORS)
def judge(request: PageRequest, pk: int) -> HttpResponse:
    """One comment with what was said around it; the decision. What was typed stays when it is refused."""
    comment = get_object_or_404(queue_for(request.visit), pk=pk)
    refused: Refused | None = None
    if request.method == "POST":
        shows, reason = request.POST.get("decision") == "show", request.POST.get("reason", "")
        try:
            talk.decide_comment(
                actor=request.visit, comment=comment, shows=shows, reason=reason, now=clock.now()
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(
                request, _t("已通过，大家都能看到。") if shows else _t("已隐去，评论人会看到原因。")
            )
            return redirect("columns:queue")
    reports = CommentReport.objects.filter(comment=comment).order_by("id")
    context = {
        "comment": comment,
        "mark": comment_mark(comment),
        "reports": [(ReportReason(one.reason).label, one.words, one.reported_at) for one in reports],
        "others": _others(comment),
        "own": comment.person_id == request.visit.person_id,
        "real_name": _real_name(request, comment),
        "refused": refused,
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "columns/judge.html", context, status=refused.status if refused else 200)


def _others(comment: Comment) -> list[Comment]:
    rows = Comment.objects.filter(tenant_id=comment.tenant_id, person_id=comment.person_id)
    return list(rows.exclude(pk=comment.pk).order_by("-id")[:5])


def _real_name(request: PageRequest, comment: Comment) -> str:
    """The real name, when it was asked for: looking is entered in the audit trail."""
    if request.GET.get("name") != "1":
        return ""
    record(
        kind=EventKind.VIEW, code="columns.comment.named", actor=request.visit, table_name=Comment._meta.db_table,
        object_id=comment.pk,
    )  # fmt: skip
    return decipher(comment.real_name_cipher)


@door(*rules.MODERATORS)
def words(request: PageRequest) -> HttpResponse:
    """The list of sensitive words."""
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = talk.add_words(
                actor=request.visit, tenant_id=request.visit.tenant_id, words=form.cleaned_data["words"].splitlines(),
                act=WordAct(form.cleaned_data["act"]), now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("words", refusal.what)
        else:
            messages.success(request, _t("已保存 %d 个词。") % count)
            return redirect("columns:words")
    return render(request, "columns/words.html", {"form": form, "words": words_of(request.visit.tenant_id)})


@door(*rules.MODERATORS)
@require_POST
def remove_word(request: PageRequest, pk: int) -> HttpResponse:
    """Take a word off the list."""
    word = get_object_or_404(SensitiveWord.objects.filter(tenant_id=request.visit.tenant_id), pk=pk)
    talk.remove_word(actor=request.visit, word=word)
    messages.success(request, _t("已去掉这个词。"))
    return redirect("columns:words")
