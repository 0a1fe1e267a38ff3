"""The portal: an article for strangers and readers ÷ S, paging through comments, search, a crowd that comments."""

import time
from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median
from urllib.parse import quote, urlencode
from uuid import UUID, uuid5

import psycopg

from bench import databases, hospital, library
from bench.context import Context
from bench.hospital import Guest
from bench.kept import library_database
from bench.load import Load, Outcome, cookies, drive, get, post
from bench.rows import GROWTH, NONE_AT_ALL, SEARCH, Row
from bench.say import say
from bench.serving import Server
from bench.turns import pages_in_turn
from rongpei.activities.columns.actions.readers import usual_name
from rongpei.activities.columns.models import Article, Comment
from rongpei.activities.columns.queries.reading import search_articles
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person

CROWD = 500
ASKED = (
    "交接班",
    "党建",
    "夜班",
    "病房 灯",
    "书记",
    "随访",
    "银杏",
    "第177篇",
    "手术室",
    "谈心谈话",
    "志愿服务",
    "锦旗",
)
_SPACE = UUID("6d0f1c52-6a1e-4a77-9d0e-0c0f7e1c1a00")


def measure(context: Context) -> Iterator[Row]:
    """Everything on one clone of the library."""
    with databases.cloned(library_database(context.key), "bench_portal") as name:
        databases.use(name)
        tenant = Tenant.objects.get(code=library.CODE)
        house = Tenant.objects.get(code="BENCH")
        with scope([tenant.pk]):
            ids = list(Article.objects.order_by("id").values_list("id", flat=True)[:400])
            middle_id = (
                Comment.objects.filter(article=ids[0])
                .order_by("id")
                .values_list("id", flat=True)[library.ON_ONE // 2]
            )
        with scope([house.pk]):
            people = list(Person.objects.exclude(user=None).order_by("id")[:CROWD])
            guests = hospital.open_sessions(people)
        yield from _search()
        databases.leave()
        with context.site(name) as site, context.floor() as floor:
            yield from _pages(site, floor, name, ids, guests)
            yield from _paging(site.port, ids, middle_id)
            yield from _search_page(site.port)
            say(f"{CROWD} comment at once, each pressing twice")
            names = [usual_name(person) for person in people]
            rush = _rush(site.port, ids[2], guests, names)
        yield from _crowd(name, ids[2], rush)


def _pages(
    site: Server, floor: Server, name: str, ids: Sequence[int], guests: Sequence[Guest]
) -> Iterator[Row]:  # fmt: skip
    prepared = {
        "article page, of a stranger": [get(f"/read/{pk}/", site.port) for pk in ids],
        "article page, of a reader": [
            get(f"/read/{pk}/", site.port, cookies(guests[place % len(guests)].session))
            for place, pk in enumerate(ids)
        ],
    }
    yield from pages_in_turn("portal", site, floor, name, prepared)


def _paging(port: int, ids: Sequence[int], middle_id: int) -> Iterator[Row]:
    """The next comments: in the middle of a hundred thousand ÷ of ten."""
    asked = {
        "few": get(f"/read/{ids[1]}/comments/", port),
        "first": get(f"/read/{ids[0]}/comments/", port),
        "deep": get(f"/read/{ids[0]}/comments/?before={middle_id}", port),
    }
    seconds: dict[str, list[float]] = {page: [] for page in asked}
    for turn in range(8):
        for page, request in asked.items():
            outcome = drive(
                Load(port=port, render=lambda _index, sent=request: sent, count=15, connections=1)
            )
            if outcome.failures:
                raise RuntimeError(f"comments: {outcome.errors}")
            if turn:
                seconds[page].append(outcome.percentile(50))
    few = median(seconds["few"]) * 1000
    note = f"{library.ON_ONE:,} comments ÷ {library.ON_FEW}"
    yield Row("portal", "first page of comments", median(seconds["first"]) * 1000, "ms", GROWTH, few, note)
    yield Row("portal", "a page from the middle", median(seconds["deep"]) * 1000, "ms", GROWTH, few, note)


def _search() -> Iterator[Row]:
    seconds = []
    with scope([]):
        for turn in range(6):
            for text in ASKED:
                began = time.perf_counter()
                search_articles(None, text, passes=False)
                if turn:
                    seconds.append(time.perf_counter() - began)
    seconds.sort()
    p95 = seconds[ceil(len(seconds) * 0.95) - 1]
    yield Row("portal", f"search of {library.ARTICLES:,} articles, p95, the query", p95 * 1000, "ms", SEARCH)


def _search_page(port: int) -> Iterator[Row]:
    requests = [get(f"/read/search/?q={quote(text)}", port) for text in ASKED]
    drive(Load(port=port, render=lambda index: requests[index % len(ASKED)], count=48, connections=4))
    outcome = drive(
        Load(port=port, render=lambda index: requests[index % len(ASKED)], count=240, connections=1)
    )
    if outcome.failures:
        raise RuntimeError(f"search: {outcome.errors}")
    note = f"p50 {outcome.percentile(50) * 1000:.0f} ms"
    yield Row(
        "portal", f"search of {library.ARTICLES:,} articles, p95, the page", outcome.percentile(95) * 1000, "ms", SEARCH,
        note=note,
    )  # fmt: skip


def _rush(port: int, article_id: int, guests: Sequence[Guest], names: Sequence[str]) -> Outcome:
    requests = [
        _comment(port, article_id, guest, name)
        for guest, name in zip(guests, names, strict=True)
        for _ in range(2)
    ]
    return drive(
        Load(port=port, render=lambda index: requests[index], count=len(requests), connections=len(requests),
             together=True, limit=240, patience=240, accept=frozenset({302}))
    )  # fmt: skip


def _comment(port: int, article_id: int, guest: Guest, name: str) -> bytes:
    form = {
        "csrfmiddlewaretoken": guest.session, "key": str(uuid5(_SPACE, str(guest.person_id))), "body": "人人同时说的一句话",
        "display_name": name,
    }  # fmt: skip
    return post(f"/read/{article_id}/comment/", port, cookies(guest.session), urlencode(form))


def _crowd(name: str, article_id: int, rush: Outcome) -> Iterator[Row]:
    with psycopg.connect(databases.url(name, owner=True)) as owner:
        rows = owner.execute(
            "SELECT count(*) FROM columns_comment WHERE article_id = %s AND body = '人人同时说的一句话' GROUP BY person_id",
            [article_id],
        ).fetchall()
    per_person = [row[0] for row in rows]
    note = f"{rush.per_second:.0f} /s, slowest {rush.percentile(100):.1f} s {dict(rush.errors) or ''}"
    yield Row(
        "portal",
        f"errors of {CROWD} people commenting at once, twice each",
        rush.failures,
        "errors",
        NONE_AT_ALL,
        note=note,
    )
    yield Row("portal", "acknowledged but not stored", CROWD - len(per_person), "comments", NONE_AT_ALL)
    yield Row("portal", "stored more than once", sum(per_person) - len(per_person), "comments", NONE_AT_ALL)
