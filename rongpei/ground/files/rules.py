"""Who may store, read and remove a file."""

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.owners import owner_of


def may_store(*, actor: Actor, tenant_id: int, owner_kind: str, owner_id: int) -> bool:
    """Within one's own tenant, for an object of a registered kind that one may change."""
    owner = owner_of(owner_kind)
    if owner is None or tenant_id != actor.tenant_id:
        return False
    return owner.may_change is None or owner.may_change(actor, owner_id)


def may_read(*, actor: Actor, file: StoredFile) -> bool:
    """Whoever may read the object it belongs to; a kind that nobody registered is read by nobody."""
    owner = owner_of(file.owner_kind)
    return owner is not None and file.tenant_id in actor.tenant_ids and owner.may_read(actor, file.owner_id)


def may_delete(*, actor: Actor, file: StoredFile) -> bool:
    """Whoever may change the object; where its room does not say, the uploader and the platform's own jobs."""
    owner = owner_of(file.owner_kind)
    if owner is None or file.tenant_id != actor.tenant_id:
        return False
    if owner.may_change is not None:
        return owner.may_change(actor, file.owner_id)
    return actor.user_id is None or actor.user_id == file.uploaded_by
