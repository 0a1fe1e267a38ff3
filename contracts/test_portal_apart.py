"""The portal as its own process: few addresses, and a role of the database that cannot read what is not the portal's."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps

from conftest import database_url
from contracts import cast as players
from contracts import development
from contracts.browsing import chromium, visitor
from contracts.cast import PASSWORD
from contracts.serving import portal_apart, portal_url
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.verification.tests import samples
from rongpei.site.portal import seen

pytestmark = pytest.mark.committing
# Whole rooms that are none of the portal's business; those still to come are closed by not being named.
CLOSED = ("membership", "partydays", "gatherings", "ledger", "culture")


@pytest.fixture
def portal(committed: str) -> Iterator[psycopg.Connection]:
    """A connection of the portal's role with every tenant in scope, after both kinds of cases were made."""
    cast = players.load()
    with scope(cast.tenant_ids):
        development.case_of(cast.h1)
        samples.texts_in(cast.operator)
        samples.submitted(cast.operator)
    with psycopg.connect(portal_url(committed), autocommit=True) as connection:
        ids = ",".join(map(str, cast.tenant_ids))
        connection.execute("SELECT set_config('rongpei.scope', %s, false)", [ids])
        yield connection


def test_the_role_is_neither_owner_nor_superuser(portal: psycopg.Connection) -> None:
    found = portal.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    assert found.fetchone() == (False, False, False)


