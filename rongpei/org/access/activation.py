"""One-time codes: an imported person makes an account without anybody knowing the password."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.accounts.models import ActivationCode, User
from rongpei.ground.audit import Refused, action, note
from rongpei.org.people.actions import bind_account
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.people.rules import may_register

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0 O 1 I
VALID_FOR = timedelta(days=14)
MOST_TRIES = 5


@action("access.activation.issued", may=may_register)
def issue_codes(*, actor: Actor, tenant_id: int, people: Iterable[Person], now: datetime) -> dict[int, str]:
    """Make a fresh code for each person without an account; return `{person id: code}`, shown once and never kept."""
    given: dict[int, str] = {}
    rows = []
    for person in people:
        if person.user_id is None and person.staff_number and person.tenant_id == tenant_id:
            code = "".join(secrets.choice(_ALPHABET) for _index in range(10))
            given[person.pk] = code
            rows.append(
                ActivationCode(
                    tenant_id=tenant_id,
                    number=person.staff_number,
                    code_hash=_hash(code),
                    expires_at=now + VALID_FOR,
                )
            )
    ActivationCode.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "number"],
        update_fields=["code_hash", "expires_at", "used_at", "tries"],
    )
    note(count=len(given))
    return given


def activate_account(*, tenant_id: int, number: str, code: str, password: str, now: datetime) -> User:
    """Make the account of a person who shows the code.

    Refuses a wrong, used or expired code with one sentence, and stops after five wrong tries.
    """
    row = ActivationCode.objects.filter(tenant_id=tenant_id, number=number).first()
    if row is None or row.used_at or row.expires_at < now or row.tries >= MOST_TRIES:
        raise Refused(_("激活码不能用了，请向本单位人事处或党办要一张新的。"))
    if not constant_time_compare(_hash(code), row.code_hash):
        ActivationCode.objects.filter(pk=row.pk).update(tries=row.tries + 1)
        raise Refused(_("激活码不对，请对照通知单再输一次。"))
    system = System(tenant_id)
    person = Person.objects.filter(
        tenant_id=tenant_id, staff_number=number, standing=Standing.PRESENT
    ).first()
    if person is None or person.user_id:
        raise Refused(_("这个工号不在名册里，或已经激活。"))
    user = User(tenant_id=tenant_id, username=f"{tenant_id}-{number}", number=number)
    user.set_password(password)
    return _open(actor=system, person=person, user=user, row=row, now=now)


def _may_open(*, actor: Actor, person: Person) -> bool:
    return isinstance(actor, System) and actor.tenant_id == person.tenant_id


@action("access.account.activated", may=_may_open, about="person")
def _open(*, actor: Actor, person: Person, user: User, row: ActivationCode, now: datetime) -> User:
    user.save()
    ActivationCode.objects.filter(pk=row.pk).update(used_at=now)
    bind_account(actor=actor, person=person, user=user)
    return user


def _hash(code: str) -> str:
    # Ten random letters need no slow hash: five tries cannot guess them, and the digest is keyed.
    return salted_hmac("access.activation", code.strip().upper(), algorithm="sha256").hexdigest()
