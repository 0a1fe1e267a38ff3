"""Lockout that stops guessing but cannot be used to shut somebody out.

Failures are counted per account and place: a browser that signed in before carries a signed mark and has a
bucket of its own; a stranger's failures fill only the bucket of the stranger's address and, at most, the one
shared by unknown browsers. The owner on the usual phone is never locked out by others.
"""

import hashlib
from datetime import datetime, timedelta

from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse

from rongpei.ground.accounts.models import SignInFailure

MARK = "rongpei_known"
_SALT = "accounts.known-browser"
WINDOW = timedelta(minutes=15)
OWN_LIMIT, ADDRESS_LIMIT, STRANGERS_LIMIT = 10, 8, 40

_COUNT = """
INSERT INTO accounts_signinfailure AS f (bucket, failures, window_ends_at) VALUES (%s, 1, %s)
ON CONFLICT (bucket) DO UPDATE SET
  failures = CASE WHEN f.window_ends_at < %s THEN 1 ELSE f.failures + 1 END,
  window_ends_at = CASE WHEN f.window_ends_at < %s THEN EXCLUDED.window_ends_at ELSE f.window_ends_at END
"""


def is_locked(request: HttpRequest, account: str, now: datetime) -> bool:
    """Whether a further try from this place is refused without looking at the password."""
    limits = _limits(request, account)
    counts = SignInFailure.objects.filter(bucket__in=limits, window_ends_at__gte=now)
    return any(row.failures >= limits[row.bucket] for row in counts)


def count_failure(request: HttpRequest, account: str, now: datetime) -> None:
    """Count one failed try."""
    ends = now + WINDOW
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, [[bucket, ends, now, now] for bucket in sorted(_limits(request, account))])


def forget_failures(request: HttpRequest, account: str) -> None:
    """A success clears this place's own counts."""
    SignInFailure.objects.filter(bucket__in=list(_limits(request, account))).delete()


def mark_known(response: HttpResponse, account: str, secure: bool) -> None:
    """Remember this browser for the account for ninety days."""
    value = signing.dumps(_hash(account), salt=_SALT)
    response.set_cookie(MARK, value, max_age=90 * 86400, httponly=True, secure=secure, samesite="Lax")


def _limits(request: HttpRequest, account: str) -> dict[str, int]:
    known = _hash(account)
    try:
        marked = signing.loads(request.COOKIES.get(MARK, ""), salt=_SALT, max_age=90 * 86400) == known
    except signing.BadSignature:
        marked = False
    if marked:
        return {_hash("own", account, request.COOKIES[MARK]): OWN_LIMIT}
    address = request.META.get("REMOTE_ADDR", "")
    return {_hash("address", account, address): ADDRESS_LIMIT, _hash("strangers", account): STRANGERS_LIMIT}


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
