"""Pages and the floor in turn, so that whatever else the machine does weighs on both."""

from collections.abc import Iterator, Mapping
from functools import partial

from bench.floors import Pace, cpu_note, for_seconds, middle, paced, rate
from bench.rows import PAGE, Row
from bench.say import say
from bench.serving import Server

ROUNDS, SECONDS = 3, 2.5


def pages_in_turn(
    group: str, site: Server, floor: Server, database: str, requests: Mapping[str, list[bytes]]
) -> Iterator[Row]:
    """A row for every page: the median of the rounds ÷ that of S. Raises RuntimeError when a page fails."""
    floors: list[Pace] = []
    rates: dict[str, list[Pace]] = {page: [] for page in requests}
    for turn in range(ROUNDS + 1):
        say(f"{group}, round {turn} of {ROUNDS} (round 0 warms up)")
        for page, prepared in requests.items():
            pace, outcome = paced(site, database, partial(for_seconds, site.port, prepared, SECONDS))
            if outcome.failures:
                raise RuntimeError(f"{page}: {outcome.errors} {outcome.statuses}")
            if turn:
                rates[page].append(pace)
        if turn:
            floors.append(rate(floor, "s"))
    base = middle(floors)
    for page, found in rates.items():
        pace = middle(found)
        yield Row(group, page, pace.per_second, "/s", PAGE, base.per_second, cpu_note(pace, base))
