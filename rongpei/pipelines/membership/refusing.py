"""When the committee does not approve, the branch and the person are told (细则 2014 第二十五条、2026 第二十四条)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import System
from rongpei.ground.notices.actions import send
from rongpei.ground.notices.codes import NoticeKind
from rongpei.kernel.procedures.codes import RecordKind
from rongpei.kernel.procedures.registry import Change
from rongpei.org.units.codes import Office
from rongpei.org.units.models import Appointment
from rongpei.org.units.queries import in_force
from rongpei.pipelines.membership.statutes.admission import APPROVAL
from rongpei.pipelines.membership.statutes.probation import CONVERSION_APPROVAL

_OFFICES = (Office.SECRETARY, Office.DEPUTY, Office.ORGANIZATION)


def tell_of_refusal(change: Change) -> None:
    """Notices to the branch's officers and to the person; why stands in the case and is told in a talk."""
    record, case = change.record, change.case
    refused = record.step in (APPROVAL, CONVERSION_APPROVAL) and record.data.get("approved") is False
    if not refused or record.kind not in (RecordKind.DONE, RecordKind.CORRECTED) or case.person is None:
        return
    officers = Appointment.objects.filter(in_force(change.today), unit=case.unit, office__in=_OFFICES)
    readers = set(officers.values_list("person_id", flat=True)) - {case.person_id}
    admission = record.step == APPROVAL
    given: dict[str, Any] = {"actor": System(case.tenant_id), "tenant_id": case.tenant_id, "kind": NoticeKind.NOTICE, "now": change.now}  # fmt: skip
    about = _("上级党委没有批准接收%(name)s为预备党员") if admission else _("上级党委没有批准%(name)s转正")
    if readers:
        send(
            reader_ids=sorted(readers), title=about % {"name": case.person}, url=reverse("membership:case", args=[case.pk]),
            body=_("请在支部大会上宣布，并同本人谈话。"), **given,
        )  # fmt: skip
    own = _("上级党委没有批准接收您为预备党员") if admission else _("上级党委没有批准您转为正式党员")
    send(
        reader_ids=[case.person.pk], title=own, url=reverse("membership:mine"), body=_("党支部会派人同您谈话，请继续努力。"),
        **given,
    )  # fmt: skip
