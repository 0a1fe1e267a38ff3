"""Lists and boards: time with ten times the entries ÷ time now."""

from collections.abc import Callable, Iterator
from statistics import median

from bench import databases, hospital
from bench.context import Context
from bench.kept import grown_databases, tenant
from bench.load import Load, cookies, drive, get
from bench.rows import GROWTH, Row
from bench.say import say
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person
from rongpei.org.units.models import Appointment

ROUNDS, TIMES = 7, 12


def measure(context: Context) -> Iterator[Row]:
    """Both databases served at once, asked in turn, one request at a time."""
    now, then = grown_databases(context.key, context.entries)
    first, second = _visits(now), _visits(then)
    seconds: dict[str, tuple[list[float], list[float]]] = {page: ([], []) for page in first}
    with context.site(now) as small, context.site(then) as large:
        for turn in range(ROUNDS + 1):
            say(f"growth, round {turn} of {ROUNDS} (round 0 warms up)")
            for page in seconds:
                for side, (server, visits) in enumerate(((small, first), (large, second))):
                    path, session = visits[page]
                    outcome = drive(
                        Load(
                            port=server.port, render=_same(get(path, server.port, cookies(session))), count=TIMES,
                            connections=1,
                        )
                    )  # fmt: skip
                    if outcome.failures:
                        raise RuntimeError(f"{page}: {outcome.errors}")
                    if turn:
                        seconds[page][side].append(outcome.percentile(50))
    for page, (before, after) in seconds.items():
        many = f"{context.entries * 10:,} entries"
        yield Row("growth", page, median(after) * 1000, "ms", GROWTH, median(before) * 1000, many)


def _same(request: bytes) -> Callable[[int], bytes]:
    return lambda _index: request


def _visits(name: str) -> dict[str, tuple[str, str]]:
    databases.use(name)
    house = tenant()
    with scope([house.pk]):
        office = Person.objects.get(holdings__role="party_office")
        office_of = (
            Appointment.objects.filter(office="secretary").select_related("person").order_by("id").first()
        )
        if office_of is None:
            raise RuntimeError("no branch has a secretary")
        officer, secretary = (guest.session for guest in hospital.open_sessions([office, office_of.person]))
    databases.leave()
    branch, person = office_of.unit_id, office_of.person_id
    return {
        "dashboard (branches)": ("/branches/", officer),
        "branch page": (f"/branches/{branch}/", secretary),
        "attendance matrix": (f"/branches/{branch}/attendance/", secretary),
        "person list": ("/people/", officer),
        "person list by hours": ("/people/?sort=-hours", officer),
        "ledger list": ("/ledger/", officer),
        "person page": (f"/people/{person}/", officer),
        "home": ("/", secretary),
    }
