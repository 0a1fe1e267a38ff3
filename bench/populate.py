"""`python -m bench.populate PEOPLE MEETINGS`: a hospital that is about to meet, described as JSON on standard output."""

import json
import sys
from dataclasses import asdict

import django


def main(people: int, meetings: int) -> None:
    """Fill the empty database of the environment: people with open sessions, and meetings of today."""
    from bench import hospital  # models need Django's set-up
    from rongpei.ground.tenancy.scope import scope
    from rongpei.org.access.codes import PRIVILEGED
    from rongpei.org.people.models import Person

    house = hospital.build(people + 10, 4, 0)
    with scope([house.pk]):
        # A production site sends privileged roles to their second factor first.
        free = Person.objects.exclude(user=None).exclude(holdings__role__in=PRIVILEGED).order_by("id")
        guests = hospital.open_sessions(list(free[:people]))
        opened = [hospital.open_meeting(house, expected=people // 2) for _ in range(meetings)]
    told = {"tenant_id": house.pk, "guests": [asdict(guest) for guest in guests], "meetings": opened}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
