"""What waits at the desk, as to-dos."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.activities.columns import rules
from rongpei.activities.columns.codes import ArticleState
from rongpei.activities.columns.models import Article
from rongpei.activities.columns.queries.desk import desk_articles
from rongpei.activities.columns.queries.talk import queue_for, waiting_for
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo

_WITHIN = timedelta(days=3)


def desk_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """To-dos of editors, approvers and moderators; at most three queries, none for others."""
    if actor.holds(*rules.EDITORS):
        yield from _articles(actor, ArticleState.SUBMITTED, _("编辑“%s”"), _("去编辑"))
    if actor.holds(*rules.APPROVERS):
        yield from _articles(actor, ArticleState.EDITED, _("终审“%s”"), _("去终审"))
    if actor.holds(*rules.MODERATORS):
        waiting = queue_for(actor).filter(waiting_for(actor))[:100].count()
        if waiting:
            yield Todo(
                key="columns.comments", title=_("审核 %d 条评论") % waiting, due_on=on,
                why=_("先审后发的专栏，审核后读者才能看到。"), url=reverse("columns:queue"), button=_("去审核"),
            )  # fmt: skip


def _articles(actor: Actor, state: ArticleState, title: str, button: str) -> Iterator[Todo]:
    rows = desk_articles(actor).filter(state=state).order_by("changed_at")[:10]
    for article in rows:
        if _is_own(actor, article):
            continue
        yield Todo(
            key=f"columns.{state}:{article.pk}", title=title % article.title,
            due_on=timezone.localdate(article.changed_at) + _WITHIN, why=_("来自“%s”。") % article.column.name,
            url=reverse("columns:work", args=[article.pk]), button=button, tag=_("本院惯例"),
        )  # fmt: skip


def _is_own(actor: Actor, article: Article) -> bool:
    return article.writer_id == actor.person_id
