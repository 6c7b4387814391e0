"""Settings. Everything that differs between machines comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from config.redis import cache_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("OPORA_DEBUG", default=False)
# Without a key nobody can forge a session by knowing this file: the launcher and compose always pass one.
SECRET_KEY = env.str("SECRET_KEY", default="debug-only-" + "k" * 50 if DEBUG else environ.Env.NOTSET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# Where people open the application. An address with https turns on everything that needs TLS; a school network
# without certificates works over plain http, with the rest of the protection.
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
BEHIND_TLS = PUBLIC_URL.startswith("https://")
if PUBLIC_URL:
    ALLOWED_HOSTS.append(str(urlsplit(PUBLIC_URL).hostname))
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
OPORA_DATA = Path(env.str("OPORA_DATA", default=str(BASE_DIR / ".opora")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "crispy_forms",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "common",
    "school",
    "documents",
    "gradebook",
    "teaching",
    "risk_registry",
    "consultations",
    "iom",
    "parents",
    "roadmaps",
    "monitoring",
    "desk",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.protective_headers",
    "config.middleware.htmx_login",
    "config.middleware.wrong_method",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "school.sessions.session_timeouts",
    "school.middleware.school_clock",
    "config.middleware.Doorkeeper",
    "common.authorship.AuthorshipMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "school.middleware.forced_password_change",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "desk.middleware.DefaultFilter",
    "school.middleware.OnceMiddleware",
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
            ],
        },
    },
]

# The application's role. Migrations run with DATABASE_OWNER_URL in its place, so that the application
# itself cannot alter history (docs/trust.md, 15).
DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///opora")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["TEST"] = {"NAME": env.str("OPORA_TEST_DB", default="test_opora")}
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "school.User"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_SOFT_TIME_LIMIT = 1740
# Above the hard time limit: a task that still runs is never handed out a second time (docs/trust.md, 20).
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_TASK_DEFAULT_QUEUE", default="opora")
CELERY_BEAT_SCHEDULE = {
    # `expires`: what was not done before the next time has nothing to add.
    "recover-jobs": {"task": "documents.tasks.recover_jobs", "schedule": 30, "options": {"expires": 30}},
    "send-outbox": {"task": "documents.tasks.send_outbox", "schedule": 60, "options": {"expires": 60}},
    "send-links": {"task": "parents.tasks.send_links", "schedule": 60, "options": {"expires": 60}},
    "purge-files": {"task": "documents.tasks.purge_files", "schedule": 3600, "options": {"expires": 3600}},
    "sweep-sessions": {"task": "school.tasks.sweep_sessions", "schedule": 21600, "options": {"expires": 21600}},
    "send-digests": {"task": "desk.tasks.send_digests", "schedule": 900, "options": {"expires": 900}},
    "remind-schools": {"task": "risk_registry.tasks.remind_schools", "schedule": 3600, "options": {"expires": 3600}},
    "measure-schools": {"task": "monitoring.tasks.measure_schools", "schedule": 3600, "options": {"expires": 3600}},
    "refresh-aggregates": {
        "task": "monitoring.tasks.refresh_aggregates",
        "schedule": 900,
        "options": {"expires": 900},
    },
    "warn-schools": {"task": "risk_registry.tasks.warn_schools", "schedule": 10800, "options": {"expires": 10800}},
}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# smtp://user:password@host:port; empty: there is no mail server and letters stay in the outbox.
vars().update(env.email("EMAIL_URL", default="smtp://"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="opora@localhost")

# Forms are laid out by crispy-forms with our own templates/opora/; a layout that names no field is a mistake.
CRISPY_TEMPLATE_PACK = "opora"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("opora",)
CRISPY_FAIL_SILENTLY = False

LANGUAGE_CODE = "ru"
TIME_ZONE = "Europe/Moscow"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(OPORA_DATA / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.staticfiles.BootstrapFinder",
]
_manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _plain if DEBUG else _manifest},
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = OPORA_DATA / "media"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # a sheet of results: 40 pupils in 40 subjects, sent without script

# Shared by all processes, so that limits count what every one of them saw.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": cache_url(REDIS_URL)}}

# The door (docs/trust.md, 1 and 8).
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["school.door.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "school.door.Adapter"
ACCOUNT_FORMS = {"login": "school.door.LoginForm", "change_password": "school.door.ChangePasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# A whole school may come through one address at the first lesson; one login is tried by one person.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/5m/key"}
# Wrong secrets and check words at the pages for parents (parents/outside.py). Many telephones share one address.
ACCOUNT_RATE_LIMITS["outside_failed"] = "30/5m/ip"
# How many proxies of one's own stand before the application: only that many entries of X-Forwarded-For are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# Seconds. The usual leak is an open school computer: a session ends when nobody works in it, and at night in any case.
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=45 * 60)
SESSION_ABSOLUTE_SECONDS = env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 60 * 60)
# Names of our own: other applications may live on other ports of the same computer.
SESSION_COOKIE_NAME = "opora_session"
CSRF_COOKIE_NAME = "opora_csrf"
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, where there is no TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
# Off where other sites without TLS live under the same name.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS and env.bool("HSTS_WHOLE_DOMAIN", default=True)

# Confidential words are in no report of an error, in debugging either (docs/trust.md, 5).
DEFAULT_EXCEPTION_REPORTER = "config.debugging.DiscreetReporter"
# One line an event on standard error; who reads it learns what failed, not about whom.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {"()": "common.logs.PrivateFormatter", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "private"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django brings handlers of its own: one writes to e-mail, one only in debugging.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Statements hold values.
        "django.db.backends": {"level": "WARNING"},
        # What documents are made of: fonts and styles, hundreds of lines.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
    },
}
