"""Where things lie: the checkout, the data, the installed packages, and the short directory of sockets."""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher.say import Refusal

SHARED_HOME = Path("/var/lib/opora")


@dataclass(frozen=True)
class Place:
    """`root` is the checkout, `data` everything that `--fresh` throws away, `venv` the installed packages."""

    root: Path
    data: Path
    venv: Path

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def running(self) -> Path:
        """Locks and numbers of processes: about what runs, not about what is stored, so `--fresh` keeps them."""
        return self.data / "run"

    @property
    def state(self) -> Path:
        return self.data / "state"

    def site_packages(self) -> Path:
        """Raises Refusal when nothing is installed yet."""
        found = sorted(self.venv.glob("lib/python3*/site-packages"))
        if not found:
            raise Refusal(f"В {self.venv} нет пакетов Python. Запустите ./opora up.")
        return found[-1]


def place_of(root: Path, environ: Mapping[str, str]) -> Place:
    """The usual place, or where `OPORA_DATA` and `OPORA_VENV` point (relative to the caller's directory)."""
    usual = root / ".opora"
    data = Path(environ.get("OPORA_DATA") or usual).absolute()
    venv = Path(environ.get("OPORA_VENV") or usual / "venv").absolute()
    return Place(root, data, venv)


def make_data(place: Place) -> None:
    """Create the data directory. As root others may pass through it: the database's own user must reach its part."""
    try:
        place.data.mkdir(parents=True, exist_ok=True)
        if place.data.stat().st_uid == os.geteuid():
            place.data.chmod(0o711 if os.geteuid() == 0 else 0o700)
            for private in (place.logs, place.running, place.state, place.data / "media"):
                private.mkdir(mode=0o700, exist_ok=True)
            return
        reason = f"Каталог {place.data} принадлежит другому пользователю ({place.data.owner()})."
    except (OSError, KeyError) as error:
        reason = f"Нельзя писать в {place.data}: {error}."
    raise Refusal(f"{reason} Запустите от его имени или укажите другой каталог: OPORA_DATA=/каталог/данных ./opora …")


def erase_data(place: Place) -> None:
    """Everything but the installed packages and what runs; follows the links that the launcher made."""
    kept = {place.venv, *place.venv.parents, place.running}
    entries = sorted(place.data.iterdir()) if place.data.is_dir() else []
    for entry in entries:
        if entry not in kept:
            _remove(entry)


def _remove(entry: Path) -> None:
    if entry.is_symlink():
        target = entry.resolve()
        shutil.rmtree(target.parent if target.parent.parent == SHARED_HOME else target, ignore_errors=True)
        entry.unlink()
    elif entry.is_dir():
        shutil.rmtree(entry)
    else:
        entry.unlink()


def socket_directory(place: Place) -> Path:
    """A short directory for Unix sockets (their paths may be about 100 bytes long), remembered by a link in the data.

    Another directory is made when the remembered one is gone or belongs to somebody else.
    """
    link = place.data / "sockets"
    if link.is_symlink() and _belongs_to(Path(os.readlink(link)), place.data.stat().st_uid):
        return Path(os.readlink(link))
    made = Path(tempfile.mkdtemp(prefix="opora-", dir="/tmp"))
    made.chmod(0o711 if os.geteuid() == 0 else 0o700)
    link.unlink(missing_ok=True)
    link.symlink_to(made)
    return made


def _belongs_to(path: Path, owner: int) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == owner and not status.st_mode & 0o022


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold an exclusive lock that ends with the process, however it ends.

    Raises BlockingIOError when it is taken and `wait` is off.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def is_locked(path: Path) -> bool:
    try:
        with locked(path, wait=False):
            return False
    except BlockingIOError:
        return True
