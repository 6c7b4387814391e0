"""A whole installation in a directory of its own, driven as a person drives it: through `./opora`."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher.place import Place
from launcher.process import recall, wait_until
from launcher.say import Refusal
from launcher.serve import Address, refuse_taken_port
from tests.launcher.conftest import ROOT

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "PUBLIC_URL", "OPORA_DEBUG", "OPORA_DATA")
NOT_COPIED = shutil.ignore_patterns(".git", ".opora", ".*_cache", "__pycache__", ".hypothesis")
PATIENCE = 180
# Below those that the kernel gives to whoever connects somewhere: nobody takes ours while we are down.
PORTS = range(20000, 32000)


def _hear_the_hangup() -> None:
    """As in a terminal: whoever runs the tests with `nohup` hands on that hang-ups are ignored."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@dataclass(frozen=True)
class Installation:
    """`root` is a copy of the checkout; the packages are those that run these tests."""

    root: Path
    port: int

    @property
    def data(self) -> Path:
        return self.root / ".opora"

    @property
    def place(self) -> Place:
        return Place(self.root, self.data, Path(sys.prefix))

    def environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return {**kept, "OPORA_VENV": sys.prefix, "OPORA_PYTHON": sys.executable, "OPORA_MARK": os.fspath(self.root)}

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end, with its streams caught: whoever kept them open would keep us waiting."""
        return subprocess.run(
            [self.root / "opora", *arguments],
            cwd=cwd or "/",
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def up(self, *options: str) -> subprocess.CompletedProcess[str]:
        return self.run("up", "--background", "--port", str(self.port), *options)

    def start_in_foreground(self) -> subprocess.Popen[bytes]:
        with open(self.root / "output", "wb") as output:
            return subprocess.Popen(
                [self.root / "opora", "up", "--port", str(self.port)],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_hear_the_hangup,
            )

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as response:
                return bool(response.read() == b"ok")
        except OSError:
            return False

    def schools(self) -> int:
        return int(json.loads(self.run("manage", "installation_state", "--json").stdout)["schools"])

    def pid_of(self, name: str) -> int | None:
        """The number under which a process is remembered; None while there is none, or while it is replaced."""
        record = recall(self.place, name)
        return record.pid if record else None

    def processes(self) -> dict[int, str]:
        """Everything that runs for this installation, by number: found by what it was given and where it works."""
        found = {int(entry.name): _describe(entry) for entry in Path("/proc").iterdir() if self._owns(entry)}
        return {pid: text for pid, text in found.items() if text}

    def kill_everything(self) -> None:
        """As a power cut does: at once, and nobody has time to write anything down."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        assert wait_until(lambda: not self.processes(), 20), self.processes()

    def _owns(self, entry: Path) -> bool:
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            return False
        try:
            works_in = Path(os.readlink(entry / "cwd"))
            given = (entry / "environ").read_bytes()
        except OSError:
            return False
        servers = {self.data / "valkey", (self.data / "postgres").resolve()}
        return works_in in servers or os.fsencode(f"OPORA_MARK={self.root}") in given.split(b"\0")


def _describe(entry: Path) -> str:
    """The command line; empty for a process that has ended."""
    try:
        return (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def install(directory: Path) -> Installation:
    """Copy the checkout to a path with a space and Cyrillic letters, and choose a free port."""
    root = directory / "Опора на пробу"
    shutil.copytree(ROOT, root, ignore=NOT_COPIED)
    return Installation(root, next(filter(_is_free, random.sample(PORTS, 100))))


def _is_free(port: int) -> bool:
    try:
        refuse_taken_port(Address("127.0.0.1", port))
    except Refusal:
        return False
    return True
