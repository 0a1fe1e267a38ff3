"""What readers leave: likes, kept articles, subscriptions, the name under which they comment."""

from datetime import datetime

from django.utils.translation import gettext as _

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions.talk import add_up
from rongpei.activities.columns.codes import MarkKind
from rongpei.activities.columns.models import Article, Column, Mark, Penname, Subscription
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action
from rongpei.org.people.models import Person


@action("columns.article.marked", may=rules.may_comment, about="article")
def mark_article(
    *, actor: Actor, article: Article, home_tenant_id: int, kind: MarkKind, on: bool, now: datetime
) -> bool:  # fmt: skip
    """Like or keep an article, or no longer; twice is once. Gives whether anything changed."""
    if on:
        mark, made = Mark.objects.get_or_create(
            person_id=rules.me(actor), article=article, kind=kind,
            defaults={"tenant_id": home_tenant_id, "marked_at": now},
        )  # fmt: skip
    else:
        made = bool(Mark.objects.filter(person_id=rules.me(actor), article=article, kind=kind).delete()[0])
    if made:
        step = 1 if on else -1
        add_up(
            article, likes=step if kind == MarkKind.LIKE else 0, keeps=step if kind == MarkKind.KEEP else 0
        )
    return made


@action("columns.column.subscribed", may=rules.is_oneself, about="column")
def subscribe(*, actor: Actor, column: Column, on: bool, now: datetime) -> bool:
    """Be told of new articles of a column, or no longer. Gives whether anything changed."""
    if not on:
        return bool(Subscription.objects.filter(person_id=rules.me(actor), column=column).delete()[0])
    return Subscription.objects.get_or_create(
        person_id=rules.me(actor), column=column, defaults={"tenant_id": actor.tenant_id, "began_at": now}
    )[1]


@action("columns.penname.chosen", may=rules.is_oneself)
def choose_penname(*, actor: Actor, name: str) -> str:
    """Choose the name under which one comments: two to twelve characters.

    Refuses names that pretend to speak for the house.
    """
    name = " ".join(name.split())
    if not 2 <= len(name) <= 12:
        raise Refused(_("显示名要 2 到 12 个字。"))
    if any(word in name for word in ("管理员", "官方", "编辑部", "客服")):
        raise Refused(_("这个显示名容易让人误会，请换一个。"))
    Penname.objects.update_or_create(
        person_id=rules.me(actor), defaults={"tenant_id": actor.tenant_id, "name": name}
    )
    return name


def usual_name(person: Person) -> str:
    """What somebody is called when nothing was chosen: surname and 医生, 护士 or 老师."""
    return usual_name_of(person.name, person.position_type)


def usual_name_of(name: str, position_type: str) -> str:
    """The same, of plain values."""
    calls = {"doctor": _("医生"), "nurse": _("护士"), "pharmacist": _("药师"), "technician": _("技师")}
    return f"{name[:1]}{calls.get(position_type, _('老师'))}"
