"""Putting the cultural life of a house into the database."""

from rongpei.site.demonstration.culture.health import make_health
from rongpei.site.demonstration.culture.programmes import make_programmes
from rongpei.site.demonstration.culture.works import make_works
from rongpei.site.demonstration.someone import House


def make_culture(house: House, turn: int) -> tuple[int, int, int]:
    """Programmes, works and health science of one house; how many of each. `turn` is its place among the hospitals."""
    return make_programmes(house), make_works(house, turn), make_health(house, turn)
