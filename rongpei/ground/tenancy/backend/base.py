"""The connection that `DATABASES` names."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; whether it still serves is seen at its socket."""

    def is_usable(self) -> bool:
        """Whether the server is still there. A server that went away leaves an idle socket readable; only then it is asked."""
        if self.connection is None or self.connection.closed:
            return False
        if not _has_something_to_read(self.connection.fileno()):
            return True
        usable: bool = super().is_usable()
        return usable


def _has_something_to_read(descriptor: int) -> bool:
    watch = poll()
    watch.register(descriptor, POLLIN)
    return bool(watch.poll(0))
