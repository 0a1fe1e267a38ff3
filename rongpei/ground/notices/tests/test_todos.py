"""To-dos are asked from providers, and can be subscribed to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.notices import todos
from rongpei.ground.notices.todos import Todo, as_ics, todos_for

ON = date(2026, 6, 12)


@pytest.fixture(autouse=True)
def _own_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todos, "_providers", {})


def test_late_first_then_by_date_then_undated_each_once() -> None:
    def one(actor: Actor, on: date) -> Iterable[Todo]:
        yield Todo("a:1", "无期限")
        yield Todo("a:2", "明天", date(2026, 6, 13))
        yield Todo("a:3", "今天", ON)

    def two(actor: Actor, on: date) -> Iterable[Todo]:
        yield Todo("b:1", "逾期", date(2026, 6, 10))
        yield Todo("a:2", "又一次", date(2026, 6, 13))

    for provider in (one, two, one):
        todos.register(provider)
    found = todos_for(System(1), ON)
    assert [todo.title for todo in found] == ["逾期", "今天", "明天", "无期限"]
    assert [todo.is_late(ON) for todo in found] == [True, False, False, False]


def test_practice_warns_and_never_stands_before_what_a_rule_asks() -> None:
    def some(actor: Actor, on: date) -> Iterable[Todo]:
        yield Todo("a:1", "惯例早过了", date(2025, 6, 1), binding=False)
        yield Todo("a:2", "规定后天", date(2026, 6, 14))
        yield Todo("a:3", "规定下月", date(2026, 7, 14))
        yield Todo("a:4", "惯例明天", date(2026, 6, 13), binding=False)

    todos.register(some)
    found = todos_for(System(1), ON)
    assert [todo.title for todo in found] == ["规定后天", "惯例早过了", "惯例明天", "规定下月"]
    assert not any(todo.is_late(ON) for todo in found)
    assert [todo.title for todo in found if todo.is_over(ON)] == ["惯例早过了"]


def test_late_follows_the_business_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todos.clock, "today", lambda: ON)
    assert Todo("a", "x", date(2026, 6, 11)).late
    assert not Todo("a", "x", ON).late
    assert not Todo("a", "x").late


def test_the_feed_can_be_read_back() -> None:
    made = as_ics(
        [
            Todo(
                "meetings.plan:7",
                "开支部大会，议接收",
                ON,
                why="差 3 天",
                article="《细则》第十三条",
                url="/meetings/7/",
            ),
            Todo("x:1", "无期限"),
        ],
        now=datetime(2026, 6, 1, tzinfo=UTC),
        public_url="https://rongpei.example/",
    )
    (event,) = Calendar.from_ical(made).walk("VEVENT")
    assert event["UID"] == "meetings.plan:7@rongpei.example"
    assert event["SUMMARY"] == "开支部大会，议接收"
    assert event.decoded("DTSTART") == ON
    assert event.decoded("DTEND") == date(2026, 6, 13)
    assert event["URL"] == "https://rongpei.example/meetings/7/"
    assert "第十三条" in event["DESCRIPTION"]
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in made


def test_an_empty_feed_is_a_calendar() -> None:
    made = as_ics([], now=datetime(2026, 6, 1, tzinfo=UTC), public_url="https://rongpei.example")
    assert made.startswith(b"BEGIN:VCALENDAR")
