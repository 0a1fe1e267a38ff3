"""The desk: articles one works on, and beginning a new one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Sum
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions.editing import begin_article
from rongpei.activities.columns.codes import ArticleState
from rongpei.activities.columns.models import Article, ReadCount
from rongpei.activities.columns.queries import desk, reading
from rongpei.activities.columns.standing import beside
from rongpei.activities.columns.web.forms import BeginForm
from rongpei.ground import clock
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.listing import ChoiceFilter, Column, FlagFilter, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Kind, Status
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person

_KINDS: dict[str, Kind] = {
    ArticleState.DRAFT: "line", ArticleState.SUBMITTED: "warn", ArticleState.EDITED: "warn",
    ArticleState.SCHEDULED: "info", ArticleState.PUBLISHED: "ok", ArticleState.WITHDRAWN: "bad",
}  # fmt: skip


def state_mark(article: Article) -> Status:
    """The state in one or two words."""
    return Status(_KINDS[article.state], ArticleState(article.state).label)


class ArticleList(Listing):
    """Articles of the desk."""

    columns = (
        Column("title", _("文章"), main=True, link=lambda a: address("columns:work", a.pk)),
        Column("column", _("专栏"), lambda a: a.column.name, sort="column__position", phone="second"),
        Column("author", _("作者"), lambda a: a.author_name, phone="second"),
        Column("changed_at", _("最近修改"), kind="moment", sort="changed_at"),
        Column("published_at", _("发布时间"), kind="moment", sort="published_at", phone="second"),
        Column("reads", _("阅读"), lambda a: a.reads, kind="count"),
        Column("comments", _("评论"), lambda a: a.counts.comments, kind="count"),
        Column("gated", _("认证"), lambda a: Status("info", _("认证后可看")) if a.gated else None),
        Column("state", _("状态"), lambda a: state_mark(a), sort="state", phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("标题、作者"), fields=("title", "author_name")),
        ChoiceFilter("state", _("状态"), ArticleState.choices),
        FlagFilter("gated", _("只看认证后可看的")),
        PeriodFilter("on", _("发布时间"), field="published_at", instant=True),
    )
    default_sort = "-changed_at"
    noun = _("稿件")
    measure = _("篇")

    def attach(self, rows: Sequence[Any]) -> None:
        """Readings and comments of the page's rows, in two queries."""
        ids = [row.pk for row in rows]
        counts, reads = reading.counts_of(ids), reads_of(ids)
        for row in rows:
            row.counts, row.reads = counts.get(row.pk, reading.Counts()), reads.get(row.pk, 0)


def reads_of(ids: Sequence[int]) -> dict[int, int]:
    """`{article id: readings}`."""
    rows = ReadCount.objects.filter(article__in=ids).values("article_id").annotate(n=Sum("reads"))
    return dict(rows.values_list("article_id", "n"))


@door()
def articles(request: PageRequest) -> HttpResponseBase:
    """What the desk works on; for everybody else, the own articles, also those for other tenants' columns."""
    rows = desk.desk_articles(request.visit)
    context = {
        "at_desk": request.visit.holds(*rules.DESK),
        "elsewhere": _elsewhere(request),
        "may_begin": desk.own_columns(request.visit).exists() and request.visit.person_id is not None,
    }
    return ArticleList(request, rows).respond("columns/desk.html", context)


def _elsewhere(request: PageRequest) -> list[Article]:
    """Articles written for columns of other tenants."""
    visit = request.visit
    away = {ident: home for ident, home in desk.writings_of(visit).items() if home not in visit.tenant_ids}
    found: list[Article] = []
    for home in sorted(set(away.values())):
        with beside(visit, home):
            rows = Article.objects.filter(
                pk__in=[i for i, at in away.items() if at == home], writer_id=visit.person_id
            )
            found += rows.select_related("column").order_by("-changed_at")
    for one in found:
        one.mark = state_mark(one)  # type: ignore[attr-defined]  # for the page
    return found


@door()
def begin(request: PageRequest) -> HttpResponse:
    """Choose a column and a title; the rest is written in the editor."""
    visit = request.visit
    columns = desk.own_columns(visit)
    initial = {"column": request.GET.get("column", "")}
    form = BeginForm(request.POST or None, columns=columns, initial=initial)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.filter(pk=visit.person_id or 0).select_related("place__department").first()
        place = getattr(person, "place", None)
        where = f"{visit_house(person)}{place.department.name if place and place.department else ''}"
        article = begin_article(
            actor=visit, column=form.cleaned_data["column"], title=form.cleaned_data["title"],
            author_name=visit.name, author_post=f"{where}{person.title if person else ''}"[:80], now=clock.now(),
        )  # fmt: skip
        return redirect("columns:edit", article.pk)
    return render(request, "columns/begin.html", {"form": form, "any": columns.exists()})


def visit_house(person: Person | None) -> str:
    """The name of a person's tenant."""
    return person.tenant.name if person else ""
