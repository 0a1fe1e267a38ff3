"""Settings. Everything that differs between machines comes from the environment that `./run` prepares."""

import json
import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import django_stubs_ext

from rongpei.site.portal import seen

django_stubs_ext.monkeypatch()  # makes Django's generic classes subscriptable at run time

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("RONGPEI_DATA", ROOT / "var" / "data"))
MODE = os.environ.get("RONGPEI_MODE", "demonstration")
RONGPEI_DEMONSTRATION = MODE in {"demonstration", "test"}
RONGPEI_PASSWORD_PROFILE = os.environ.get("RONGPEI_PASSWORD_PROFILE", "modern")  # or "dengbao"
RONGPEI_PUBLIC_URL = os.environ.get("RONGPEI_PUBLIC_URL", "http://127.0.0.1:8000")
RONGPEI_POOLED = (
    os.environ.get("RONGPEI_POOLED") == "1"
)  # a pooler such as PgBouncer stands before the database
RONGPEI_FILES = DATA / "files"
# Ways out of the house (see `notices.senders`): senders.json of the data folder, secrets included, so mode 0600.
_SENDERS = DATA / "senders.json"
RONGPEI_SENDERS = json.loads(_SENDERS.read_text(encoding="utf-8")) if _SENDERS.exists() else {}
RONGPEI_OUTSIDE = DATA / "outside"


def _key(name: str) -> str:
    path = DATA / "keys" / name
    if path.exists():
        return path.read_text().strip()
    if MODE == "production":
        raise SystemExit(f"缺少密钥文件 {path}，请用 ./run 启动。")
    return "development-only-not-secret-0123456789abcdef"


SECRET_KEY = _key("secret_key")
RONGPEI_FIELD_KEY = _key("field_key")
RONGPEI_CIPHER = os.environ.get("RONGPEI_CIPHER", "aes")  # or "sm4"; either reads what the other wrote
RONGPEI_SEAL_KEY = _key("seal_key")
DEBUG = os.environ.get("RONGPEI_DEBUG") == "1"
_public = urlsplit(RONGPEI_PUBLIC_URL)
ALLOWED_HOSTS = ["*"] if RONGPEI_DEMONSTRATION else [_public.hostname or "localhost"]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
SECURE_SSL = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "rongpei.ground.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"


# A prepared statement is planned once a connection, not for every execution: planning under the policies costs more
# than the rows. `contracts/test_plans.py` looks at these plans too. A pooler takes no start-up options.
_PLANNED_ONCE = {} if RONGPEI_POOLED else {"options": "-c plan_cache_mode=force_generic_plan"}


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "rongpei.ground.tenancy.backend",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.get("host", ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": os.environ.get("RONGPEI_PROCESS", "rongpei"),
            # Only `tenancy.prepared` keeps statements, by name; behind a pooler nothing may be kept.
            "prepare_threshold": None if RONGPEI_POOLED else 1_000_000,
            **_PLANNED_ONCE,
        },
        "TEST": {"NAME": unquote(parts.path.lstrip("/"))},
    }


_app_url = os.environ.get("DATABASE_URL", "postgresql:///rongpei")
_owner_url = os.environ.get("RONGPEI_OWNER_DATABASE_URL", _app_url)
DATABASES = {"default": _database(_owner_url if os.environ.get("RONGPEI_DB_ROLE") == "owner" else _app_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

RONGPEI_PORTAL_ROOMS, RONGPEI_PORTAL_ROWS = seen.ROOMS, seen.ROWS
RONGPEI_PORTAL_COLUMNS, RONGPEI_PORTAL_FUNCTIONS = seen.COLUMNS, seen.FUNCTIONS
ROOMS = [
    "rongpei.ground.clock",
    "rongpei.ground.tenancy",
    "rongpei.ground.accounts",
    "rongpei.ground.audit",
    "rongpei.ground.files",
    "rongpei.ground.notices",
    "rongpei.ground.ui",
    "rongpei.org.people",
    "rongpei.org.units",
    "rongpei.org.consent",
    "rongpei.org.access",
    "rongpei.org.privacy",
    "rongpei.kernel.ledger",
    "rongpei.kernel.gatherings",
    "rongpei.kernel.procedures",
    "rongpei.pipelines.membership",
    "rongpei.kernel.papers",
    "rongpei.activities.partydays",
    "rongpei.activities.columns",
    "rongpei.activities.culture",
    "rongpei.pipelines.verification",
    "rongpei.insight.directory",
    "rongpei.site",
]
ROOMS = [room for room in ROOMS if (ROOT / room.replace(".", "/")).exists()]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "csp",
    "django_htmx",
    *ROOMS,
]
MIDDLEWARE = [
    "rongpei.site.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "rongpei.org.access.middleware.ScopeMiddleware",
]
# The portal apart: its own process with few addresses, as a role of the database that reads only what it needs.
RONGPEI_PORTAL = os.environ.get("RONGPEI_SITE") == "portal"
ROOT_URLCONF = "rongpei.site.portal.urls" if RONGPEI_PORTAL else "rongpei.site.urls"
WSGI_APPLICATION = "rongpei.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "rongpei" / "site" / "templates"],  # before the libraries' own
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "rongpei.ground.ui.templatetags.ui",
                "rongpei.ground.ui.templatetags.addresses",
                "rongpei.ground.ui.templatetags.wording",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "rongpei.site.chrome.chrome",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rongpei.ground.accounts.signing.NumberOrNameBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "rongpei.ground.accounts.passwords.ProfileValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rongpei.ground.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "rongpei.ground.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # our own lockout is told apart by device, see accounts.lockout
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Rongpei"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_ADAPTER = "rongpei.ground.accounts.single_sign_on.SingleSignOnAdapter"
# The provider's claim that holds the staff number, and the code of the tenant whose numbers they are.
RONGPEI_OIDC_CLAIM = os.environ.get("RONGPEI_OIDC_CLAIM", "preferred_username")
RONGPEI_OIDC_TENANT = os.environ.get("RONGPEI_OIDC_TENANT", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("RONGPEI_OIDC_NAME", "单点登录"),
                "client_id": os.environ["RONGPEI_OIDC_CLIENT"],
                "secret": os.environ.get("RONGPEI_OIDC_SECRET", ""),
                "settings": {"server_url": os.environ["RONGPEI_OIDC_SERVER"]},
            }
        ]
        if "RONGPEI_OIDC_CLIENT" in os.environ
        else []
    }
}

LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [ROOT / "rongpei" / "site" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks there first, and warns without it
_MODULES = ROOT / "node_modules"
STATICFILES_DIRS = [
    (f"vendor/{name}", _MODULES / name / "dist")
    for name in (
        "@tabler/core",
        "@tabler/icons-webfont",
        "htmx.org",
        "@alpinejs/csp",
        "echarts",
        "squire-rte",
    )
    if (_MODULES / name / "dist").exists()
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if "RONGPEI_SMTP_HOST" in os.environ
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA / "outbox" / "mail"
EMAIL_HOST = os.environ.get("RONGPEI_SMTP_HOST", "")
DEFAULT_FROM_EMAIL = os.environ.get("RONGPEI_MAIL_FROM", "rongpei@localhost")


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "rongpei.site.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
