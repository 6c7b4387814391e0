import os
import socket
import subprocess
from pathlib import Path

import pytest

from launcher.cli import obey
from launcher.place import Place
from launcher.say import Refusal, table
from launcher.serve import Address, refuse_taken_port
from launcher.services import owner_environment, project_environment
from tests.launcher.conftest import ROOT


def test_it_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["--help"]) == 0
    assert "./opora up [--port N] [--background] [--fresh] [--empty]" in capsys.readouterr().out


def test_an_unknown_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["fly"]) == 2
    assert "Нет такой команды: fly" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--port", "many"], ["--port", "70000"], ["--prot", "8000"], ["now"]])
def test_wrong_options_of_a_verb_are_wrong_usage(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        obey(["up", *options])

    assert refused.value.code == 2
    assert "Неверные аргументы. ./opora up" in capsys.readouterr().err


def test_a_port_in_use_is_refused_with_another_to_try() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Refusal, match=f"Порт {port} занят .*--port {port + 1}"):
            refuse_taken_port(Address("127.0.0.1", port))


def test_the_script_is_found_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "ссылка").symlink_to(ROOT / "opora")

    shown = subprocess.run([tmp_path / "ссылка", "help"], capture_output=True, text=True, check=True)

    assert shown.stdout.startswith("./opora up")


def test_without_a_new_enough_python_it_says_what_to_install(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for needed in ("sh", "dirname", "readlink"):
        (tmp_path / needed).symlink_to(f"/bin/{needed}" if Path(f"/bin/{needed}").exists() else f"/usr/bin/{needed}")

    refused = subprocess.run(
        [ROOT / "opora", "up"], env={"PATH": os.fspath(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert refused.returncode == 1
    assert "apt-get install python3" in refused.stderr


def test_given_servers_are_left_as_they_were_given(place: Place) -> None:
    given = {
        "DATABASE_URL": "postgres://app@db/x",
        "DATABASE_OWNER_URL": "postgres://own@db/x",
        "REDIS_URL": "redis://r",
    }

    environment = project_environment(place, given)

    assert given.items() <= environment.items()
    assert owner_environment(environment)["DATABASE_URL"] == "postgres://own@db/x"


def test_where_one_role_does_both_it_migrates_too(place: Place) -> None:
    environment = project_environment(place, {"DATABASE_URL": "postgres://app@db/x", "REDIS_URL": "redis://r"})

    assert owner_environment(environment)["DATABASE_URL"] == "postgres://app@db/x"


def test_the_signing_key_is_made_once(place: Place) -> None:
    assert project_environment(place, {})["SECRET_KEY"] == project_environment(place, {})["SECRET_KEY"]
    assert project_environment(place, {"SECRET_KEY": "own"})["SECRET_KEY"] == "own"


def test_a_table_is_as_wide_as_its_widest_cells() -> None:
    assert table(("Роль", "Логин"), [("Директор", "d")]).splitlines() == [
        "Роль      Логин",
        "────────  ─────",
        "Директор  d",
    ]
