"""What the cultural life of the demonstration must hold."""

from datetime import date

from django.db.models import F

from rongpei.activities.culture.codes import PieceState, ProgrammeState, WorkKind
from rongpei.activities.culture.models import CastMember, Concern, Piece, Programme, Study, Week, Work


def assert_culture_is_whole(anchor: date) -> None:
    """Three years of programmes, a series of fifty-four parts, pieces in every state, a week that runs today."""
    house = Programme.objects.filter(tenant__code="YTCR")
    held = house.filter(state=ProgrammeState.HELD)
    assert set(held.values_list("occasion", flat=True)) == {
        "youth_day",
        "nurses_day",
        "party_day",
        "doctors_day",
    }
    assert len(set(held.values_list("held_on__year", flat=True))) >= 3
    assert {kind for row in held for kind in row.educations} == {"ritual", "feeling", "vocation"}
    assert house.filter(state=ProgrammeState.PLANNED, held_on__gt=anchor).exists()
    assert not CastMember.objects.filter(
        person__moved_from=None, item__programme__held_on__lt=F("person__born_on")
    )
    series = Work.objects.get(kind=WorkKind.TELEVISION)
    assert (series.episodes.count(), series.is_shown) == (54, True)
    assert Work.objects.filter(on_view=True, is_shown=False).count() >= 3
    assert Study.objects.filter(episode__work=series).count() > 50
    assert set(Piece.objects.values_list("state", flat=True)) == set(PieceState.values)
    assert (
        Concern.objects.filter(closed_on=None).count() == Concern.objects.exclude(closed_on=None).count() == 1
    )
    assert Week.objects.filter(starts_on__lte=anchor, ends_on__gte=anchor).exists()
