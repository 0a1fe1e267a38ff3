"""Carrying a step of the editorial way to the engine, which judges it, keeps it, and says who is next and until when."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.activities.columns.models import Article
from rongpei.activities.columns.procedures import CODE, SUBMIT
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused
from rongpei.kernel.procedures import actions as engine
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit


def carry(actor: Actor, article: Article, step: str, *, secrecy_checked: bool, now: datetime) -> None:
    """Do a step of the article's case; the first one opens it.

    Refuses, in the words of the rule, what the declaration does not allow.
    """
    today = timezone.localdate(now)
    case = _open_case_of(article) or _begun(actor, article, step, now)
    data = {"secrecy_checked": secrecy_checked, "person_id": actor.person_id, "revision": article.revisions}
    try:
        engine.perform(actor=actor, case=case, step=step, on=today, today=today, now=now, data=data)
    except engine.Unlawful as unlawful:
        first = unlawful.judgement.findings[0]
        raise Refused(first.message, remedy=_remedy(first.rule), code=first.rule) from unlawful


def hand_back(actor: Actor, article: Article, reason: str, now: datetime) -> None:
    """The submission no longer stands, nor what came after it; the records keep both."""
    today, case = timezone.localdate(now), _open_case_of(article)
    if case is not None:
        engine.return_case(actor=actor, case=case, step=SUBMIT, reason=reason, on=today, today=today, now=now)


def give_up(actor: Actor, article: Article, reason: str, now: datetime) -> None:
    """End the case of an article that will not be printed."""
    today, case = timezone.localdate(now), _open_case_of(article)
    if case is not None:
        engine.end(actor=actor, case=case, outcome="withdrawn", reason=reason, on=today, today=today, now=now)


def _open_case_of(article: Article) -> Case | None:
    case = article.case
    return case if case is not None and case.state == State.OPEN else None


def _begun(actor: Actor, article: Article, step: str, now: datetime) -> Case:
    root = Unit.objects.filter(
        tenant_id=article.tenant_id, tree=Tree.ADMIN, parent=None, closed_on=None
    ).first()
    if root is None:
        raise Refused(_("本单位还没有建立组织，不能走审核流程。"), remedy=_("请先导入名册。"))
    today = timezone.localdate(now)
    case = engine.open_case(
        actor=actor, procedure=CODE, unit=root, on=today, today=today, now=now, subject_id=article.pk,
        partial=step != SUBMIT,
    )  # fmt: skip
    article.case = case
    article.save(update_fields=["case"])
    return case


def _remedy(rule: str) -> str:
    return {
        "secrecy": _("请看过全文和图片，再勾选“已做保密审查”。"),
        "four_eyes": _("请另一位终审人办理。"),
        "not_the_writer": _("请另一位编辑办理。"),
    }.get(rule, "")
