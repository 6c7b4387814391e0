"""The headless commands as automation calls them: argument lists in, exit status and parsed answer out."""

import contextlib
import io
import json
from typing import Any, NamedTuple

from django.core.management import get_commands, load_command_class

WRONG_USAGE = 2


class Answer(NamedTuple):
    """Exit status, the one JSON object of standard output (empty after wrong usage), and standard error."""

    status: int
    told: dict[str, Any]
    diagnostics: str


def call(name: str, *arguments: object) -> Answer:
    """`manage.py NAME ARGUMENTS --json` within the test's transaction; what it prints must be one JSON object."""
    out, errors, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        command = load_command_class(get_commands()[name], name)
        try:
            options = command.create_parser("manage.py", name).parse_args([*map(str, arguments), "--json"])
            command.stdout._out, command.stderr._out = out, errors  # type: ignore[attr-defined]
            command.execute(**vars(options))
        except SystemExit as exit_status:
            status = int(exit_status.code or 0)
    return Answer(status, {} if status == WRONG_USAGE else json.loads(out.getvalue()), errors.getvalue())


def done(name: str, *arguments: object) -> dict[str, Any]:
    """The answer of a call that must succeed."""
    answer = call(name, *arguments)
    assert answer.status == 0, answer
    return answer.told


def refused(name: str, *arguments: object) -> dict[str, Any]:
    """The answer of a call that must be refused."""
    answer = call(name, *arguments)
    assert answer.status == 1, answer
    assert answer.told["error"]
    assert isinstance(answer.told["files"], list)
    return answer.told
