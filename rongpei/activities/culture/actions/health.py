"""Health science: written, read by an expert, published, called for when the public worries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.activities.culture import rules
from rongpei.activities.culture.codes import PieceState
from rongpei.activities.culture.models import Concern, ConcernPiece, Piece, Review
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.notices.actions import send
from rongpei.ground.notices.codes import NoticeKind
from rongpei.ground.ui.addresses import address
from rongpei.org.people.models import Person

VALID_MONTHS = 24


@action("culture.piece.written", may=rules.may_write)
def write_piece(
    *, actor: Actor, tenant_id: int, author: Person, values: Mapping[str, Any], now: datetime
) -> Piece:  # fmt: skip
    """Begin a piece."""
    return Piece.objects.create(tenant_id=tenant_id, author=author, changed_at=now, **values)


@action("culture.piece.changed", may=rules.may_change_piece, locks=("piece",), about="piece")
def change_piece(*, actor: Actor, piece: Piece, values: Mapping[str, Any], now: datetime) -> Piece:
    """Change a piece that is neither with the experts nor out."""
    for name, value in values.items():
        setattr(piece, name, value)
    piece.changed_at = now
    piece.save(update_fields=[*values, "changed_at"])
    return piece


def _may_ask(*, actor: Actor, piece: Piece) -> bool:
    return rules.keeps(actor, piece.tenant_id) or rules.is_author(actor, piece)


@action("culture.review.asked", may=_may_ask, locks=("piece",), about="piece")
def ask_experts(
    *, actor: Actor, piece: Piece, experts: Sequence[Person], due_on: date, on: date, now: datetime
) -> Piece:  # fmt: skip
    """Hand a piece to experts of the house; each is told.

    Refuses an empty text, nobody, the author as the own expert, and a day that has passed.
    """
    if piece.state not in rules.OPEN_STATES:
        raise Refused(_("这篇现在不能送审。"))
    if not piece.body.strip():
        raise Refused(_("正文是空的，不能送审。"))
    if not experts:
        raise Refused(_("请至少选一位专家。"))
    if any(one.pk == piece.author_id for one in experts):
        raise Refused(_("作者不能审自己的文章。"), remedy=_("请另选一位专家。"))
    if due_on < on:
        raise Refused(_("期限已过，请选今天或以后的日期。"))
    Review.objects.bulk_create(
        Review(tenant_id=piece.tenant_id, piece=piece, expert=one, asked_on=on, due_on=due_on)
        for one in experts
    )
    piece.state, piece.changed_at = PieceState.REVIEW, now
    piece.save(update_fields=["state", "changed_at"])
    note(experts=[one.pk for one in experts])
    send(
        actor=actor, tenant_id=piece.tenant_id, reader_ids=[one.pk for one in experts],
        title=_("请审科普文章“%s”") % piece.title, url=address("culture:piece", piece.pk), now=now,
        kind=NoticeKind.APPROVAL,
    )  # fmt: skip
    return piece


@action("culture.review.given", may=rules.may_review, locks=("review",), about="review")
def give_review(*, actor: Actor, review: Review, passes: bool, opinion: str, now: datetime) -> Review:
    """An expert's answer. One objection sends the piece back; when all agree it is ready.

    Refuses a second answer, and an objection without its reason.
    """
    if review.answered_at is not None:
        raise Refused(_("您已经审过这一稿。"))
    if not passes and not opinion.strip():
        raise Refused(_("请写明要修改什么。"))
    review.passes, review.opinion, review.answered_at = passes, opinion.strip(), now
    review.save(update_fields=["passes", "opinion", "answered_at"])
    piece = Piece.objects.select_for_update().get(pk=review.piece_id)
    if piece.state == PieceState.REVIEW:
        waiting = piece.reviews.filter(answered_at=None)
        if not passes:
            piece.state = PieceState.RETURNED
            waiting.update(answered_at=now, opinion=_("另一位专家已退回，本轮结束。"))
        elif not waiting.exists():
            piece.state = PieceState.READY
        piece.changed_at = now
        piece.save(update_fields=["state", "changed_at"])
    note(passes=passes)
    return review


@action("culture.piece.published", may=rules.may_keep_piece, locks=("piece",), about="piece")
def publish_piece(*, actor: Actor, piece: Piece, is_public: bool, on: date, now: datetime) -> Piece:
    """Let a piece out that the experts have passed; after two years it is due for another look.

    Refuses one that was not passed.
    """
    if piece.state != PieceState.READY:
        raise Refused(_("专家还没有审过，不能发布。"), remedy=_("请先送专家审核。"))
    piece.state, piece.is_public, piece.published_on = PieceState.PUBLISHED, is_public, on
    piece.checked_until, piece.changed_at = add_months(on, VALID_MONTHS), now
    piece.save(update_fields=["state", "is_public", "published_on", "checked_until", "changed_at"])
    return piece


@action("culture.piece.retired", may=rules.may_keep_piece, locks=("piece",), about="piece")
def retire_piece(*, actor: Actor, piece: Piece, now: datetime) -> Piece:
    """Take a piece back: medicine has moved on. It can be mended and go to the experts again."""
    if piece.state != PieceState.PUBLISHED:
        raise Refused(_("这篇没有发布，不用撤下。"))
    piece.state, piece.changed_at = PieceState.RETIRED, now
    piece.save(update_fields=["state", "changed_at"])
    return piece


@action("culture.concern.raised", may=rules.may_keep)
def raise_concern(
    *, actor: Actor, tenant_id: int, values: Mapping[str, Any], reader_ids: Sequence[int], now: datetime
) -> Concern:  # fmt: skip
    """The public worries: pieces that speak of the topics are called up at once, and the given experts are told.

    Refuses a concern without a topic.
    """
    if not values.get("topics"):
        raise Refused(_("请至少写一个主题词，系统据此调出已有的科普文章。"))
    concern = Concern.objects.create(tenant_id=tenant_id, **values)
    found = Piece.objects.filter(
        tenant_id=tenant_id, state=PieceState.PUBLISHED, topics__overlap=values["topics"]
    )
    ConcernPiece.objects.bulk_create(
        ConcernPiece(tenant_id=tenant_id, concern=concern, piece=piece) for piece in found
    )
    note(called=found.count(), experts=len(reader_ids))
    if reader_ids:
        send(
            actor=actor, tenant_id=tenant_id, reader_ids=list(reader_ids),
            title=_("公众关切：%s，请写一篇科普") % concern.question,
            url=f"{address('culture:piece-new')}?concern={concern.pk}", now=now,
        )  # fmt: skip
    return concern


def _may_answer(*, actor: Actor, concern: Concern, piece: Piece) -> bool:
    return rules.keeps(actor, concern.tenant_id) and piece.tenant_id == concern.tenant_id


@action("culture.concern.answered", may=_may_answer, about="concern")
def answer_concern(*, actor: Actor, concern: Concern, piece: Piece, on: bool) -> None:
    """Put a published piece under a concern, or take it away."""
    if on and piece.state != PieceState.PUBLISHED:
        raise Refused(_("只有已发布的文章才能用来回应。"))
    if on:
        ConcernPiece.objects.get_or_create(
            concern=concern, piece=piece, defaults={"tenant_id": concern.tenant_id}
        )
    else:
        ConcernPiece.objects.filter(concern=concern, piece=piece).delete()


def _may_close(*, actor: Actor, concern: Concern) -> bool:
    return rules.keeps(actor, concern.tenant_id)


@action("culture.concern.closed", may=_may_close, locks=("concern",), about="concern")
def close_concern(*, actor: Actor, concern: Concern, on: date) -> Concern:
    """The worry has passed."""
    if concern.closed_on is not None:
        raise Refused(_("这个关切已经结束。"))
    concern.closed_on = on
    concern.save(update_fields=["closed_on"])
    return concern
