"""Who finds what: public, inside, closed; page, file, search, feed and API say the same."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts import portal
from contracts.cast import Cast
from rongpei.activities.columns import counting, gate
from rongpei.activities.columns.actions import columns, editing, printing
from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.models import Article, ArticleFile, ArticleText, Column, ReadCount
from rongpei.activities.columns.queries import reading
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.tenancy.walls import tenant_models

SECRET = "隔离衣内层"


@pytest.fixture
def shelf(cast: Cast):
    """The operator's public column with an open and a closed article, each with a picture; H1 keeps its own inside."""
    operator = cast.operator
    with scope([operator.tenant.pk]):
        column = portal.column(operator, "和谐医患故事", is_public=True)
        made = {}
        for name, hcp in (("open", False), ("closed", True)):
            article = portal.draft(operator, column, f"文章{name}", requires_hcp=hcp, summary="摘要可以看")
            file = editing.attach_file(
                actor=System(operator.tenant.pk),
                article=article,
                upload=portal.png(),
                part=FilePart.PICTURE,
                now=clock.now(),
            )
            html = f'<p>{SECRET}的脱法。</p><figure><img src="/read/{article.pk}/files/{file.pk}/" alt=""></figure>'
            article.refresh_from_db()
            article = editing.save_article(
                actor=System(operator.tenant.pk),
                article=article,
                values={},
                html=html,
                base=1,
                saved_by="周",
                now=clock.now(),
            )
            article = _print(article, operator.tenant.pk)
            made[name] = (article, file)
    return made


def _print(article: Article, tenant_id: int) -> Article:
    system, now = System(tenant_id), clock.now()
    printing.submit(actor=system, article=article, by="周", secrecy_checked=True, now=now)
    printing.pass_editing(actor=system, article=article, by="编", opinion="", secrecy_checked=True, now=now)
    return printing.approve(actor=system, article=article, by="审", opinion="", secrecy_checked=True, now=now)


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch):
    """H1's first member has been let in by whoever verifies professionals."""

    def answer(actor, on):
        return gate.OPEN if actor is not None and actor.name == "党员甲" else gate._closed(actor, on)

    monkeypatch.setattr(gate, "_answer", answer)


def _client(cast: Cast, number: str) -> Client:
    client = Client()
    client.force_login(cast.h1.user(number))
    return client


def _faces(client: Client, article: Article, file: ArticleFile) -> dict[str, bool]:
    """Whether the closed words or the picture come out of each face."""
    api = client.get(f"/read/api/articles/{article.pk}/")
    return {
        "page": SECRET in client.get(f"/read/{article.pk}/").content.decode(),
        "picture": client.get(f"/read/{article.pk}/files/{file.pk}/").status_code == 200,
        "search": article.title in client.get("/read/search/", {"q": SECRET}).content.decode(),
        "feed": SECRET
        in client.get("/read/feed/").content.decode().split(article.title)[-1].split("</item>")[0],
        "api": api.status_code == 200 and SECRET in (json.loads(api.content)["plain"] or ""),
    }


def test_an_open_article_is_open_to_a_stranger_everywhere(cast: Cast, shelf) -> None:
    assert set(_faces(Client(), *shelf["open"]).values()) == {True}


def test_a_closed_article_stays_closed_everywhere_until_somebody_is_let_in(
    cast: Cast, shelf, verified
) -> None:
    for client in (Client(), _client(cast, "member-2")):
        assert set(_faces(client, *shelf["closed"]).values()) == {False}
        page = client.get(f"/read/{shelf['closed'][0].pk}/").content.decode()
        assert "认证后可看" in page
        assert "摘要可以看" in page
    # A feed reader signs in to nothing, so the feed never holds a closed text.
    assert _faces(_client(cast, "member-1"), *shelf["closed"]) == {
        "page": True, "picture": True, "search": True, "feed": False, "api": True,
    }  # fmt: skip


def test_nobody_passes_while_nobody_answers(cast: Cast, shelf) -> None:
    assert set(_faces(_client(cast, "member-1"), *shelf["closed"]).values()) == {False}


def test_the_title_of_a_closed_article_is_found_by_everybody(cast: Cast, shelf) -> None:
    page = Client().get("/read/search/", {"q": "文章closed"}).content.decode()
    assert "文章closed" in page


def test_the_database_holds_the_public_rows_alone(cast: Cast, shelf) -> None:
    """With the scope of the ORM switched off, in the scope of nobody: what PostgreSQL lets through."""
    with scope([]):
        for model, shown in (
            (Column, {"is_public": False}),
            (Article, {"is_public": False}),
            (ArticleText, {"is_open": False}),
            (ArticleFile, {"is_open": False}),
        ):
            rows = model._base_manager.all()
            assert rows.exists(), model
            assert not rows.filter(**shown).exists(), model
        assert not Article._base_manager.exclude(state="published").exists()
        assert not ArticleText._base_manager.filter(article=shelf["closed"][0]).exists()
        others = [m for m in tenant_models() if not m.public_when and m._meta.label != "audit.AuditEvent"]
        assert len(others) > 20
        assert not [model for model in others if model._base_manager.exists()]
        assert not Article._base_manager.update(title="改了")


