"""What a reader may do in the child: run by the tests of the process, not by the application."""

import ctypes
import os
import sys
import time
from pathlib import Path

from common.tabular import Limits
from common.tabular.errors import Problem


def size(path: Path, name: str, limits: Limits) -> int:
    """Well-behaved."""
    return path.stat().st_size


def by_name(path: Path, name: str, limits: Limits) -> int:
    """Behaves as the file's name says."""
    actions = {"hungry": _eat, "slow": _sleep, "busy": _spin, "crash": _crash, "abort": os.abort, "bug": _stumble}
    if action := actions.get(name):
        action()
    if name == "chatty":
        print("a library says something")  # noqa: T201
        os.write(1, b"and again")
    if name == "refused":
        raise Problem("он не понравился", "пришлите другой")
    return size(path, name, limits)


def _eat() -> None:
    eaten = [bytearray(50_000_000) for _ in range(200)]
    raise AssertionError(f"{len(eaten)} pieces were eaten without a limit")


def _sleep() -> None:
    time.sleep(600)


def _spin() -> None:
    while True:
        pass


def _crash() -> None:
    ctypes.string_at(0)


def _stumble() -> None:
    raise KeyError("Ковтун Матвей")


def surroundings(path: Path, name: str, limits: Limits) -> dict[str, list[str]]:
    """What the child can see."""
    return {"environment": sorted(os.environ), "modules": sorted(sys.modules), "descriptors": _descriptors()}


def _descriptors() -> list[str]:
    found = []
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        except FileNotFoundError:
            continue
    return found


class Evil:
    """An answer that would run a command where it is read."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (self.command,)


def evil(path: Path, name: str, limits: Limits) -> Evil:
    """A child that was taken over."""
    return Evil(f"touch '{path}.touched'")
