"""Storing files and deleting their blobs."""

import functools
import hashlib
from collections.abc import Collection
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import action, note
from rongpei.ground.files import cipher, rules, vault
from rongpei.ground.files.checking import check
from rongpei.ground.files.codes import ALL, CONTENT_TYPES, Format
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.naming import random_name, shown_name


@action("files.file.stored", may=rules.may_store)
def store_upload(
    *, actor: Actor, tenant_id: int, owner_kind: str, owner_id: int, upload: "File[bytes]",
    now: datetime, kinds: Collection[Format] = ALL, enciphered: bool = False,
) -> StoredFile:  # fmt: skip
    """Check an upload, make it harmless, and keep it for an object.

    Refuses what is too large, of another kind, damaged or dangerous. The blob becomes visible on commit; one whose
    transaction is undone afterwards is swept away within two hours.
    """
    found = check(upload, kinds)
    name = random_name()
    vault.write_pending(name, cipher.encipher_bytes(found.content) if enciphered else found.content)
    try:
        stored = StoredFile.objects.create(
            tenant_id=tenant_id,
            storage_name=name,
            original_name=shown_name(upload.name or "", found.kind),
            content_type=CONTENT_TYPES[found.kind],
            size=len(found.content),
            sha256=hashlib.sha256(found.content).hexdigest(),
            enciphered=enciphered,
            owner_kind=owner_kind,
            owner_id=owner_id,
            uploaded_by=actor.user_id,
            created_at=now,
        )
    except BaseException:
        vault.remove(name)
        raise
    transaction.on_commit(functools.partial(vault.publish, name))
    note(owner_kind=owner_kind, owner_id=owner_id, bytes=stored.size)
    return stored


@action("files.blob.deleted", may=rules.may_delete, locks=("file",), about="file")
def delete_blob(*, actor: Actor, file: StoredFile, now: datetime) -> StoredFile:
    """Delete the content for good once committed; the row and its hash stay as evidence that it existed."""
    if file.deleted_at is None:
        file.deleted_at = now
        file.save(update_fields=["deleted_at"])
    transaction.on_commit(functools.partial(vault.remove, file.storage_name))
    return file
