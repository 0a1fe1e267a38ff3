"""Keeping the holiday table: who may, what is refused, what the audit row says."""

from datetime import date

import pytest

from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.models import Holiday
from rongpei.ground.clock.queries import NoticeDay, difference, holidays_of, published_years
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.holidays import add_holiday, change_holiday, import_holidays, remove_holiday

NEW_YEAR = date(2031, 1, 1)
SUNDAY = date(2031, 1, 5)


@pytest.fixture
def admin(cast):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1.actor("system_admin")


@pytest.fixture
def reader(cast, admin):
    return cast.h1.actor("party_office")


def test_a_day_is_added_changed_and_removed(admin):
    row = add_holiday(actor=admin, day_on=SUNDAY, kind=DayKind.OFF, name="元旦")
    assert 2031 in published_years()
    change_holiday(actor=admin, holiday=row, kind=DayKind.WORKED, name="元旦调休")
    assert Holiday.objects.get(pk=row.pk).kind == DayKind.WORKED
    remove_holiday(actor=admin, holiday=row)
    assert not holidays_of(2031).exists()
    events = list(AuditEvent.objects.filter(code__startswith="clock.").order_by("id"))
    assert [event.code for event in events] == [
        "clock.holiday.added", "clock.holiday.changed", "clock.holiday.removed",
    ]  # fmt: skip
    assert events[1].after["was"] == {"kind": "off", "name": "元旦"}


def test_a_day_is_entered_once(admin):
    add_holiday(actor=admin, day_on=NEW_YEAR, kind=DayKind.OFF, name="元旦")
    with pytest.raises(Refused):
        add_holiday(actor=admin, day_on=NEW_YEAR, kind=DayKind.OFF, name="元旦")


def test_a_weekday_is_worked_anyway(admin):
    with pytest.raises(Refused):
        add_holiday(actor=admin, day_on=NEW_YEAR, kind=DayKind.WORKED, name="元旦")


def test_only_the_system_admin_keeps_the_table(reader):
    with pytest.raises(Forbidden):
        add_holiday(actor=reader, day_on=NEW_YEAR, kind=DayKind.OFF, name="元旦")
    with pytest.raises(Forbidden):
        import_holidays(actor=reader, year=2031, days=[NoticeDay(NEW_YEAR, DayKind.OFF, "元旦")])
    assert not holidays_of(2031).exists()


def test_a_notice_takes_the_place_of_its_year(admin):
    first = [NoticeDay(NEW_YEAR, DayKind.OFF, "元旦"), NoticeDay(SUNDAY, DayKind.WORKED, "元旦")]
    import_holidays(actor=admin, year=2031, days=first)
    second = [NoticeDay(NEW_YEAR, DayKind.OFF, "元旦节"), NoticeDay(date(2031, 1, 2), DayKind.OFF, "元旦")]
    seen = difference(2031, second)
    assert ([d.on.day for d in seen.added], [d.on.day for d in seen.changed], [d.on.day for d in seen.removed]) == (
        [2], [1], [5],
    )  # fmt: skip
    before = Holiday.objects.exclude(day_on__year=2031).count()
    assert import_holidays(actor=admin, year=2031, days=second) == 2
    assert list(holidays_of(2031).values_list("day_on", "name")) == [
        (NEW_YEAR, "元旦节"),
        (date(2031, 1, 2), "元旦"),
    ]
    assert Holiday.objects.exclude(day_on__year=2031).count() == before


@pytest.mark.parametrize(
    "days",
    [
        [],
        [NoticeDay(date(2030, 1, 1), DayKind.OFF, "元旦")],
        [NoticeDay(NEW_YEAR, DayKind.OFF, "元旦"), NoticeDay(NEW_YEAR, DayKind.OFF, "元旦")],
        [NoticeDay(NEW_YEAR, DayKind.WORKED, "元旦")],
    ],
)
def test_a_faulty_notice_changes_nothing(admin, days):
    add_holiday(actor=admin, day_on=NEW_YEAR, kind=DayKind.OFF, name="元旦")
    with pytest.raises(Refused):
        import_holidays(actor=admin, year=2031, days=days)
    assert holidays_of(2031).count() == 1
