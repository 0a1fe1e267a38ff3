"""A portal with a long history: twenty thousand articles, a million comments, one article with a hundred thousand."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

from bench.say import say
from rongpei.activities.columns.models import Article, ArticleText, Column
from rongpei.activities.columns.wording import tokens_of
from rongpei.ground import clock
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.portal.culture import CULTURE
from rongpei.site.demonstration.portal.forum import FORUM
from rongpei.site.demonstration.portal.stories import STORIES

CODE = "LIBRARY"
ARTICLES, COMMENTS, ON_ONE, ON_FEW = 20_000, 1_000_000, 100_000, 10

_COMMENTS = """
INSERT INTO columns_comment (tenant_id, article_id, parent_id, person_id, key, display_name, real_name_cipher, title,
  is_author, body, state, held_for, likes, reports, posted_at, decision)
SELECT %(tenant)s, %(first)s::bigint + n %% %(articles)s::bigint, NULL, %(person)s::bigint + n %% %(people)s::bigint, gen_random_uuid(), '量测读者', '', '主治医师',
  false, '量测评论第' || n || '条，写得实在，读完想起科里的一件事。', 'shown', '', n %% 7, 0, now() - n * interval '3 seconds', ''
FROM generate_series(1, %(count)s) n
"""


def build() -> None:
    """Fill a copy of the bench's hospital."""
    tenant = Tenant.objects.create(kind=TenantKind.OPERATOR, code=CODE, name="量测书库")
    people = _people()
    with scope([tenant.pk]):
        column = Column.objects.create(
            tenant=tenant, name="量测专栏", is_public=True, moderation="post", created_at=clock.now()
        )
        ids = next_ids(Article, ARTICLES)
        say(f"{ARTICLES:,} articles")
        _articles(tenant, column, ids)
        say(f"{COMMENTS:,} comments")
        for first, articles, count in (
            (ids[0], 1, ON_ONE), (ids[1], 1, ON_FEW), (ids[2], ARTICLES - 2, COMMENTS - ON_ONE - ON_FEW),
        ):  # fmt: skip
            facts = {"tenant": tenant.pk, "first": first, "articles": articles, "count": count}
            with connection.cursor() as cursor:
                cursor.execute(_COMMENTS, facts | {"person": people[0], "people": len(people)})
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO columns_tally (tenant_id, article_id, slot, comments, likes, keeps) "
                "SELECT tenant_id, article_id, 0, count(*), 0, 0 FROM columns_comment GROUP BY 1, 2"
            )


def _people() -> list[int]:
    with scope([Tenant.objects.get(code="BENCH").pk]), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_person ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def _articles(tenant: Tenant, column: Column, ids: list[int]) -> None:
    now = clock.now()
    facts = (
        "id",
        "tenant_id",
        "column_id",
        "title",
        "author_name",
        "state",
        "is_public",
        "published_at",
        "created_at",
        "changed_at",
    )
    rest = {
        "part": "", "subtitle": "", "summary": "", "author_kind": "person", "author_post": "", "author_note": "", "source": "",
        "original": True, "specialties": "{}", "tags": "{}", "serves": "", "related_ids": "{}", "requires_hcp": False,
        "comments_open": True, "gated": False, "withdrawn_reason": "", "revisions": 1, "printed": 1,
    }  # fmt: skip
    insert_rows(
        Article,
        (*facts, *rest),
        (
            (ident, tenant.pk, column.pk, f"量测文章第{place}篇", "量测作者", "published", True, now - timedelta(minutes=place), now, now, *rest.values())
            for place, ident in enumerate(ids)
        ),
    )  # fmt: skip
    insert_rows(
        ArticleText,
        (
            "article_id",
            "tenant_id",
            "html",
            "plain",
            "is_open",
            "is_public",
            "gated",
            "printed_at",
            "title_words",
            "words",
        ),
        _texts(tenant, ids),
    )


def _texts(tenant: Tenant, ids: list[int]) -> Iterator[tuple[object, ...]]:
    """Each text is a handful of paragraphs from the demonstration's articles."""
    chance = dice("library")
    lines = [
        line.strip()
        for piece in (*FORUM, *CULTURE, *STORIES)
        for line in piece.text.split("\n")
        if len(line.strip()) > 30
    ]
    tokens = {line: tokens_of(line) for line in lines}
    for place, ident in enumerate(ids):
        chosen = chance.sample(lines, 8)
        title = tokens_of(f"量测文章第{place}篇")
        words = title.union(*(tokens[line] for line in chosen))
        html = "".join(f"<p>{line}</p>" for line in chosen)
        printed_at = clock.now() - timedelta(minutes=place)
        yield (
            ident,
            tenant.pk,
            html,
            "\n".join(chosen),
            True,
            True,
            False,
            printed_at,
            _vector(title),
            _vector(words),
        )


def _vector(words: set[str]) -> str:
    return " ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in sorted(words))
