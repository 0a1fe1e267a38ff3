"""Marks, dates and numbers as people write them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, engines
from django.test import RequestFactory
from django.urls import NoReverseMatch
from django.utils import translation

from rongpei.ground.ui import dates, marks, parts

TODAY = date(2026, 6, 12)


def drawn(source: str, **values: Any) -> str:
    return engines["django"].from_string(source).template.render(Context(values))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 6, 12), "6月12日"),
        (date(2025, 6, 12), "2025年6月12日"),
        (datetime(2026, 6, 11, 16, 30, tzinfo=UTC), "6月12日"),
    ],
)
def test_a_day_loses_its_year_inside_the_year(value: Any, shown: str) -> None:
    assert drawn("{{ value|day }}", value=value) == shown


def test_dates_in_all_forms() -> None:
    assert (
        drawn("{{ d|day_full }} {{ d|day_weekday }} {{ d|month_full }}", d=TODAY)
        == "2026年6月12日 6月12日 星期五 2026年6月"
    )
    assert drawn("{{ none|day }}{{ none|hours }}{{ none|clock_time }}{{ none|mask }}", none=None) == ""
    assert (
        drawn("{{ at|clock_time }} {{ at|moment }}", at=datetime(2026, 6, 12, 8, 30, tzinfo=UTC))
        == "16:30 6月12日 16:30"
    )


@pytest.mark.parametrize(
    ("begin", "end", "shown"),
    [
        (date(2026, 6, 26), date(2026, 7, 3), "6月26日—7月3日"),
        (date(2025, 12, 30), date(2026, 1, 2), "2025年12月30日—2026年1月2日"),
        (date(2025, 3, 1), date(2025, 3, 4), "2025年3月1日—3月4日"),
        (date(2026, 6, 26), date(2026, 6, 26), "6月26日"),
        (date(2026, 6, 26), None, "6月26日起"),
    ],
)
def test_spans(begin: date, end: date | None, shown: str) -> None:
    assert dates.span(begin, end) == shown


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 5, 31), ("late", "逾期", "12 天")),
        (date(2026, 6, 12), ("now", "今天", "")),
        (date(2026, 6, 13), ("", "13日", "明天")),
        (date(2026, 6, 30), ("", "30日", "剩 18 天")),
        (date(2026, 7, 3), ("", "7月3日", "剩 21 天")),
    ],
)
def test_due_words(on: date, words: tuple[str, str, str]) -> None:
    assert dates.due_words(on, TODAY) == words


def test_numbers_and_masks() -> None:
    assert drawn("{{ 21.5|hours }} {{ 4318|count }} {{ 23|percent:25 }}") == "21.5 4,318 92%"
    assert marks.mask("110105199001012317") == "110105********2317"
    assert marks.mask("12345") == "*****"
    assert marks.percent(3, 0) == ""


def test_marks_escape_what_they_show() -> None:
    assert "&lt;b&gt;" in drawn('{% status "ok" text %}', text="<b>")
    assert "&lt;b&gt;" in str(marks.Two("<b>", "x"))
    assert "&lt;b&gt;" in drawn("{{ mark }}", mark=marks.Status("ok", "<b>"))
    assert "&lt;b&gt;" in drawn('{% note "bad" text %}{{ text }}{% endnote %}', text="<b>")
    assert "<b>" not in drawn("{% card text %}{{ text }}{% endcard %}", text="<b>")


def test_a_ring_is_full_at_most() -> None:
    assert 'stroke-dasharray="67.2 100"' in marks.ring(21.5, 32, "学时")
    assert 'stroke-dasharray="100.0 100"' in marks.ring(40, 32, "学时")
    assert "arc" not in marks.ring(0, 32, "学时")
    assert "style" not in marks.ring(21.5, 32, "学时")


def test_query_set_changes_one_parameter() -> None:
    request = RequestFactory().get("/x/?a=1&b=2")
    assert drawn("{% query_set b=None c=3 %}", request=request) == "?a=1&amp;c=3"
    assert drawn("{% query_set a=None b=None %}", request=request) == "/x/"


def test_chart_data_cannot_leave_its_script() -> None:
    page = drawn('{% chart data "c" "说明" %}', data={"x": ["</script><b>"]})
    assert "</script><b>" not in page
    assert 'aria-label="说明"' in page


def test_a_month_starts_on_monday_and_marks_today() -> None:
    page = drawn("{% month on days on %}", on=TODAY, days=[parts.CalendarDay(date(2026, 6, 18), "#", "due")])
    first_week = page.split("<tbody>")[1].split("</tr>")[0]
    assert first_week.startswith("<tr><td><span>1</span></td>")  # 1 June 2026 is a Monday
    assert page.count("<span") + page.count("<a ") == 30
    assert '<span class="today">12</span>' in page
    assert '<a class="dot due2" href="#">18</a>' in page


def test_devices_have_names() -> None:
    assert (
        drawn("{{ agent|device }}", agent="Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120")
        == "Windows，Chrome"
    )
    assert drawn("{{ agent|device }}", agent="") == "不认识的设备"


def test_kept_words_follow_the_language() -> None:
    page: Any = engines["django"].from_string(
        '{% translate "Delete" %} 100%% {% translate "Delete" as verb %}{{ verb }}'
    )
    with translation.override("en"):
        assert page.render() == "Delete 100%% Delete"
    with translation.override("zh-hans"):
        assert page.render() == "删除 100%% 删除"
    assert drawn('{% translate "100%" %}{% translate word %}', word="<b>") == "100%&lt;b&gt;"


def test_an_address_is_kept_or_put_aside_and_may_be_missing() -> None:
    shown, kept = drawn("{% url 'account_login' as login %}{% url 'account_login' %} {{ login }}").split(" ")
    assert shown == kept
    assert shown.startswith("/")
    assert drawn("{% url 'nowhere' as none %}[{{ none }}]") == "[]"
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'nowhere' %}")
