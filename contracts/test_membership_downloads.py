"""Every workbook of the desk opened: its heads, a value, and a name that looks like a formula stays a name."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from contracts import development
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person
from rongpei.pipelines.membership.actions import issue_book, receive_books
from rongpei.pipelines.membership.models import AdmissionBook
from rongpei.pipelines.membership.tests.desk import D, Desk

FORMULA = '=HYPERLINK("http://evil","点我")'
LIST = {"export": "xlsx"}
APPLIED = {"what": "applied", "from": "2025-01-01", "to": "2025-12-31"}


@pytest.fixture
def office(cast):
    """The party office's browser; the desk has something in every list, and everybody has a name like a formula."""
    house = cast.h1
    with scope([house.tenant.pk]):
        desk, today = Desk(house).until("assign_mentors"), clock.today()
        development.contact(house)
        development.letter(house)
        development.document_of(house)
        development.kit(house)
        given = {"actor": System(house.tenant.pk), "today": today}
        receive_books(
            tenant_id=house.tenant.pk, numbers=["B0007"], received_on=today - timedelta(days=1), **given
        )
        issue_book(book=AdmissionBook.objects.get(number="B0007"), case=desk.case, issued_on=today, **given)
        Person.objects.filter(tenant=house.tenant).update(name=FORMULA)
    client = Client()
    client.force_login(house.user("party_office"))
    return client


@pytest.mark.parametrize(
    ("page", "query", "head", "value"),
    [
        ("cases", LIST, "申请日期", D("2025-03-03")),
        ("late", LIST, "要办的步骤", "培养教育考察"),
        ("ready", LIST, "党支部", "一支部"),
        ("numbers", LIST, "公文", None),
        ("books", LIST, "编号", "B0007"),
        ("contacts", LIST, "联系对象", "一支部"),
        ("letters", LIST, "介绍信编号", "001"),
        ("kits", LIST, "讨论的人", "一支部"),
        ("register", {}, "确定积极分子时间", D("2025-05-20")),
        ("numbers-names", LIST | APPLIED, "姓名", "staff"),
        ("figures", LIST | APPLIED, "分组", 1),
    ],
)
def test_a_workbook_opens_and_holds_no_formula(office, page, query, head, value):
    answer = office.get(reverse(f"membership:{page}"), query)
    assert answer.status_code == 200
    content = BytesIO(b"".join(answer.streaming_content))
    with ZipFile(content) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    content.seek(0)
    heads, *rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert head in heads
    cells = [cell for row in rows for cell in row]
    assert value is None or value in cells
    assert FORMULA in cells or page == "figures"
