"""The list page: what the address may ask, what is shown, and that the workbook holds just that."""

import io
import zipfile
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from rongpei.ground.clock.models import Holiday
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.ui.listing import (
    ChoiceFilter,
    Column,
    Listing,
    PeriodFilter,
    Rows,
    SearchFilter,
    kept_rows,
)
from rongpei.ground.ui.samples import SampleList, people, sample_rows


def sample(query: str = "", rows: Any = None, kind: type[Listing] = SampleList, **headers: str) -> Listing:
    request = RequestFactory().get("/ui/list/" + query, headers=headers)
    return kind(request, sample_rows() if rows is None else rows)


def sheet_of(listing: Listing) -> list[list[Any]]:
    response = listing.respond("ui/gallery_list.html")
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()


class HolidayList(Listing):
    columns = (
        Column("day_on", "日期", sort="day_on", kind="day", nulls_last=True),
        Column("name", "名称", sort="name", main=True),
    )
    filters = (SearchFilter("q", "名称", fields=["name"]), PeriodFilter("on", "日期", field="day_on"))
    default_sort = "-day_on"


@pytest.mark.parametrize("asked", ["name", "-name", "hours", "-joined_on"])
def test_sorts_by_a_column_that_may_be_sorted(asked: str) -> None:
    assert sample(f"?sort={asked}").sort == asked


@pytest.mark.parametrize("asked", ["", "pk", "standing", "user__password", "--name", "name;drop", "?"])
def test_any_other_sort_is_the_default(asked: str) -> None:
    assert sample(f"?sort={asked}").sort == SampleList.default_sort


def test_the_order_always_ends_in_the_key() -> None:
    descending = sample("?sort=-name", Holiday.objects.all(), HolidayList)
    assert list(descending.found.query.order_by) == ["-name", "-pk"]
    first, last = sample("?sort=day_on", Holiday.objects.all(), HolidayList).found.query.order_by
    assert (first.nulls_last, last) == (True, "pk")


def test_pages_cover_every_row_once() -> None:
    listing = sample("?sort=place")
    seen = [
        row.pk for number in range(1, listing.pages + 1) for row in sample(f"?sort=place&page={number}").rows
    ]
    assert sorted(seen) == [row.pk for row in people()]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("asked", "shown"), [("0", 1), ("-3", 1), ("x", 1), ("99999", 7), ("٣", 1), ("9" * 40, 1)]
)
def test_a_page_number_is_kept_within_bounds(asked: str, shown: int) -> None:
    assert sample(f"?page={asked}").number == shown


@pytest.mark.parametrize(("asked", "size"), [("50", 50), ("7", 10), ("1000", 10), ("", 10)])
def test_page_sizes_are_a_closed_list(asked: str, size: int) -> None:
    assert sample(f"?per={asked}").size == size


def test_filters_narrow_and_are_named_as_chips() -> None:
    listing = sample("?q=周&place=东楼一组")
    assert {row.source.name[0] for row in listing.rows} == {"周"}
    assert [words for words, _url in listing.chips] == ["“周”", "东楼一组"]
    assert listing.chips[0][1].endswith("place=%E4%B8%9C%E6%A5%BC%E4%B8%80%E7%BB%84")
    assert listing.clear_url == "/ui/list/"


def test_a_choice_we_do_not_know_is_said_aloud() -> None:
    listing = sample("?place=' or 1=1")
    assert not listing.chips
    assert [str(label) for label in listing.wrong] == ["小组"]
    assert "没有使用" in text_of(listing)


@pytest.mark.parametrize("typed", ["2026-02-30", "9999-12-31", "0001-01-01", "x"])
def test_a_date_that_is_none_is_said_aloud(typed: str) -> None:
    assert len(sample(f"?joined_from={typed}").wrong) == 1


def test_search_and_period_become_a_query() -> None:
    rows = Holiday.objects.all()
    found = sample("?q=春节&on_from=2026-01-01&on_to=2026-12-31", rows, HolidayList).found
    words = str(found.query)
    assert "春节" in words
    assert "2026-01-01" in words
    assert "2027-01-01" in words


def test_a_search_through_a_relation_finds_parts_too_and_a_named_comparison_stays() -> None:
    search = SearchFilter("q", "名称", fields=("holder__name", "holder__code__startswith"))
    asked: list[Q] = []

    class Rows:
        def filter(self, wanted: Q) -> None:
            asked.append(wanted)

    search.default(Rows(), "党日")
    assert asked == [Q(holder__name__icontains="党日") | Q(holder__code__startswith="党日")]


def test_the_workbook_holds_just_what_the_filters_show() -> None:
    query = "?behind=1&sort=-name"
    shown = [
        row.source.name for n in range(1, sample(query).pages + 1) for row in sample(f"{query}&page={n}").rows
    ]
    written = sheet_of(sample(f"{query}&export=xlsx"))
    assert written[0] == ["姓名", "小组", "加入时间", "本年时长", "进度"]
    assert [row[0] for row in written[1:]] == shown
    first = next(row for row in people() if row.name == written[1][0] and float(row.hours) == written[1][3])
    assert written[1][2] == first.joined_on
    assert written[1][4] == "落后"


