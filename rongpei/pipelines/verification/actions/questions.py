"""Building question forms and answering them. A form that was answered goes on as a new version; old answers keep theirs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.papers import answering, drafting
from rongpei.kernel.papers.models import Paper, Sheet
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import FORM_OWNER, FormState
from rongpei.pipelines.verification.models import QuestionForm

_COLUMNS = ("title", "intro", "purpose", "audience", "profession", "text")


@action("verification.form.saved", may=rules.may_build)
def begin_form(*, actor: Actor, tenant_id: int, values: Mapping[str, str], now: datetime) -> QuestionForm:
    """Write a new form; nobody is asked before it is opened. Refuses questions that cannot be read."""
    drafting.parse(values["text"])
    chosen = {name: values[name] for name in _COLUMNS}
    return QuestionForm.objects.create(tenant_id=tenant_id, created_at=now, changed_at=now, **chosen)


@action("verification.form.saved", may=rules.may_change_form, locks=("form",), about="form")
def save_form(
    *, actor: Actor, form: QuestionForm, values: Mapping[str, str], today: date, now: datetime
) -> QuestionForm:
    """Change a form. Where its questions change after somebody answered, the next version begins.

    Refuses a form that is closed, and questions that cannot be read.
    """
    if form.state == FormState.CLOSED:
        raise Refused(_("这份问题表已经结束，不能再改。"), remedy=_("请另写一份。"))
    drafting.parse(values["text"])
    changed = values["text"].strip() != form.text.strip()
    for name in _COLUMNS:
        setattr(form, name, values[name])
    if form.paper is not None:
        Paper.objects.filter(pk=form.paper.pk).update(title=form.title[:120], intro=form.intro)
        if changed and form.paper.sheets.exists():
            form.version += 1
            form.paper = _paper(form, today, now)
        elif changed:
            drafting.rewrite(paper=form.paper, text=form.text)
    form.changed_at = now
    form.save()
    note(version=form.version)
    return form


def _paper(form: QuestionForm, today: date, now: datetime) -> Paper:
    return drafting.make_paper(
        tenant_id=form.tenant_id, title=form.title, text=form.text, owner_kind=FORM_OWNER, owner_id=form.pk, opens_on=today,
        now=now, intro=form.intro,
    )  # fmt: skip


@action("verification.form.opened", may=rules.may_change_form, locks=("form",), about="form")
def open_form(*, actor: Actor, form: QuestionForm, today: date, now: datetime) -> QuestionForm:
    """Begin (or go on) collecting. Refuses a second open form for the flow itself."""
    if form.state == FormState.OPEN:
        raise Refused(_("这份问题表已经在收集。"))
    if form.paper is None:
        form.paper = _paper(form, today, now)
    form.state, form.changed_at = FormState.OPEN, now
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError as trouble:
        raise Refused(
            _("认证时填写的问题表只能有一份，现在已有一份在收集。"), remedy=_("请先结束那一份。")
        ) from trouble
    return form


@action("verification.form.closed", may=rules.may_change_form, locks=("form",), about="form")
def close_form(*, actor: Actor, form: QuestionForm, now: datetime) -> QuestionForm:
    """Stop collecting; the answers stay."""
    if form.state != FormState.OPEN:
        raise Refused(_("这份问题表没有在收集。"))
    form.state, form.changed_at = FormState.CLOSED, now
    form.save(update_fields=["state", "changed_at"])
    return form


@action("verification.form.answered", may=rules.may_answer_form, about="form")
def answer_form(*, actor: Actor, form: QuestionForm, answers: Mapping[str, Any], today: date) -> Sheet:
    """Answer once; the own answers can be changed while the form is open. Refuses answers that do not fit."""
    if form.paper is None or actor.person_id is None:
        raise Refused(_("这份问题表现在不能填写。"))
    drafting.invite(paper=form.paper, person_ids=[actor.person_id])
    note(version=form.version)
    return answering.hand_in(paper=form.paper, person_id=actor.person_id, answers=answers, on=today)
