"""Asking, answering, extending, taking a copy."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.notices.actions import send
from rongpei.ground.notices.codes import NoticeKind
from rongpei.ground.personal import Keep, registry
from rongpei.ground.personal.erasing import carry_out
from rongpei.org.people.models import Person
from rongpei.org.privacy import copies, rules
from rongpei.org.privacy.codes import ANSWERING, ARTICLES, Outcome, RequestKind, RequestState
from rongpei.org.privacy.models import Request, Term
from rongpei.org.privacy.queries import due_on, everywhere, subject_of, term_on


@action("privacy.copy.taken", may=rules.may_ask, about="person")
def take_copy(*, actor: Actor, person: Person, now: datetime) -> dict[str, Any]:
    """Everything held about oneself, as plain values; that it was taken is recorded, its content is not."""
    made = copies.make(actor, subject_of(person), now)
    note(parts=len(made["parts"]), rows=sum(len(part["rows"]) for part in made["parts"]))
    return made


@action("privacy.request.asked", may=rules.may_ask)
def ask(
    *, actor: Actor, person: Person, kind: RequestKind, about: Sequence[str], wish: str, today: date, now: datetime
) -> Request:  # fmt: skip
    """Ask for something; the term of the day says until when it is answered.

    Refuses a second open request of the kind, one that says nothing, and a deletion of what the law has kept.
    """
    wish, about = wish.strip()[:1000], list(dict.fromkeys(about))
    if Request.objects.filter(person=person, kind=kind, state=RequestState.OPEN).exists():
        raise Refused(_("您有一件同样的申请正在办理。"), remedy=_("请等答复，或撤回以后重新提出。"))
    if kind == RequestKind.DELETE:
        _must_be_erasable(person, about)
    elif not wish:
        raise Refused(_("请写明要求什么。"))
    found = due_on(person.tenant_id, today)
    note(kind=kind, about=about, due_on=found.on)
    return Request.objects.create(
        tenant_id=person.tenant_id,
        person=person,
        kind=kind,
        about=about,
        wish=wish,
        asked_at=now,
        due_on=found.on,
    )


def _must_be_erasable(person: Person, about: Sequence[str]) -> None:
    known = {one.model: one for one in registry.everything()}
    if not about:
        raise Refused(_("请选要删除哪些信息。"))
    subject = subject_of(person)
    for model in about:
        if model not in known:
            raise Refused(_("没有这一类信息，请重新选择。"))
        end = known[model].end_for(subject)
        if isinstance(end, Keep):
            raise Refused(
                _("“%s”依法不能删除。") % known[model].title, why=str(end.why), article=str(end.article)
            )


@action("privacy.request.withdrawn", may=rules.may_withdraw, locks=("request",), about="request")
def withdraw(*, actor: Actor, request: Request) -> Request:
    """Take a request back before it is answered."""
    _must_be_open(request)
    request.state = RequestState.WITHDRAWN
    request.save(update_fields=["state"])
    return request


@action("privacy.request.extended", may=rules.may_answer, locks=("request",), about="request")
def extend(*, actor: Actor, request: Request, reason: str, today: date, now: datetime) -> Request:
    """Answer later, once, by the days the term allows; the person is told why.

    Refuses a second extension, one after the due date, and one without a reason.
    """
    _must_be_open(request)
    if request.extended_on is not None:
        raise Refused(_("已经延长过一次，不能再延长。"))
    if today > request.due_on:
        raise Refused(_("期限已过，不能延长，请尽快答复。"))
    if not reason.strip():
        raise Refused(_("请写明延长的原因，申请人会看到。"), article=str(ANSWERING))
    days = term_on(request.tenant_id, today).extension_days
    if not days:
        raise Refused(_("本单位规定不能延长。"))
    request.due_on = WorkCalendar.load().add_working_days(request.due_on, days).on
    request.extended_on, request.extension_reason = today, reason.strip()[:200]
    request.save(update_fields=["due_on", "extended_on", "extension_reason"])
    note(due_on=request.due_on)
    _tell(actor, request, _("您的个人信息申请要延长到 %s 答复") % request.due_on, now)
    return request


@action("privacy.request.answered", may=rules.may_answer, locks=("request",), about="request")
def answer(
    *, actor: Actor, request: Request, outcome: Outcome, words: str, about: Sequence[str], now: datetime
) -> Request:  # fmt: skip
    """Answer; a deletion that is granted is carried out in the same transaction, for the kinds given.

    Refuses an answer without words, and a deletion of kinds that were not asked for or that the law keeps.
    """
    _must_be_open(request)
    words = words.strip()[:1000]
    if not words:
        raise Refused(_("请写明答复，不同意的要说明理由。"), article=str(ANSWERING))
    if request.kind == RequestKind.DELETE and outcome != Outcome.REFUSED:
        request.result = _erased(actor, request, outcome, list(about))
    request.state, request.outcome, request.answer = RequestState.ANSWERED, outcome, words
    request.answered_at, request.answered_by = now, actor.person_id
    request.save(update_fields=["state", "outcome", "answer", "answered_at", "answered_by", "result"])
    note(outcome=outcome, erased=request.result)
    _tell(actor, request, _("您的个人信息申请已答复：%s") % outcome.label, now)
    return request


def _erased(actor: Actor, request: Request, outcome: Outcome, about: list[str]) -> dict[str, int]:
    if outcome == Outcome.GRANTED:
        about = list(request.about)
    if not about or not set(about) <= set(request.about):
        raise Refused(_("请在申请的范围里选要删除哪些信息。"))
    with everywhere(actor):
        done = carry_out(subject_of(request.person), frozenset(about))
    return {one.held.model: one.rows for one in done}


@action("privacy.term.set", may=rules.may_set_term)
def set_term(
    *, actor: Actor, tenant_id: int, starts_on: date, working_days: int, extension_days: int, basis: str, today: date
) -> Term:  # fmt: skip
    """Set the term of answering from a day on; requests already made keep their due date.

    Refuses a day that has passed.
    """
    if starts_on < today:
        raise Refused(_("新规定从今天或以后的日期起算。"))
    note(starts_on=starts_on, working_days=working_days, extension_days=extension_days)
    values = {"working_days": working_days, "extension_days": extension_days, "basis": basis.strip()[:200]}
    return Term.objects.update_or_create(tenant_id=tenant_id, starts_on=starts_on, defaults=values)[0]


def _must_be_open(request: Request) -> None:
    if request.state != RequestState.OPEN:
        raise Refused(_("这件申请%s，不能再改。") % RequestState(request.state).label)


def _tell(actor: Actor, request: Request, title: str, now: datetime) -> None:
    send(
        actor=actor, tenant_id=request.tenant_id, reader_ids=[request.person_id], title=title, body=str(ARTICLES[RequestKind(request.kind)]),
        url=reverse("privacy:request", args=[request.pk]), kind=NoticeKind.RESULT, now=now,
    )  # fmt: skip
