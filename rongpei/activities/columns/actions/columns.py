"""Founding and changing columns, naming editors, inviting authors."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions.editing import open_draft
from rongpei.activities.columns.actions.opening import spread_access
from rongpei.activities.columns.models import Article, Column, ColumnEditor, Invitation
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.org.people.models import Person


@action("columns.column.founded", may=rules.may_keep_columns)
def found_column(*, actor: Actor, tenant_id: int, values: Mapping[str, Any], now: datetime) -> Column:
    """Found a column; `values` are fields of the model.

    Refuses a name that the tenant's columns already have.
    """
    _must_be_new(tenant_id, values["name"])
    return Column.objects.create(tenant_id=tenant_id, created_at=now, **values)


@action("columns.column.changed", may=rules.may_keep_column, locks=("column",), about="column")
def change_column(*, actor: Actor, column: Column, values: Mapping[str, Any]) -> Column:
    """Change a column; what it says about being public or closed reaches all of its articles at once."""
    _must_be_new(column.tenant_id, values.get("name", column.name), column)
    for name, value in values.items():
        setattr(column, name, value)
    column.save(update_fields=list(values))
    note(changed=sorted(values))
    spread_access(Article.objects.filter(column=column))
    return column


@action("columns.column.closed", may=rules.may_keep_column, locks=("column",), about="column")
def close_column(*, actor: Actor, column: Column, on: date) -> Column:
    """Close a column: it and its articles are no longer found; nothing is deleted."""
    column.closed_on, column.is_public = on, False
    column.save(update_fields=["closed_on", "is_public"])
    spread_access(Article.objects.filter(column=column))
    return column


@action("columns.column.opened_again", may=rules.may_keep_column, locks=("column",), about="column")
def open_column_again(*, actor: Actor, column: Column) -> Column:
    """Open a closed column again, inside the house; making it public is a decision of its own."""
    column.closed_on = None
    column.save(update_fields=["closed_on"])
    return column


def _must_be_new(tenant_id: int, name: str, but: Column | None = None) -> None:
    same = Column.objects.filter(tenant_id=tenant_id, name=name)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise Refused(_("已有同名的专栏。"), remedy=_("请换一个名称，或修改原来的专栏。"))


@action("columns.editors.named", may=rules.may_keep_column, locks=("column",), about="column")
def name_editors(*, actor: Actor, column: Column, people: Sequence[Person]) -> Column:
    """Name the editors of a column; without any, every editor of the tenant is one."""
    wanted = {person.pk: person.name for person in people if person.tenant_id == column.tenant_id}
    ColumnEditor.objects.filter(column=column).exclude(person__in=wanted).delete()
    have = set(ColumnEditor.objects.filter(column=column).values_list("person_id", flat=True))
    ColumnEditor.objects.bulk_create(
        ColumnEditor(tenant_id=column.tenant_id, column=column, person_id=ident, name=name)
        for ident, name in wanted.items()
        if ident not in have
    )
    note(editors=sorted(wanted))
    return column


@action("columns.author.invited", may=rules.may_keep_column)
def invite_author(
    *, actor: Actor, column: Column, guest: str, topic: str, message: str, due_on: date, invited_by: str, now: datetime
) -> Invitation:  # fmt: skip
    """Ask somebody to write; the page shows a link to hand over.

    Refuses a due date that has passed.
    """
    if due_on < now.date():
        raise Refused(_("截稿日期已过，请选今天或以后的日期。"))
    return Invitation.objects.create(
        tenant_id=column.tenant_id, column=column, guest=guest, topic=topic, message=message, due_on=due_on,
        invited_by=invited_by, invited_at=now,
    )  # fmt: skip


def _may_withdraw(*, actor: Actor, invitation: Invitation) -> bool:
    return rules.may_keep_columns(actor=actor, tenant_id=invitation.tenant_id)


@action("columns.invitation.withdrawn", may=_may_withdraw, locks=("invitation",), about="invitation")
def withdraw_invitation(*, actor: Actor, invitation: Invitation, now: datetime) -> Invitation:
    """Take an invitation back before it is accepted."""
    if invitation.accepted_at is not None:
        raise Refused(_("对方已接受约稿，不能撤回。"), remedy=_("可以在稿件页退回或撤下。"))
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@action("columns.invitation.accepted", may=rules.is_oneself, locks=("invitation",), about="invitation")
def accept_invitation(
    *, actor: Actor, invitation: Invitation, home_tenant_id: int, author_name: str, now: datetime
) -> Article:  # fmt: skip
    """Begin the article asked for; the actor becomes its writer.

    Refuses an invitation that was accepted, withdrawn or is overdue.
    """
    if invitation.accepted_at is not None:
        raise Refused(_("这份约稿已有人接受。"), remedy=_("如果是您接受的，请到“我的稿件”继续写。"))
    if invitation.withdrawn_at is not None or invitation.due_on < now.date():
        raise Refused(_("这份约稿已失效。"), remedy=_("请联系编辑重新发送。"))
    article = open_draft(
        column=invitation.column, writer_id=actor.person_id, home_tenant_id=home_tenant_id, poster_id=None,
        author_name=author_name, title=invitation.topic, now=now,
    )  # fmt: skip
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now, article=article)
    return article
