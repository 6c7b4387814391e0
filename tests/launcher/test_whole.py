"""The verbs from outside, on real servers. One installation serves all tests, which say in what state they need it.

They stand so that it seldom has to be started for the next one.
"""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.place import erase_data
from launcher.process import wait_until
from tests.launcher.installation import Installation, install


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with one school, made from the command line."""
    made = install(tmp_path_factory.mktemp("whole"))
    created = made.run("manage", "create_school", "--code=S1", "--name=Школа", "--year=2026", "--periods=quarters")
    assert json.loads(created.stdout) == {"school": "S1", "year": 2026, "periods": 4}, created.stderr
    yield made
    made.run("down")
    erase_data(made.place)


@pytest.fixture
def running(installation: Installation) -> Installation:
    if not installation.answers():
        started = installation.up()
        assert started.returncode == 0, started.stderr
    return installation


@pytest.fixture
def stopped(installation: Installation) -> Installation:
    installation.run("down")
    assert installation.processes() == {}
    return installation


def test_manage_prints_only_what_the_command_prints_and_leaves_the_servers(installation: Installation) -> None:
    answered = installation.run("manage", "installation_state", "--json")

    assert json.loads(answered.stdout) == {"schools": 1, "users": 0}
    assert answered.stdout.count("\n") <= 1
    assert any("postgres" in command for command in installation.processes().values())
    assert any("valkey" in command for command in installation.processes().values())


def test_a_managed_command_works_in_the_callers_directory(installation: Installation, tmp_path: Path) -> None:
    answered = installation.run("manage", "shell", "-v0", "-c", "import os; print(os.getcwd())", cwd=tmp_path)

    assert answered.stdout.strip() == os.fspath(tmp_path)


def test_a_managed_command_keeps_its_exit_status(installation: Installation) -> None:
    taken = installation.run("manage", "create_school", "--code=S1", "--name=Ш", "--year=2026", "--periods=quarters")

    assert taken.returncode == 1
    assert "S1" in json.loads(taken.stdout)["error"]
    assert installation.run("manage", "create_school", "--json").returncode == 2


def test_up_adopts_the_servers_and_loads_no_demo_beside_a_school(stopped: Installation) -> None:
    stopped.run("manage", "check")
    adopted = stopped.pid_of("postgres")
    assert adopted

    started = stopped.up()

    assert started.returncode == 0, started.stderr
    assert f"http://127.0.0.1:{stopped.port}/" in started.stdout
    assert stopped.answers()
    assert stopped.pid_of("postgres") == adopted
    assert stopped.schools() == 1


def test_a_second_up_says_that_one_is_running(running: Installation) -> None:
    before = running.processes()

    second = running.up()

    assert second.returncode == 1
    assert f"Опора уже запущена: http://127.0.0.1:{running.port}/" in second.stderr
    assert before.items() <= running.processes().items()


def test_doctor_finds_what_runs(running: Installation) -> None:
    found = running.run("doctor")

    assert found.returncode == 0, found.stdout
    assert "✓ База данных: встроенная, отвечает" in found.stdout
    assert "✓ Миграции: применены" in found.stdout


def test_bench_has_a_migrated_database_of_its_own_and_says_nothing_of_the_installations(running: Installation) -> None:
    stamp = running.place.state / "migrated"
    known = stamp.stat().st_mtime_ns

    asked = running.run("bench", "nonsense")  # looks into the database before it refuses the name
    assert (asked.returncode, "unknown: nonsense" in asked.stderr) == (2, True), asked.stderr
    assert stamp.stat().st_mtime_ns == known
    assert running.schools() == 1


def test_a_fallen_worker_and_a_fallen_database_are_started_again(running: Installation) -> None:
    before = {name: running.pid_of(name) for name in ("worker", "postgres")}
    for pid in before.values():
        assert pid
        os.kill(pid, signal.SIGKILL)

    assert wait_until(lambda: all(running.pid_of(name) not in (None, pid) for name, pid in before.items()), 90)
    assert wait_until(running.answers, 90)


def test_everything_killed_at_once_comes_back_with_nothing_lost(running: Installation) -> None:
    running.kill_everything()

    again = running.up()

    assert again.returncode == 0, again.stderr
    assert running.answers()
    assert running.schools() == 1


def test_what_a_killed_up_left_is_ended_by_down(running: Installation) -> None:
    supervisor = running.pid_of("up")
    assert supervisor
    os.kill(supervisor, signal.SIGKILL)
    assert running.processes()

    running.run("down")

    assert running.processes() == {}


def test_down_of_what_does_not_run_says_so(stopped: Installation) -> None:
    assert "не запущена" in stopped.run("down").stderr


def test_a_port_in_use_is_said_before_anything_starts(stopped: Installation) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # who was served there lingers a while
        other.bind(("127.0.0.1", stopped.port))
        other.listen()

        refused = stopped.up()

    assert refused.returncode == 1
    assert f"Порт {stopped.port} занят" in refused.stderr
    assert stopped.processes() == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_an_interrupted_up_leaves_no_process(stopped: Installation, number: signal.Signals) -> None:
    process = stopped.start_in_foreground()
    assert wait_until(stopped.answers, 120), (stopped.root / "output").read_text()

    process.send_signal(number)

    assert process.wait(timeout=90) == 0
    assert stopped.processes() == {}


def test_an_up_interrupted_while_it_starts_leaves_no_process(stopped: Installation) -> None:
    process = stopped.start_in_foreground()
    assert wait_until(lambda: any("postgres" in command for command in stopped.processes().values()), 60)

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=90) == 0
    assert stopped.processes() == {}


def test_the_servers_inherit_none_of_our_streams(stopped: Installation, tmp_path: Path) -> None:
    with open(tmp_path / "output", "wb") as output:
        subprocess.run(
            [stopped.root / "opora", "manage", "check"],
            env=stopped.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=True,
        )

    assert len(stopped.processes()) > 2
    for pid in stopped.processes():
        targets = {os.readlink(f"/proc/{pid}/fd/{number}") for number in (0, 1, 2)}
        assert os.fspath(tmp_path / "output") not in targets


def test_an_empty_installation_gets_an_administrator_once_and_never_a_demo(stopped: Installation) -> None:
    first = stopped.up("--fresh", "--empty")
    stopped.run("down")
    second = stopped.up()

    assert "одноразовый пароль" in first.stdout
    assert "пароль" not in second.stdout
    assert stopped.schools() == 0
