"""Member development, counted by the code of the page of numbers: each figure with the people behind it.

Windows end with the date and begin the day after the same day so many years before; each person as on the day of the event.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from rongpei.ground.clock.calendar import add_years
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.people.codes import PartyStatus, PositionType
from rongpei.pipelines.membership.numbers.happenings import Happening, What, happenings
from rongpei.pipelines.membership.numbers.highly import highly_of
from rongpei.site.demonstration.facts.figures import Figure
from rongpei.site.demonstration.facts.people import roll_of

_CLINICIANS = (PositionType.DOCTOR, PositionType.NURSE)
_LONG_AGO = date(1921, 7, 1)


def membership_section(tenant: Tenant, on: date) -> dict[str, Figure]:
    """New members of three and of two years; activists on the date; applications of a year, and of 高知 in two."""
    highly = highly_of(tenant.pk)
    three, two = (_within(What.ADMITTED, years, on, tenant.pk) for years in (3, 2))
    year = on.year - 1
    applied = happenings(What.APPLIED, date(year, 1, 1), date(year, 12, 31), highly)
    here = set(roll_of(on).by_status[PartyStatus.ACTIVIST])
    activists = [one for one in happenings(What.ACTIVIST, _LONG_AGO, on, highly) if one.person.pk in here]
    applicants = _within(What.APPLIED, 2, on, tenant.pk)
    return {
        "developed_in_3_years": _figure(three),
        "developed_in_3_years_backbones_proven_at_front_line": _figure(
            one for one in three if one.backbone and one.front_line
        ),
        "doctors_and_nurses_who_applied_last_year": _figure(
            one for one in applied if one.position in _CLINICIANS
        ),
        "new_members_in_2_years": _figure(two),
        "new_members_in_2_years_senior_intellectuals": _figure(one for one in two if one.highly),
        "activists_in_cases": _figure(activists),
        "activists_senior_intellectuals": _figure(one for one in activists if one.highly),
        "senior_intellectuals_who_applied_in_2_years": _figure(one for one in applicants if one.highly),
    }


def _within(what: What, years: int, on: date, tenant_id: int) -> list[Happening]:
    return happenings(what, add_years(on, -years) + timedelta(days=1), on, highly_of(tenant_id))


def _figure(found: Iterable[Happening]) -> Figure:
    lines = [
        {
            "id": one.person.pk, "name": one.person.name, "staff_number": one.person.staff_number,
            "on": one.on.isoformat(), "position_type": one.position, "title_level": one.title, "high": one.highly,
            "backbone": one.backbone, "front_line": one.front_line,
        }
        for one in found
    ]  # fmt: skip
    return Figure(len(lines), lines)
