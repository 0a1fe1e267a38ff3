"""Health science in every state, and what the public worries about."""

from datetime import timedelta

from rongpei.activities.culture.actions.health import VALID_MONTHS
from rongpei.activities.culture.codes import PieceState
from rongpei.activities.culture.models import Concern, ConcernPiece, Piece, Review
from rongpei.ground.clock.calendar import add_months
from rongpei.org.access.codes import Role
from rongpei.org.people.codes import FactKind
from rongpei.org.people.models import Person
from rongpei.site.demonstration.culture.health_texts import ANSWERS, CONCERNS, Answer
from rongpei.site.demonstration.culture.programmes import at
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.someone import House, Someone

_READ = (PieceState.READY, PieceState.PUBLISHED, PieceState.RETURNED, PieceState.RETIRED)
_OUT = (PieceState.PUBLISHED, PieceState.RETIRED)


# Who writes about infections.
_FIELDS = ("感染", "呼吸", "结核", "肝", "急诊", "内科", "儿科", "预防")


def make_health(house: House, turn: int) -> int:
    """Pieces by doctors, read by senior ones; the head with an account has one to read; gives how many.

    What is out is read by everybody, so only the first house writes.
    """
    if turn:
        return 0
    doctors = [
        one
        for one in house.staff
        if one.position == "doctor" and any(x in one.department.name for x in _FIELDS)
    ]
    seniors = [one for one in doctors if one.is_high(house.anchor)]
    writers = [one for one in doctors if not one.is_high(house.anchor)]
    chance = dice("health", house.plan.code)
    pieces = {
        answer: _write(house, answer, author, chance.sample(seniors, 2))
        for answer, author in zip(ANSWERS, chance.sample(writers, len(ANSWERS)), strict=True)
    }
    for question, why, topics, days_ago, days, closed in CONCERNS:
        raised_on = house.anchor - timedelta(days=days_ago)
        concern = Concern.objects.create(
            tenant=house.tenant, question=question, why=why, topics=list(topics), raised_on=raised_on,
            needed_by=raised_on + timedelta(days=days), is_public=True,
            closed_on=raised_on + timedelta(days=30) if closed else None,
        )  # fmt: skip
        ConcernPiece.objects.bulk_create(
            ConcernPiece(tenant=house.tenant, concern=concern, piece=piece)
            for answer, piece in pieces.items()
            if answer.state == PieceState.PUBLISHED and set(answer.topics) & set(topics)
        )
    return len(pieces)


def _write(house: House, answer: Answer, author: Someone, experts: list[Someone]) -> Piece:
    on, state = house.anchor - timedelta(days=answer.days_ago), PieceState(answer.state)
    title = author.fact(FactKind.TITLE, house.anchor)
    out = state in _OUT
    piece = Piece.objects.create(
        tenant=house.tenant, title=answer.title, question=answer.question, body=answer.text.strip(), topics=list(answer.topics),
        unit=house.leaves[author.department.name][0], author_id=author.id,
        author_line=f"{author.name} {title}".strip(), state=state, is_public=out,
        published_on=on if out else None, checked_until=add_months(on, VALID_MONTHS) if out else None,
        changed_at=at(on, 11),
    )  # fmt: skip
    if state == PieceState.DRAFT:
        return piece
    asked_on = on - timedelta(days=6)
    readers = [one.id for one in experts]
    if state == PieceState.REVIEW:
        readers = [_head(house) or readers[0], readers[1]]
    for place, ident in enumerate(readers):
        answered = state in _READ or place == 1
        objects = state == PieceState.RETURNED and place == 0
        Review.objects.create(
            tenant=house.tenant, piece=piece, expert_id=ident, asked_on=asked_on, due_on=asked_on + timedelta(days=14),
            passes=(not objects) if answered else None, answered_at=at(on - timedelta(days=1), 15) if answered else None,
            opinion=(answer.opinion if objects or state != PieceState.RETURNED else "同意发布。") if answered else "",
        )  # fmt: skip
    return piece


def _head(house: House) -> int | None:
    """The head of department who has an account."""
    rows = Person.objects.filter(tenant=house.tenant, user__username__endswith=f"-{Role.DEPARTMENT_HEAD}")
    return rows.values_list("pk", flat=True).first()
