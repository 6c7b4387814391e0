"""Web server, worker and scheduler: started, watched, started again when they fall, stopped in reverse order."""

import http.client
import multiprocessing
import socket
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher.place import Place
from launcher.process import failure, is_running, spawn, stop_by_name, wait_until
from launcher.say import Refusal, note
from launcher.services import Outside, start_services, stop_services

# Stopped in the reverse of this order. What the worker has not finished by then is taken up again next time.
PATIENCE = {"web": 20.0, "worker": 15.0, "beat": 5.0}
FALLS_FORGIVEN, WITHIN_SECONDS = 5, 60.0


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        shown = "127.0.0.1" if self.host in ("", "0.0.0.0") else self.host  # noqa: S104 - compared, not bound
        return f"http://{shown}:{self.port}/"


def refuse_taken_port(address: Address) -> None:
    """Raises Refusal when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except PermissionError as error:
            raise Refusal(f"Порт {address.port} доступен только root. Другой: ./opora up --port 8000") from error
        except OSError as error:
            other = f"./opora up --port {address.port + 1}"
            raise Refusal(f"Порт {address.port} занят другой программой. Выберите другой: {other}") from error


def start_web(place: Place, environment: Mapping[str, str], address: Address) -> None:
    _start(place, "web", environment, address)


def finish_start(place: Place, environment: Mapping[str, str], address: Address) -> None:
    """Wait for the first page, then start the rest: the page comes sooner. Raises Refusal when it does not come."""
    wait_until(lambda: _answers(address) or not is_running(place, "web"), 60)
    if not _answers(address):
        raise failure(place, "web", "Веб-сервер не отвечает:")
    for name in ("worker", "beat"):
        _start(place, name, environment, address)


def watch(place: Place, environment: Mapping[str, str], address: Address, outside: Outside) -> None:
    """Until interrupted: start again whatever falls. Raises Refusal when something falls over and over."""
    falls: defaultdict[str, deque[float]] = defaultdict(deque)
    while True:
        time.sleep(1)
        start_services(place, outside)
        for name in PATIENCE:
            if not is_running(place, name):
                _count_fall(place, name, falls[name])
                stop_by_name(place, name)
                _start(place, name, environment, address)


def stop_processes(place: Place) -> None:
    for name in reversed(PATIENCE):
        stop_by_name(place, name, patience=PATIENCE[name])


def stop_everything(place: Place) -> None:
    stop_processes(place)
    stop_services(place)


def _start(place: Place, name: str, environment: Mapping[str, str], address: Address) -> None:
    commands = {"web": _web(place, address), "worker": _worker(), "beat": _beat(place)}
    spawn(place, name, [place.python, *commands[name]], env=environment, cwd=place.root)


def _web(place: Place, address: Address) -> list[str | Path]:
    bind = f"{address.host}:{address.port}"
    return ["-m", "gunicorn", "--config", place.root / "config" / "gunicorn.py", "--bind", bind, "config.wsgi"]


def _worker() -> list[str | Path]:
    pool = "prefork" if _can_fork_pool() else "threads"
    alone = ["--without-gossip", "--without-mingle"]
    return ["-m", "celery", "-A", "config", "worker", "--loglevel=info", f"--pool={pool}", "--concurrency=2", *alone]


def _beat(place: Place) -> list[str | Path]:
    schedule = place.data / "beat-schedule"
    return ["-m", "celery", "-A", "config", "beat", "--loglevel=info", "--pidfile=", f"--schedule={schedule}"]


def _can_fork_pool() -> bool:
    """The pool of processes needs semaphores in shared memory; where there is none, threads do."""
    try:
        multiprocessing.Lock()
    except (OSError, ImportError):
        return False
    return True


def _answers(address: Address) -> bool:
    """Whether the site says of itself that it works."""
    host = Address(address.host, address.port).url.split("/")[2].rsplit(":", 1)[0]
    connection = http.client.HTTPConnection(host, address.port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _count_fall(place: Place, name: str, times: deque[float]) -> None:
    note(f"Процесс {name} упал и запускается заново; журнал: {place.logs / name}.log")
    times.append(time.monotonic())
    while times[0] < times[-1] - WITHIN_SECONDS:
        times.popleft()
    if len(times) > FALLS_FORGIVEN:
        raise failure(place, name, f"Процесс {name} падает раз за разом:")
