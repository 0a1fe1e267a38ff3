"""Ending an application and deleting what it held; part of the actions that stop, withdraw, refuse or tidy."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.files.actions import delete_blob
from rongpei.kernel.procedures import actions as procedures
from rongpei.kernel.procedures.codes import State as CaseState
from rongpei.pipelines.verification.codes import Outcome, State
from rongpei.pipelines.verification.models import Application, Submission
from rongpei.pipelines.verification.models.applying import PERSONAL
from rongpei.pipelines.verification.queries import files_in

_REASONS = {
    "refused": _("不同意新版协议"),
    "withdrawn": _("撤回同意"),
    "taken_back": _("撤回申请"),
    "idle": _("长期没有提交，材料已删除"),
}


def stop_application(
    *, actor: Actor, application: Application, reason: str, today: date, now: datetime
) -> None:
    """End an open application at the person's wish, and delete what it held."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.case.state != CaseState.ENDED:
        procedures.end(
            actor=actor, case=application.case, outcome=Outcome.WITHDRAWN, reason=str(_REASONS[reason]), on=today,
            today=today, now=now,
        )  # fmt: skip
    application.state, application.changed_at = State.WITHDRAWN, now
    application.save(update_fields=["state", "changed_at"])
    Submission.objects.filter(application=application, decided_at=None).update(
        withdrawn=True, claimed_by=None
    )
    erase(application=application, now=now)


def erase(*, application: Application, now: datetime) -> None:
    """Delete images and everything stated; digests, decisions and dates stay."""
    drop_images(application=application, now=now)
    blank = dict.fromkeys(PERSONAL, "")
    Application.objects.filter(pk=application.pk).update(**blank)
    Submission.objects.filter(application=application).update(**blank, appealed="", message="")


def drop_images(*, application: Application, now: datetime) -> int:
    """Delete the images for good; their rows and hashes stay."""
    files = list(files_in(application))
    for file in files:
        delete_blob(actor=System(application.tenant_id), file=file, now=now)
    Submission.objects.filter(application=application, images_deleted_at=None).update(images_deleted_at=now)
    return len(files)
