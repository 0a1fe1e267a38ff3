"""The register of activists and development targets as a workbook."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.listing.sheet import XLSX, write_rows
from rongpei.ground.ui.sending import sent
from rongpei.kernel.procedures.codes import State
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.numbers.highly import highly_of
from rongpei.pipelines.membership.registerbook import register_rows
from rongpei.pipelines.membership.registerimport.columns import EXPORTED
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web.board import of_unit
from rongpei.pipelines.membership.web.reach import DESK


@door(*DESK)
@require_safe
def register(request: PageRequest) -> FileResponse:
    """Everybody on the way (`?stage=`, `?unit=`), in the office's own form; names leave: said to the auditor."""
    rows = of_unit(request, rules.desk_cases(request.visit)).filter(state=State.OPEN)
    stage = request.GET.get("stage", "")
    if stage:
        if stage not in {one.code for one in MEMBERSHIP.stages}:
            raise Http404
        rows = rows.filter(stage=stage)
    number = rows.count()
    record(kind=EventKind.VIEW, code="membership.list.exported", actor=request.visit, facts={"rows": number})
    lines = register_rows(
        rows.order_by("unit__sort_key", "person__sort_key", "id"), highly_of(request.visit.tenant_id)
    )
    widths = (6, *(column.width for column in EXPORTED))
    name = f"{_('积极分子和发展对象册')}-{clock.today():%Y%m%d}.xlsx"
    book = write_rows(title=_("积极分子和发展对象册"), rows=lines, widths=widths)
    return sent(book, name, XLSX)
