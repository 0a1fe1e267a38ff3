"""Pages of this room drawn without a database: fixed date, fixed frame, our own addresses."""

import copy
from datetime import date
from typing import Any

import pytest
from django.conf import settings as real

from rongpei.ground import clock

TODAY = date(2026, 6, 12)


@pytest.fixture(autouse=True)
def without_database(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    templates = copy.deepcopy(real.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "rongpei.ground.ui.tests.chrome.chrome",
    ]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "rongpei.ground.ui.tests.urls"
    settings.MIDDLEWARE = ["csp.middleware.CSPMiddleware"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
