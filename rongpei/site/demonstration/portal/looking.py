"""Looks of the reviewers: what opening a submission and its images writes, at the hour at which it would have been written."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.asking import ask
from rongpei.ground.tenancy.bulk import insert_rows
from rongpei.org.access.visit import Visit
from rongpei.pipelines.verification.codes import FILE_OWNER
from rongpei.pipelines.verification.models import Submission

_COLUMNS = (
    "tenant_id", "at", "xid", "kind", "code", "result", "reason", "actor", "table_name", "first_id", "last_id", "count",
    "before", "after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """A reviewer had a submission and its images open."""

    reviewer: Visit
    submission: Submission
    at: datetime

    def events(self) -> list[tuple[datetime, str, str, int, str]]:
        """The submission first, then each of its images: when, code, table, id, facts as JSON."""
        one = self.submission
        owner = f'{{"owner_kind": "{FILE_OWNER}", "owner_id": {one.application_id}}}'
        images = [
            (
                self.at + timedelta(seconds=20 * turn),
                "files.file.viewed",
                StoredFile._meta.db_table,
                pk,
                owner,
            )
            for turn, pk in enumerate(one.file_ids, 1)
        ]
        return [(self.at, "verification.submission.viewed", Submission._meta.db_table, one.pk, "{}"), *images]


def enter(looks: list[Looked]) -> int:
    """Enter the looks in the trail, the earliest first; gives how many events there were."""
    xid = ask("SELECT pg_current_xact_id()::text::bigint", [])[0][0]
    rows = [
        (
            look.submission.tenant_id, at, xid, EventKind.VIEW.value, code, Result.DONE.value, "",
            f"{look.reviewer.user_id or ''}:{look.reviewer.person_id or ''}", table, pk, pk, 1, "{}", facts,
        )
        for look in looks for at, code, table, pk, facts in look.events()
    ]  # fmt: skip
    return insert_rows(AuditEvent, _COLUMNS, sorted(rows, key=lambda row: row[1]))