def test_no_table_of_a_closed_room_is_read_or_written(portal: psycopg.Connection) -> None:
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label in CLOSED]
    assert len(tables) > 20
    for table in tables:
        for act in (f"SELECT 1 FROM {table} LIMIT 1", f"DELETE FROM {table}"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                portal.execute(act)


def test_every_room_is_open_by_name_or_closed(portal: psycopg.Connection) -> None:
    for model in apps.get_models(include_auto_created=True):
        table, open_to = model._meta.db_table, model._meta.app_label in seen.ROOMS
        allowed = portal.execute("SELECT has_any_column_privilege(%s, 'SELECT')", [table]).fetchone()
        assert allowed == (open_to,), table


def test_shared_tables_show_only_the_portals_rows(portal: psycopg.Connection) -> None:
    def kinds(column: str, table: str) -> set[str]:
        return {row[0] for row in portal.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()}

    own = {"verification", "columns.editorial"}
    assert "verification" in kinds("procedure", "procedures_case") <= own
    joined = "procedures_record r LEFT JOIN procedures_case c ON c.id = r.case_id"
    assert kinds("c.procedure", joined) <= own
    assert kinds("kind", "people_fact") <= {"position_type", "title"}
    assert kinds("kind", "audit_event") <= {"view"}
    assert kinds("tree", "units_posting") == {"admin"}
    assert kinds("role", "access_holding").isdisjoint(
        {"branch_secretary", "hospital_leader", "discipline_officer"}
    )
    assert all(url.startswith(("/verify/", "/read/", "/desk/")) for url in kinds("url", "notices_batch"))
    files = kinds("owner_kind", "files_storedfile")
    assert "verification.application" in files <= {"verification.application", "columns.article"}


def test_no_column_of_party_life_or_identity_is_read_or_changed(portal: psycopg.Connection) -> None:
    own = {model._meta.db_table: model for model in apps.get_models()}
    closed = {
        "party_status",
        "joined_on",
        "party_post",
        "post",
        "id_cipher",
        "born_on",
        "native_place",
        "ethnicity",
        "phone",
    }
    assert closed.isdisjoint(seen.COLUMNS["people_person"])
    for table, shown in seen.COLUMNS.items():
        for column in (field.column for field in own[table]._meta.concrete_fields):
            for act in ("SELECT", "UPDATE"):
                told = portal.execute(
                    "SELECT has_column_privilege(%s, %s, %s)", [table, column, act]
                ).fetchone()
                assert told == (column in shown,), (table, column, act)
    for ask in (
        "SELECT party_status FROM people_person",
        "SELECT branch_id FROM units_place",
        "SELECT * FROM people_person",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            portal.execute(ask)


def test_what_is_not_seen_is_not_changed(portal: psycopg.Connection, committed: str) -> None:
    count = "SELECT count(*) FROM units_appointment"
    assert portal.execute(count).fetchone() == (0,)
    for table in ("units_appointment", "units_posting", "procedures_case"):
        (seen_now,) = portal.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
        assert portal.execute(f"UPDATE {table} SET tenant_id = tenant_id").rowcount == seen_now, table
    assert portal.execute("DELETE FROM units_appointment").rowcount == 0
    with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", committed)) as owner:
        assert owner.execute(count).fetchone() > (5,)


def test_the_owner_sees_that_there_was_more(committed: str) -> None:
    cast = players.load()
    with scope(cast.tenant_ids):
        development.case_of(cast.h1)
    with psycopg.connect(database_url("RONGPEI_OWNER_DATABASE_URL", committed)) as owner:
        assert owner.execute(
            "SELECT count(*) FROM procedures_case WHERE procedure = 'membership'"
        ).fetchone() != (0,)
        assert owner.execute("SELECT count(*) FROM people_fact WHERE kind = 'party_status'").fetchone() != (
            0,
        )


@pytest.mark.browser
@pytest.mark.slow
def test_ones_own_data_is_seen_copied_and_asked_about_apart(committed: str, tmp_path: Path) -> None:
    cast = players.load()
    with scope([cast.operator.tenant.pk]):
        samples.texts_in(cast.operator)
        samples.submitted(cast.operator)
    with portal_apart(committed, tmp_path) as site, chromium() as browser:
        for number, code in (("outside_hcp", "PORTAL"), ("member-1", "H1")):
            window = visitor(browser, f"http://127.0.0.1:{site.port}", width=390).sign_in(number, code)
            page, origin = window.page, window.origin
            for path in ("/privacy/", "/privacy/data/", "/privacy/ask/delete/", "/privacy/ask/correct/"):
                assert window.look_at(path) == [], path
            page.fill("[name=wish]", "职称已变，请改为主治医师。")
            page.click("main form button")
            page.get_by_text("申请已提出").wait_for()
            page.goto(f"{origin}/privacy/")
            with page.expect_download() as coming:
                page.click("button:has-text('下载 JSON')")
            made = json.loads(Path(coming.value.path()).read_text("utf-8"))
            assert made["withheld"][-1]["title"] == "院内平台保存的内容"
            assert made["parts"]
            assert "正式党员" not in json.dumps(made, ensure_ascii=False)
            assert page.goto(f"{origin}/privacy/desk/").status == 404
            assert not [fault for fault in window.faults if "404" not in fault]


@pytest.mark.browser
@pytest.mark.slow
def test_reading_and_verification_work_apart(committed: str, tmp_path: Path) -> None:
    cast = players.load()
    with scope([cast.operator.tenant.pk]):
        samples.texts_in(cast.operator)
        samples.submitted(cast.operator)
    with portal_apart(committed, tmp_path) as site, chromium() as browser:
        window = visitor(browser, f"http://127.0.0.1:{site.port}", width=1280)
        page, origin = window.page, window.origin
        for path in ("/read/", "/join/", "/accounts/login/"):
            assert window.look_at(path, axe=False) == [], path
        for path in ("/development/", "/people/", "/meetings/", "/roster/", "/security/audit/"):
            assert page.goto(origin + path).status == 404, path
        page.goto(f"{origin}/accounts/login/")
        page.fill("[name=code]", "PORTAL")
        page.fill("[name=login]", "certificate_reviewer")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{origin}/read/")
        page.goto(f"{origin}/review/")
        page.locator("button:has-text('领取')").first.click()
        page.get_by_text("已领取").first.wait_for()
        assert page.locator(".vview img").first.evaluate("one => one.complete && one.naturalWidth") > 0
        page.click("#decision button:has-text('通过')")
        page.get_by_text("已通过，会通知本人。").wait_for()
        for path in ("/verify/mine/", "/review/queue/", "/review/service/", "/settings/", "/inbox/"):
            assert window.look_at(path, axe=False) == [], path
        assert not [fault for fault in window.faults if "404" not in fault]