def test_no_text_becomes_a_formula() -> None:
    class Evil(Listing):
        columns = (Column("name", "名", main=True), Column("url", "址"))
        noun = "清单"

    row = SimpleNamespace(pk=1, name='=HYPERLINK("http://x","y")', url="http://example.org")
    response = sample("?export=xlsx", Rows([row]), Evil).respond("ui/gallery_list.html")
    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.replace("HYPERLINK", "").lower()
    assert "=HYPERLINK" in sheet


def test_the_file_name_is_chinese_and_encoded() -> None:
    response = sample("?export=xlsx").respond("ui/gallery_list.html")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E4%BA%BA%E5%91%98-20260612.xlsx"
    assert response["Cache-Control"] == "no-store"


def test_too_large_an_export_is_refused_in_words() -> None:
    class Small(SampleList):
        export_limit = 5

    listing = sample("?export=xlsx", kind=Small)
    assert "超过 5 行" in text_of(listing)


def test_counting_stops_at_the_limit() -> None:
    class Small(SampleList):
        count_limit = 30

    listing = sample(kind=Small)
    assert (listing.total, listing.pages, listing.over_limit) == (30, 3, True)
    assert listing.count_words == "30 人以上"


def test_attach_is_asked_once_for_a_page_and_once_for_a_chunk() -> None:
    asked: list[int] = []

    class Attached(SampleList):
        def attach(self, rows: Any) -> None:
            asked.append(len(rows))

    text_of(sample(kind=Attached))
    assert asked == [10]
    sheet_of(sample("?export=xlsx", kind=Attached))
    assert asked == [10, 63]


def text_of(listing: Listing) -> str:
    response = listing.respond("ui/gallery_list.html")
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_htmx_gets_the_part_that_the_page_holds() -> None:
    page = text_of(sample())
    part = text_of(sample(**{"HX-Request": "true"}))
    assert page.startswith("<!doctype html>")
    assert part.strip().startswith('<section class="card rp-list"')
    body = 'id="list-body"'
    assert part.partition(body)[2].count("<tr") == page.partition(body)[2].count("<tr") == 11
    restored = text_of(sample(**{"HX-Request": "true", "HX-History-Restore-Request": "true"}))
    assert restored.startswith("<!doctype html>")


def test_nothing_found_says_what_was_asked() -> None:
    page = text_of(sample("?q=無"))
    assert "没有符合条件的人员" in page
    assert "条件是“無”" in page
    assert "还没有人员" in text_of(sample(rows=Rows([])))


def test_sorted_head_is_marked_for_readers() -> None:
    assert 'aria-sort="descending"' in text_of(sample())
    assert 'aria-sort="ascending"' in text_of(sample("?sort=name"))


def test_values_are_escaped() -> None:
    row = SimpleNamespace(
        pk=1,
        name="<script>alert(1)</script>",
        place="",
        joined_on=date(2026, 1, 1),
        hours=1,
        quota=32,
        behind=True,
    )
    page = text_of(sample("?q=%3Cscript", Rows([row])))
    assert "<script>alert" not in page


def test_choices_may_be_asked_when_the_page_is_made() -> None:
    class Asked(Listing):
        columns = (Column("name", "名", main=True),)
        filters = (ChoiceFilter("kind", "类", lambda: [("1", "甲")], apply=lambda rows, _value: rows),)

    assert sample("?kind=1", Rows([]), Asked).chips[0][0] == "甲"


@kept_rows
def _since(*, day: date) -> QuerySet[Holiday]:
    return Holiday.objects.filter(day_on__gte=day)


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize(
    "query", ["", "?sort=name", "?sort=-name&per=10", "?page=2", "?q=节", "?per=100&page=1"]
)
def test_a_kept_first_page_shows_what_the_orm_finds(query: str, turn: int) -> None:
    for day in (date(2024, 1, 1), date(2026, 1, 1)):
        with scope([1]):
            rows = _since(day=day)
            kept, plain = sample(query, rows, HolidayList), sample(query, rows.plain, HolidayList)
            assert [row.source for row in kept.rows] == [row.source for row in plain.rows]
            assert (kept.counted, kept.pages) == (plain.counted, plain.pages)
            assert kept.counted > 3


@pytest.mark.django_db
def test_a_first_page_that_is_not_full_needs_no_count() -> None:
    newest = Holiday.objects.order_by("-day_on")[4].day_on
    with scope([1]), CaptureQueriesContext(connection) as asked:
        listing = sample("", _since(day=newest), HolidayList)
        assert (listing.total, listing.pages, len(listing.rows)) == (5, 1, 5)
    assert not [one for one in asked.captured_queries if "COUNT" in one["sql"]]


def test_what_is_drawn_once_is_drawn_anew_for_what_was_asked() -> None:
    for _turn in range(2):
        fresh, asked = text_of(sample()), text_of(sample("?place=东楼一组&sort=name&per=50"))
        chosen = '<option value="东楼一组" selected>'
        assert chosen in asked
        assert chosen not in fresh
        assert '<option value="50" selected>' in asked
        assert '<option value="50" selected>' not in fresh
