"""What the article page asks: prepared statements, and what surrounds every page kept for a minute.

Rows are plain tuples with names; the policy of the database filters them like everything else.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import QuerySet

from rongpei.activities.columns.models import Article, Column
from rongpei.activities.columns.queries import reading
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.asking import ask
from rongpei.ground.tenancy.prepared import prepared

_KEPT_SECONDS = 60
_NEWEST = 6
NO_END = 2**62

_ARTICLE = tuple(field.attname for field in Article._meta.concrete_fields)
_COLUMN = tuple(field.attname for field in Column._meta.concrete_fields)


class Said(NamedTuple):
    """A comment as the page shows it; `level` 1 is an answer."""

    level: int
    pk: int
    parent_id: int | None
    person_id: int
    display_name: str
    title: str
    is_author: bool
    body: str
    likes: int
    posted_at: datetime
    liked: bool


class Own(NamedTuple):
    """A comment that its writer alone sees."""

    pk: int
    display_name: str
    body: str
    state: str
    decision: str
    posted_at: datetime


class Shown(NamedTuple):
    """The printed text, its cover (id and caption), and the counts."""

    html: str | None
    cover: int | None
    caption: str | None
    attachments: bool
    comments: int
    likes: int
    keeps: int


class Reader(NamedTuple):
    """What a reader left: marks, whether subscribed, the name to comment under, whether a comment of one's own waits."""

    marks: Sequence[str]
    subscribed: bool
    penname: str | None
    name: str | None
    position_type: str | None
    waits: bool


class Link(NamedTuple):
    """A column or an article by name."""

    pk: int
    name: str


class Card(NamedTuple):
    """What the page says about a column besides its own row."""

    articles: int
    editors: tuple[str, ...]
    newest: tuple[Link, ...]


_TALK = """
WITH roots AS (
  SELECT id, parent_id, person_id, display_name, title, is_author, body, likes, posted_at FROM columns_comment
  WHERE article_id = %(article)s AND tenant_id = %(tenant)s AND state = 'shown' AND parent_id IS NULL AND id < %(before)s
  ORDER BY id DESC LIMIT %(size)s
)
SELECT 0, roots.*, EXISTS (SELECT 1 FROM columns_commentlike l WHERE l.comment_id = roots.id AND l.person_id = %(person)s)
FROM roots
UNION ALL
SELECT 1, c.*, false FROM roots CROSS JOIN LATERAL (
  SELECT id, parent_id, person_id, display_name, title, is_author, body, likes, posted_at FROM columns_comment
  WHERE parent_id = roots.id AND tenant_id = %(tenant)s AND state = 'shown' ORDER BY id LIMIT %(answers)s
) c
"""
_SHOWN = """
SELECT t.html, c.id, c.caption,
  EXISTS (SELECT 1 FROM columns_articlefile f WHERE f.article_id = %(article)s AND f.part = 'attachment'),
  coalesce(sum(n.comments), 0)::int, coalesce(sum(n.likes), 0)::int, coalesce(sum(n.keeps), 0)::int
FROM (SELECT %(article)s::bigint AS id) a
LEFT JOIN columns_articletext t ON t.article_id = a.id
LEFT JOIN LATERAL (
  SELECT f.id, f.caption FROM columns_articlefile f WHERE f.article_id = a.id AND f.part = 'cover' ORDER BY f.id LIMIT 1
) c ON true
LEFT JOIN columns_tally n ON n.article_id = a.id
GROUP BY t.html, c.id, c.caption
"""
_READER = """
SELECT coalesce((SELECT array_agg(kind::text) FROM columns_mark WHERE person_id = %(person)s AND article_id = %(article)s), '{}'),
  EXISTS (SELECT 1 FROM columns_subscription WHERE person_id = %(person)s AND column_id = %(column)s),
  (SELECT name FROM columns_penname WHERE person_id = %(person)s),
  (SELECT name FROM people_person WHERE id = %(person)s), (SELECT position_type FROM people_person WHERE id = %(person)s),
  EXISTS (SELECT 1 FROM columns_comment WHERE article_id = %(article)s AND person_id = %(person)s AND state IN ('pending', 'hidden'))
"""
_OWN = """
SELECT id, display_name, body, state, decision, posted_at FROM columns_comment
WHERE article_id = %s AND person_id = %s AND state IN ('pending', 'hidden') ORDER BY id DESC LIMIT 20
"""


