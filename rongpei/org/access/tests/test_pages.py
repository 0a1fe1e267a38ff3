"""The pages of the security admin, the auditor and the system admin, each as its role and as the others."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from rongpei.ground import clock
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.clock.models import Holiday
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding

LISTS = {
    "access:roles": ("security_admin", "auditor"),
    "access:offices": ("security_admin", "auditor"),
    "access:matrix": ("security_admin", "auditor"),
    "access:grant": ("security_admin",),
    "access:audit": ("auditor",),
    "access:holidays": ("system_admin", "party_office"),
    "access:holiday-new": ("system_admin",),
    "access:holiday-import": ("system_admin",),
}
VISITORS = ("system_admin", "security_admin", "auditor", "party_office", "staff", "branch_secretary")


@pytest.fixture
def sign_in(cast, client):
    def enter(number, house=cast.h1):
        client.force_login(house.user(number), backend="rongpei.ground.accounts.signing.NumberOrNameBackend")
        return client

    return enter


def within(cast):
    return scope([cast.h1.tenant.pk])


def sheet(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def clean(response):
    text = response.content.decode()
    for rubbish in ("{{", "{%", "None", "undefined"):
        assert rubbish not in text
    return text


@pytest.mark.parametrize("number", VISITORS)
@pytest.mark.parametrize("name", LISTS)
def test_doors(sign_in, name, number):
    response = sign_in(number).get(reverse(name))
    assert response.status_code == (200 if number in LISTS[name] else 403)
    if response.status_code == 200:
        clean(response)


@pytest.mark.parametrize("name", LISTS)
def test_strangers_sign_in_first(cast, client, name):
    assert client.get(reverse(name)).status_code == 302


def test_roles_are_listed_filtered_and_exported(sign_in):
    client = sign_in("security_admin")
    text = clean(client.get(reverse("access:roles"), {"role": "hr_office"}))
    assert "人事处甲" in text
    assert "院领导甲" not in text
    assert "条件" in clean(client.get(reverse("access:roles"), {"state": "ended"}))
    book = client.get(reverse("access:roles"), {"export": "xlsx", "role": "hr_office"})
    rows = sheet(book)
    assert [rows[0][0], rows[1][0], rows[1][-1]] == ["姓名", "人事处甲", "有效"]


def test_roles_of_offices_cannot_be_ended_here(sign_in):
    text = clean(sign_in("security_admin").get(reverse("access:offices"), {"role": "branch_secretary"}))
    assert "党支部书记甲" in text
    assert "党总支书记甲" not in text
    assert "/end/" not in text


def test_the_auditor_reads_roles_and_ends_none(sign_in, cast):
    client = sign_in("auditor")
    assert "/end/" not in clean(client.get(reverse("access:roles")))
    with within(cast):
        pk = Holding.objects.first().pk
    assert client.get(reverse("access:end", args=[pk])).status_code == 403


def _grant(cast, number="member-1", **more):
    with within(cast):
        person, unit = cast.h1.person(number), cast.h1.unit("H1医院")
    url = reverse("access:grant-to", args=[person.pk])
    return url, {
        "role": "hr_office",
        "unit": unit.pk,
        "starts_on": clock.today().isoformat(),
        "ends_on": "",
        **more,
    }


def test_a_role_is_given_after_confirming(sign_in, cast):
    client = sign_in("security_admin")
    assert "党员甲" in clean(client.get(reverse("access:grant"), {"q": "dyj"}))
    part = client.get(reverse("access:grant"), {"q": "党员"}, headers={"HX-Request": "true"})
    assert "<html" not in clean(part)
    url, given = _grant(cast)
    clean(client.get(url))
    assert "确认授权" in clean(client.post(url, given))
    with within(cast):
        assert not Holding.objects.filter(person__staff_number="member-1").exists()
    assert client.post(url, {**given, "confirmed": "1"}).status_code == 302
    with within(cast):
        assert Holding.objects.get(person__staff_number="member-1").role == Role.HR_OFFICE


def test_the_refusal_is_shown_before_anyone_confirms(sign_in, cast):
    client = sign_in("security_admin")
    url, given = _grant(cast, "auditor", role="system_admin")
    response = client.post(url, given)
    assert response.status_code == 409
    text = clean(response)
    assert "不能由一人兼任" in text
    assert "GB/T 22239" in text
    url, given = _grant(cast, "security_admin")
    assert "不能给自己授权" in clean(client.post(url, given))


def test_a_past_date_and_a_foreign_unit_are_field_errors(sign_in, cast):
    client = sign_in("security_admin")
    with scope(cast.tenant_ids):
        foreign = cast.h2.unit("内科").pk
    url, given = _grant(cast, starts_on="2020-01-01", unit=foreign)
    text = clean(client.post(url, given))
    assert "最早是今天" in text
    assert "没有这个选项" in text


def test_a_role_is_ended_after_confirming(sign_in, cast):
    client = sign_in("security_admin")
    with within(cast):
        pk = Holding.objects.get(person__staff_number="hr_office").pk
    url = reverse("access:end", args=[pk])
    assert "确认结束" in clean(client.get(url))
    assert "不能倒着取消" in clean(client.post(url, {"on": "2020-02-02"}))
    assert client.post(url, {"on": clock.today().isoformat()}).status_code == 302
    assert client.get(url).status_code == 404


def test_another_hospitals_objects_are_404(sign_in, cast):
    with scope(cast.tenant_ids):
        holding = Holding.objects.filter(tenant=cast.h2.tenant).first().pk
        person = cast.h2.person("member-1").pk
        event = AuditEvent.objects.filter(tenant=cast.h2.tenant).first().pk
    client = sign_in("security_admin")
    assert client.get(reverse("access:end", args=[holding])).status_code == 404
    assert client.get(reverse("access:grant-to", args=[person])).status_code == 404
    assert sign_in("auditor").get(reverse("access:event", args=[event])).status_code == 404


def test_the_matrix_leads_to_names(sign_in):
    text = clean(sign_in("security_admin").get(reverse("access:matrix")))
    assert "role=security_admin&amp;state=current" in text
    assert "任职 1 人" in text


# The audit browser


def test_every_look_is_recorded_without_typed_names(sign_in, cast):
    client = sign_in("auditor")
    clean(client.get(reverse("access:audit"), {"who": "党员甲", "period": "all"}))
    with within(cast):
        look = AuditEvent.objects.filter(code="audit.trail.viewed").latest("id")
        assert look.kind == "view"
        assert look.after["filters"]["period"] == "all"
        assert "党员甲" not in str(look.after)


def test_the_event_is_told_with_names_and_its_changes(sign_in, cast):
    client = sign_in("security_admin")
    url, given = _grant(cast)
    client.post(url, {**given, "confirmed": "1"})
    with within(cast):
        pk = AuditEvent.objects.filter(code="access.role.granted").latest("id").pk
    client = sign_in("auditor")
    for page in (reverse("access:event", args=[pk]), f"{reverse('access:audit')}?event={pk}"):
        text = clean(client.get(page))
        assert "授予角色" in text or "access.role.granted" in text
        assert "安全管理员甲" in text
        assert "党员甲" in text
        assert "等待封存" in text
    assert (
        client.get(
            reverse("access:audit"), {"event": "9" * 30, "before": "x", "from": "x", "kind": "x"}
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "change"},
        {"result": "refused"},
        {"code": "insert"},
        {"who": "nobody"},
        {"period": "today", "kind": "all"},
    ],
)
def test_conditions(sign_in, query):
    clean(sign_in("auditor").get(reverse("access:audit"), query))


def test_the_trail_is_exported_and_that_is_recorded(sign_in, cast):
    client = sign_in("auditor")
    book = client.get(reverse("access:audit"), {"export": "xlsx", "period": "all", "kind": "all"})
    rows = sheet(book)
    assert rows[0][:3] == ["编号", "时间", "操作人"]
    assert len(rows) > 50
    with within(cast):
        assert (
            AuditEvent.objects.filter(code="audit.trail.exported").latest("id").after["count"]
            == len(rows) - 1
        )


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_the_same_however_long(sign_in, size, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("rongpei.org.access.web.trail.PAGE", size)
    client = sign_in("auditor")
    client.get(reverse("access:audit"))
    with django_assert_max_num_queries(80):
        client.get(reverse("access:audit"), {"period": "all", "kind": "all"})


# The holiday table


def test_a_notice_is_previewed_and_then_imported(sign_in):
    client, url = sign_in("system_admin"), reverse("access:holiday-import")
    text = "日期,类型,名称\n2031-01-01，放假，元旦\n2031年1月5日\t上班\t元旦"
    assert "新增" in clean(client.post(url, {"year": 2031, "text": text}))
    assert not Holiday.objects.filter(day_on__year=2031).exists()
    assert client.post(url, {"year": 2031, "text": text, "confirmed": "1"}).status_code == 302
    assert Holiday.objects.filter(day_on__year=2031).count() == 2
    shown = clean(client.get(reverse("access:holidays"), {"year": 2031}))
    assert "2031年1月5日" in shown


def test_faulty_lines_are_named_and_nothing_is_imported(sign_in):
    client, url = sign_in("system_admin"), reverse("access:holiday-import")
    text = "2031-01-01,放假,元旦\n2031-02-30,放假,x\n2031-01-02,上班,元旦\n2030-01-01,放假,元旦\n2031-01-01,放假,元旦\n今天"
    response = client.post(url, {"year": 2031, "text": text, "confirmed": "1"})
    assert response.status_code == 409
    shown = clean(response)
    assert "有 5 行不能导入" in shown
    assert not Holiday.objects.filter(day_on__year=2031).exists()


def test_a_day_is_added_changed_and_deleted(sign_in):
    client = sign_in("system_admin")
    new = {"day_on": "2031-01-01", "kind": "off", "name": "元旦"}
    assert client.post(reverse("access:holiday-new"), new).status_code == 302
    assert client.post(reverse("access:holiday-new"), new).status_code == 409
    row = Holiday.objects.get(day_on="2031-01-01")
    clean(client.get(reverse("access:holiday", args=[row.pk])))
    assert (
        client.post(reverse("access:holiday", args=[row.pk]), {"kind": "work", "name": "x"}).status_code
        == 409
    )
    assert (
        client.post(reverse("access:holiday", args=[row.pk]), {"kind": "off", "name": "元旦节"}).status_code
        == 302
    )
    clean(client.get(reverse("access:holiday-delete", args=[row.pk])))
    assert client.post(reverse("access:holiday-delete", args=[row.pk])).status_code == 302
    assert not Holiday.objects.filter(pk=row.pk).exists()


def test_the_party_office_reads_the_table_and_changes_nothing(sign_in):
    client, row = sign_in("party_office"), Holiday.objects.first()
    assert f"/holidays/{row.pk}/" not in clean(
        client.get(reverse("access:holidays"), {"year": row.day_on.year})
    )
    assert client.post(reverse("access:holiday-delete", args=[row.pk])).status_code == 403
    assert Holiday.objects.filter(pk=row.pk).exists()
