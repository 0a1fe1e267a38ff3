"""The site with a gate that lets in one professional of the cast: for journeys, until verification answers it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongpei.site.settings")
application = get_wsgi_application()  # the wiring is done; the gate is registered after it

from rongpei.activities.columns import gate  # noqa: E402 - after the wiring

VERIFIED = "外部医务人员"


def _answer(actor: object, on: object) -> gate.Passage:
    if actor is not None and getattr(actor, "name", "") == VERIFIED:
        return gate.OPEN
    return gate.Passage(False, "这篇文章认证后可看", "您还没有通过认证。", "/accounts/login/", "去认证")


gate.register(_answer)
