"""The site with the guards of signing in and of places taken out: first look, then write. What the guard protects from.

Served by a contract only, on a clone whose constraint `gatherings_once` was dropped; it must store people twice.
"""

import os
import time
from collections.abc import Sequence
from secrets import SystemRandom

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongpei.site.settings")
application = get_wsgi_application()  # loads the models, which the next line needs

from rongpei.kernel.gatherings import places, presence  # noqa: E402 - needs the app registry

# The pause between looking and writing is what a busy afternoon adds by itself.
# Same values and same answer as the guarded statement: no row means "was already present".
presence._MARK = """
INSERT INTO gatherings_attendance AS a
  (tenant_id, gathering_id, sitting_id, person_id, part, presence, means, device, reason, marked_at, online)
SELECT v.tenant_id, v.gathering_id, v.sitting_id, v.person_id, 'observer', 'present', v.means, v.device, '', v.marked_at, v.online
FROM (VALUES (%s::bigint, %s::bigint, %s::bigint, %s::bigint, %s, %s, %s::timestamptz, %s::boolean))
  AS v (tenant_id, gathering_id, sitting_id, person_id, means, device, marked_at, online), pg_sleep(0.03)
WHERE NOT EXISTS (SELECT 1 FROM gatherings_attendance o
                  WHERE o.gathering_id = v.gathering_id AND o.person_id = v.person_id AND o.presence = 'present')
RETURNING a.id
"""
# Places are given without holding the sitting, and the pause stands between counting and committing. Its length
# varies: threads that pause equally walk in step, and a step that divides the places would end on them exactly.
places._HOLD = "SELECT capacity FROM gatherings_sitting WHERE id = ANY(%s) ORDER BY id"
_list = places._list
_chance = SystemRandom()


def _list_slowly(registration_ids: Sequence[int]) -> None:
    time.sleep(_chance.uniform(0.03, 0.09))
    _list(registration_ids)


places._list = _list_slowly

__all__ = ["application"]
