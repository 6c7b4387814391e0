import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from launcher.place import Place
from launcher.process import (
    Record,
    forget,
    is_alive,
    is_running,
    log_tail,
    recall,
    remember,
    run_to_its_end,
    spawn,
    started_at,
    stop,
    stop_by_name,
    uninterrupted,
    wait_until,
    write_private,
)

SLEEPER = "import time; time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
)
PARENT = "import subprocess, sys; print(subprocess.Popen(['sleep', '600']).pid, flush=True); sys.exit(0)"


def _spawn(place: Place, code: str) -> Record:
    return spawn(place, "sleeper", [sys.executable, "-c", code], env=os.environ, cwd=Path("/"))


def test_a_started_process_is_alive_until_it_is_stopped(place: Place) -> None:
    record = _spawn(place, SLEEPER)

    assert is_alive(record)
    assert is_running(place, "sleeper")
    stop_by_name(place, "sleeper")
    assert not is_alive(record)
    assert recall(place, "sleeper") is None


def test_a_process_that_will_not_end_is_ended(place: Place) -> None:
    record = _spawn(place, STUBBORN)
    assert wait_until(lambda: "deaf" in log_tail(place, "sleeper"), 30)

    stop(record, patience=0.2)

    assert not is_alive(record)


def test_what_a_dead_process_left_in_its_session_is_ended_too(place: Place) -> None:
    record = _spawn(place, PARENT)
    assert wait_until(lambda: log_tail(place, "sleeper").strip().isdigit() and not is_alive(record), 30)
    orphan = int(log_tail(place, "sleeper"))
    left = Record(orphan, started_at(orphan))
    assert is_alive(left)

    stop(record)

    assert wait_until(lambda: not is_alive(left), 10)


def test_a_number_that_was_given_away_again_is_not_taken_for_the_process(place: Place) -> None:
    record = _spawn(place, SLEEPER)
    earlier = replace(record, started=f"1@{record.started.split('@')[1]}")

    assert not is_alive(earlier)
    stop(earlier)
    assert is_alive(record)
    stop(record)


def test_a_process_of_an_earlier_boot_is_not_taken_for_one_that_runs() -> None:
    ticks = started_at(os.getpid()).split("@")[0]

    assert not is_alive(Record(os.getpid(), f"{ticks}@an-earlier-boot"))


def test_a_dead_process_that_nobody_has_waited_for_is_dead() -> None:
    child = subprocess.Popen(["sleep", "600"])
    record = Record(child.pid, started_at(child.pid))
    child.send_signal(signal.SIGKILL)

    assert wait_until(lambda: not is_alive(record), 10)


def test_a_spoiled_memory_of_a_process_is_no_memory(place: Place) -> None:
    remember(place, "web", Record(1, "x"))
    write_private(place.running / "web.json", "{")

    assert recall(place, "web") is None
    forget(place, "web")


def test_a_private_file_is_read_by_its_owner_only(tmp_path: Path) -> None:
    write_private(tmp_path / "key", "secret")

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


def test_an_interruption_waits_until_a_started_process_is_known() -> None:
    steps: list[str] = []

    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGTERM)
        steps.append("known")

    assert steps == ["known"]
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_a_command_answers_an_interruption_itself_before_we_go() -> None:
    script = "import os, signal, sys; os.kill(os.getppid(), signal.SIGTERM); signal.pause()"
    caught = f"import signal, sys; signal.signal(signal.SIGINT, lambda *_: sys.exit(0)); {script}"

    with pytest.raises(KeyboardInterrupt):
        run_to_its_end([sys.executable, "-c", caught], env=os.environ, cwd=Path("/"))


def test_a_command_that_ends_by_itself_gives_its_status() -> None:
    assert run_to_its_end([sys.executable, "-c", "raise SystemExit(3)"], env=os.environ, cwd=Path("/")) == 3
