"""Who reads, and what is open to them."""

from uuid import UUID, uuid4

from rongpei.activities.columns import gate, rules
from rongpei.activities.columns.gate import OPEN, Passage
from rongpei.activities.columns.models import Article
from rongpei.ground import clock
from rongpei.org.access.visit import Visit


def passes(visit: Visit | None) -> bool:
    """Whether the gate is open to the reader today."""
    return gate.passage_for(visit, clock.today()).is_open


def passage_to(visit: Visit | None, article: Article) -> Passage:
    """Whether this article's text is open to the reader: not closed, or at work on it, or let in by the gate."""
    if not article.gated or rules.sees_at_work(visit, article):
        return OPEN
    if visit is not None and rules.is_writer(visit, article):
        return OPEN
    return gate.passage_for(visit, clock.today())


def fresh_key() -> UUID:
    """A key for one comment form."""
    return uuid4()


def number(typed: str | None) -> int:
    """An id from the address, 0 for anything else."""
    return int(typed) if typed and typed.isdigit() and len(typed) < 19 else 0
