"""All settings, each read from one environment variable; README has the table."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from accounts.addresses import is_loopback
from rollscape import environment
from rollscape.data_folder import data_folder

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_folder(Path(environment.text("ROLLSCAPE_DATA", str(BASE_DIR / "data"))))

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret("SECRET_KEY", 32) or environment.secret_key(DATA_DIR)

# A bare user id in place of a token, as the seed's test page uses it. Never without DEBUG.
INSECURE_TOKENS = environment.flag("ROLLSCAPE_INSECURE_TOKENS")
if INSECURE_TOKENS and not DEBUG:
    raise ImproperlyConfigured("ROLLSCAPE_INSECURE_TOKENS=1 lets anybody be anybody; it needs DEBUG=1 too.")

# What somebody may see from outside ----------------------------------------------------------
METRICS = environment.secret("ROLLSCAPE_METRICS", 16)  # the token for /metrics; empty: there are none
LOG = environment.choice("ROLLSCAPE_LOG", ("text", "json"))

# Where the site is reached -----------------------------------------------------------------
PUBLIC_URL = environment.origin("ROLLSCAPE_URL")
PROXIES = environment.networks("ROLLSCAPE_PROXIES", "127.0.0.1,::1")  # whose X-Forwarded-For and -Proto are believed
PUBLIC_HOST = environment.host_name(urlsplit(PUBLIC_URL).hostname or "") if PUBLIC_URL else ""
PUBLIC = bool(PUBLIC_URL) and not is_loopback(PUBLIC_HOST)
if PUBLIC and DEBUG:
    raise ImproperlyConfigured(f"DEBUG=1 shows settings and code to everybody; it cannot go with {PUBLIC_URL}.")
SECURE = PUBLIC_URL.startswith("https://")
# Without a public address the one in use is right: everybody who reaches the server may play on it,
# and pages and sockets compare the Origin with the Host that was asked for.
ALLOWED_HOSTS = [PUBLIC_HOST, "127.0.0.1", "localhost", "[::1]"] if PUBLIC_URL else ["*"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CORS_ALLOWED_ORIGINS = environment.origins("ROLLSCAPE_CORS_ORIGINS")
CORS_URLS_REGEX = r"^/(api|ws)/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    # Other names under the domain are not ours to promise for, and plain HTTP ends at the proxy.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"  # an invitation's link never leaves the site
X_FRAME_OPTIONS = "DENY"

# Applications --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "game",  # before staticfiles: its runserver serves sockets too
    "rollscape.apps.RollscapeConfig",
    "rollscape.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "accounts",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "rollscape.static.StaticFiles",
    "rollscape.connections.give_back",
    "corsheaders.middleware.CorsMiddleware",
    "rollscape.caching.PrivateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "accounts.refusals.LimitsMiddleware",
]
ROOT_URLCONF = "rollscape.urls"
ASGI_APPLICATION = "rollscape.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "accounts.context.look",
                "game.lobby.pending_invitations.invited",
            ],
            "builtins": ["rollscape.parts"],
            "libraries": {"bundles": "rollscape.bundle_tags", "roll_tables": "game.roll_tables.tags"},
        },
    }
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Data ----------------------------------------------------------------------------------------
SYNC = environment.choice("ROLLSCAPE_SYNC", ("normal", "full"))
DATABASE_URL = environment.text("DATABASE_URL")
PGBOUNCER = environment.flag("ROLLSCAPE_PGBOUNCER")  # DATABASE_URL leads to a pooler in transaction mode
DATABASES: dict[str, Any]
if DATABASE_URL:
    # Each request has a thread of its own under ASGI: they share a pool, so that however many come at once do not
    # take all connections that PostgreSQL has. The writer and the readers have their own beside it.
    _database: dict[str, Any] = dict(dj_database_url.parse(DATABASE_URL, conn_max_age=0, conn_health_checks=True))
    _database["OPTIONS"] = {
        "connect_timeout": 3,  # seconds
        "tcp_user_timeout": 5000,  # milliseconds until a silent network counts as cut
        "pool": {
            "min_size": 0,
            "max_size": 10,
            "max_idle": 60,  # seconds
            "timeout": 10,  # seconds that a request waits for its turn
            "reconnect_timeout": 3,  # seconds; the next caller tries again
        },
    } | _database.get("OPTIONS", {})
    # A pooler in transaction mode keeps neither prepared statements nor cursors from one transaction to the next.
    _database["DISABLE_SERVER_SIDE_CURSORS"] = PGBOUNCER
    DATABASES = {"default": _database}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "rollscape.sqlite3",
            "OPTIONS": {
                "timeout": 5,  # seconds to wait for another writer
                "transaction_mode": "IMMEDIATE",
                # The write-ahead log is carried over by game.engine.log.durability, off the writer's way.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
                f"PRAGMA synchronous={SYNC.upper()}; PRAGMA cache_size=-16384;",
            },
        }
    }
# What is counted by address or name, in each server process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
CHANNEL_LAYERS: dict[str, Any]
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "game.engine.channel_layers.redis.RedisLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "game.engine.channel_layers.local.LocalLayer"}}

# Accounts ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
TRIES = environment.number("ROLLSCAPE_TRIES", 60)  # passwords a minute from one address; 0: no limit by address
AUTHENTICATION_BACKENDS = [
    "accounts.lockout.GuessingBackend",
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["accounts.hashers.Argon2", "accounts.hashers.PBKDF2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "game:lobby"
LOGOUT_REDIRECT_URL = "game:landing"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=5)
# Only the pair is locked: nobody can lock a stranger out, and one guesser does not lock a household.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.attempted_from"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "accounts.lockout.attempted_name"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.refuse"
# Trying again while locked out neither prolongs it nor fills the table.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "USER_ID_CLAIM": "sub",
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=1),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
    "UPDATE_LAST_LOGIN": False,
    "TOKEN_OBTAIN_SERIALIZER": "accounts.tokens.TokenPairSerializer",
    "TOKEN_REFRESH_SERIALIZER": "accounts.tokens.TokenRefreshSerializer",
}

EMAIL_URL = environment.text("EMAIL_URL")
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    EMAIL_TIMEOUT = 10  # seconds
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", f"rollscape@{_mail.hostname}")

# REST ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rollscape.parsers.ShallowJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "game.engine.rest.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "RollScape",
    "DESCRIPTION": "Tokens, room information, history, dice, roll tables and macros. The game itself runs over a"
    " WebSocket: see docs/protocol.md.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# What one user may make ------------------------------------------------------------------------
MAX_CAMPAIGNS = environment.count("ROLLSCAPE_CAMPAIGNS", 1_000)  # that one user leads
MAX_SESSIONS = environment.count("ROLLSCAPE_SESSIONS", 1_000)  # that are open in those

# The engine ----------------------------------------------------------------------------------
LEASE = environment.number("ROLLSCAPE_LEASE", 30)  # seconds until the people of a dead server process are gone
if LEASE < 1:
    raise ImproperlyConfigured(f"ROLLSCAPE_LEASE must be at least 1 second, not {LEASE:g}.")
RATE = environment.number("ROLLSCAPE_RATE", 10)  # commands a second for one user in one session; 0: no limit
SOCKETS = environment.number("ROLLSCAPE_SOCKETS", 50)  # open for one user on one server process, while RATE is on
CONNECTIONS = environment.number("ROLLSCAPE_CONNECTIONS", 1000)  # sockets of one address at once; 0: no limit
HANDSHAKES = environment.number("ROLLSCAPE_HANDSHAKES", 300)  # refused sockets of one address a minute; 0: no limit
if PUBLIC and not RATE:
    raise ImproperlyConfigured(f"ROLLSCAPE_RATE=0 lets anybody flood the tables of {PUBLIC_URL}; give it a number.")

# Pages ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2560 * 1024  # bytes; as rollscape.bodies lets through
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000  # a roll table of a thousand rows
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "rollscape.static.VersionedStorage"},
}
SERVESTATIC_USE_FINDERS = True  # files are served from where they stand: no copying before a start
SERVESTATIC_MIMETYPES = {".webmanifest": "application/manifest+json"}
SERVESTATIC_MAX_AGE = 0  # of addresses without a version: ask each time, get a 304

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": f"rollscape.log.{LOG.title()}"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Uvicorn and daphne write the socket's address, token and all, at INFO.
        "uvicorn.error": {"level": "WARNING"},
        "daphne": {"level": "WARNING"},
        "django.channels.server": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # strangers ask for any name; not worth a traceback
        "django.request": {"level": "ERROR"},  # a page that is not there is nobody's fault; the proxy's log has it
    },
}
