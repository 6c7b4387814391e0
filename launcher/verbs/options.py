"""Reading a verb's options, with refusals in the reader's language."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from launcher.say import note


class Parser(argparse.ArgumentParser):
    """Wrong usage is answered with the verb's own line of usage and exit status 2."""

    def __init__(self, usage: str) -> None:
        super().__init__(usage=usage, add_help=False, allow_abbrev=False)
        self.line = usage

    def error(self, message: str) -> NoReturn:
        note(f"Неверные аргументы. {self.line}")
        raise SystemExit(2)


def parse(usage: str, flags: Sequence[str], arguments: Sequence[str], *, port: int | None = None) -> argparse.Namespace:
    """Options that are either given or not, and `--port` where there is one."""
    parser = Parser(usage)
    for flag in flags:
        parser.add_argument(flag, action="store_true")
    if port is not None:
        parser.add_argument("--port", type=_port, default=port)
    return parser.parse_args(list(arguments))


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError(text)
    return number
