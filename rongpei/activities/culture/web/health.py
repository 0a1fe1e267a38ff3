"""Health science: for the public, for authors, for experts, for keepers; and what the public worries about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.activities.culture import queries, rules
from rongpei.activities.culture.actions import health as actions
from rongpei.activities.culture.codes import PieceState
from rongpei.activities.culture.models import Concern, ConcernPiece, Piece
from rongpei.activities.culture.web.forms import (
    ConcernForm,
    ExpertsForm,
    PieceForm,
    ReviewForm,
    people_numbered,
    tell_faults,
)
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.forms import split_words
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Kind, Status
from rongpei.org.access.doors import PageRequest, door, visitor_of
from rongpei.org.access.visit import Visit
from rongpei.org.people.models import Person

_KINDS: dict[str, Kind] = {
    "draft": "line", "review": "warn", "returned": "bad", "ready": "info", "published": "ok", "retired": "line",
}  # fmt: skip


def piece_mark(piece: Piece) -> Status:
    """The state in one or two words."""
    return Status(_KINDS[piece.state], PieceState(piece.state).label)


@door(public=True)
def health(request: HttpRequest) -> HttpResponse:
    """What the public worries about now, with its answers; then the newest pieces, or those of a topic."""
    visit = visitor_of(request)
    topic = request.GET.get("topic", "").strip()[:20]
    rows = queries.pieces_out(visit)
    if topic:
        rows = rows.filter(topics__contains=[topic])
    concerns = list(queries.concerns_for(visit)[:5])
    context = {"concerns": _with_answers(concerns, visit), "pieces": list(rows[:60]), "topic": topic}
    return render(request, "culture/health.html", context)


def _with_answers(concerns: list[Concern], visit: Visit | None) -> list[tuple[Concern, list[Piece]]]:
    rows = ConcernPiece.everywhere.filter(concern__in=[one.pk for one in concerns])
    pairs = list(rows.values_list("concern_id", "piece_id"))
    out = queries.pieces_out(visit).filter(pk__in=[piece for _concern, piece in pairs])
    pieces = {one.pk: one for one in out}
    return [(one, [pieces[p] for c, p in pairs if c == one.pk and p in pieces]) for one in concerns]


@door(public=True)
def piece_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One piece; its author, experts and keepers see where it stands and what they may do."""
    visit = visitor_of(request)
    piece = get_object_or_404(queries.pieces_for(visit).select_related("unit", "tenant"), pk=pk)
    return _page(request, visit, piece)


def _page(request: HttpRequest, visit: Visit | None, piece: Piece, **refused: Any) -> HttpResponse:
    """The page; `refused` holds the small form that was not carried out, as it was typed. A phone shows the top first."""
    tell_faults(request, refused)
    reviews = list(piece.reviews.select_related("expert").order_by("id")) if visit is not None else []
    mine = next(
        (
            one
            for one in reviews
            if visit is not None and one.expert_id == visit.person_id and one.answered_at is None
        ),
        None,
    )
    keeps = visit is not None and rules.keeps(visit, piece.tenant_id)
    works_on = visit is not None and (keeps or rules.is_author(visit, piece))
    context = {
        "piece": piece,
        "mark": piece_mark(piece),
        "reviews": reviews
        if works_on or mine or any(visit and one.expert_id == visit.person_id for one in reviews)
        else [],
        "mine": mine,
        "keeps": keeps,
        "works_on": works_on,
        "may_change": visit is not None and rules.may_change_piece(actor=visit, piece=piece),
        "may_ask": works_on and piece.state in rules.OPEN_STATES,
        "stale": piece.checked_until is not None and piece.checked_until < clock.today(),
        "experts_form": ExpertsForm(),
        "review_form": ReviewForm(),
    } | refused
    return render(request, "culture/piece.html", context, status=400 if refused else 200)


