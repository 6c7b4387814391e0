"""`./opora down`: stop everything that runs on these data, whoever started it and whatever is left of it."""

import os
import signal
from collections.abc import Sequence

from launcher.place import Place, is_locked
from launcher.process import forget, is_alive, is_running, recall, wait_until
from launcher.say import note
from launcher.serve import PATIENCE, stop_everything
from launcher.services import services_run
from launcher.verbs.options import parse


def run(place: Place, arguments: Sequence[str]) -> int:
    parse("./opora down", [], arguments)
    if not place.state.is_dir() or not anything_runs(place):
        note("Опора не запущена.")
        return 0
    note("Останавливается…")
    _ask_supervisor(place)
    stop_everything(place)
    note("Остановлено.")
    return 0


def anything_runs(place: Place) -> bool:
    return is_up(place) or services_run(place) or any(is_running(place, name) for name in PATIENCE)


def is_up(place: Place) -> bool:
    return is_locked(place.running / "up")


def _ask_supervisor(place: Place) -> None:
    """Let the `up` that runs stop its own; it does so in order and then ends."""
    record = recall(place, "up")
    if record is not None and is_alive(record):
        os.kill(record.pid, signal.SIGTERM)
        wait_until(lambda: not is_alive(record), sum(PATIENCE.values()) + 60)
        if is_alive(record):
            os.kill(record.pid, signal.SIGKILL)
    forget(place, "up")
