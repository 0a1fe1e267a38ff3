"""Comments under the articles of the demonstration: numbered in the order in which they were written, those that wait the newest."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from rongpei.activities.columns.codes import CommentState
from rongpei.activities.columns.models import Article, Comment, Tally
from rongpei.ground.files.cipher import encipher
from rongpei.ground.tenancy.bulk import next_ids
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.people.codes import FactKind
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.portal import sayings
from rongpei.site.demonstration.someone import Someone

_CALLED = {"doctor": "医生", "nurse": "护士", "pharmacist": "药师", "technician": "技师"}


class Talk:
    """What is said under the articles, kept until everything is said."""

    def __init__(self, operator: Tenant, anchor: date) -> None:
        self.operator, self.anchor = operator, anchor
        self.said: list[Comment] = []

    def under(self, articles: list[Article], said: Sequence[str], readers: list[Someone]) -> None:
        """Comments under each article: more under the newest, answers under some, a few that wait."""
        for index, article in enumerate(articles):
            chance = dice("portal", article.title)
            roots = list(self._roots(article, index, said, readers, chance))
            made = [*roots, *self._answers(article, roots, readers, chance)]
            shown = sum(one.state == CommentState.SHOWN for one in made)
            Tally.objects.create(
                tenant=self.operator, article=article, slot=0, comments=shown, likes=chance.randint(12, 240),
                keeps=chance.randint(2, 40),
            )  # fmt: skip
            self.said += made

    def store(self) -> int:
        """Number everything by the time it was written, and store it; gives how many there are."""
        self.said.sort(key=lambda one: one.posted_at)
        for one, pk in zip(self.said, next_ids(Comment, len(self.said)), strict=True):
            one.pk = pk
        Comment.objects.bulk_create(self.said)
        return len(self.said)

    def _roots(
        self, article: Article, index: int, said: Sequence[str], readers: list[Someone], chance: random.Random
    ) -> Iterator[Comment]:  # fmt: skip
        count = 13 if index == 0 else chance.randint(3, 8)
        people = chance.sample(readers, count)
        for place, body in enumerate(chance.sample(said, min(count, len(said)))):
            yield self._comment(article, people[place], body, chance, likes=chance.randint(0, 26))
        if index % 6 == 1:
            body, held_for = sayings.QUEUED[index // 6 % len(sayings.QUEUED)]
            one = self._comment(article, chance.choice(readers), body, chance)
            one.state, one.held_for, one.posted_at = CommentState.PENDING, held_for, self._lately(chance)
            yield one
        if index == 4:
            one = self._comment(article, chance.choice(readers), sayings.HIDDEN[0], chance)
            one.state, one.decision = CommentState.HIDDEN, sayings.HIDDEN[1]
            yield one

    def _answers(
        self, article: Article, roots: list[Comment], readers: list[Someone], chance: random.Random
    ) -> Iterator[Comment]:  # fmt: skip
        for root in roots:
            if root.state == CommentState.SHOWN and chance.random() < 0.28:
                one = self._comment(article, chance.choice(readers), chance.choice(sayings.ANSWERS), chance)
                one.parent, one.posted_at = root, root.posted_at + timedelta(hours=chance.randint(1, 9))
                if chance.random() < 0.6:
                    one.is_author, one.display_name, one.title = True, article.author_name, ""
                yield one

    def _comment(
        self, article: Article, one: Someone, body: str, chance: random.Random, likes: int = 0
    ) -> Comment:  # fmt: skip
        assert article.published_at is not None  # noqa: S101 - printed
        days = max(0, min(20, (self.anchor - article.published_at.date()).days - 1))
        at = article.published_at + timedelta(
            days=chance.randint(0, days), hours=chance.randint(0, 10), minutes=chance.randint(0, 59)
        )
        return Comment(
            tenant=self.operator, article=article, person_id=one.id, key=UUID(int=chance.getrandbits(128)),
            display_name=f"{one.name[0]}{_CALLED.get(one.position, '老师')}", title=one.fact(FactKind.TITLE, self.anchor),
            real_name_cipher=encipher(one.name), body=body, state=CommentState.SHOWN, posted_at=at, likes=likes,
        )  # fmt: skip

    def _lately(self, chance: random.Random) -> datetime:
        """Yesterday: nobody leaves a comment waiting for months."""
        on = self.anchor - timedelta(days=1)
        return timezone.make_aware(datetime.combine(on, time(chance.randint(9, 21), chance.randint(0, 59))))
