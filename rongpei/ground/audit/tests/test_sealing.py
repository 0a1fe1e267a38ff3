"""The chain finds what the owner of the tables did behind the application's back."""

import os
import re
import shutil
import subprocess
import sys
import time

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import sealing
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.models import AuditEvent, AuditHead, AuditSeal
from rongpei.ground.audit.recording import record
from rongpei.ground.audit.tasks import seal_all, seal_trail, verify_all
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope

pytestmark = pytest.mark.committing


def guard(link, how):
    """The owner of the tables can take the append-only triggers off; the application cannot."""
    for table in ("audit_event", "audit_seal", "audit_head"):
        link.execute(f"ALTER TABLE {table} {how} TRIGGER USER")


class Trail:
    """A sealed trail, and a way in for the owner of the tables."""

    def __init__(self, name):
        self.owner_url = re.sub(r"///[^?]+", f"///{name}", os.environ["RONGPEI_OWNER_DATABASE_URL"])
        self.tenants = list(Tenant.objects.order_by("id").values_list("id", flat=True))

    def act(self, number=1, tenant=0):
        for index in range(number):
            with scope(self.tenants):
                record(
                    kind=EventKind.ACT,
                    code="test.thing.done",
                    actor=System(self.tenants[tenant]),
                    facts={"on": index},
                )

    def owner(self, *statements):
        with psycopg.connect(self.owner_url) as link:
            guard(link, "DISABLE")
            for statement in statements:
                link.execute(statement)
            guard(link, "ENABLE")

    def seal(self):
        settle(self.owner_url)
        return seal_all(clock.now())

    def flaws(self):
        with scope(self.tenants):
            return [flaw.what for flaw in sealing.verify()]


def settle(owner_url):
    """Wait until no transaction older than the newest event runs: other databases of the cluster count too."""
    for _try in range(600):
        with psycopg.connect(owner_url) as link:
            (done,) = link.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > coalesce(max(xid), 0) FROM audit_event"
            ).fetchone()
        if done:
            return
        time.sleep(0.1)


@pytest.fixture
def trail(committed, settings, tmp_path):
    settings.RONGPEI_OUTSIDE = tmp_path
    made = Trail(committed)
    made.act(5)
    made.seal()
    made.act(5, tenant=1)
    made.seal()
    assert made.flaws() == []
    return made


