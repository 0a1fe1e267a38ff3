"""Batches leave the house: once each, with retries, and never after being taken back."""

import json
import smtplib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from rongpei.ground import clock
from rongpei.ground.audit import Forbidden
from rongpei.ground.notices import actions, addresses, delivering
from rongpei.ground.notices.codes import DELIVER_TASK, Channel, DeliveryState
from rongpei.ground.notices.delivering import MOST_TRIES, TryLater, carry
from rongpei.ground.notices.models import Batch, Delivery
from rongpei.ground.notices.senders import Message, sender_for
from rongpei.ground.notices.senders.mail import MailSender
from rongpei.ground.notices.senders.wecom import WecomSender
from rongpei.ground.notices.tests.fakes import Reader, Scripted, Wecom, wecom_server
from rongpei.ground.tenancy.scope import scope

READERS = [1, 2, 3, 4, 5]


def lookup(reader_ids: Sequence[int], channel: str) -> dict[int, str]:
    """Reader 5 has no address."""
    return {ident: f"{ident}@example.org" for ident in reader_ids if ident != 5}


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    settings.RONGPEI_PUBLIC_URL = "https://rongpei.example"
    settings.RONGPEI_SENDERS = {"sms": {"class": "rongpei.ground.notices.tests.fakes.Scripted"}}
    kept = addresses._lookup
    addresses.register(lookup)
    Scripted.reset()
    cache.clear()
    yield
    addresses.register(kept)


def sent(cast: Any, channel: Channel, readers: list[int] = READERS) -> dict[str, Any]:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        batch = actions.send(
            actor=Reader(tenant_id, 9), tenant_id=tenant_id, reader_ids=readers, title="开会", body="请准时",
            url="/meetings/1/", channels=[channel], now=clock.now(),
        )  # fmt: skip
    return {"batch_id": batch.pk, "tenant_id": tenant_id, "channel": channel.value}


def delivery(job: dict[str, Any]) -> Delivery:
    with scope([job["tenant_id"]]):
        return Delivery.objects.get(batch_id=job["batch_id"], channel=job["channel"])


def test_the_task_is_registered_and_backs_off() -> None:
    retry = app.tasks[DELIVER_TASK].retry_strategy
    assert isinstance(retry, RetryStrategy)
    assert retry.exponential_wait > 1
    assert retry.max_attempts > MOST_TRIES


def test_whoever_has_an_address_is_reached_once_however_often_the_job_runs(cast: Any) -> None:
    job = sent(cast, Channel.SMS)
    for _ in range(3):
        carry(**job)
    assert Scripted.sent == [1, 2, 3, 4]
    done = delivery(job)
    assert (done.state, done.reached, done.tries) == (DeliveryState.PARTLY, 4, 1)
    assert done.last_problem == "没有地址或没有同意。"
    assert done.finished_at


def test_a_retry_reaches_only_those_who_are_left(cast: Any) -> None:
    job = sent(cast, Channel.SMS, [1, 2, 3, 4])
    Scripted.later = {2, 4}
    with pytest.raises(TryLater):
        carry(**job)
    assert not delivery(job).is_finished
    carry(**job)
    assert sorted(Scripted.sent) == [1, 2, 3, 4]
    assert delivery(job).state == DeliveryState.DONE


def test_it_gives_up_after_six_tries_and_says_so(cast: Any) -> None:
    job = sent(cast, Channel.SMS, [1, 2])
    for number in range(1, MOST_TRIES + 1):
        Scripted.later = {1, 2}
        if number < MOST_TRIES:
            with pytest.raises(TryLater):
                carry(**job)
        else:
            carry(**job)
    assert (delivery(job).state, delivery(job).last_problem) == (DeliveryState.FAILED, "忙")


def test_permanent_failures_are_not_tried_again(cast: Any) -> None:
    job = sent(cast, Channel.SMS, [1, 2])
    Scripted.never = {1, 2}
    carry(**job)
    assert (delivery(job).state, delivery(job).tries) == (DeliveryState.FAILED, 1)


