"""The chain over the audit trail, made in the background.

Only events of transactions that can no longer change (below `pg_snapshot_xmin`) are sealed, in the order of
(transaction, id). Each link is SHA-256 over the previous link and the event's digest. The head is signed with
HMAC and written outside the database too. Between two runs (a minute by default) new events are unsealed:
that window is what a thief of the database owner's password could alter unseen.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from rongpei.ground.audit.models import AuditHead, AuditSeal

GENESIS = "0" * 64
HEAD_FILE = "audit-heads.jsonl"
VERIFIED = "audit.chain.verified"  # code of the row a verification leaves
_LOCK = 0x0A0D17

# Every column of an event, in a fixed textual form that PostgreSQL gives alike on every machine.
_DIGEST = """encode(sha256(convert_to(concat_ws(chr(31), e.id, coalesce(e.tenant_id::text, ''),
  extract(epoch FROM e.at)::text, e.xid, e.kind, e.code, e.result, e.reason, e.actor, e.table_name,
  coalesce(e.first_id::text, ''), coalesce(e.last_id::text, ''), e.count, e.before::text, e.after::text), 'UTF8')), 'hex')"""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the trail: what, and at which event or link."""

    what: str
    at: int


def final_below() -> int:
    """The transaction below which nothing can change any more.

    Ask it before listing the tenants of the scope, so that no finished event of a new tenant is passed over.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def seal(now: datetime, *, below: int | None = None, limit: int = 50_000) -> int:
    """Chain the finished events (of transactions under `below`) that are not yet sealed; return how many.

    Runs one at a time, inside a scope of all tenants. The head goes outside when the transaction is committed.
    """
    below = final_below() if below is None else below
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = AuditSeal.objects.order_by("-seq").first()
        seq, chain, xid, event = (
            (last.seq, last.chain, last.xid, last.event_id) if last else (0, GENESIS, 0, 0)
        )
        cursor.execute(
            f"SELECT e.id, e.xid, {_DIGEST} FROM audit_event e "  # noqa: S608 - constants only
            "WHERE (e.xid, e.id) > (%s, %s) AND e.xid < %s ORDER BY e.xid, e.id LIMIT %s",
            [xid, event, below, limit],
        )
        made = []
        for event_id, event_xid, digest in cursor.fetchall():
            seq, chain = seq + 1, link(chain, digest)
            made.append(AuditSeal(seq=seq, event_id=event_id, xid=event_xid, digest=digest, chain=chain))
        AuditSeal.objects.bulk_create(made, batch_size=2000)
        if made:
            AuditHead.objects.create(seq=seq, chain=chain, signature=sign(seq, chain), signed_at=now)
            transaction.on_commit(partial(_write_outside, seq, chain, now))
    return len(made)


def link(chain: str, digest: str) -> str:
    """The next chain value."""
    return hashlib.sha256(f"{chain}{digest}".encode()).hexdigest()


def sign(seq: int, chain: str) -> str:
    """HMAC-SHA-256 over a head."""
    key = settings.RONGPEI_SEAL_KEY.encode()
    return hmac.new(key, f"{seq}:{chain}".encode(), hashlib.sha256).hexdigest()


def is_signed(seq: int, chain: str, signature: str) -> bool:
    """Whether a head carries our signature."""
    return hmac.compare_digest(sign(seq, chain), signature)


def verify() -> Iterator[Flaw]:
    """Walk the whole chain and yield every flaw: an edited, deleted, reordered or truncated row."""
    chains: dict[int, str] = {}
    heads = _heads()
    chain, expected, last_key = GENESIS, 0, (0, 0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"DECLARE trail NO SCROLL CURSOR FOR SELECT s.seq, s.event_id, s.xid, s.digest, s.chain, e.id, {_DIGEST} "  # noqa: S608
            "FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id ORDER BY s.seq"
        )
        while True:
            cursor.execute("FETCH 5000 FROM trail")
            rows = cursor.fetchall()
            if not rows:
                break
            for seq, event_id, xid, digest, stored, found, actual in rows:
                expected += 1
                if seq != expected:
                    yield Flaw("封存序号不连续，有记录被删", expected)
                    expected = seq
                if found is None:
                    yield Flaw("记录被删除", event_id)
                elif actual != digest:
                    yield Flaw("记录被修改", event_id)
                if (xid, event_id) < last_key:
                    yield Flaw("记录次序被改", event_id)
                last_key = (xid, event_id)
                chain = link(chain, digest)
                if chain != stored:
                    yield Flaw("封存链断开", seq)
                    chain = stored
                if seq in heads:
                    chains[seq] = stored
        yield from _unsealed_gaps(cursor)
    yield from _check_heads(heads, chains)


def _unsealed_gaps(cursor: object) -> Iterator[Flaw]:
    # An event older than the last link but without one was slipped in, or its link was removed.
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT e.id FROM audit_event e LEFT JOIN audit_seal s ON s.event_id = e.id "
        "WHERE s.seq IS NULL AND (e.xid, e.id) < (SELECT s.xid, s.event_id FROM audit_seal s ORDER BY s.seq DESC LIMIT 1) "
        "LIMIT 20"
    )
    for (event_id,) in cursor.fetchall():  # type: ignore[attr-defined]
        yield Flaw("记录没有封存，疑为事后插入", event_id)


def _heads() -> dict[int, list[tuple[str, str]]]:
    heads: dict[int, list[tuple[str, str]]] = {}
    for seq, chain, signature in AuditHead.objects.values_list("seq", "chain", "signature"):
        heads.setdefault(seq, []).append((chain, signature))
    path = _outside()
    if path.exists():
        for line in path.read_text().splitlines():
            head = json.loads(line)
            heads.setdefault(head["seq"], []).append((head["chain"], head["signature"]))
    return heads


def _check_heads(heads: dict[int, list[tuple[str, str]]], chains: dict[int, str]) -> Iterator[Flaw]:
    for seq, values in sorted(heads.items()):
        for chain, signature in values:
            if not is_signed(seq, chain, signature):
                yield Flaw("链头签名不符", seq)
            if seq not in chains:
                yield Flaw("链尾被截断，库外链头找不到对应记录", seq)
            elif chains[seq] != chain:
                yield Flaw("链头与库内记录不符", seq)


def _write_outside(seq: int, chain: str, now: datetime) -> None:
    path = _outside()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as heads:
        head = {"seq": seq, "chain": chain, "signature": sign(seq, chain), "at": now.isoformat()}
        heads.write(json.dumps(head) + "\n")


def _outside() -> Path:
    return Path(settings.RONGPEI_OUTSIDE) / HEAD_FILE
