"""What the log keeps: docs/trust.md, 24."""

import json
import logging

import pytest
from django.conf import settings

from common.logs import PrivateFormatter


def _line(message: str, *args: object, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error is not None else None
    record = logging.LogRecord("opora", logging.ERROR, __file__, 1, message, args, info)
    return PrivateFormatter("%(message)s").format(record)


def _caught(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_an_exception_is_kept_as_kind_and_place_without_its_words() -> None:
    told = _line("Internal Server Error: /pupils/5/", error=_caught(ValueError("Ковтун Матвей")))

    assert "Ковтун" not in told
    assert "builtins.ValueError" in told
    assert "test_logs.py" in told


def test_a_cause_is_kept_the_same_way() -> None:
    try:
        raise RuntimeError("о чём говорили: «…»") from _caught(KeyError("Тарасенко"))
    except RuntimeError as error:
        told = _line("failed", error=error)

    assert "builtins.RuntimeError" in told
    assert "builtins.KeyError" in told
    assert "говорили" not in told
    assert "Тарасенко" not in told


def test_an_exception_among_the_arguments_is_only_named() -> None:
    assert _line("gave up: %s", ValueError("Ковтун")) == "gave up: ValueError"


def test_an_address_loses_what_was_searched_for() -> None:
    assert _line("Not Found: %s", "/search/?q=Ковтун&page=2") == "Not Found: /search/?…"


def test_a_task_tells_its_name_but_not_what_it_was_given_or_gave_back() -> None:
    outcome: dict[str, object] = {
        "name": "documents.run",
        "id": "1",
        "exc": "ValueError('Ковтун')",
        "args": "['Ковтун']",
    }
    outcome |= {"kwargs": "{}", "return_value": "'Ковтун'", "runtime": 0.1}
    told = _line("Task %(name)s[%(id)s] raised: %(exc)s %(args)s %(kwargs)s %(return_value)s", outcome)

    assert told == "Task documents.run[1] raised: … … … …"


@pytest.mark.parametrize(
    "name", ["", "django", "django.request", "django.server", "django.security", "celery", "allauth"]
)
def test_every_logger_writes_through_it(name: str) -> None:
    logging_ = json.loads(json.dumps(settings.LOGGING))
    assert all(not entry.get("handlers") for entry in logging_["loggers"].values())
    assert logging_["root"]["handlers"] == ["console"]
    assert logging_["handlers"]["console"]["formatter"] == "private"
    logger: logging.Logger | None = logging.getLogger(name)
    while logger is not None and logger.name != "root":
        assert logger.propagate
        assert not [h for h in logger.handlers if not isinstance(h, logging.NullHandler)]
        logger = logger.parent