def test_a_column_inside_the_house_is_found_by_the_house_alone(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        article = portal.rows(cast.h1).printed
    assert _client(cast, "staff").get(f"/read/{article.pk}/").status_code == 200
    assert Client().get(f"/read/{article.pk}/").status_code == 404
    foreign = Client()
    foreign.force_login(cast.h2.user("staff"))
    assert foreign.get(f"/read/{article.pk}/").status_code == 404
    address = f'href="/read/{article.pk}/"'
    assert address not in foreign.get("/read/").content.decode()
    assert address not in Client().get("/read/search/", {"q": article.title}).content.decode()
    assert address in _client(cast, "staff").get("/read/search/", {"q": article.title}).content.decode()


def test_closing_and_opening_reach_text_and_files_at_once(cast: Cast, shelf) -> None:
    article, _file = shelf["open"]
    system = System(cast.operator.tenant.pk)
    with scope([cast.operator.tenant.pk]):
        columns.change_column(actor=system, column=article.column, values={"requires_hcp": True})
    assert set(_faces(Client(), *shelf["open"]).values()) == {False}
    with scope([cast.operator.tenant.pk]):
        columns.change_column(actor=system, column=article.column, values={"requires_hcp": False})
    assert set(_faces(Client(), *shelf["open"]).values()) == {True}
    assert set(_faces(Client(), *shelf["closed"]).values()) == {False}


def test_a_withdrawn_article_is_gone_everywhere(cast: Cast, shelf) -> None:
    article, file = shelf["open"]
    with scope([cast.operator.tenant.pk]):
        printing.withdraw(
            actor=System(cast.operator.tenant.pk),
            article=article,
            by="审",
            reason="图注有误",
            now=clock.now(),
        )
    assert Client().get(f"/read/{article.pk}/").status_code == 404
    assert Client().get(f"/read/{article.pk}/files/{file.pk}/").status_code == 404
    assert article.title not in Client().get("/read/").content.decode()
    assert Client().get(f"/read/api/articles/{article.pk}/").status_code == 404


def test_words_of_two_characters_are_found(cast: Cast, shelf) -> None:
    with scope([]):
        for asked in ("内层", "隔离", "脱法", "和谐 文章", "文章open"):
            found = [one.title for one in reading.search_articles(None, asked, passes=False)]
            assert ("文章open" in found) == (asked != "和谐 文章"), asked


def test_search_speaks_to_an_index(cast: Cast, shelf) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosecdef FROM pg_proc WHERE proname = 'columns_search'")
        assert cursor.fetchone() == (True,)
        cursor.execute(
            "SELECT has_function_privilege('public', 'columns_search(tsquery, boolean, integer)', 'execute')"
        )
        assert cursor.fetchone() == (False,)


def test_reading_is_counted_without_writing_to_the_article(cast: Cast, shelf) -> None:
    article, _file = shelf["open"]
    counting.write()
    for agent in ("Mozilla/5.0", "Mozilla/5.0", "Some-Bot/1.0"):
        Client().get(f"/read/{article.pk}/", headers={"user-agent": agent})
    with scope([cast.operator.tenant.pk]):
        assert not ReadCount.objects.filter(article=article).exists()
    assert counting.write() == 2
    with scope([cast.operator.tenant.pk]):
        assert ReadCount.objects.get(article=article).reads == 2


@pytest.mark.parametrize(
    "path",
    ["/read/", "/read/columns/{column}/", "/read/search/?q=文章", "/read/feed/", "/read/api/articles/"],
)
def test_queries_do_not_grow_with_the_articles(cast: Cast, shelf, path: str) -> None:
    column = shelf["open"][0].column
    path = path.format(column=column.pk)

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(path).status_code == 200
        return sum("columns_" in query["sql"] for query in seen.captured_queries)

    count()  # keeps what is kept for a minute
    before = count()
    with scope([cast.operator.tenant.pk]):
        for index in range(3):
            portal.published(cast.operator, column, f"文章更多{index}")
    assert count() == before


def test_older_articles_follow_page_by_page(cast: Cast, shelf) -> None:
    with scope([cast.operator.tenant.pk]):
        column = portal.column(cast.operator, "医院文化", is_public=True)
        for index in range(14):
            article = portal.published(cast.operator, column, f"第{index:02d}篇")
            Article.objects.filter(pk=article.pk).update(
                published_at=clock.now() - timedelta(days=20 - index // 2)
            )
    seen, before = [], None
    while True:
        answer = json.loads(
            Client()
            .get("/read/api/articles/", {"column": column.pk, **({"before": before} if before else {})})
            .content
        )
        seen += [one["title"] for one in answer["articles"]]
        before = answer["before"]
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 14