def test_a_worker_that_dies_between_chunks_repeats_none_that_was_recorded(cast: Any) -> None:
    job = sent(cast, Channel.SMS, [1, 2, 3, 4])
    Scripted.dies_after = 2
    with pytest.raises(ConnectionResetError):
        carry(**job)
    with pytest.raises(TryLater):  # the lease of the dead worker still holds
        carry(**job)
    with scope([job["tenant_id"]]):
        Delivery.objects.update(leased_until=clock.now() - timedelta(seconds=1))
    carry(**job)
    assert Scripted.sent == [1, 2, 3, 4]
    assert delivery(job).state == DeliveryState.DONE


def test_what_was_taken_back_does_not_leave_the_house(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    job = sent(cast, Channel.SMS, [1, 2, 3, 4])
    other = sent(cast, Channel.SMS, [1, 2, 3, 4])

    def recall(which: dict[str, Any]) -> None:
        with scope([which["tenant_id"]]):
            batch = Batch.objects.get(pk=which["batch_id"])
            actions.recall(actor=Reader(which["tenant_id"], 9), batch=batch, now=clock.now())

    recall(job)
    carry(**job)
    assert Scripted.sent == []
    assert delivery(job).state == DeliveryState.RECALLED

    real = delivering.addresses

    def recalled_meanwhile(reader_ids: Sequence[int], channel: str) -> Any:
        if Scripted.sent == []:
            recall(other)
        return real(reader_ids, channel)

    monkeypatch.setattr(delivering, "addresses", recalled_meanwhile)
    carry(**other)
    assert Scripted.sent == [1, 2], "the chunk under way leaves, no further one"
    assert delivery(other).state == DeliveryState.RECALLED


def test_people_cannot_act_as_the_job(cast: Any) -> None:
    job = sent(cast, Channel.SMS)
    with scope([job["tenant_id"]]), pytest.raises(Forbidden):
        delivering.claim(actor=Reader(job["tenant_id"], 9), delivery=Delivery.objects.get(), now=clock.now())


def test_a_job_of_another_tenant_finds_nothing(cast: Any) -> None:
    job = sent(cast, Channel.SMS)
    carry(**(job | {"tenant_id": cast.h2.tenant.pk}))
    assert Scripted.sent == []


def test_channels_without_a_sender_fail_with_a_reason_in_production(cast: Any, settings: Any) -> None:
    settings.MODE = "production"
    job = sent(cast, Channel.WECOM)
    carry(**job)
    assert (delivery(job).state, delivery(job).last_problem) == (DeliveryState.FAILED, "这条渠道没有设置。")


def test_development_writes_messages_to_a_file(cast: Any, settings: Any, tmp_path: Path) -> None:
    settings.RONGPEI_SENDERS = {}
    carry(**sent(cast, Channel.SMS))
    lines = [json.loads(line) for line in (tmp_path / "outbox" / "sms.jsonl").read_text().splitlines()]
    assert [line["reader_id"] for line in lines] == [1, 2, 3, 4]
    assert lines[0]["url"] == "https://rongpei.example/meetings/1/"
    assert (tmp_path / "outbox" / "sms.jsonl").stat().st_mode & 0o077 == 0


def test_letters_go_out_one_by_one(cast: Any) -> None:
    carry(**sent(cast, Channel.EMAIL))
    assert [letter.to for letter in mail.outbox] == [[f"{ident}@example.org"] for ident in (1, 2, 3, 4)]
    assert mail.outbox[0].subject == "开会"
    assert mail.outbox[0].body.endswith("https://rongpei.example/meetings/1/")


def test_letters_are_tried_again_only_when_that_may_help(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = iter([smtplib.SMTPRecipientsRefused({}), smtplib.SMTPServerDisconnected()])

    def fail(self: object, fail_silently: bool = False) -> int:
        raise next(problems)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    first, second = MailSender().send([message(1), message(2)])
    assert (first.ok, first.retry) == (False, False)
    assert (second.ok, second.retry) == (False, True)


def message(ident: int, title: str = "开会", url: str = "https://rongpei.example/x/") -> Message:
    return Message(ident, f"User{ident}", title, "请准时", url, "1.1")


@pytest.fixture
def wecom() -> Iterator[Wecom]:
    with wecom_server() as fake:
        yield fake


def sender(fake: Wecom, secret: str = "hush") -> WecomSender:  # noqa: S107 - a test's secret
    return WecomSender(corp_id="corp", secret=secret, agent_id=7, base_url=fake.base_url, timeout=2)


def test_wecom_gets_one_request_for_one_text_and_one_token(wecom: Wecom) -> None:
    outcomes = sender(wecom).send([message(1), message(2)])
    sender(wecom).send([message(3)])
    assert all(outcome.ok for outcome in outcomes)
    assert wecom.tokens_given == 1
    assert [card["touser"] for card in wecom.cards] == ["User1|User2", "User3"]
    assert wecom.cards[0]["textcard"]["url"] == "https://rongpei.example/x/"
    assert wecom.cards[0]["enable_duplicate_check"] == 1
    assert sender(wecom).send([message(4, url="")])[0].ok
    assert wecom.cards[-1]["msgtype"] == "text"


def test_wecom_renews_a_token_that_died_early(wecom: Wecom) -> None:
    assert sender(wecom).send([message(1)])[0].ok
    wecom.tokens_given += 1  # the kept one is no longer the newest
    assert sender(wecom).send([message(2)])[0].ok
    assert wecom.tokens_given == 3


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"errcode": 0, "invaliduser": "user2"}, [(True, False), (False, False)]),
        ({"errcode": 0, "unlicenseduser": ["user1"]}, [(False, False), (True, False)]),
        ({"errcode": 81013, "errmsg": "all invalid"}, [(False, False)] * 2),
        ({"errcode": 45009, "errmsg": "too often"}, [(False, True)] * 2),
        ({"errcode": -1, "errmsg": "busy"}, [(False, True)] * 2),
        ({"errcode": 60020, "errmsg": "not allow to access from your ip"}, [(False, False)] * 2),
    ],
)
def test_wecom_says_who_was_not_reached(wecom: Wecom, answer: dict[str, Any], expected: list[Any]) -> None:
    wecom.answers = [answer]
    assert [(one.ok, one.retry) for one in sender(wecom).send([message(1), message(2)])] == expected


