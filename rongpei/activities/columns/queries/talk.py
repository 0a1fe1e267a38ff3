"""Comments as readers and moderators see them. Asked inside a scope that holds the article's tenant."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rongpei.activities.columns import rules
from rongpei.activities.columns.codes import CommentState
from rongpei.activities.columns.models import Article, Comment, CommentLike, SensitiveWord
from rongpei.activities.columns.queries.reading import columns_for
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.scope import scope

PAGE = 10
REPLIES = 3
_OWN = 20

# The first few replies of each comment, by index, however many there are.
_FIRST_REPLIES = """
SELECT c.* FROM unnest(%s::bigint[]) AS asked (id)
CROSS JOIN LATERAL (
  SELECT * FROM columns_comment WHERE parent_id = asked.id AND tenant_id = %s AND state = 'shown' ORDER BY id LIMIT %s
) c ORDER BY c.parent_id, c.id
"""


@dataclass(slots=True)
class Thread:
    """A comment, the first of its replies, and whether there are more."""

    comment: Comment
    replies: list[Comment]
    more: bool = False
    liked: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One page of comments; `before` asks for the next, 0 when there is none."""

    threads: list[Thread]
    before: int = 0


def talk_of(article: Article, actor: Actor | None, *, before: int = 0, size: int = PAGE) -> Talk:
    """Shown comments, newest first, from below an id: three queries, whatever was written before or after."""
    rows = Comment.objects.filter(article=article, state=CommentState.SHOWN, parent=None).order_by("-id")
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    shown = found[:size]
    replies = _first_replies(article, [one.pk for one in shown])
    liked = _liked(actor, [*shown, *(one for group in replies.values() for one in group)])
    threads = [
        Thread(one, replies[one.pk][:REPLIES], len(replies[one.pk]) > REPLIES, one.pk in liked)
        for one in shown
    ]
    return Talk(threads, shown[-1].pk if len(found) > size else 0)


def _first_replies(article: Article, ids: Sequence[int]) -> dict[int, list[Comment]]:
    groups: dict[int, list[Comment]] = defaultdict(list)
    if ids:
        for one in Comment.objects.raw(_FIRST_REPLIES, [list(ids), article.tenant_id, REPLIES + 1]):
            groups[one.parent_id or 0].append(one)
    return groups


def _liked(actor: Actor | None, comments: Sequence[Comment]) -> set[int]:
    if actor is None or actor.person_id is None or not comments:
        return set()
    rows = CommentLike.objects.filter(person_id=actor.person_id, comment__in=[one.pk for one in comments])
    return set(rows.values_list("comment_id", flat=True))


def replies_to(comment: Comment, *, after: int = 0, size: int = 20) -> tuple[list[Comment], int]:
    """More replies, oldest first, from above an id; with the id from which to ask on, 0 at the end."""
    rows = Comment.objects.filter(parent=comment, state=CommentState.SHOWN, pk__gt=after).order_by("id")
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else 0


def own_unshown(article: Article, actor: Actor | None) -> list[Comment]:
    """The writer's own comments that only the writer and the moderators see, newest first."""
    if actor is None or actor.person_id is None:
        return []
    rows = Comment.objects.filter(
        article=article, person_id=actor.person_id, state__in=(CommentState.PENDING, CommentState.HIDDEN)
    )
    return list(rows.select_related("parent").order_by("-id")[:_OWN])


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
