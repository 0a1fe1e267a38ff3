"""Memorial days to plan, reviews to give, consents to answer."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongpei.activities.culture import queries, rules
from rongpei.activities.culture.codes import ConsentState, Occasion
from rongpei.activities.culture.models import Appearance, Review
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.ground.tenancy.prepared import prepared
from rongpei.ground.tenancy.together import Asked
from rongpei.ground.ui.addresses import address

_AHEAD = timedelta(days=45)
_BEFORE = timedelta(days=20)


def culture_asks(actor: Actor, on: date) -> Iterator[Asked]:
    """Where reviews and consents come from."""
    if actor.person_id is not None:
        yield Asked(_reviews, {"actor": actor})
        yield Asked(_asked, {"actor": actor})


def culture_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """Experts review; everybody answers for one's own picture."""
    if actor.person_id is None:
        return
    for pk, title, due_on, piece_id in _reviews(actor=actor):
        yield Todo(
            key=f"culture.review:{pk}", title=_("审科普“%s”") % title, due_on=due_on,
            why=_("专家审过才能发布。"), url=address("culture:piece", piece_id), button=_("去审"),
        )  # fmt: skip
    for pk, title in _asked(actor=actor):
        yield Todo(
            key=f"culture.appearance:{pk}", title=_("答复是否同意在“%s”中出镜") % title,
            why=_("您同意以前，这部作品不会展出。"), url=address("culture:consents"), button=_("去答复"),
        )  # fmt: skip


def memorial_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """Keepers plan the memorial days of the next weeks."""
    if actor.holds(*rules.KEEPERS):
        yield from _to_plan(actor, on)


@prepared
def _reviews(*, actor: Actor) -> QuerySet[Review, Any]:
    return queries.reviews_due(actor).values_list("pk", "piece__title", "due_on", "piece_id")[:10]


@prepared
def _asked(*, actor: Actor) -> QuerySet[Appearance, Any]:
    rows = queries.appearances_of(actor).filter(state=ConsentState.ASKED)
    return rows.values_list("pk", "work__title")[:5]


def _to_plan(actor: Actor, on: date) -> Iterator[Todo]:
    for proposal in queries.proposals(actor.tenant_id, on):
        if proposal.on - on <= _AHEAD:
            label = Occasion(proposal.occasion).label
            yield Todo(
                key=f"culture.plan:{proposal.occasion}:{proposal.on.year}", title=_("安排%s活动") % label,
                due_on=proposal.on - _BEFORE, why=_("%(month)d月%(day)d日，还没有安排。") % {"month": proposal.on.month, "day": proposal.on.day},
                url=f"{address('culture:programme-new')}?occasion={proposal.occasion}&held_on={proposal.on}",
                button=_("去安排"), binding=False,
            )  # fmt: skip
