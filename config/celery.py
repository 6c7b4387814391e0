"""The Celery application; tasks live in each app's `tasks.py`."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("opora", task_cls="common.authorship:SignedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_like_the_web_server(**_: Any) -> None:
    """With a listener here Celery leaves logging alone: worker and scheduler keep to the same discretion."""
    dictConfig(settings.LOGGING)
