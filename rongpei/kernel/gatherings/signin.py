"""Rotating sign-in codes.

A code is signed with the sitting's secret and dies thirty seconds after it was shown: the projector changes
it every ten seconds, and the server accepts the current one and the two before. Only the server's real clock
counts.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

STEP_SECONDS = 10
STEPS_ACCEPTED = 3
_SPOKEN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Read:
    """What a code says: the tenant and sitting, and when it was shown. Not yet proven."""

    tenant_id: int
    sitting_id: int
    step: int
    signature: str


def step_of(now: datetime) -> int:
    """The number of the ten-second step."""
    return int(now.timestamp()) // STEP_SECONDS


def code_for(*, tenant_id: int, sitting_id: int, secret: str, now: datetime) -> str:
    """The code to show now, for the address in the QR picture."""
    step = step_of(now)
    return f"{tenant_id:x}.{sitting_id:x}.{step:x}.{_signature(secret, sitting_id, step)}"


def read_code(code: str) -> Read | None:
    """Take a code apart, or None when it is not one."""
    try:
        tenant, sitting, step, signature = code.split(".")
        return Read(int(tenant, 16), int(sitting, 16), int(step, 16), signature)
    except ValueError:
        return None


def is_genuine(read: Read, secret: str) -> bool:
    """Whether the sitting's secret signed it, however old it is."""
    return hmac.compare_digest(_signature(secret, read.sitting_id, read.step), read.signature)


def is_fresh(read: Read, now: datetime) -> bool:
    """Whether it was shown within the last thirty seconds."""
    return 0 <= step_of(now) - read.step < STEPS_ACCEPTED


def spoken_code(secret: str, now: datetime, back: int = 0) -> str:
    """Six digits to be read aloud; they change every minute and the one before is still accepted."""
    minute = int(now.timestamp()) // _SPOKEN_SECONDS - back
    digest = hmac.new(secret.encode(), f"spoken:{minute}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:4]) % 1_000_000:06d}"


def is_spoken(secret: str, typed: str, now: datetime) -> bool:
    """Whether the typed digits are this minute's or the last one's."""
    return any(hmac.compare_digest(spoken_code(secret, now, back), typed.strip()) for back in (0, 1))


def _signature(secret: str, sitting_id: int, step: int) -> str:
    digest = hmac.new(secret.encode(), f"{sitting_id}:{step}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()
