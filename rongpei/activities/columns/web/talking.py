"""What readers do: comment, like, keep, report, take back, subscribe."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.columns.actions import readers, talk
from rongpei.activities.columns.codes import CommentState, MarkKind, ReportReason
from rongpei.activities.columns.models import Article, Comment
from rongpei.activities.columns.queries import reading
from rongpei.activities.columns.queries.talk import comment_on, comments_by
from rongpei.activities.columns.standing import beside, guest_in
from rongpei.activities.columns.web.article import answer, found_article
from rongpei.activities.columns.web.forms import CommentForm, PennameForm, ReportForm, shown_name
from rongpei.activities.columns.web.front import frame
from rongpei.activities.columns.web.reader import number, passage_to
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.addresses import address
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person


def _address(article: Article, anchor: str = "talk") -> str:
    return f"{address('columns:article', article.pk)}#{anchor}"


@door()
@require_POST
def post(request: PageRequest, pk: int) -> HttpResponse:
    """Post a comment; what was typed stays in the form when it is refused."""
    visit = request.visit
    article = found_article(visit, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return answer(request, article, form=form, status=400)
    values = form.cleaned_data
    person = Person.objects.filter(pk=visit.person_id or 0).first()
    try:
        if values["display_name"] != shown_name(visit) and person is not None:
            readers.choose_penname(actor=visit, name=values["display_name"])
        with beside(visit, article.tenant_id):
            parent = comment_on(article, values["reply"]) if values["reply"] else None
            comment = talk.post_comment(
                actor=guest_in(visit, article.tenant_id), article=article, key=values["key"], body=values["body"],
                display_name=" ".join(values["display_name"].split()), real_name=visit.name,
                title=person.title if person else "", passes=passage_to(visit, article).is_open, parent=parent,
                now=clock.now(),
            )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, " ".join(filter(None, (refusal.what, refusal.remedy))))
        return answer(request, article, form=form, status=refusal.status)
    if comment.state == CommentState.SHOWN:
        messages.success(request, _("评论已发布。"))
    else:
        messages.success(request, _("评论已提交，审核通过后大家就能看到。现在只有您自己看得到。"))
    return redirect(_address(article, f"c{comment.pk}"))


@door()
@require_POST
def like_comment(request: PageRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Like a comment, or no longer."""
    article = found_article(request.visit, pk)
    with beside(request.visit, article.tenant_id):
        comment = _shown(request, article, comment_pk)
        on = request.POST.get("on", "1") == "1"
        comment = talk.like_comment(actor=guest_in(request.visit, article.tenant_id), comment=comment, on=on)
        if request.headers.get("HX-Request"):
            base = address("columns:article", article.pk)
            context = {"base": base, "comment": comment, "id": comment.pk, "liked": on, "like_word": _("赞")}
            return render(request, "columns/_like.html", context)
    return redirect(_address(article, f"c{comment_pk}"))


def _shown(request: PageRequest, article: Article, comment_pk: int) -> Comment:
    """A shown comment of an article that is open to the reader; else 404."""
    comment = comment_on(article, comment_pk) if passage_to(request.visit, article).is_open else None
    if comment is None:
        raise Http404
    return comment


@door()
def report(request: PageRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Tell the moderators about a comment."""
    article = found_article(request.visit, pk)
    form = ReportForm(request.POST or None)
    with beside(request.visit, article.tenant_id):
        comment = _shown(request, article, comment_pk)
        if request.method == "POST" and form.is_valid():
            try:
                talk.report_comment(
                    actor=guest_in(request.visit, article.tenant_id), comment=comment,
                    reason=ReportReason(form.cleaned_data["reason"]), words=form.cleaned_data["words"], now=clock.now(),
                )  # fmt: skip
            except Refused as refusal:
                form.add_error(None, " ".join(filter(None, (refusal.what, refusal.remedy))))
            else:
                messages.success(request, _("已举报，审核员会处理。"))
                return redirect(_address(article))
        context = {
            **frame(request.visit, article.column),
            "article": article,
            "comment": comment,
            "form": form,
        }
        return render(request, "columns/report.html", context)


@door()
@require_POST
def take_back(request: PageRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Take one's own comment back."""
    article = found_article(request.visit, pk)
    with beside(request.visit, article.tenant_id):
        comment = get_object_or_404(
            Comment.objects, pk=comment_pk, article=article, person_id=request.visit.person_id or 0
        )
        talk.take_comment_back(actor=guest_in(request.visit, article.tenant_id), comment=comment)
    messages.success(request, _("评论已撤回。"))
    return redirect("columns:mine" if request.POST.get("next") == "mine" else _address(article))


@door()
@require_POST
def mark(request: PageRequest, pk: int) -> HttpResponse:
    """Like or keep an article, or no longer."""
    article = found_article(request.visit, pk)
    kind = request.POST.get("kind", "")
    if kind not in MarkKind.values:
        raise Http404
    on = request.POST.get("on", "1") == "1"
    with beside(request.visit, article.tenant_id):
        readers.mark_article(
            actor=guest_in(request.visit, article.tenant_id), article=article, home_tenant_id=request.visit.tenant_id,
            kind=MarkKind(kind), on=on, now=clock.now(),
        )  # fmt: skip
    return redirect(_address(article, "marks"))


@door()
@require_POST
def subscribe(request: PageRequest, pk: int) -> HttpResponse:
    """Be told of a column's new articles, or no longer."""
    column = get_object_or_404(reading.columns_for(request.visit), pk=pk)
    on = request.POST.get("on", "1") == "1"
    readers.subscribe(actor=request.visit, column=column, on=on, now=clock.now())
    messages.success(request, _("已订阅，有新文章会通知您。") if on else _("已取消订阅。"))
    back = number(request.POST.get("article"))
    return redirect("columns:article", back) if back else redirect("columns:column", pk)


@door()
def mine(request: PageRequest) -> HttpResponse:
    """What I keep, subscribe to and said, and the name I say it under."""
    visit = request.visit
    person = Person.objects.filter(pk=visit.person_id or 0).first()
    form = PennameForm(request.POST or None, initial={"name": shown_name(visit)})
    if request.method == "POST" and form.is_valid() and person is not None:
        try:
            readers.choose_penname(actor=visit, name=form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error("name", refusal.what)
        else:
            messages.success(request, _("显示名已改。已发表的评论不变。"))
            return redirect("columns:mine")
    context = {
        **frame(visit),
        "form": form,
        "kept": list(reading.kept_by(visit)[:50]),
        "subscribed": list(reading.subscribed_by(visit)),
        "comments": comments_by(visit),
        "known": person is not None,
    }
    return render(request, "columns/mine.html", context)
