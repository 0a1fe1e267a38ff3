"""What was done, by whom, when: one verb for every change, one row for every verb.

`@action` is the only way to write. `AuditEvent` is append-only; `sealing` chains its rows in the background
so that an edit, a deletion, a swap or a cut tail is found by `verify`.
"""

from rongpei.ground.audit.acting import Forbidden, Refused, action, note

__all__ = ["Forbidden", "Refused", "action", "note"]