@door()
def write(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """Begin a piece, or change one."""
    visit = request.visit
    piece = (
        get_object_or_404(queries.pieces_for(visit).filter(tenant_id=visit.tenant_id), pk=pk) if pk else None
    )
    person = Person.objects.filter(pk=visit.person_id or 0).first()
    initial: dict[str, Any] = {"author_line": visit.name}
    concern = (
        queries.concerns_for(visit).filter(pk=request.GET.get("concern") or 0).first()
        if str(request.GET.get("concern", "")).isdigit()
        else None
    )
    if concern is not None:
        initial |= {"question": concern.question, "topics": concern.topics}
    copy = Piece.objects.get(pk=pk) if pk else None
    form = PieceForm(
        request.POST or None,
        instance=copy,
        initial=initial if copy is None else None,
        tenant_id=visit.tenant_id,
    )
    if request.method == "POST" and form.is_valid() and person is not None:
        values = form.cleaned_data
        try:
            if piece is None:
                piece = actions.write_piece(
                    actor=visit, tenant_id=visit.tenant_id, author=person, values=values, now=clock.now()
                )
            else:
                actions.change_piece(actor=visit, piece=piece, values=values, now=clock.now())
        except Refused as refusal:
            form.add_error(None, refusal.what)
        else:
            messages.success(request, _t("已保存，写好后请送专家审核。"))
            return redirect("culture:piece", piece.pk)
    back = address("culture:piece", pk) if pk else address("culture:pieces")
    return render(
        request, "culture/form.html", {"form": form, "title": _t("写科普"), "back": back, "wide": True}
    )


def _found(request: PageRequest, pk: int) -> Piece:
    rows = queries.pieces_for(request.visit).filter(tenant_id=request.visit.tenant_id)
    piece: Piece = get_object_or_404(rows, pk=pk)
    return piece


@door()
@require_POST
def ask(request: PageRequest, pk: int) -> HttpResponse:
    """Hand a piece to experts."""
    piece = _found(request, pk)
    form = ExpertsForm(request.POST, tenant_id=piece.tenant_id)
    if form.is_valid():
        people = form.cleaned_data["people"]
        try:
            actions.ask_experts(
                actor=request.visit, piece=piece, experts=people, due_on=form.cleaned_data["due_on"],
                on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, " ".join(filter(None, (refusal.what, refusal.remedy))))
        else:
            messages.success(request, _t("已送 %d 位专家审核。") % len(people))
            return redirect("culture:piece", pk)
    return _page(request, request.visit, piece, experts_form=form)


@door()
@require_POST
def review(request: PageRequest, pk: int) -> HttpResponse:
    """An expert's answer."""
    piece = _found(request, pk)
    found = get_object_or_404(piece.reviews, expert_id=request.visit.person_id or 0, answered_at=None)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            actions.give_review(
                actor=request.visit, review=found, passes=request.POST.get("passes") == "1",
                opinion=form.cleaned_data["opinion"], now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("opinion", " ".join(filter(None, (refusal.what, refusal.remedy))))
        else:
            messages.success(request, _t("您的意见已记下。"))
            return redirect("culture:piece", pk)
    return _page(request, request.visit, piece, review_form=form)


@door(*rules.KEEPERS)
@require_POST
def turn(request: PageRequest, pk: int, verb: str) -> HttpResponse:
    """Publish or take back."""
    piece = _found(request, pk)
    if verb == "publish":
        actions.publish_piece(
            actor=request.visit, piece=piece, is_public=request.POST.get("is_public") == "on", on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
        messages.success(request, _t("已发布，两年后提醒复核。"))
    else:
        actions.retire_piece(actor=request.visit, piece=piece, now=clock.now())
        messages.success(request, _t("已撤下，改好后重新送审。"))
    return redirect("culture:piece", pk)


class PieceList(Listing):
    """Pieces one works on."""

    columns = (
        Column("title", _("科普"), main=True, link=lambda p: address("culture:piece", p.pk)),
        Column("author_line", _("作者"), phone="second"),
        Column("topics", _("主题词"), lambda p: "、".join(p.topics), phone="second"),
        Column("published_on", _("发布"), kind="day", sort="published_on"),
        Column("changed_at", _("最近修改"), kind="moment", sort="changed_at"),
        Column("state", _("状态"), piece_mark, phone="side"),
    )
    filters = (
        SearchFilter("q", _("标题、正文"), fields=("title", "body")),
        ChoiceFilter("state", _("状态"), PieceState.choices),
        PeriodFilter("on", _("发布日期"), field="published_on"),
    )
    default_sort = "-changed_at"
    noun = _("科普文章")
    measure = _("篇")


@door()
def pieces(request: PageRequest) -> HttpResponseBase:
    """One's own pieces and those one reviews; all of the house for keepers."""
    visit = request.visit
    rows = queries.pieces_for(visit).filter(tenant_id=visit.tenant_id)
    return PieceList(request, rows).respond("culture/pieces.html", {"keeps": visit.holds(*rules.KEEPERS)})


@door(*rules.KEEPERS)
def concern_new(request: PageRequest) -> HttpResponse:
    """The public worries: call up what there is, and ask experts for more."""
    today = clock.today()
    form = ConcernForm(request.POST or None, initial={"raised_on": today, "needed_by": today})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        people, missing = people_numbered(request.visit.tenant_id, split_words(values.pop("experts")))
        if missing:
            form.add_error("experts", _t("没有工号 %s 的人，请核对。") % "、".join(missing))
        else:
            concern = actions.raise_concern(
                actor=request.visit, tenant_id=request.visit.tenant_id, values=values,
                reader_ids=[one.pk for one in people], now=clock.now(),
            )  # fmt: skip
            messages.success(request, _t("已登记，调出 %d 篇已有的科普。") % concern.answers.count())
            return redirect("culture:concern", concern.pk)
    back = address("culture:health")
    return render(request, "culture/form.html", {"form": form, "title": _t("登记公众关切"), "back": back})


@door(*rules.KEEPERS)
def concern_page(request: PageRequest, pk: int) -> HttpResponse:
    """A concern with its answers, and pieces that could answer it."""
    rows = queries.concerns_for(request.visit, all_of_them=True).filter(tenant_id=request.visit.tenant_id)
    concern = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        return _concern_act(request, concern)
    answers = [one.piece for one in concern.answers.select_related("piece").order_by("id")]
    others = (
        queries.pieces_out(request.visit)
        .filter(tenant_id=concern.tenant_id)
        .exclude(pk__in=[one.pk for one in answers])
    )
    context = {"concern": concern, "answers": answers, "others": list(others[:30])}
    return render(request, "culture/concern.html", context)


def _concern_act(request: PageRequest, concern: Concern) -> HttpResponse:
    act, ident = request.POST.get("act", ""), request.POST.get("piece", "")
    if act == "close":
        actions.close_concern(actor=request.visit, concern=concern, on=clock.today())
        messages.success(request, _t("这个关切已结束，不再置顶。"))
    elif ident.isdigit():
        piece = _found(request, int(ident))
        actions.answer_concern(actor=request.visit, concern=concern, piece=piece, on=act == "add")
        messages.success(request, _t("已更新。"))
    return redirect("culture:concern", concern.pk)
