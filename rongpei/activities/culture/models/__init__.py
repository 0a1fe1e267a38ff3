"""The nouns of culture."""

from rongpei.activities.culture.models.health import Concern, ConcernPiece, Piece, Review
from rongpei.activities.culture.models.programmes import CastMember, Item, Programme
from rongpei.activities.culture.models.weeks import Week
from rongpei.activities.culture.models.works import Appearance, Episode, Study, Work

__all__ = [
    "Appearance", "CastMember", "Concern", "ConcernPiece", "Episode", "Item", "Piece", "Programme", "Review", "Study",
    "Week", "Work",
]  # fmt: skip
