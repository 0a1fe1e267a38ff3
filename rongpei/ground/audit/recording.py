"""Writing one audit row, in one statement."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.tenancy.asking import ask

_INSERT = """
INSERT INTO audit_event (tenant_id, at, xid, kind, code, result, reason, actor, table_name, first_id, last_id,
                         count, before, after)
VALUES (%s, clock_timestamp(), pg_current_xact_id()::text::bigint, %s, %s, %s, %s, %s, %s, %s, %s, 1, '{}', %s)
"""


def record(
    *,
    kind: EventKind,
    code: str,
    actor: Actor | None,
    result: Result = Result.DONE,
    reason: str = "",
    table_name: str = "",
    object_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write an event in the current transaction. `facts` holds ids, codes, dates and counts only."""
    who = f"{actor.user_id or ''}:{actor.person_id or ''}" if actor else ":"
    ask(
        _INSERT,
        [
            actor.tenant_id if actor else None, kind, code, result, reason[:300], who, table_name,
            object_id, object_id, json.dumps(facts or {}, cls=DjangoJSONEncoder, ensure_ascii=False),
        ],
    )  # fmt: skip
