"""Question forms as the asker may see them: whom they ask, what was answered to them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.kernel.papers.models import Paper, Sheet
from rongpei.org.access.codes import Role
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import FORM_OWNER, Purpose
from rongpei.pipelines.verification.models import QuestionForm


def forms_built(actor: Actor) -> QuerySet[QuestionForm]:
    """Every form of the builder's tenant."""
    return QuestionForm.objects.filter(tenant_id=actor.tenant_id).select_related("paper")


def forms_asking(actor: Actor, on: date) -> QuerySet[QuestionForm]:
    """Open forms that ask this person, newest first; `done`: whether the version in force was answered."""
    rows = rules.forms_asking(actor, on).select_related("paper").annotate(done=_answered(actor))
    return rows.order_by("-changed_at", "-id")


def _answered(actor: Actor) -> Exists:
    return Exists(Sheet.objects.filter(paper_id=OuterRef("paper_id"), person_id=actor.person_id or 0))


def unanswered(actor: Actor, on: date, purpose: Purpose) -> QuerySet[QuestionForm]:
    """Those of a purpose that the person has not answered yet."""
    return forms_asking(actor, on).filter(~_answered(actor), purpose=purpose)


def profile_form(actor: Actor, on: date) -> QuestionForm | None:
    """The form of the flow itself, while it is open, asks this person and was not answered."""
    return unanswered(actor, on, Purpose.PROFILE).first()


def own_sheet(form: QuestionForm, person_id: int | None) -> Sheet | None:
    """What the person answered to the version in force."""
    return Sheet.objects.filter(paper_id=form.paper_id or 0, person_id=person_id or 0).first()


def papers_of(form: QuestionForm) -> QuerySet[Paper]:
    """All versions, the newest first."""
    return Paper.objects.filter(owner_kind=FORM_OWNER, owner_id=form.pk, tenant_id=form.tenant_id).order_by(
        "-id"
    )


def earlier_answers(form: QuestionForm, person_id: int | None) -> dict[str, Any]:
    """Answers to an earlier version, put to the questions of this one that are worded and built alike."""
    older = papers_of(form).exclude(pk=form.paper_id or 0)
    sheet = Sheet.objects.filter(paper__in=older, person_id=person_id or 0).order_by("-paper_id").first()
    if sheet is None or form.paper is None:
        return {}
    before = {
        (one.text, one.kind, tuple(one.options)): str(one.number) for one in sheet.paper.questions.all()
    }
    found = {}
    for one in form.paper.questions.all():
        number = before.get((one.text, one.kind, tuple(one.options)))
        if number is not None and number in sheet.answers:
            found[str(one.number)] = sheet.answers[number]
    return found


def form_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """Forms that a person from outside has not answered; nothing is asked for others."""
    if not actor.holds(Role.OUTSIDE_HCP) or actor.user_id is None:
        return
    for form in unanswered(actor, on, Purpose.COLLECT)[:20]:
        yield Todo(
            key=f"verification.form:{form.pk}", title=_("填写“%s”") % form.title, why=form.intro,
            url=reverse("verification:answer", args=[form.pk]), button=_("去填写"),
        )  # fmt: skip
