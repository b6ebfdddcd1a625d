"""What is true everywhere. What differs between one PC and a province comes from the environment.

DATABASE_URL   postgres://…           default: an SQLite file in var/
REDIS_URL      redis://…              default: an embedded broker in var/broker
VAR_DIR        database, files, keys  default: var/ beside manage.py
ALLOWED_HOSTS  names in the address   default: this machine's own names
BEHIND_TLS     true behind https      default: false (plain HTTP in the county's own network)
TRAIL_COPY_DIR the seals once more       default: var/trail; better another disk or share
SITE_URL       http://10.1.2.3:8000   default: none; stands before the links of messages sent out
QUIET_HOURS    22-7                   default: 22-7; only clocks of hours are told in these hours
DIGEST_AT      9:10                   default: 9:10; when the one message of the day goes out
"""

import socket
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.settings.keys import read_or_make_key
from config.settings.reading import bounded, read_database, read_hours, read_time

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
TRAIL_COPY_DIR = Path(env("TRAIL_COPY_DIR", default=str(VAR_DIR / "trail")))
KEYS_DIR = Path(env("KEYS_DIR", default=str(VAR_DIR / "keys")))
FILES_DIR = Path(env("FILES_DIR", default=str(VAR_DIR / "files")))
SECRET_KEY = read_or_make_key(KEYS_DIR / "session.key")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", socket.gethostname()])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
    "common",
    "law",
    "accounts",
    "reminders",
    "registry",
    "clues",
    "cases",
    "campaigns",
    "ledgers",
    "config",
]

MIDDLEWARE = [
    # First those that set headers: also what is answered half-way (files, redirects) needs them.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before the session: it answers also where there is no database.
    "config.health_door.HealthMiddleware",
    "config.key_door.KeyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.time_limit.TimeLimitMiddleware",
    "accounts.middleware.SessionLimitMiddleware",
    "accounts.middleware.PolicyMiddleware",
    "accounts.middleware.ExportMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
                "config.navigation.frame",
            ],
            "builtins": [
                "django.templatetags.static",
                "common.templatetags.ui",
                "law.templatetags.articles",
            ],
        },
    }
]
FORM_RENDERER = "common.rendering.Renderer"

DATABASES = {"default": read_database(env, default=f"sqlite:///{VAR_DIR}/db.sqlite3")}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
# SQLite too: a new connection reads the whole schema again, and the last that goes writes the WAL back.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
if IS_SQLITE:
    # WAL alone locks writers out; transactions must also begin IMMEDIATE and wait.
    # recursive_triggers: without it INSERT OR REPLACE walks past the append-only triggers.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Nobody waits for ever on a server that hangs or on a colleague's lock. How long a statement may take is
    # said by the web server alone (config/wsgi.py): a command and a task have what they need.
    DATABASES["default"]["OPTIONS"] = bounded(
        DATABASES["default"].get("OPTIONS", {}),
        connect=env.int("DATABASE_CONNECT_SECONDS", default=5),
        lock=env.int("DATABASE_LOCK_SECONDS", default=10),
        statement=env.int("DATABASE_STATEMENT_SECONDS", default=0),
    )
if env("TEST_DB_NAME", default=""):
    DATABASES["default"]["TEST"] = {"NAME": env("TEST_DB_NAME")}
# How long a request may take; one that hands out a list or takes in a file. 0: as long as it likes.
REQUEST_SECONDS = env.int("REQUEST_SECONDS", default=30)
EXPORT_SECONDS = env.int("EXPORT_SECONDS", default=600)
DATABASE_WAIT_SECONDS = env.int("DATABASE_WAIT_SECONDS", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache"
        if REDIS_URL
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": REDIS_URL or "kuangantong",
    }
}

# The broker is only a doorbell: what is to be done is a row in the database.
BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "doorbell://localhost//"  # config/doorbell.py
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 600}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "done"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a queue that is away for days comes back too
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TIMEZONE = "Asia/Shanghai"

SITE_URL = env("SITE_URL", default="")
CHANNEL_SECONDS = env.int("CHANNEL_SECONDS", default=10)
REMINDER_QUIET_HOURS = read_hours(env("QUIET_HOURS", default="22-7"))
REMINDER_DIGEST_AT = read_time(env("DIGEST_AT", default="9:10"))

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "phone")},
    },
    {"NAME": "accounts.password_rules.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.password_rules.NoRepeats"},
    {"NAME": "accounts.password_rules.NoKnownWords"},
]
# What was hashed otherwise before is hashed anew at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
AXES_FAILURE_LIMIT = 5
# Wrong passwords from one address for whatever names: an office's people may share one.
SIGN_IN_ADDRESS_LIMIT = env.int("SIGN_IN_ADDRESS_LIMIT", default=30)
AXES_COOLOFF_TIME = 0.25  # hours: 15 minutes
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.views.signin.locked_out"
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
AXES_CLIENT_IP_CALLABLE = "common.addresses.client_address"
AXES_SENSITIVE_PARAMETERS = ["password"]
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# Attachments aren't kept by a Django storage: accounts.services.files writes them to FILES_DIR.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site takes our scripts and styles
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Django's own second one would leave plain bytes in the temporary folder.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "common.uploads.SealedUploadHandler",
]
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=50 * 1024 * 1024)
STAGED_MAX_BYTES = env.int("STAGED_MAX_BYTES", default=1024 * 1024 * 1024)
WORKBOOK_MAX_BYTES = env.int("WORKBOOK_MAX_BYTES", default=20 * 1024 * 1024)

DISK_LOW_BYTES = env.int("DISK_LOW_BYTES", default=2 * 1024 * 1024 * 1024)
BACKUP_GENERATIONS = max(1, env.int("BACKUP_GENERATIONS", default=14))

BEHIND_TLS = env.bool("BEHIND_TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
# Whose duty 动态口令 is: nobody's (""), theirs whose posts open secrets, or everybody's.
SECOND_FACTOR_FOR = env.str("SECOND_FACTOR_FOR", default="")
if SECOND_FACTOR_FOR not in ("", "secrets", "everybody"):
    raise ImproperlyConfigured("SECOND_FACTOR_FOR 只能不填，或者填 secrets、everybody。")
SECOND_FACTOR_GRACE_DAYS = max(0, env.int("SECOND_FACTOR_GRACE_DAYS", default=7))
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# How long a page may show what it counted for the same person before, while no deed was recorded.
KEPT_SECONDS = max(0, env.int("KEPT_SECONDS", default=15))
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_SSL_REDIRECT = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "accounts.views.signin.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
