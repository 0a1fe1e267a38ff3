"""Joining from outside: codes, limits, what is recorded, what nobody learns."""

from datetime import timedelta

import pytest

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import visit_of
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.queries import has_agreed
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.codes import (
    CODE_AGAIN,
    CODE_LASTS,
    CODE_TRIES,
    CODES_A_DAY,
    CODES_A_PLACE_AND_HOUR,
)
from rongpei.pipelines.verification.models import PhoneCode
from rongpei.pipelines.verification.tests import samples

PHONE, PASSWORD = "13800001234", "four-calm-rivers"  # noqa: S105 - a test's password


@pytest.fixture
def house(cast):
    with scope([cast.operator.tenant.pk]):
        yield cast.operator


def ask(house, now, phone=PHONE, place="10.0.0.1"):
    return actions.ask_code(
        actor=System(house.tenant.pk), tenant_id=house.tenant.pk, phone=phone, place=place, now=now
    )


def join(house, code, now):
    texts = samples.texts_in(house)
    return actions.join(
        tenant_id=house.tenant.pk, phone=PHONE, code=code, password=PASSWORD,
        texts=[texts["user_agreement"], texts["privacy_policy"]], today=clock.today(), now=now,
    )  # fmt: skip


def test_a_code_opens_an_account_at_the_operator(house):
    now = clock.now()
    user = join(house, ask(house, now), now + timedelta(seconds=30))
    assert (user.tenant_id, user.phone, user.check_password(PASSWORD)) == (house.tenant.pk, PHONE, True)
    visit = visit_of(user, clock.today())
    assert visit.holds(Role.OUTSIDE_HCP)
    assert visit.name == "用户1234"
    assert has_agreed(user, TextKind.USER_AGREEMENT)
    assert has_agreed(user, TextKind.PRIVACY_POLICY)
    assert not has_agreed(user, TextKind.IDENTITY_AGREEMENT)


def test_neither_number_nor_code_is_kept_or_audited(house):
    code = ask(house, clock.now())
    row = PhoneCode.objects.get()
    assert PHONE not in f"{row.phone_index}{row.code_hash}"
    assert code != row.code_hash
    told = "".join(
        str(one.after) + str(one.before)
        for one in AuditEvent.objects.filter(code__startswith="verification.")
    )
    assert PHONE not in told
    assert code not in told


@pytest.mark.parametrize(("after", "sound"), [(CODE_LASTS, True), (CODE_LASTS + timedelta(seconds=1), False)])
def test_a_code_lasts_ten_minutes(house, after, sound):
    now = clock.now()
    code = ask(house, now)
    if sound:
        assert join(house, code, now + after).pk
    else:
        with pytest.raises(Refused, match="失效"):
            join(house, code, now + after)


def test_wrong_codes_are_counted_and_used_ones_spent(house):
    now = clock.now()
    code = ask(house, now)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(CODE_TRIES):
        with pytest.raises(Refused):
            join(house, wrong, now)
    with pytest.raises(Refused, match="失效"):
        join(house, code, now)
    later = now + CODE_AGAIN
    join(house, ask(house, later), later)
    assert User.objects.filter(phone=PHONE).count() == 1


def test_codes_are_limited_by_time_number_and_place(house):
    now = clock.now()
    ask(house, now)
    with pytest.raises(Refused, match="秒后"):
        ask(house, now + CODE_AGAIN - timedelta(seconds=1))
    for turn in range(1, CODES_A_DAY):
        ask(house, now + turn * CODE_AGAIN)
    with pytest.raises(Refused, match="明天"):
        ask(house, now + CODES_A_DAY * CODE_AGAIN)
    for number in range(CODES_A_PLACE_AND_HOUR - CODES_A_DAY):
        ask(house, now + timedelta(minutes=10), phone=f"139{number:08d}")
    with pytest.raises(Refused, match="一小时"):
        ask(house, now + timedelta(minutes=10), phone="13700000000")


def test_a_known_number_is_told_only_to_its_owner(house):
    now = clock.now()
    join(house, ask(house, now), now)
    code = ask(house, now + CODE_AGAIN)  # as for any other number
    with pytest.raises(Refused, match="已有账号"):
        join(house, code, now + CODE_AGAIN)


def test_only_the_platform_opens_accounts(house):
    with pytest.raises(Forbidden):
        actions.ask_code(
            actor=house.actor("outside_hcp"),
            tenant_id=house.tenant.pk,
            phone=PHONE,
            place="x",
            now=clock.now(),
        )
