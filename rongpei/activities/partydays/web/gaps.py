"""Who of a branch has not reached the year's hours, and what would close each gap."""

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.gaps import gaps_of_branch
from rongpei.activities.partydays.hours import rule_on
from rongpei.ground import clock
from rongpei.ground.ui.listing.sheet import XLSX, write_rows
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import units_below
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit


def branch_of(request: PageRequest, pk: int) -> Unit:
    """A party unit whose meetings the visitor reads; else 404."""
    paths = request.visit.places(*rules.READERS)
    units = Unit.objects.filter(tenant_id__in=request.visit.tenant_ids, tree=Tree.PARTY)
    return get_object_or_404(units if "/" in paths else units.filter(units_below(paths)), pk=pk)


@door(*rules.READERS)
def gaps(request: PageRequest, pk: int) -> HttpResponseBase:
    """The list, and the same as a workbook."""
    branch, today = branch_of(request, pk), clock.today()
    rows = gaps_of_branch(branch, today)
    if request.GET.get("export") == "xlsx":
        heads = [
            _("姓名"),
            _("已记学时"),
            _("全年应达"),
            _("还差"),
            _("已安排的会议"),
            _("可补学"),
            _("补齐后还差"),
        ]
        lines = (
            [one.name, gap.hours, gap.quota, gap.lacking, gap.ahead, gap.missed, gap.left]
            for one, gap in rows
        )
        title = _("学时缺口")
        book = write_rows(title=title, rows=[heads, *lines])
        name = f"{branch.name}-{title}-{today:%Y%m%d}.xlsx"
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)
    context = {
        "branch": branch,
        "rows": rows,
        "rule": rule_on(branch.tenant_id, today),
        "today": today,
        "years": [today.year, today.year - 1],
    }
    return render(request, "partydays/gaps.html", context)
