"""Handing in, appealing, and being verified by the staff record."""

import hashlib
import json
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.kernel.procedures import actions as procedures
from rongpei.org.people.models import Person
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import State
from rongpei.pipelines.verification.models import Application, Credential, Submission
from rongpei.pipelines.verification.models.applying import STATED
from rongpei.pipelines.verification.queries import (
    files_in,
    newest_submission,
    policy_of,
    profession_on_record,
    tries_used,
)

_NEEDED = {
    "name": _lazy("姓名"), "id_cipher": _lazy("身份证号"), "workplace": _lazy("工作单位"), "profession": _lazy("专业类别"),
    "certificate": _lazy("证书种类"), "number_cipher": _lazy("证书编号"),
}  # fmt: skip
_DAY_ENDS = time(18)


def missing_in(application: Application, pictures: int) -> list[str]:
    """What has to be filled in before handing in, in words."""
    found = [str(label) for column, label in _NEEDED.items() if not getattr(application, column)]
    return found if pictures else [*found, _("证书图片")]


@action("verification.application.submitted", may=rules.may_fill, locks=("application",), about="application")
def submit(*, actor: Actor, application: Application, today: date, now: datetime) -> Submission:
    """Hand in what was filled in: frozen, with a digest, due within the promised working days.

    Refuses what is not whole, what is already being reviewed, and more tries than the limit.
    """
    if application.state == State.PENDING:
        raise Refused(_("已经提交，工作人员正在审核，不用重复提交。"), code="pending")
    files = list(files_in(application))
    if lacking := missing_in(application, len(files)):
        raise Refused(
            _("还缺：%(what)s。") % {"what": "、".join(lacking)},
            remedy=_("补齐后再提交。"),
            code="incomplete",
        )
    tries = tries_used(application.person_id, today) + 1
    stated = {column: getattr(application, column) for column in STATED}
    digest = _digest(stated | {"files": [file.sha256 for file in files], "at": now.isoformat()})
    procedures.perform(
        actor=actor, case=application.case, step="submit", on=today, data={"digest": digest, "tries": tries},
        today=today, now=now,
    )  # fmt: skip
    note(tries=tries, digest=digest)
    return _hand_in(
        application,
        stated,
        file_ids=[file.pk for file in files],
        tries=tries,
        digest=digest,
        today=today,
        now=now,
    )


def _hand_in(
    application: Application, stated: dict[str, str], *, file_ids: list[int], tries: int, digest: str, today: date,
    now: datetime, appealed: str = "", barred_id: int | None = None,
) -> Submission:  # fmt: skip
    last = newest_submission(application)
    made = Submission.objects.create(
        tenant_id=application.tenant_id, application=application, person_id=application.person_id,
        sequence=last.sequence + 1 if last else 1, tries=tries, file_ids=file_ids, digest=digest, submitted_at=now,
        due_at=promised(application.tenant_id, today), appealed=appealed, barred_id=barred_id, **stated,
    )  # fmt: skip
    application.state, application.changed_at = State.PENDING, now
    application.save(update_fields=["state", "changed_at"])
    return made


def promised(tenant_id: int, today: date) -> datetime:
    """The instant by which an answer is promised: six in the evening after so many working days."""
    day = WorkCalendar.load().add_working_days(today, policy_of(tenant_id).answer_days).on
    return timezone.make_aware(datetime.combine(day, _DAY_ENDS))


@action("verification.decision.appealed", may=rules.may_fill, locks=("application",), about="application")
def appeal(*, actor: Actor, application: Application, words: str, today: date, now: datetime) -> Submission:
    """Ask that somebody else looks at the same papers. It is no try; each decision can be appealed from once."""
    last = newest_submission(application)
    if application.state != State.REJECTED or last is None:
        raise Refused(_("没有可以申请复核的结论。"))
    if not words.strip():
        raise Refused(_("请写明您不认可的地方。"), code="words")
    if last.images_deleted_at is not None:
        raise Refused(_("证书图片已按期删除，不能复核。"), remedy=_("请重新上传后提交。"), code="deleted")
    procedures.perform(
        actor=actor,
        case=application.case,
        step="appeal",
        on=today,
        data={"digest": last.digest},
        today=today,
        now=now,
    )
    stated = {column: getattr(last, column) for column in STATED}
    return _hand_in(
        application, stated, file_ids=last.file_ids, tries=last.tries, digest=last.digest, today=today, now=now,
        appealed=words.strip()[:500], barred_id=last.decided_by_id,
    )  # fmt: skip


@action("verification.record.verified", may=rules.may_fill, locks=("application",), about="application")
def verify_by_record(*, actor: Actor, application: Application, today: date, now: datetime) -> Credential:
    """Verify somebody of a hospital by its own staff record: nothing is typed or uploaded."""
    person: Person = application.person
    profession = profession_on_record(person, today)
    procedures.perform(
        actor=actor, case=application.case, step="staff_record", on=today, data={"profession": profession}, today=today,
        now=now,
    )  # fmt: skip
    application.state, application.changed_at = State.APPROVED, now
    application.save(update_fields=["state", "changed_at"])
    return Credential.objects.get(case=application.case)


def _digest(values: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
