"""Five hundred people comment at the same moment, each pressing twice: every comment is stored, and stored once.

The same crowd must store some twice where the guard was taken out, or the test proves nothing.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import psycopg
import pytest

from bench import hospital
from bench.hospital import Guest
from bench.load import Load, Outcome, drive, post
from conftest import database_url
from contracts import portal
from contracts.cast import House
from contracts.serving import web
from rongpei.activities.columns.actions.readers import usual_name
from rongpei.activities.columns.models import Comment
from rongpei.activities.columns.queries.reading import counts_of
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.actions import register_person
from rongpei.org.people.models import Person
from rongpei.org.people.roster.samples import sample_rows

CROWD = 500
pytestmark = [pytest.mark.slow, pytest.mark.committing]


@dataclass(frozen=True)
class Hall:
    """A database with an article that shows comments at once, and a crowd before it."""

    name: str
    tenant_id: int
    article_id: int
    guests: list[Guest]
    names: dict[int, str]

    def post_all(self, port: int, guests: list[Guest]) -> Outcome:
        """Everybody at the same moment; a guest named twice presses twice, with the key of the one form."""
        requests = [_comment(port, self.article_id, guest, self.names[guest.person_id]) for guest in guests]
        return drive(
            Load(port=port, render=lambda index: requests[index], count=len(requests), connections=len(requests),
                 together=True, limit=240, patience=240, accept=frozenset({302}))
        )  # fmt: skip

    def stored(self) -> dict[int, int]:
        """How many comments each person has."""
        with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", self.name)) as owner:
            rows = owner.execute(
                "SELECT person_id, count(*) FROM columns_comment WHERE article_id = %s GROUP BY 1",
                [self.article_id],
            )
            return dict(rows.fetchall())


def _comment(port: int, article_id: int, guest: Guest, name: str) -> bytes:
    # Under the usual name: choosing another would hold the person's own row, and so hide the race of the control.
    token = hashlib.sha256(f"csrf-{guest.person_id}".encode()).hexdigest()[:32]
    form = {
        "csrfmiddlewaretoken": token, "key": str(UUID(int=guest.person_id)), "body": f"第{guest.person_id}位的话",
        "display_name": name,
    }  # fmt: skip
    return post(
        f"/read/{article_id}/comment/", port, f"sessionid={guest.session}; csrftoken={token}", urlencode(form)
    )


@pytest.fixture
def hall(committed: str) -> Hall:
    """The first hospital of the cast with five hundred more people."""
    tenant = Tenant.objects.get(code="H1")
    with scope([tenant.pk]):
        people = [
            register_person(
                actor=System(tenant.pk), tenant_id=tenant.pk, name=str(row["name"]), staff_number=f"crowd-{number}"
            )
            for number, row in enumerate(sample_rows(CROWD, 11, ["内科"], ["一支部"]))
        ]  # fmt: skip
        hospital.open_accounts(tenant)
        found = list(Person.objects.filter(pk__in=[one.pk for one in people]).order_by("id"))
        guests = hospital.open_sessions(found)
        column = portal.column(House(tenant), "人人说话", moderation="post")
        article = portal.published(House(tenant), column, "请大家说话")
        names = {person.pk: usual_name(person) for person in found}
    return Hall(committed, tenant.pk, article.pk, guests, names)


def test_everybody_is_stored_exactly_once(hall: Hall, tmp_path: Path) -> None:
    with web(hall.name, tmp_path, workers=2) as site:
        outcome = hall.post_all(site.port, [guest for guest in hall.guests for _ in range(2)])
    assert not outcome.errors
    assert outcome.statuses == {302: 2 * CROWD}
    stored = hall.stored()
    assert len(stored) == CROWD
    assert set(stored.values()) == {1}
    with scope([hall.tenant_id]):
        shown = Comment.objects.filter(article=hall.article_id, state="shown").count()
        assert counts_of([hall.article_id])[hall.article_id].comments == shown == CROWD


def test_without_the_guard_pressing_twice_is_stored_twice(hall: Hall, tmp_path: Path) -> None:
    with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", hall.name), autocommit=True) as owner:
        owner.execute("ALTER TABLE columns_comment DROP CONSTRAINT columns_comment_once")
    with web(hall.name, tmp_path, target="bench.unguarded_comments:application", workers=2) as site:
        hall.post_all(site.port, [guest for guest in hall.guests[:200] for _ in range(2)])
    assert max(hall.stored().values()) > 1, "the race did not happen, so its absence elsewhere proves nothing"
