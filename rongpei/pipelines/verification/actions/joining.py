"""Joining from outside: a code to the telephone, then an account with its person at the operator's tenant.

Nobody learns from these pages whether a number has an account before having shown the code sent to it.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import Refused, action
from rongpei.ground.files.cipher import blind_index
from rongpei.org.access.actions import grant_role
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import visit_of
from rongpei.org.consent.actions import answer
from rongpei.org.consent.codes import Answer
from rongpei.org.consent.models import ConsentText
from rongpei.org.people.actions import bind_account, register_person
from rongpei.org.people.models import Person
from rongpei.org.units.actions import post_person
from rongpei.org.units.codes import Tree
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import (
    CHANNEL,
    CODE_AGAIN,
    CODE_LASTS,
    CODE_TRIES,
    CODES_A_DAY,
    CODES_A_PLACE_AND_HOUR,
)
from rongpei.pipelines.verification.models import PhoneCode
from rongpei.pipelines.verification.queries import outside_unit


@action("verification.code.asked", may=rules.is_platform)
def ask_code(*, actor: Actor, tenant_id: int, phone: str, place: str, now: datetime) -> str:
    """Make a code of six digits for a telephone; the caller sends it, and nobody keeps it.

    Refuses a second one within a minute, and more than a few from one number a day or one address an hour.
    """
    by_phone = PhoneCode.objects.filter(phone_index=blind_index(phone))
    last = by_phone.order_by("-sent_at").first()
    if last is not None and now - last.sent_at < CODE_AGAIN:
        wait = int((CODE_AGAIN - (now - last.sent_at)).total_seconds()) + 1
        raise Refused(_("验证码刚刚发过，请 %(n)d 秒后再要。") % {"n": wait}, code="soon")
    asked_here = PhoneCode.objects.filter(
        place_index=blind_index(place), sent_at__gt=now - timedelta(hours=1)
    )
    a_day = by_phone.filter(sent_at__gt=now - timedelta(days=1)).count() >= CODES_A_DAY
    if a_day or asked_here.count() >= CODES_A_PLACE_AND_HOUR:
        raise Refused(
            _("要验证码的次数太多，请明天再试。") if a_day else _("这里要验证码的次数太多，请一小时后再试。"),
            code="many",
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    PhoneCode.objects.create(
        tenant_id=tenant_id, phone_index=blind_index(phone), place_index=blind_index(place), code_hash=_hash(phone, code),
        sent_at=now, expires_at=now + CODE_LASTS,
    )  # fmt: skip
    return code


def _spend(phone: str, code: str, now: datetime) -> None:
    """Use up the newest code of a number. A wrong try counts even though it is refused."""
    rows = PhoneCode.objects.select_for_update().filter(phone_index=blind_index(phone))
    row = rows.order_by("-sent_at").first()
    if row is None or row.used_at or row.expires_at < now or row.tries >= CODE_TRIES:
        raise Refused(_("验证码已失效，请重新获取。"), code="stale")
    if not constant_time_compare(_hash(phone, code), row.code_hash):
        PhoneCode.objects.filter(pk=row.pk).update(tries=row.tries + 1)
        left = CODE_TRIES - row.tries - 1
        raise Refused(
            _("验证码不对，还可以试 %(n)d 次。") % {"n": left} if left else _("验证码已失效，请重新获取。"),
            code="wrong",
        )
    PhoneCode.objects.filter(pk=row.pk).update(used_at=now)


def join(
    *,
    tenant_id: int,
    phone: str,
    code: str,
    password: str,
    texts: Sequence[ConsentText],
    today: date,
    now: datetime,
) -> User:
    """Make the account of somebody who shows the code, and record that the texts were agreed to.

    Refuses a wrong or spent code, and a telephone that has an account.
    """
    _spend(phone, code, now)
    if User.objects.filter(phone=phone, is_active=True).exists():
        raise Refused(
            _("这个手机号已有账号，请直接登录。"), remedy=_("忘记密码的，请联系运营方。"), code="known"
        )
    user = User(tenant_id=tenant_id, username=f"out-{secrets.token_hex(6)}", phone=phone)
    user.set_password(password)
    try:
        with transaction.atomic():
            _open(actor=System(tenant_id), tenant_id=tenant_id, user=user, texts=texts, today=today, now=now)
            return user
    except IntegrityError as trouble:
        raise Refused(_("这个手机号已有账号，请直接登录。"), code="known") from trouble


@action("verification.account.opened", may=rules.is_platform)
def _open(
    *, actor: Actor, tenant_id: int, user: User, texts: Sequence[ConsentText], today: date, now: datetime
) -> Person:
    user.save()
    unit, phone = outside_unit(tenant_id), user.phone or ""
    # The real name is asked later, and only of those who want to be verified.
    person = register_person(actor=actor, tenant_id=tenant_id, name=alias(phone))
    bind_account(actor=actor, person=person, user=user)
    post_person(actor=actor, person=person, tree=Tree.ADMIN, unit=unit, starts_on=today, today=today, now=now)
    grant_role(actor=actor, person=person, role=Role.OUTSIDE_HCP, unit=unit, starts_on=today)
    oneself = visit_of(user, today)
    for text in texts:
        answer(actor=oneself, user=user, text=text, choice=Answer.AGREE, channel=CHANNEL, now=now)
    return person


def alias(phone: str) -> str:
    """How somebody is called whose name nobody asked."""
    return _("用户%(tail)s") % {"tail": phone[-4:]}


def _hash(phone: str, code: str) -> str:
    return salted_hmac("verification.code", f"{phone}:{code}", algorithm="sha256").hexdigest()
