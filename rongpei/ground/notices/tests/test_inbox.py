"""Sending, taking back, reading."""

import copy
import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from rongpei.ground import clock
from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.notices import actions, web
from rongpei.ground.notices.codes import Channel, DeliveryState
from rongpei.ground.notices.models import Batch, Delivery, Notice
from rongpei.ground.notices.queries import inbox_for, recallable_batches, unread_count
from rongpei.ground.notices.tests.fakes import Reader
from rongpei.ground.tenancy.scope import scope


def send(tenant_id: int, readers: list[int], **more: Any) -> Batch:
    given = {
        "actor": System(tenant_id),
        "tenant_id": tenant_id,
        "reader_ids": readers,
        "title": "开会",
        "now": clock.now(),
    }
    return actions.send(**(given | more))


def jobs() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args, lock, scheduled_at FROM procrastinate_jobs WHERE task_name = 'notices.deliver'"
        )
        return [{"args": json.loads(args), "lock": lock, "at": at} for args, lock, at in cursor.fetchall()]


def test_a_batch_lies_in_each_inbox_once(cast: Any) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        send(tenant_id, [1, 2, 2, 3], title="三会\n一课", body="请准时", url="/meetings/1/")
        (notice,) = inbox_for(Reader(tenant_id, 2))
        assert (notice.title, notice.body, notice.url) == ("三会 一课", "请准时", "/meetings/1/")
        assert Notice.objects.count() == 3
        assert unread_count(Reader(tenant_id, 2)) == 1
        assert unread_count(Reader(tenant_id, 9)) == 0
        assert unread_count(System(tenant_id)) == 0
        assert "三会" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("channels", [(), tuple(Channel)])
def test_ten_thousand_readers_cost_as_many_statements_as_one(
    cast: Any, channels: tuple[Channel, ...]
) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        counts = []
        for readers in ([1], list(range(1, 10_001))):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                send(tenant_id, readers, channels=channels)
            counts.append(len(captured))
        assert counts[0] == counts[1]
        assert Notice.objects.count() == 10_001
        assert len(jobs()) == 2 * len(channels)


def test_reading_many_notices_costs_one_query(cast: Any) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        for _ in range(3):
            send(tenant_id, [4])
        with CaptureQueriesContext(connection) as captured:
            assert [notice.title for notice in inbox_for(Reader(tenant_id, 4))] == ["开会"] * 3
        assert len(captured) == 1


def test_one_job_for_each_channel_waits_for_the_recall_unless_urgent(cast: Any) -> None:
    tenant_id, now = cast.h1.tenant.pk, clock.now()
    with scope([tenant_id]):
        batch = send(tenant_id, [1, 2], channels=[Channel.SMS, Channel.EMAIL, Channel.SMS], now=now)
        assert sorted(job["args"]["channel"] for job in jobs()) == ["email", "sms"]
        assert {job["at"] for job in jobs()} == {now + timedelta(minutes=10)}
        assert {job["lock"] for job in jobs()} == {f"notices:{batch.pk}:email", f"notices:{batch.pk}:sms"}
        assert all(
            job["args"]["batch_id"] == batch.pk and job["args"]["tenant_id"] == tenant_id for job in jobs()
        )
        urgent = send(tenant_id, [1], channels=[Channel.SMS], urgent=True)
        assert [job["at"] for job in jobs() if job["args"]["batch_id"] == urgent.pk] == [None]


def test_jobs_and_notices_vanish_together_when_the_transaction_is_undone(cast: Any) -> None:
    tenant_id = cast.h1.tenant.pk
    with suppress(ZeroDivisionError), scope([tenant_id]):
        send(tenant_id, [1], channels=[Channel.SMS])
        assert jobs()
        raise ZeroDivisionError
    with scope([tenant_id]):
        assert not jobs()
        assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_links_lead_to_this_site_only(cast: Any, url: str) -> None:
    with scope([cast.h1.tenant.pk]), pytest.raises(ValueError, match="not an address"):
        send(cast.h1.tenant.pk, [1], url=url)


def test_nobody_tells_another_tenant(cast: Any) -> None:
    with scope(cast.tenant_ids), pytest.raises(Forbidden):
        send(cast.h2.tenant.pk, [1], actor=System(cast.h1.tenant.pk))


