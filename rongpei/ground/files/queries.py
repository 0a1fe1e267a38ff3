"""Files as the asker may see them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.files import rules
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared_models


def files_of(*, owner_kind: str, owner_ids: Iterable[int]) -> list[StoredFile]:
    """Files of objects that the caller already fetched for the asker, oldest first; by a prepared query."""
    return _files_of(owner_kind=owner_kind, owner_ids=list(owner_ids))


@prepared_models
def _files_of(*, owner_kind: str, owner_ids: list[int]) -> QuerySet[StoredFile]:
    rows = StoredFile.objects.filter(any_of("owner_id", owner_ids), owner_kind=owner_kind, deleted_at=None)
    return rows.order_by("owner_id", "id")


def readable_file(*, actor: Actor, pk: int) -> StoredFile | None:
    """The file, when it is in scope, not deleted, and its object may be read by the actor."""
    file = StoredFile.objects.filter(pk=pk, deleted_at=None).first()
    return file if file is not None and rules.may_read(actor=actor, file=file) else None
