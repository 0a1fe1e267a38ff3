"""Works: the exhibition, one work with its episodes, studying, and what keepers do."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.activities.culture import queries, rules
from rongpei.activities.culture.actions import works as actions
from rongpei.activities.culture.codes import ConsentState, WorkKind
from rongpei.activities.culture.models import Appearance, Episode, Work
from rongpei.activities.culture.showing import faults_of
from rongpei.activities.culture.web.forms import (
    AppearanceForm,
    EpisodeForm,
    EpisodesForm,
    StudyForm,
    WorkForm,
    tell_faults,
)
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.listing import ChoiceFilter, Column, FlagFilter, Listing, SearchFilter
from rongpei.ground.ui.marks import Status
from rongpei.org.access.doors import PageRequest, door, visitor_of


@door(public=True)
def exhibition(request: HttpRequest) -> HttpResponse:
    """Works on view, by kind if asked."""
    visit = visitor_of(request)
    rows = queries.exhibition(visit)
    kind = request.GET.get("kind", "")
    if kind in WorkKind.values:
        rows = rows.filter(kind=kind)
    works = list(rows[:120])
    counts = queries.episode_counts(works)
    for work in works:
        work.parts = counts.get(work.pk, 0)  # type: ignore[attr-defined]  # for the page
    context = {
        "works": works,
        "kinds": WorkKind.choices,
        "kind": kind,
        "keeps": visit is not None and visit.holds(*rules.KEEPERS),
    }
    return render(request, "culture/exhibition.html", context)


@door(public=True)
def work_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One work on view with its episodes; keepers see it also while it is not."""
    visit = visitor_of(request)
    work = queries.exhibition(visit).filter(pk=pk).first()
    if work is None and visit is not None and visit.holds(*rules.KEEPERS):
        work = queries.kept_works(visit).filter(pk=pk).first()
    if work is None:
        raise Http404
    studied = queries.studied_by(visit, work)
    episodes = queries.episodes_of(work)
    for episode in episodes:
        episode.study = studied.get(episode.pk)  # type: ignore[attr-defined]  # for the page
    context = {
        "work": work,
        "episodes": episodes,
        "done": len(studied),
        "hours": sum(one.class_hours for one in episodes),
        "keeps": visit is not None and rules.keeps(visit, work.tenant_id),
    }
    return render(request, "culture/work.html", context)


