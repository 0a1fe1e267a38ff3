"""The trail as a workbook: what the filters show, newest first, bounded, and itself recorded."""

from collections.abc import Iterator, Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.queries import Sought, batches_of
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.listing import Column
from rongpei.ground.ui.listing.sheet import XLSX, write_workbook
from rongpei.ground.ui.sending import sent
from rongpei.org.access.doors import PageRequest
from rongpei.org.access.web.sought import Asked
from rongpei.org.access.web.trail_words import Told, tell

LIMIT = 20_000

_COLUMNS = (
    Column("pk", _("编号"), lambda row: str(row.pk)),
    Column("at", _("时间"), kind="moment", width=20),
    Column("who", _("操作人")),
    Column("number", _("工号")),
    Column("kind", _("类型")),
    Column("what", _("操作"), width=20),
    Column("code", _("代码"), width=26),
    Column("about", _("对象"), width=24),
    Column("mark", _("结果"), width=8),
    Column("reason", _("原因"), width=40),
    Column("facts", _("内容"), lambda row: _content(row), width=60),
)


def _content(row: Told) -> str:
    facts = [f"{label}：{value}" for label, value in row.facts]
    changes = [f"{label}：{before or '—'} → {after or '—'}" for label, before, after in row.diff]
    return "；".join([*facts, *changes])


def export(request: PageRequest, asked: Asked, sought: Sought) -> FileResponse:
    """The newest `LIMIT` events of what was asked."""
    written = 0

    def batches() -> Iterator[Sequence[Told]]:
        nonlocal written
        for events in batches_of(sought, limit=LIMIT):
            written += len(events)
            yield tell(events, request.visit)

    book = write_workbook(title=_t("审计记录"), columns=_COLUMNS, batches=batches())
    facts = {"filters": asked.facts(), "count": written}
    record(kind=EventKind.VIEW, code="audit.trail.exported", actor=request.visit, facts=facts)
    name = f"{_t('审计记录')}-{clock.today():%Y%m%d}.xlsx"
    return sent(book, name, XLSX)