MIDDLE = "(SELECT event_id FROM audit_seal ORDER BY seq DESC OFFSET 4 LIMIT 1)"
TAMPERED = {
    "edited": ([f"UPDATE audit_event SET after = '{{\"on\": 99}}' WHERE id = {MIDDLE}"], "记录被修改"),
    "edited time": ([f"UPDATE audit_event SET at = at - interval '1 day' WHERE id = {MIDDLE}"], "记录被修改"),
    "deleted": ([f"DELETE FROM audit_event WHERE id = {MIDDLE}"], "记录被删除"),
    "deleted with its link": (
        [
            f"CREATE TEMP TABLE gone AS SELECT {MIDDLE} AS id",
            "DELETE FROM audit_event WHERE id IN (SELECT id FROM gone)",
            "DELETE FROM audit_seal WHERE event_id IN (SELECT id FROM gone)",
        ],
        "封存序号不连续，有记录被删",
    ),
    "reordered": (
        [
            "CREATE TEMP TABLE two AS SELECT seq, event_id FROM audit_seal ORDER BY seq DESC OFFSET 2 LIMIT 2",
            "UPDATE audit_seal s SET seq = -s.seq FROM two WHERE two.seq = s.seq",
            "UPDATE audit_seal s SET seq = t.high FROM (SELECT max(seq) high, min(seq) low FROM two) t WHERE s.seq = -t.low",
            "UPDATE audit_seal s SET seq = t.low FROM (SELECT max(seq) high, min(seq) low FROM two) t WHERE s.seq = -t.high",
        ],
        "封存链断开",
    ),
    "truncated": (
        [
            "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal ORDER BY seq DESC LIMIT 3)",
            "DELETE FROM audit_seal WHERE seq > (SELECT max(seq) - 3 FROM audit_seal)",
            "DELETE FROM audit_head WHERE seq > (SELECT max(seq) FROM audit_seal)",
        ],
        "链尾被截断，库外链头找不到对应记录",
    ),
    "slipped in": (
        [
            "INSERT INTO audit_event (id, tenant_id, at, xid, kind, code, result) SELECT max(id) + 1000, 1, now(), 1, 'act', 'x', 'done' FROM audit_event"
        ],
        "记录没有封存，疑为事后插入",
    ),
    "forged head": (["UPDATE audit_head SET signature = repeat('0', 64)"], "链头签名不符"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_verify_finds_it(trail, how):
    statements, flaw = TAMPERED[how]
    trail.owner(*statements)
    assert flaw in trail.flaws()


def test_a_chain_made_anew_without_the_key_is_found(trail):
    """Whoever can recompute every link still cannot sign the heads."""
    trail.owner(f"UPDATE audit_event SET after = '{{}}' WHERE id = {MIDDLE}")
    chain = sealing.GENESIS
    with psycopg.connect(trail.owner_url) as link:
        guard(link, "DISABLE")
        query = f"SELECT s.seq, {sealing._DIGEST} FROM audit_seal s JOIN audit_event e ON e.id = s.event_id ORDER BY s.seq"
        for seq, digest in link.execute(query).fetchall():
            chain = sealing.link(chain, digest)
            link.execute("UPDATE audit_seal SET digest = %s, chain = %s WHERE seq = %s", [digest, chain, seq])
        link.execute("UPDATE audit_head h SET chain = s.chain FROM audit_seal s WHERE s.seq = h.seq")
    assert "链头签名不符" in trail.flaws()
    assert "链头与库内记录不符" in trail.flaws()


def test_the_command_exits_with_1_and_names_the_flaw(trail, tmp_path, settings):
    if (settings.DATA / "keys").exists():
        shutil.copytree(settings.DATA / "keys", tmp_path / "keys")
    name = re.search(r"///([^?]+)", trail.owner_url)[1]
    url = re.sub(r"///[^?]+", f"///{name}", os.environ["DATABASE_URL"])
    (tmp_path / "outside").mkdir()
    run = lambda: subprocess.run(  # noqa: E731
        [sys.executable, "-m", "django", "verify_audit"],
        env=dict(os.environ, DATABASE_URL=url, RONGPEI_DATA=str(tmp_path)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    whole = run()
    assert whole.returncode == 0, whole.stderr
    trail.owner(TAMPERED["edited"][0][0])
    broken = run()
    assert broken.returncode == 1
    assert "记录被修改" in broken.stderr


def test_sealing_twice_links_nothing_twice(trail):
    links, heads = AuditSeal.objects.count(), AuditHead.objects.count()
    seal_trail(timestamp=0)
    assert (AuditSeal.objects.count(), AuditHead.objects.count()) == (links, heads)
    trail.act()
    settle(trail.owner_url)
    seal_trail(timestamp=0)
    assert (AuditSeal.objects.count(), AuditHead.objects.count()) == (links + 1, heads + 1)


def test_events_of_every_tenant_are_sealed(trail):
    with scope(trail.tenants):
        assert AuditEvent.objects.count() == AuditSeal.objects.count()


def test_a_running_transaction_is_not_sealed_nor_passed_over(trail):
    with psycopg.connect(trail.owner_url) as slow:
        slow.execute(
            "INSERT INTO audit_event (tenant_id, at, xid, kind, code, result) VALUES (%s, now(), pg_current_xact_id()::text::bigint, 'act', 'slow', 'done')",
            [trail.tenants[0]],
        )
        trail.act(2)
        assert seal_all(clock.now()) == 0
    assert trail.seal() == 3
    assert trail.flaws() == []


def test_a_head_goes_outside_only_when_committed(trail, tmp_path):
    before = (tmp_path / sealing.HEAD_FILE).read_text()
    trail.act()
    settle(trail.owner_url)
    with scope(trail.tenants):
        assert sealing.seal(clock.now()) == 1
        transaction.set_rollback(True)
    assert (tmp_path / sealing.HEAD_FILE).read_text() == before
    assert trail.flaws() == []


def test_the_nightly_walk_is_read_by_every_auditor(trail):
    assert verify_all() == []
    with scope(trail.tenants):
        rows = AuditEvent.objects.filter(code=sealing.VERIFIED)
        assert set(rows.values_list("tenant_id", flat=True)) == set(trail.tenants)
        assert all(row.after["flaws"] == 0 for row in rows)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET code = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "DROP TABLE audit_event",
    ],
)
def test_the_application_cannot_touch_the_trail(trail, statement):
    with scope(trail.tenants):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET code = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_owner_is_stopped_by_the_triggers(trail, statement):
    with psycopg.connect(trail.owner_url) as link, pytest.raises(psycopg.errors.InsufficientPrivilege):
        link.execute(statement)