def test_a_batch_can_be_taken_back_for_ten_minutes(cast: Any) -> None:
    tenant_id, now = cast.h1.tenant.pk, clock.now()
    sender = Reader(tenant_id, 7)
    with scope([tenant_id]):
        batch = send(tenant_id, [1, 2], actor=sender, channels=[Channel.SMS], now=now)
        other = send(tenant_id, [1], actor=sender, now=now)
        with pytest.raises(Forbidden):
            actions.recall(actor=Reader(tenant_id, 8), batch=batch, now=now)
        with pytest.raises(Refused, match="已过十分钟"):
            actions.recall(actor=sender, batch=batch, now=now + timedelta(minutes=10, seconds=1))
        for _ in range(2):
            actions.recall(actor=sender, batch=batch, now=now + timedelta(minutes=10))
        assert list(inbox_for(Reader(tenant_id, 1)).values_list("batch_id", flat=True)) == [other.pk]
        assert unread_count(Reader(tenant_id, 2)) == 0
        assert Delivery.objects.get().state == DeliveryState.RECALLED
        assert list(recallable_batches(sender)) == [other]


def test_everybody_marks_the_own_inbox_only(cast: Any) -> None:
    tenant_id, now = cast.h1.tenant.pk, clock.now()
    one, two = Reader(tenant_id, 1), Reader(tenant_id, 2)
    with scope([tenant_id]):
        send(tenant_id, [1, 2])
        send(tenant_id, [1, 2])
        notice = inbox_for(one)[0]
        with pytest.raises(Forbidden):
            actions.mark_read(actor=two, notice=notice, now=now)
        actions.mark_read(actor=one, notice=notice, now=now)
        actions.mark_read(actor=one, notice=notice, now=now + timedelta(days=1))
        assert Notice.objects.get(pk=notice.pk).read_at == now
        assert [unread_count(one), unread_count(two)] == [1, 2]
        assert inbox_for(one, unread=True).count() == 1
        assert actions.mark_all_read(actor=one, now=now) == 1
        assert [unread_count(one), unread_count(two)] == [0, 2]


def test_another_tenants_notices_are_not_there(cast: Any) -> None:
    one, other = cast.h1.tenant.pk, cast.h2.tenant.pk
    with scope([one]):
        send(one, [1])
    with scope([other]):
        assert not Notice.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notices_notice")
            assert cursor.fetchone() == (0,)


def test_the_unread_count_uses_its_partial_index(cast: Any) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        send(tenant_id, list(range(1, 5001)))
        for reader in range(1, 5001, 500):
            actions.mark_all_read(actor=Reader(tenant_id, reader), now=clock.now())
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT count(*) FROM notices_notice WHERE tenant_id = %s AND reader_id = 1 AND read_at IS NULL",
                [tenant_id],
            )
            assert "notices_unread" in str(cursor.fetchall())


@pytest.fixture
def _bare_layout(settings: Any) -> None:
    """The layout without the site's menus: this room stands by itself."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].remove("rongpei.site.chrome.chrome")
    settings.TEMPLATES = templates


def page(actor: Actor, data: dict[str, str] | None = None, **query: str) -> Any:
    factory = RequestFactory()
    request = factory.get("/inbox/", query) if data is None else factory.post("/inbox/", data)
    request.visit = actor  # type: ignore[attr-defined]
    return web.inbox(request)  # type: ignore[arg-type]


@pytest.mark.usefixtures("_bare_layout")
def test_the_page_marks_and_leads_on_without_scripts(cast: Any) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        one, two = cast.h1.actor("member-1"), cast.h1.actor("member-2")
        reader = one.person_id
        send(tenant_id, [reader], url="/meetings/3/")
        send(tenant_id, [reader])
        bare, linked = inbox_for(one)
        with pytest.raises(Http404):
            page(two, {"notice": str(linked.pk)})
        for wrong in ("", "x", "-1", "9" * 40, "²"):
            with pytest.raises(Http404):
                page(one, {"notice": wrong})
        assert page(one, {"notice": str(linked.pk), "open": "1"}).url == "/meetings/3/"
        assert page(one, {"notice": str(bare.pk), "unread": "1"}).url == "/inbox/?unread=1"
        assert unread_count(one) == 0
        send(tenant_id, [reader])
        assert page(one, {"all": "1"}).url == "/inbox/"
        assert unread_count(one) == 0


@pytest.mark.usefixtures("_bare_layout")
@pytest.mark.parametrize("count", [0, 1, 3, 45])
def test_the_page_shows_pages_of_twenty_for_the_same_number_of_queries(cast: Any, count: int) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        one = cast.h1.actor("member-1")
        for number in range(count):
            send(tenant_id, [one.person_id], title=f"<b>第{number}条</b>", body="一行\n两行")
        with CaptureQueriesContext(connection) as captured:
            html = page(one).content.decode()
        assert sum("notices_" in query["sql"] for query in captured) == 2
        assert html.count('<li id="notice-') == min(count, 20)
        assert "<b>第" not in html
        assert "None" not in html
        assert ("更早的消息" in html) == (count > 20)
        if count > 20:
            last = inbox_for(one)[19].pk
            assert page(one, before=str(last)).content.decode().count('<li id="notice-') == 20
        actions.mark_all_read(actor=one, now=clock.now())
        assert "没有未读消息" in page(one, unread="1").content.decode()
