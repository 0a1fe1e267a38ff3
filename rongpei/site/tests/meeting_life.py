"""What the demonstration's meetings must hold in every branch: themes, meetings, surveys, make-ups, pictures of three years."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from rongpei.activities.partydays.codes import MEETING_OWNER, THEME_OWNER, InquiryRole, MeetingKind
from rongpei.activities.partydays.models import Inquiry, MakeUp, Meeting, Theme
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.files import vault
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.models import Tenant
from rongpei.kernel.gatherings.codes import Presence
from rongpei.kernel.gatherings.models import Attendance
from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Unit


def assert_meetings_are_whole(tenants: Iterable[Tenant], anchor: date) -> None:
    """Every branch, group and temporary branch of these hospitals; asked inside their scope."""
    years = range(anchor.year - 2, anchor.year + 1)
    for tenant in tenants:
        units = Unit.objects.filter(tenant=tenant, closed_on=None)
        for branch in units.filter(kind=UnitKind.BRANCH):
            _branch(branch, years, anchor)
        for group in units.filter(kind=UnitKind.GROUP):
            assert _held(group, MeetingKind.GROUP).count() >= 30, group.name
        for temporary in units.filter(kind=UnitKind.TEMPORARY_BRANCH):
            assert _held(temporary, MeetingKind.THEME_DAY).exists(), temporary.name
        themes = Theme.objects.filter(tenant=tenant).values("id")
        outlines = StoredFile.objects.filter(owner_kind=THEME_OWNER, owner_id__in=themes)
        assert themes.count() == outlines.count() >= 36


def _held(unit: Unit, kind: MeetingKind) -> QuerySet[Meeting]:
    return Meeting.objects.filter(gathering__unit=unit, kind=kind, confirmed_at__isnull=False)


def _branch(branch: Unit, years: range, anchor: date) -> None:
    days = _held(branch, MeetingKind.THEME_DAY)
    for year in years:
        of_year = days.filter(gathering__held_on__year=year, theme__isnull=False)
        assert of_year.exists(), f"{branch.name} {year}"
        asked = Inquiry.objects.filter(meeting__in=of_year, role=InquiryRole.AFTER)
        assert asked.count() == of_year.count(), f"{branch.name} {year}: surveys"
        early = of_year.filter(gathering__held_on__lt=anchor - timedelta(days=20)).values("gathering")
        missed = Attendance.objects.filter(
            gathering__in=early, presence__in=(Presence.LEAVE, Presence.ABSENT)
        )
        made_up = MakeUp.objects.filter(meeting__in=of_year)
        assert made_up.exists() or not missed.exists(), f"{branch.name} {year}: make-ups"
        assert _held(branch, MeetingKind.LIFE).filter(gathering__held_on__year=year).count() == 1
    lately = days.filter(gathering__held_on__gte=add_months(anchor, -12))
    pictures = StoredFile.objects.filter(owner_kind=MEETING_OWNER, owner_id__in=lately.values("id"))
    assert pictures.count() == lately.count()
    assert all(vault.find(one.storage_name) for one in pictures[:2])
