"""The register of activists and development targets, and calendars to subscribe to."""

import pytest
from django.test import Client
from django.urls import reverse

from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.models import Case
from rongpei.pipelines.membership.numbers.highly import Highly
from rongpei.pipelines.membership.registerbook import heads, register_rows
from rongpei.pipelines.membership.tests.desk import D, Desk
from rongpei.pipelines.membership.web.feeds import token_of


@pytest.fixture
def desk(cast):
    with scope([cast.h1.tenant.pk]):
        yield Desk(cast.h1)


def line(desk):
    first, *rows = register_rows(Case.objects.filter(pk=desk.case.pk), Highly())
    assert first == heads()
    assert {len(row) for row in rows} == {len(first)}
    return dict(zip(first, rows[0], strict=True))


def test_a_line_tells_every_date_of_the_way(desk):
    desk.until("approval")
    found = line(desk)
    wanted = {
        "姓名": desk.person.name, "申请入党时间": D("2025-03-03"), "谈话时间": D("2025-03-20"),
        "确定积极分子时间": D("2025-05-20"), "第1次考察时间": D("2025-11-20"), "第2次考察时间": D("2026-05-20"),
        "第3次考察时间": None, "公示开始": D("2026-06-01"), "公示期满": D("2026-06-08"), "培训学时": 24,
        "支部大会时间": D("2026-07-30"), "实到": 8, "赞成": 7, "审批时间": D("2026-10-30"), "预备期满": D("2027-07-30"),
        "转正时间": None,
    }  # fmt: skip
    assert {key: found[key] for key in wanted} == wanted
    helpers = {desk.house.person(number).name for number in ("member-1", "member-2")}
    assert {found["入党介绍人1"], found["入党介绍人2"]} == helpers


def test_the_number_of_queries_does_not_grow_with_the_people(desk, django_assert_max_num_queries):
    desk.until("assign_mentors")
    with django_assert_max_num_queries(4):
        list(register_rows(Case.objects.filter(pk=desk.case.pk), Highly()))


def fetched(user, unit_id=0, token=""):
    return Client().get(reverse("membership:feed", args=[token or token_of(user, unit_id)]))


def test_a_secret_address_gives_the_open_steps_of_a_unit_to_those_who_work_at_its_desk(desk):
    desk.until("submit_application")
    secretary = User.objects.get(person=desk.house.person("branch_secretary"))
    told = fetched(secretary, desk.branch.pk)
    assert told.status_code == 200
    assert f"procedures.initial_talk:{desk.case.pk}" in told.content.decode().replace("\r\n ", "")
    assert fetched(secretary, desk.house.unit("二支部").pk).status_code == 404
    assert fetched(secretary, token=token_of(secretary, desk.branch.pk) + "x").status_code == 404
    member = User.objects.get(person=desk.house.person("member-1"))
    assert fetched(member, desk.branch.pk).status_code == 404
    assert "initial_talk" not in fetched(member).content.decode()


def test_an_address_dies_with_the_password(desk):
    secretary = User.objects.get(person=desk.house.person("branch_secretary"))
    token = token_of(secretary)
    assert fetched(secretary, token=token).status_code == 200
    secretary.set_password("另一个很长的密码-2027")
    secretary.save()
    assert fetched(secretary, token=token).status_code == 404
