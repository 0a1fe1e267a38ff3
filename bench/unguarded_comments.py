"""The site with the guard of comments taken out: first look, then write. What the guard protects from.

Served by a contract only, on a clone whose constraint `columns_comment_once` was dropped; it must store comments twice.
"""

import os
import time
from uuid import UUID

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongpei.site.settings")
application = get_wsgi_application()  # loads the models, which the next lines need

from rongpei.activities.columns.actions import talk  # noqa: E402 - needs the app registry
from rongpei.activities.columns.models import Comment  # noqa: E402 - needs the app registry
from rongpei.ground.accounts.actor import Actor  # noqa: E402 - as above

_look = talk._posted


def _look_slowly(actor: Actor, key: UUID) -> Comment | None:
    found = _look(actor, key)
    time.sleep(0.03)  # what a busy afternoon adds by itself between looking and writing
    return found


talk._posted = _look_slowly

__all__ = ["application"]
