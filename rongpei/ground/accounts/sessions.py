"""Sessions in the database, read by a prepared statement: every page asks for one."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from rongpei.ground.tenancy.asking import ask

_SESSION = "SELECT session_data FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s"


class SessionStore(DatabaseStore):
    """Django's own store; only the reading is ours."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, when there is none or it has expired."""
        rows = ask(_SESSION, {"key": self.session_key, "now": timezone.now()})
        if rows:
            held: dict[str, Any] = self.decode(rows[0][0])
            return held
        self._session_key = None
        return {}
