"""Comments as readers and moderators see them. Asked inside a scope that holds the article's tenant."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rongpei.activities.columns import rules
from rongpei.activities.columns.codes import CommentState
from rongpei.activities.columns.models import Article, Comment, SensitiveWord
from rongpei.activities.columns.queries.hot import Own, Said, own_rows, talk_rows
from rongpei.activities.columns.queries.reading import columns_for
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.scope import scope

PAGE = 10
REPLIES = 3


@dataclass(slots=True)
class Thread:
    """A comment with its id as text, the first of its replies, and whether there are more."""

    comment: Said
    ident: str
    replies: list[Said]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One page of comments; `before` asks for the next, 0 when there is none."""

    threads: list[Thread]
    before: int = 0


def talk_of(article: Article, actor: Actor | None, *, before: int = 0, size: int = PAGE) -> Talk:
    """Shown comments, newest first, from below an id: one statement, whatever was written before or after."""
    person = rules.me(actor) if actor is not None else 0
    rows = talk_rows(article, person, before=before, size=size + 1, answers=REPLIES + 1)
    roots = sorted((one for one in rows if one.level == 0), key=lambda one: -one.pk)
    shown = roots[:size]
    answers: dict[int, list[Said]] = defaultdict(list)
    for one in sorted((one for one in rows if one.level == 1), key=lambda one: one.pk):
        answers[one.parent_id or 0].append(one)
    threads = [
        Thread(one, str(one.pk), answers[one.pk][:REPLIES], len(answers[one.pk]) > REPLIES) for one in shown
    ]
    return Talk(threads, shown[-1].pk if len(roots) > size else 0)


def replies_to(comment: Comment, *, after: int = 0, size: int = 20) -> tuple[list[Comment], int]:
    """More replies, oldest first, from above an id; with the id from which to ask on, 0 at the end."""
    rows = Comment.objects.filter(parent=comment, state=CommentState.SHOWN, pk__gt=after).order_by("id")
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else 0


def own_unshown(article: Article, actor: Actor | None) -> list[Own]:
    """The writer's own comments that only the writer and the moderators see, newest first."""
    if actor is None or actor.person_id is None:
        return []
    return own_rows(actor.person_id, article)


def comment_on(article: Article, pk: int) -> Comment | None:
    """A shown comment of an article, to be answered, liked or reported."""
    return Comment.objects.filter(article=article, pk=pk, state=CommentState.SHOWN).first()


def comments_by(actor: Actor, most: int = 50) -> list[Comment]:
    """What the actor said, wherever: under articles of every tenant whose columns the actor may see; newest first."""
    homes = set(columns_for(actor).values_list("tenant_id", flat=True))
    with scope(sorted(homes | set(actor.tenant_ids)), user_id=actor.user_id, person_id=actor.person_id):
        rows = Comment.objects.filter(person_id=rules.me(actor)).select_related("article")
        return list(rows.order_by("-id")[:most])


def queue_for(actor: Actor) -> QuerySet[Comment]:
    """Every comment of the moderator's tenant."""
    return Comment.objects.filter(tenant_id=actor.tenant_id).select_related("article", "parent")


def waiting_for(actor: Actor) -> Q:
    """Those that wait for a decision: pending, or shown and reported."""
    return Q(state=CommentState.PENDING) | Q(state=CommentState.SHOWN, reports__gt=0)


def words_of(tenant_id: int) -> list[SensitiveWord]:
    """The tenant's list of sensitive words."""
    return list(SensitiveWord.objects.filter(tenant_id=tenant_id).order_by("word"))
