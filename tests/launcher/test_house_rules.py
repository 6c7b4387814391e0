"""What holds for the launcher's own files and for the lock files that it installs."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from demo import cast
from tests.launcher.conftest import ROOT

LOCKS = ["runtime", "embedded", "dev"]


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def _pins(lock: str) -> dict[str, str]:
    """Package → version of a lock file."""
    text = (ROOT / "requirements" / f"{lock}.lock").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_it_imports_nothing_but_the_standard_library_and_itself() -> None:
    files = list((ROOT / "launcher").rglob("*.py"))
    imported = set().union(*(_imported(path) for path in files))

    assert len(files) > 15
    assert imported - set(sys.stdlib_module_names) == {"launcher"}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_pins_every_package_with_a_hash(lock: str) -> None:
    entries = (ROOT / "requirements" / f"{lock}.lock").read_text().replace("\\\n", " ").splitlines()

    assert len(entries) > 40
    assert [entry for entry in entries if "://" in entry or entry.startswith(("-", "#"))] == []
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_each_lock_holds_what_the_narrower_one_holds() -> None:
    runtime, embedded, dev = (_pins(lock) for lock in LOCKS)

    assert runtime.items() <= embedded.items() <= dev.items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = {"runtime": project["dependencies"], "embedded": extras["embedded"], "dev": extras["dev"]}

    for lock, requirements in asked.items():
        names = {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}
        assert names - set(_pins(lock)) == set()


def test_the_readme_lists_the_logins_of_the_demo() -> None:
    readme = (ROOT / "README.md").read_text()
    logins = [member.login for member in cast.STAFF if member.login] + [login for login, _ in cast.OTHER_LOGINS]

    assert len(logins) > 10
    assert [login for login in logins if f"`{login}`" not in readme] == []
    assert f"`{cast.PASSWORD}`" in readme
