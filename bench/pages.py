"""Signed-in pages ÷ S."""

from collections.abc import Iterator

from bench import databases, hospital
from bench.context import Context
from bench.kept import tenant
from bench.load import cookies, get
from bench.rows import Row
from bench.turns import pages_in_turn
from rongpei.activities.partydays.models import Meeting
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.gatherings.models import Attendance
from rongpei.org.people.models import Person

MEMBERS = 200


def measure(context: Context) -> Iterator[Row]:
    """Home, a meeting, a person, one's own record; floor and pages in turn."""
    with databases.cloned(context.hospital(), "bench_pages") as name:
        databases.use(name)
        addresses = _addresses()
        databases.leave()
        with context.site(name) as site, context.floor() as floor:
            requests = {
                page: [get(path, site.port, cookies(cookie)) for path, cookie in found]
                for page, found in addresses.items()
            }
            yield from pages_in_turn("pages", site, floor, name, requests)


def _addresses() -> dict[str, list[tuple[str, str]]]:
    """For every page, (path, session) of many visitors who may open it."""
    house = tenant()
    with scope([house.pk]):
        heads = list(Person.objects.filter(appointments__office="secretary").order_by("id"))
        secretaries = hospital.open_sessions(heads)
        plain = Person.objects.filter(party_status="full", place__branch__isnull=False).exclude(
            pk__in=[one.pk for one in heads]
        )
        members = list(plain.order_by("id")[:MEMBERS])
        guests = hospital.open_sessions(members)
        office = Person.objects.get(holdings__role="party_office")
        (officer,) = hospital.open_sessions([office])
        people = Person.objects.order_by("id").values_list("id", flat=True)[:MEMBERS]
        attended = Attendance.objects.filter(person__in=members, presence="present").order_by(
            "person_id", "-id"
        )
        newest = dict(attended.distinct("person_id").values_list("person_id", "gathering_id"))
        meetings = dict(
            Meeting.objects.filter(gathering__in=newest.values()).values_list("gathering_id", "id")
        )
        sessions = {guest.person_id: guest.session for guest in guests}
        return {
            "home, of a member": [("/", guest.session) for guest in guests],
            "home, of a secretary": [("/", guest.session) for guest in secretaries],
            "home, of the party office": [("/", officer.session)],
            "meeting page, of a member": [
                (f"/meetings/{meetings[gathering]}/", sessions[person])
                for person, gathering in newest.items()
            ],
            "person page, of the party office": [
                (f"/people/{person}/", officer.session) for person in people
            ],
            "own record": [("/me/", guest.session) for guest in guests],
        }
