"""Rows of verification for the permission table: one submission, one image, one sentence, made for the test."""

from typing import Any

from contracts.cast import House
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.org.access.codes import Role
from rongpei.pipelines.verification.actions import begin_form, keep_template, open_form
from rongpei.pipelines.verification.models import AnswerTemplate, QuestionForm, Submission
from rongpei.pipelines.verification.tests import samples

BUILDERS = (Role.EDITOR, Role.CERTIFICATE_REVIEWER)
REVIEWERS = (Role.CERTIFICATE_REVIEWER,)
KEEPERS = (Role.SYSTEM_ADMIN,)


def submission_of(house: House) -> Submission:
    """What a member of staff handed in."""
    return Submission.objects.filter(tenant=house.tenant).first() or samples.submitted(house, "staff")


def submission(house: House) -> dict[str, Any]:
    """The submission."""
    return {"pk": submission_of(house).pk}


def picture(house: House) -> dict[str, Any]:
    """An image of it."""
    return {"pk": submission_of(house).file_ids[0]}


def template(house: House) -> dict[str, Any]:
    """A sentence of the reviewers."""
    found = AnswerTemplate.objects.filter(tenant=house.tenant).first() or keep_template(
        actor=System(house.tenant.pk),
        tenant_id=house.tenant.pk,
        title="反光",
        body="请重拍。",
        reasons=["image_unclear"],
    )
    return {"pk": found.pk}


def form(house: House) -> dict[str, Any]:
    """A question form that collects."""
    system, today, now = System(house.tenant.pk), clock.today(), clock.now()
    values = {
        "title": "阅读习惯", "intro": "", "purpose": "collect", "audience": "everyone", "profession": "", "text": "每周看几篇？[数字]",
    }  # fmt: skip
    found = QuestionForm.objects.filter(tenant=house.tenant).first() or open_form(
        actor=system,
        form=begin_form(actor=system, tenant_id=house.tenant.pk, values=values, now=now),
        today=today,
        now=now,
    )
    return {"pk": found.pk}
