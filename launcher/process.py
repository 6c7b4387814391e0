"""Processes that outlive a command: started, recognised, stopped. Numbers are reused: alone they prove nothing."""

import errno
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from launcher.place import Place
from launcher.say import Refusal

INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Account:
    """The user under whose name a process runs."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Record:
    """A process that was started: its number, and its moment in the life of the kernel ("" where /proc is missing)."""

    pid: int
    started: str


def spawn(
    place: Place,
    name: str,
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    account: Account | None = None,
) -> Record:
    """Start a process in a session of its own, with a log instead of our streams, and remember it under `name`."""
    with open(place.logs / f"{name}.log", "ab") as log, uninterrupted():
        process = subprocess.Popen(
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=cwd,
            env=dict(env),
            umask=0o077,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        record = Record(process.pid, started_at(process.pid))
        remember(place, name, record)
    return record


def run_to_its_end(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> int:
    """Wait for a command that shares our terminal, whatever comes: an interruption is its to answer, then ours.

    Ctrl-C reaches it through the terminal; the others, which reach only us, are passed on as if they were Ctrl-C.
    Whatever does not answer for half a minute is ended.
    """
    process = subprocess.Popen([str(part) for part in command], env=dict(env), cwd=cwd)
    interrupted: list[float] = []

    def _pass_on(number: int) -> None:
        interrupted.append(time.monotonic())
        if number != signal.SIGINT:
            _send(process.pid, signal.SIGINT)

    with uninterrupted(_pass_on):
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(timeout=1)
            if interrupted and time.monotonic() - interrupted[0] > 30:
                process.kill()


@contextmanager
def uninterrupted(meanwhile: Callable[[int], None] | None = None) -> Iterator[None]:
    """Interruptions wait until the block is over: a process must not start and stay unknown."""
    came: list[int] = []

    def _arrived(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if meanwhile is not None:
            meanwhile(number)

    before = {number: signal.getsignal(number) for number in INTERRUPTIONS}
    for number, handler in before.items():
        if handler != signal.SIG_IGN:
            signal.signal(number, _arrived)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt


def started_at(pid: int) -> str:
    """The start of a process: ticks since the kernel's boot, and which boot; "" if that cannot be told."""
    fields = _stat_fields(pid)
    return f"{fields[19]}@{_boot()}" if fields else ""


def is_alive(record: Record) -> bool:
    """Whether that very process still runs; one that has ended and waits for its parent does not."""
    _reap(record.pid)
    if not _exists(record.pid):
        return False
    if _stat_fields(record.pid)[:1] == ["Z"]:
        return False
    return record.started in ("", started_at(record.pid))


def stop(record: Record, *, first: signal.Signals = signal.SIGTERM, patience: float = 20) -> None:
    """Ask a process to end, insist after `patience` seconds, and end what it left behind in its session."""
    if is_alive(record):
        _send(record.pid, first)
        if not wait_until(lambda: not is_alive(record), patience):
            _send(record.pid, signal.SIGKILL)
            wait_until(lambda: not is_alive(record), 10)
    if not is_alive(record) and _may_own_group(record):
        _send_group(record.pid, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again; True as soon as it holds, False when the time is over."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def remember(place: Place, name: str, record: Record) -> None:
    write_private(place.running / f"{name}.json", json.dumps(asdict(record)))


def recall(place: Place, name: str) -> Record | None:
    try:
        found = json.loads((place.running / f"{name}.json").read_text())
        return Record(int(found["pid"]), str(found["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(place: Place, name: str) -> None:
    (place.running / f"{name}.json").unlink(missing_ok=True)


def is_running(place: Place, name: str) -> bool:
    record = recall(place, name)
    return record is not None and is_alive(record)


def stop_by_name(place: Place, name: str, *, patience: float = 20) -> None:
    record = recall(place, name)
    if record is not None:
        stop(record, patience=patience)
    forget(place, name)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads; either whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def log_tail(place: Place, name: str, lines: int = 15) -> str:
    path = place.logs / f"{name}.log"
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def failure(place: Place, name: str, what: str) -> Refusal:
    return Refusal(f"{what}\n{log_tail(place, name)}\nЖурнал целиком: {place.logs / name}.log")


def _stat_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may itself hold spaces: state first, start time at 19."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno == errno.EPERM
    return True


def _may_own_group(record: Record) -> bool:
    """Whether a group of that number is what the process left: same boot, and the number not given away since."""
    same_boot = record.started.endswith(f"@{_boot()}")
    return same_boot and started_at(record.pid) in ("", record.started)


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return "?"


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _send_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return
