"""How gunicorn serves the application: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os

proc_name = "opora"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 120
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
# Both processes share what the first one has loaded.
preload_app = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - heartbeat files only
# Nobody steers it from outside.
control_socket_disable = True

# The path alone, without what was searched for: no names in the log (docs/trust.md, 24).
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
# What gunicorn says itself goes the same way as everything else: without words of exceptions and query strings.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {"()": "common.logs.PrivateFormatter", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "access": {"format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "private"},
        "access": {"class": "logging.StreamHandler", "formatter": "access"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
    },
}
