"""Photographs as the papers print them: small, upright, the first four of a meeting."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from PIL import Image

from rongpei.activities.partydays.codes import MEETING_OWNER
from rongpei.ground.files import vault
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.queries import files_of

MOST = 4
_LONGEST_SIDE = 1000


def photos_of(meeting_ids: Iterable[int]) -> dict[int, list[StoredFile]]:
    """The photographs of meetings the caller may read, oldest first; one query."""
    found: dict[int, list[StoredFile]] = {}
    for file in files_of(owner_kind=MEETING_OWNER, owner_ids=meeting_ids):
        if file.content_type.startswith("image/"):
            found.setdefault(file.owner_id, []).append(file)
    return found


def printed(files: Sequence[StoredFile]) -> list[bytes]:
    """The first of them as JPEG; one whose blob is gone is left out."""
    return [image for file in files[:MOST] if (image := _printed(file)) is not None]


def _printed(file: StoredFile) -> bytes | None:
    place = vault.find(file.storage_name)
    if place is None or file.enciphered:
        return None
    made = BytesIO()
    with Image.open(place) as image:
        small = image.convert("RGB")
        small.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        small.save(made, "JPEG", quality=80)
    return made.getvalue()
