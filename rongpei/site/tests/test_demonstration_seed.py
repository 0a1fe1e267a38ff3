"""Nothing in the demonstration is left to chance: the same day makes the same hospital."""

from datetime import date
from itertools import count

from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.tenancy.models import Tenant
from rongpei.site.demonstration.hospitals import SMALL
from rongpei.site.demonstration.make import decide
from rongpei.site.demonstration.meetings import hold_meetings
from rongpei.site.demonstration.someone import House
from rongpei.site.demonstration.special import special_meetings

ANCHOR = date(2026, 6, 12)


def test_the_same_seed_makes_the_same_people_and_meetings() -> None:
    work = WorkCalendar(exceptions={}, published_years=frozenset(range(2015, 2030)))
    pictures = []
    for _ in range(2):
        house = House(SMALL, Tenant(pk=1, code=SMALL.code, name=SMALL.name), ANCHOR)
        decide(house, count(1), count(1))
        records = [*hold_meetings(house, work), *special_meetings(house, work)]
        people = [(one.name, one.row["id_number"], one.joined_on, one.hired_on) for one in house.people]
        held = [(r.unit.name, r.on, r.title, r.minutes, [s.presence for s in r.seats]) for r in records]
        pictures.append((people, held))
    assert pictures[0] == pictures[1]