@prepared
def _article_row(*, actor: Actor | None, pk: int) -> QuerySet[Article, Any]:
    rows = reading.articles_for(actor).filter(pk=pk).order_by()
    return rows.values_list(*_ARTICLE, *(f"column__{name}" for name in _COLUMN))


def article_in_print(actor: Actor | None, pk: int) -> Article | None:
    """The article with its column, if the reader may find it: the rule of `reading.articles_for`, prepared."""
    rows = _article_row(actor=actor, pk=pk)
    if not rows:
        return None
    article = Article.from_db("default", _ARTICLE, rows[0][: len(_ARTICLE)])
    article.column = Column.from_db("default", _COLUMN, rows[0][len(_ARTICLE) :])
    return article


def shown_of(article: Article) -> Shown:
    """Text, cover and counts, in one statement."""
    return Shown(*ask(_SHOWN, {"article": article.pk})[0])


def talk_rows(article: Article, person_id: int, *, before: int, size: int, answers: int) -> list[Said]:
    """Comments from below an id with what the reader likes, and the first answers of each, in one statement."""
    given = {
        "person": person_id,
        "article": article.pk, "tenant": article.tenant_id, "before": before or NO_END, "size": size, "answers": answers,
    }  # fmt: skip
    return [Said(*row) for row in ask(_TALK, given)]


def reader_facts(person_id: int, article: Article) -> Reader:
    """What the reader left here, in one statement."""
    given = {"person": person_id, "article": article.pk, "column": article.column_id}
    return Reader(*ask(_READER, given)[0])


def own_rows(person_id: int, article: Article) -> list[Own]:
    """The reader's own comments that nobody else sees."""
    return [Own(*row) for row in ask(_OWN, [article.pk, person_id])]


def top_columns(actor: Actor | None) -> tuple[Link, ...]:
    """The columns along the top, kept for a minute; what they lead to is asked afresh."""
    key = f"columns:top:{_whose(actor)}"
    found: tuple[Link, ...] | None = cache.get(key)
    if found is None:
        found = tuple(Link(*row) for row in reading.columns_for(actor).values_list("pk", "name")[:8])
        cache.set(key, found, _KEPT_SECONDS)
    return found


def card_of(actor: Actor | None, column: Column) -> Card:
    """How many articles, who edits, which are the newest; kept for a minute."""
    key = f"columns:card:{column.pk}:{_whose(actor)}"
    found: Card | None = cache.get(key)
    if found is None:
        newest = reading.articles_for(actor).filter(column=column).values_list("pk", "title")[:_NEWEST]
        found = Card(
            reading.article_counts([column], actor).get(column.pk, 0),
            tuple(reading.editors_of(column)),
            tuple(Link(*row) for row in newest),
        )
        cache.set(key, found, _KEPT_SECONDS)
    return found


def beside_article(actor: Actor | None, article: Article, card: Card, most: int = 5) -> list[Link]:
    """Those named as related, then the newest of the column's card."""
    named: list[Link] = []
    if article.related_ids:
        rows = reading.articles_for(actor).filter(pk__in=article.related_ids).exclude(pk=article.pk)
        named = [Link(*row) for row in rows.values_list("pk", "title")[:most]]
    seen = {article.pk, *(one.pk for one in named)}
    more = [one for one in card.newest if one.pk not in seen]
    return [*named, *more][:most]


def _whose(actor: Actor | None) -> str:
    return ",".join(map(str, actor.tenant_ids)) if actor is not None else ""
