"""Rows of verification for the permission table: one submission, one image, one sentence, made for the test."""

from typing import Any

from contracts.cast import House
from rongpei.ground.accounts.actor import System
from rongpei.org.access.codes import Role
from rongpei.pipelines.verification.actions import keep_template
from rongpei.pipelines.verification.models import AnswerTemplate, Submission
from rongpei.pipelines.verification.tests import samples

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
