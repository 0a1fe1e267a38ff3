"""Storing, downloading, deleting, sweeping, against a real database and a real folder."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.files import actions, owners, vault, web
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.queries import files_of
from rongpei.ground.files.sweeping import sweep
from rongpei.ground.files.tests import corpus
from rongpei.ground.tenancy.scope import scope

KIND = "tests.thing"
Capture = Callable[..., Any]


class Reader(System):
    """A signed-in person."""

    def __init__(self, tenant_id: int, user_id: int, person_id: int = 1) -> None:
        super().__init__(tenant_id)
        self.user_id, self.person_id = user_id, person_id


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.RONGPEI_FILES = tmp_path / "files"
    kept = dict(owners._owners)
    owners.register(KIND, may_read=lambda actor, owner_id: owner_id == 7)
    yield settings.RONGPEI_FILES
    owners._owners.clear()
    owners._owners.update(kept)


def store(
    tenant_id: int, content: bytes = corpus.image("PNG"), name: str = "照片.png", **more: Any
) -> StoredFile:
    given = {
        "actor": System(tenant_id),
        "tenant_id": tenant_id,
        "owner_kind": KIND,
        "owner_id": 7,
        "now": clock.now(),
    }
    return actions.store_upload(**(given | {"upload": SimpleUploadedFile(name, content)} | more))


def blobs(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def download(actor: System, pk: int, **query: str) -> Any:
    request = RequestFactory().get("/", query)
    request.visit = actor  # type: ignore[attr-defined]
    return web.download(request, pk)  # type: ignore[arg-type]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_stored_file_comes_back_with_safe_headers(
    cast: Any, folder: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        with django_capture_on_commit_callbacks(execute=True):
            file = store(tenant_id)
            assert [path.parent.name for path in blobs(folder)] == ["pending"], (
                "not in its place before commit"
            )
        assert blobs(folder) == [vault.place_of(file.storage_name)]
        assert blobs(folder)[0].stat().st_mode & 0o077 == 0
        response = download(Reader(tenant_id, 5), file.pk, inline="1")
        assert len(body(response)) == file.size
        assert response["Content-Type"] == "image/png"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Disposition"].startswith("inline;")
        assert "%E7%85%A7%E7%89%87.png" in response["Content-Disposition"]
        assert download(Reader(tenant_id, 5), file.pk)["Content-Disposition"].startswith("attachment;")
        assert files_of(owner_kind=KIND, owner_ids=[7]) == [file]


def test_documents_are_never_shown_in_place(cast: Any) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        file = store(tenant_id, corpus.office("docx"), "a.docx")
        response = download(Reader(tenant_id, 5), file.pk, inline="1")
        assert response["Content-Disposition"].startswith("attachment;")


def test_only_readers_of_the_object_find_its_files(cast: Any) -> None:
    one, other = cast.h1.tenant.pk, cast.h2.tenant.pk
    with scope([one]):
        file = store(one)
        hidden = store(one, owner_id=8)
        for pk in (hidden.pk, 0):
            with pytest.raises(Http404):
                download(Reader(one, 5), pk)
        owners._owners.clear()
        with pytest.raises(Http404):
            download(Reader(one, 5), file.pk)
    owners.register(KIND, may_read=lambda actor, owner_id: True)
    with scope([other]), pytest.raises(Http404):
        download(Reader(other, 5), file.pk)
    with scope([one, other]), pytest.raises(Http404):
        download(Reader(other, 5), file.pk)


def test_nothing_is_stored_for_another_tenant_or_an_unknown_kind(cast: Any, folder: Path) -> None:
    one, other = cast.h1.tenant.pk, cast.h2.tenant.pk
    with scope([one, other]):
        with pytest.raises(Forbidden):
            store(one, actor=System(other))
        with pytest.raises(Forbidden):
            store(one, owner_kind="tests.nobody")
        owners.register(KIND, may_read=lambda actor, owner_id: True, may_change=lambda actor, owner_id: False)
        with pytest.raises(Forbidden):
            store(one)
    assert not blobs(folder)


def test_enciphered_files_are_unreadable_on_disk_and_looking_is_recorded(cast: Any, folder: Path) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        file = store(tenant_id, "身份证号一二三".encode(), "a.txt", enciphered=True)
        assert "身份证".encode() not in blobs(folder)[0].read_bytes()
        response = download(Reader(tenant_id, 5), file.pk)
        assert body(response).decode() == "身份证号一二三"
        seen = AuditEvent.objects.filter(code="files.file.viewed", first_id=file.pk)
        assert seen.count() == 1
        assert "身份证" not in str(list(AuditEvent.objects.values("before", "after", "reason")))


def test_a_refused_or_failed_upload_leaves_nothing(
    cast: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        with pytest.raises(Refused):
            store(tenant_id, corpus.SVG, "a.svg")
        monkeypatch.setattr(actions, "random_name", lambda: "0" * 63)  # the constraint forbids it
        with pytest.raises(Exception, match="files_random_storage_name"), transaction.atomic():
            store(tenant_id)
    assert not blobs(folder)


def test_an_upload_whose_transaction_is_undone_is_swept_away(cast: Any, folder: Path) -> None:
    tenant_id = cast.h1.tenant.pk
    with suppress(ZeroDivisionError), scope([tenant_id]):
        store(tenant_id)
        raise ZeroDivisionError
    (waiting,) = blobs(folder)
    assert waiting.parent.name == "pending"
    assert sweep(now=clock.now()).removed == 0, "too young: it may still be waiting for its commit"
    assert sweep(now=clock.now() + timedelta(hours=2)).removed == 1
    assert not blobs(folder)


def test_a_sweep_finishes_what_a_dead_process_left(cast: Any, folder: Path) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        file = store(tenant_id)  # the commit hook never runs in this test
        assert body(download(Reader(tenant_id, 5), file.pk)), "readable even before the move"
    assert sweep(now=clock.now() + timedelta(hours=2)).finished == 1
    assert blobs(folder) == [vault.place_of(file.storage_name)]


def test_strangers_in_the_vault_are_put_aside_and_later_removed(cast: Any, folder: Path) -> None:
    stranger = vault.place_of("ab" * 32)
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"x")
    os.utime(stranger, (1, 1))
    now = clock.now()
    assert sweep(now=now).put_aside == 1
    assert blobs(folder) == [folder / vault.LOST / stranger.name]
    sweep(now=now + timedelta(days=29))
    assert blobs(folder)
    assert sweep(now=now + timedelta(days=31)).removed == 1
    assert not blobs(folder)


def test_deleting_removes_the_content_and_keeps_the_evidence(
    cast: Any, folder: Path, django_capture_on_commit_callbacks: Capture
) -> None:
    tenant_id = cast.h1.tenant.pk
    owner, stranger = Reader(tenant_id, 5), Reader(tenant_id, 6)
    with scope([tenant_id]):
        with django_capture_on_commit_callbacks(execute=True):
            file = store(tenant_id, actor=owner)
        with pytest.raises(Forbidden):
            actions.delete_blob(actor=stranger, file=file, now=clock.now())
        with django_capture_on_commit_callbacks(execute=True):
            actions.delete_blob(actor=owner, file=file, now=clock.now())
        assert not blobs(folder)
        kept = StoredFile.objects.get(pk=file.pk)
        assert kept.deleted_at
        assert len(kept.sha256) == 64
        with pytest.raises(Http404):
            download(owner, file.pk)


def test_the_change_record_never_holds_the_original_name(cast: Any) -> None:
    tenant_id = cast.h1.tenant.pk
    with scope([tenant_id]):
        file = store(tenant_id, name="张三的身份证.png")
        file.original_name = "李四的身份证.png"
        file.save()
        rows = AuditEvent.objects.filter(table_name=StoredFile._meta.db_table)
        assert rows.count() >= 2
        assert "身份证" not in str(list(rows.values()))
