"""Settings of the floor: nothing but the database."""

import os
from urllib.parse import parse_qs, urlsplit

_url = urlsplit(os.environ["DATABASE_URL"])
_query = {key: values[0] for key, values in parse_qs(_url.query).items()}

SECRET_KEY = "the-floor-has-no-secret"  # noqa: S105 - signs nothing
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _url.path.lstrip("/"),
        "USER": _url.username or _query.get("user", ""),
        "PASSWORD": _url.password or "",
        "HOST": _url.hostname or _query.get("host", ""),
        "PORT": str(_url.port or ""),
        "CONN_MAX_AGE": None,
    }
}
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floor.urls"
USE_TZ = True
