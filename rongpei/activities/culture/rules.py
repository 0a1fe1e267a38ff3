"""Who keeps the programmes and works, who reviews, who studies."""

from django.db.models import Exists, OuterRef, Q

from rongpei.activities.culture.codes import PieceState
from rongpei.activities.culture.models import Appearance, Item, Piece, Programme, Review, Week, Work
from rongpei.ground.accounts.actor import Actor
from rongpei.org.access.codes import Role

KEEPERS = (Role.PUBLICITY_OFFICE, Role.LEAGUE_OFFICER, Role.PARTY_OFFICE)

# A piece that is neither with the experts nor out.
OPEN_STATES = (PieceState.DRAFT, PieceState.RETURNED, PieceState.RETIRED)


def me(actor: Actor) -> int:
    """The actor's person, 0 (nobody's id) where there is none."""
    return actor.person_id or 0


def keeps(actor: Actor, tenant_id: int) -> bool:
    """Publicity, League and party office, in their own tenant; and the platform's own jobs."""
    return tenant_id == actor.tenant_id and actor.holds(*KEEPERS)


def may_keep(*, actor: Actor, tenant_id: int) -> bool:
    """Of things that do not exist yet."""
    return keeps(actor, tenant_id)


def may_keep_programme(*, actor: Actor, programme: Programme) -> bool:
    """Of a programme."""
    return keeps(actor, programme.tenant_id)


def may_keep_item(*, actor: Actor, item: Item) -> bool:
    """Of an item."""
    return keeps(actor, item.tenant_id)


def may_keep_work(*, actor: Actor, work: Work) -> bool:
    """Of a work."""
    return keeps(actor, work.tenant_id)


def may_keep_week(*, actor: Actor, week: Week) -> bool:
    """Of a week."""
    return keeps(actor, week.tenant_id)


def may_answer_appearance(*, actor: Actor, appearance: Appearance) -> bool:
    """Whoever is shown answers for oneself; keepers write down what was answered on paper."""
    own = appearance.person_id is not None and appearance.person_id == actor.person_id
    return own or keeps(actor, appearance.tenant_id)


def may_study(*, actor: Actor) -> bool:
    """Everybody known, for oneself."""
    return actor.person_id is not None


def may_write(*, actor: Actor, tenant_id: int) -> bool:
    """Everybody of the house may offer a piece."""
    return actor.person_id is not None and tenant_id == actor.tenant_id


def is_author(actor: Actor, piece: Piece) -> bool:
    """Whether the actor wrote it."""
    return actor.person_id is not None and actor.person_id == piece.author_id


def may_change_piece(*, actor: Actor, piece: Piece) -> bool:
    """Its author or a keeper, while it is not with the experts and not out."""
    return piece.state in OPEN_STATES and (is_author(actor, piece) or keeps(actor, piece.tenant_id))


def may_keep_piece(*, actor: Actor, piece: Piece) -> bool:
    """Keepers ask experts, publish and retire."""
    return keeps(actor, piece.tenant_id)


def may_review(*, actor: Actor, review: Review) -> bool:
    """The expert who was asked, and nobody in that one's place."""
    return actor.person_id is not None and actor.person_id == review.expert_id


def visible_pieces(actor: Actor | None) -> Q:
    """What is out for everybody; in the house also one's own, those one reviews, and all for keepers."""
    out = Q(state=PieceState.PUBLISHED)
    if actor is None:
        return out & Q(is_public=True)
    inside = out & (Q(is_public=True) | Q(tenant_id__in=actor.tenant_ids))
    mine = Q(author_id=me(actor)) | Q(
        Exists(Review.objects.filter(piece=OuterRef("pk"), expert_id=me(actor)))
    )
    kept = Q(tenant_id=actor.tenant_id) if actor.holds(*KEEPERS) else Q(pk__in=[])
    return inside | mine | kept


def visible_works(actor: Actor | None) -> Q:
    """Works that may be shown: public ones to all, others in the house."""
    inside = Q(tenant_id__in=actor.tenant_ids) if actor is not None else Q(pk__in=[])
    return Q(is_shown=True) & (Q(is_public=True) | inside)
