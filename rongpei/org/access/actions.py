"""Giving and ending roles."""

from datetime import date

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.org.access import rules
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.access.queries import is_last_security_admin, objections, separated
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


@action("access.role.granted", may=rules.may_grant, locks=("person",))
def grant_role(
    *, actor: Actor, person: Person, role: Role, unit: Unit, starts_on: date, ends_on: date | None = None
) -> Holding:
    """Give a role at a unit from a date.

    Refuses a second of the three separate roles (三员分立) in the same days, a role already held there, an
    empty period and a closed unit.
    """
    note(person=person.pk, role=role, unit=unit.pk, starts_on=starts_on, ends_on=ends_on)
    found = objections(person=person, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on)
    if found:
        raise found[0]
    try:
        with transaction.atomic():
            return Holding.objects.create(
                tenant_id=person.tenant_id,
                person=person,
                role=role,
                unit=unit,
                starts_on=starts_on,
                ends_on=ends_on,
            )
    except IntegrityError as error:
        if "access_three_separate_roles" in str(error):
            raise separated() from error
        raise


def _may_end_session(*, actor: Actor, session: UserSession) -> bool:
    return bool(actor.user_id == session.user_id)


@action("access.session.ended", may=_may_end_session)
def end_session(*, actor: Actor, session: UserSession) -> None:
    """Sign one of the own browsers out."""
    note(session=session.pk)
    session.end()


@action("access.role.ended", may=rules.may_end_role, locks=("holding",), about="holding")
def end_role(*, actor: Actor, holding: Holding, on: date) -> Holding:
    """End a role from a date; one that began that day or later is removed.

    Refuses to prolong a role that ends earlier, and to leave the tenant without a security admin.
    """
    note(person=holding.person_id, role=holding.role, unit=holding.unit_id, on=on)
    if holding.ends_on is not None and holding.ends_on <= on:
        raise Refused(_("这个角色到那天已经结束。"), remedy=_("如要延长，请重新授权。"))
    if is_last_security_admin(holding, on):
        raise Refused(
            _("这是本单位最后一位安全管理员，不能结束。"),
            why=_("结束后没有人能授权。"),
            remedy=_("请先授权另一位安全管理员。"),
        )
    if holding.starts_on >= on:
        Holding.objects.filter(pk=holding.pk).delete()
    else:
        holding.ends_on = on
        holding.save(update_fields=["ends_on"])
    return holding