@door()
def study(request: PageRequest, pk: int) -> HttpResponse:
    """One episode: read or watch it, write what stayed, once."""
    found = Episode.everywhere.select_related("work").filter(pk=pk).first()
    if found is None or not queries.exhibition(request.visit).filter(pk=found.work_id).exists():
        raise Http404
    mine = queries.studied_by(request.visit, found.work).get(found.pk)
    form = StudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.study_episode(
                actor=request.visit, episode=found, home_tenant_id=request.visit.tenant_id, on=clock.today(),
                now=clock.now(), thoughts=form.cleaned_data["thoughts"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("thoughts", refusal.what)
        else:
            messages.success(request, _t("已学完这一集，学时已记入成长档案。"))
            return redirect("culture:study", pk)
    rows = Episode.everywhere.filter(work=found.work)
    context = {
        "episode": found,
        "work": found.work,
        "mine": mine,
        "form": form,
        "before": rows.filter(number__lt=found.number).order_by("-number").first(),
        "after": rows.filter(number__gt=found.number).order_by("number").first(),
    }
    return render(request, "culture/study.html", context, status=409 if form.errors else 200)


class WorkList(Listing):
    """Works of the house."""

    columns = (
        Column("title", _("作品"), main=True, link=lambda w: address("culture:keep-work", w.pk)),
        Column("kind", _("类型"), lambda w: WorkKind(w.kind).label, phone="second"),
        Column("parts", _("集"), lambda w: w.parts, kind="count"),
        Column("makers", _("主创")),
        Column("made_on", _("完成"), kind="day", sort="made_on"),
        Column("seen", _("展出"), lambda w: w.mark, phone="side"),
    )
    filters = (
        SearchFilter("q", _("名称、主创"), fields=("title", "makers")),
        ChoiceFilter("kind", _("类型"), WorkKind.choices),
        FlagFilter("is_shown", _("只看在展的")),
    )
    default_sort = "-made_on"
    noun = _("文化作品")
    measure = _("部")

    def attach(self, rows: Sequence[Any]) -> None:
        """Episodes of the page's rows, in one query."""
        counts = queries.episode_counts(rows)
        for row in rows:
            row.parts = counts.get(row.pk, 0)
            row.mark = _mark(row)


def _mark(work: Work) -> Status:
    if work.is_shown:
        return Status("ok", _("公开展出") if work.is_public else _("院内展出"))
    return Status("warn", _("待补齐")) if work.on_view else Status("line", _("未展出"))


@door(*rules.KEEPERS)
def works(request: PageRequest) -> HttpResponseBase:
    """Works of the house."""
    return WorkList(request, queries.kept_works(request.visit)).respond("culture/works.html")


@door(*rules.KEEPERS)
def new_work(request: PageRequest) -> HttpResponse:
    """Enter a work."""
    form = WorkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        work = actions.enter_work(
            actor=request.visit, tenant_id=request.visit.tenant_id, values=form.cleaned_data, on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
        messages.success(request, _t("作品已登记，接着添加各集和出镜的人。"))
        return redirect("culture:keep-work", work.pk)
    back = address("culture:works")
    return render(request, "culture/form.html", {"form": form, "title": _t("登记作品"), "back": back})


def _kept(request: PageRequest, pk: int) -> Work:
    work: Work = get_object_or_404(queries.kept_works(request.visit), pk=pk)
    return work


@door(*rules.KEEPERS)
def keep_work(request: PageRequest, pk: int) -> HttpResponse:
    """What keepers see of a work: rights, episodes, consents, what stands against showing it."""
    work = _kept(request, pk)
    form = WorkForm(request.POST or None, instance=Work.objects.get(pk=pk), autofocus=False)
    if request.method == "POST" and form.is_valid():
        actions.change_work(actor=request.visit, work=work, values=form.cleaned_data, on=clock.today())
        messages.success(request, _t("已保存。"))
        return redirect("culture:keep-work", pk)
    return _keeping(request, work, form=form)


def _keeping(request: PageRequest, work: Work, **shown: Any) -> HttpResponse:
    """The page; `shown` holds the forms that are not fresh, such as a small one that was refused, as it was typed."""
    tell_faults(request, shown)
    times, hours = queries.studies_of(work)
    episodes = queries.episodes_of(work)
    context = {
        "work": work,
        "mark": _mark(work),
        "faults": faults_of(work, clock.today()),
        "episodes": episodes,
        "whole": sum(one.class_hours for one in episodes),
        "episodes_form": EpisodesForm(auto_id="eps_%s"),
        "appearances": list(work.appearances.order_by("id")),
        "appearance_form": AppearanceForm(auto_id="app_%s"),
        "times": times,
        "hours": hours,
    } | shown
    context.setdefault("form", WorkForm(instance=Work.objects.get(pk=work.pk), autofocus=False))
    faulty = any(one.is_bound and one.errors for one in shown.values())
    return render(request, "culture/keep_work.html", context, status=400 if faulty else 200)


@door(*rules.KEEPERS)
@require_POST
def add_episodes(request: PageRequest, pk: int) -> HttpResponse:
    """Add many episodes at once."""
    work, form = _kept(request, pk), EpisodesForm(request.POST, auto_id="eps_%s")
    if not form.is_valid():
        return _keeping(request, work, episodes_form=form)
    values = form.cleaned_data
    try:
        count = actions.add_episodes(
            actor=request.visit, work=work, titles=values["titles"].splitlines(), minutes=values["minutes"],
            class_hours=values["class_hours"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("titles", refusal.what)
        return _keeping(request, work, episodes_form=form)
    messages.success(request, _t("已添加 %d 集。") % count)
    return redirect("culture:keep-work", pk)


@door(*rules.KEEPERS)
def edit_episode(request: PageRequest, pk: int) -> HttpResponse:
    """Change one episode."""
    episode = get_object_or_404(Episode.objects.filter(tenant_id=request.visit.tenant_id), pk=pk)
    form = EpisodeForm(request.POST or None, instance=Episode.objects.get(pk=pk))
    back = address("culture:keep-work", episode.work_id)
    if request.method == "POST" and form.is_valid():
        actions.change_episode(actor=request.visit, episode=episode, values=form.cleaned_data)
        messages.success(request, _t("已保存。"))
        return redirect(back)
    return render(request, "culture/form.html", {"form": form, "title": str(episode), "back": back})


@door(*rules.KEEPERS)
@require_POST
def add_appearance(request: PageRequest, pk: int) -> HttpResponse:
    """Note somebody who can be recognised."""
    work = _kept(request, pk)
    form = AppearanceForm(request.POST, tenant_id=work.tenant_id, auto_id="app_%s")
    if not form.is_valid():
        return _keeping(request, work, appearance_form=form)
    actions.enter_appearance(
        actor=request.visit, work=work, name=form.cleaned_data["who"], where=form.cleaned_data["where"],
        on=clock.today(), person=form.cleaned_data["person"],
    )  # fmt: skip
    messages.success(request, _t("已登记，同意以前作品不展出。"))
    return redirect("culture:keep-work", pk)


@door()
@require_POST
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """What somebody shown says: oneself, or a keeper with the proof."""
    own = queries.appearances_of(request.visit).filter(pk=pk).first()
    appearance = own or _kept_appearance(request, pk)
    state = request.POST.get("state", "")
    if state not in (ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN):
        raise Http404
    actions.answer_appearance(
        actor=request.visit, appearance=appearance, state=ConsentState(state), basis=request.POST.get("basis", ""),
        on=clock.today(),
    )  # fmt: skip
    messages.success(request, _t("已记下。"))
    return redirect("culture:consents") if own else redirect("culture:keep-work", appearance.work_id)


def _kept_appearance(request: PageRequest, pk: int) -> Appearance:
    if not request.visit.holds(*rules.KEEPERS):
        raise Http404
    found: Appearance = get_object_or_404(Appearance.objects.filter(tenant_id=request.visit.tenant_id), pk=pk)
    return found


@door()
def consents(request: PageRequest) -> HttpResponse:
    """Works in which I am shown, and what I said."""
    return render(
        request, "culture/consents.html", {"appearances": list(queries.appearances_of(request.visit)[:100])}
    )