def test_wecom_faults_never_tell_the_secret(wecom: Wecom) -> None:
    (outcome,) = sender(wecom, "wrong-secret").send([message(1)])
    assert (outcome.ok, outcome.retry) == (False, False)
    gone = WecomSender(
        corp_id="corp", secret="wrong-secret", agent_id=7, base_url="http://127.0.0.1:9", timeout=1
    )
    (unreached,) = gone.send([message(1)])
    assert unreached.retry
    assert "wrong-secret" not in outcome.problem + unreached.problem


def test_wecom_accounts_cannot_smuggle_in_others(wecom: Wecom) -> None:
    bad = Message(1, "User1|@all", "开会", "", "", "1.1")
    assert [one.ok for one in sender(wecom).send([bad])] == [False]
    assert wecom.cards == []


def test_settings_choose_the_sender(settings: Any) -> None:
    options = {"corp_id": "c", "secret": "s", "agent_id": 1, "base_url": "https://wecom.hospital.example"}
    path = "rongpei.ground.notices.senders.wecom.WecomSender"
    settings.RONGPEI_SENDERS = {"wecom": {"class": path, "options": options}}
    made = sender_for("wecom")
    assert isinstance(made, WecomSender)
    assert made.base_url == "https://wecom.hospital.example"
    with pytest.raises(ValueError, match="not a web address"):
        WecomSender(corp_id="c", secret="s", agent_id=1, base_url="file:///etc/passwd")
