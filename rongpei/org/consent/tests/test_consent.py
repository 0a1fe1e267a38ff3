"""Consent: versions, answers, and what counts as agreement."""

import hashlib

import pytest
from django.db import InternalError, ProgrammingError, transaction

from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.org.consent.actions import answer, publish_text
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.models import ConsentAnswer
from rongpei.org.consent.queries import current_text, has_agreed, latest_answer

KIND = TextKind.PRIVACY_POLICY


@pytest.fixture
def house(cast):
    with scope([cast.h1.tenant.pk]):
        yield cast.h1


@pytest.fixture
def publish(house):
    def make(body):
        return publish_text(
            actor=house.actor("system_admin"),
            tenant_id=house.tenant.pk,
            kind=KIND,
            body=body,
            now=clock.now(),
        )

    return make


@pytest.fixture
def say(house):
    def make(text, choice, number="staff"):
        return answer(
            actor=house.actor(number),
            user=house.user("staff"),
            text=text,
            choice=choice,
            channel="web",
            now=clock.now(),
        )

    return make


def test_versions_count_up_and_carry_their_digest(house, publish):
    first, second = publish("甲"), publish("乙")
    assert (first.version, second.version) == (1, 2)
    assert second.digest == hashlib.sha256("乙".encode()).hexdigest()
    assert current_text(house.tenant.pk, KIND) == second


@pytest.mark.parametrize("body", ["", "  \r\n", "甲"])
def test_an_empty_or_equal_text_is_refused(publish, body):
    publish("甲")
    with pytest.raises(Refused):
        publish(body)


def test_only_the_system_admin_publishes(house):
    with pytest.raises(Forbidden):
        publish_text(
            actor=house.actor("party_office"),
            tenant_id=house.tenant.pk,
            kind=KIND,
            body="甲",
            now=clock.now(),
        )


def test_another_tenants_text_cannot_be_published_here(cast):
    with scope(cast.tenant_ids), pytest.raises(Forbidden):
        publish_text(
            actor=cast.h1.actor("system_admin"),
            tenant_id=cast.h2.tenant.pk,
            kind=KIND,
            body="甲",
            now=clock.now(),
        )


def test_without_a_text_nothing_is_agreed(house):
    assert not has_agreed(house.user("staff"), KIND)


@pytest.mark.parametrize(
    ("choice", "agreed"), [(Answer.AGREE, True), (Answer.SKIP, False), (Answer.REFUSE, False)]
)
def test_only_agree_is_agreement(house, publish, say, choice, agreed):
    said = say(publish("甲"), choice)
    assert has_agreed(house.user("staff"), KIND) is agreed
    assert latest_answer(house.user("staff"), KIND) == said


def test_a_new_version_asks_again(house, publish, say):
    old = publish("甲")
    say(old, Answer.AGREE)
    new = publish("乙")
    assert not has_agreed(house.user("staff"), KIND)
    with pytest.raises(Refused):
        say(old, Answer.AGREE)
    say(new, Answer.AGREE)
    assert has_agreed(house.user("staff"), KIND)


def test_withdrawal_ends_agreement_and_needs_one(house, publish, say):
    text = publish("甲")
    with pytest.raises(Refused):
        say(text, Answer.WITHDRAW)
    say(text, Answer.AGREE)
    say(text, Answer.WITHDRAW)
    assert not has_agreed(house.user("staff"), KIND)
    assert ConsentAnswer.objects.filter(user=house.user("staff")).count() == 2


def test_an_old_agreement_can_be_withdrawn_after_a_new_version(publish, say):
    old = publish("甲")
    say(old, Answer.AGREE)
    publish("乙")
    assert say(old, Answer.WITHDRAW).answer == Answer.WITHDRAW


def test_nobody_answers_for_another(publish, say):
    with pytest.raises(Forbidden):
        say(publish("甲"), Answer.AGREE, number="system_admin")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_answers_are_append_only(publish, say, change):
    said = say(publish("甲"), Answer.AGREE)
    rows = ConsentAnswer.objects.filter(pk=said.pk)
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        rows.update(answer=Answer.REFUSE) if change == "update" else rows._raw_delete("default")
