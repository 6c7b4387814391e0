"""`./opora up`: from whatever is there to a running Опора, and back to nothing at the end."""

import os
import signal
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from launcher.background import Detach, in_background
from launcher.filling import fill, logins
from launcher.packages import RUNNING, ensure_installed
from launcher.place import Place, erase_data, locked, make_data
from launcher.process import INTERRUPTIONS, Record, forget, remember, started_at, write_private
from launcher.project import collect_static, migrate
from launcher.say import Refusal, note, tell
from launcher.serve import (
    Address,
    finish_start,
    refuse_taken_port,
    start_web,
    stop_everything,
    stop_processes,
    watch,
)
from launcher.services import outside_of, project_environment, start_services
from launcher.verbs.options import parse

Handler = Callable[[int, FrameType | None], None] | signal.Handlers
USAGE = "./opora up [--port N] [--background] [--fresh] [--empty]"


def run(place: Place, arguments: Sequence[str]) -> int:
    options = parse(USAGE, ["--background", "--fresh", "--empty"], arguments, port=8000)
    make_data(place)
    if options.background:
        return in_background(place.logs / "up.log", lambda detach: _up(place, options, detach))
    return _up(place, options, lambda: None)


def _up(place: Place, options: Namespace, detach: Detach) -> int:
    address = Address(os.environ.get("OPORA_BIND", "127.0.0.1"), options.port)
    try:
        with locked(place.running / "up", wait=False):
            return _up_alone(place, options, address, detach)
    except BlockingIOError:
        raise Refusal(f"Опора уже запущена: {_address_of_other(place)}. Остановить: ./opora down") from None


def _up_alone(place: Place, options: Namespace, address: Address, detach: Detach) -> int:
    if options.fresh and outside_of(os.environ).database:
        raise Refusal("--fresh удаляет только встроенную базу данных, а задан DATABASE_URL.")
    stop_processes(place)
    refuse_taken_port(address)
    with _stopping_at_the_end(place):
        remember(place, "up", Record(os.getpid(), started_at(os.getpid())))
        write_private(place.running / "address", address.url)
        _serve(place, options, address, detach)
    return 0


def _serve(place: Place, options: Namespace, address: Address, detach: Detach) -> None:
    with locked(place.running / "start"):
        if options.fresh:
            _start_anew(place)
        environment = _prepare(place, address)
        made = fill(place, environment, empty=options.empty)
    start_web(place, environment, address)
    table = logins(place, environment)
    finish_start(place, environment, address)
    tell("\n\n".join(filter(None, [f"Опора работает: {address.url}", table, made, _how_to_stop(options)])))
    detach()
    watch(place, environment, address, outside_of(os.environ))


def _start_anew(place: Place) -> None:
    stop_everything(place)
    erase_data(place)
    make_data(place)


def _prepare(place: Place, address: Address) -> dict[str, str]:
    """Everything up to a migrated database; gives the environment of the site."""
    ensure_installed(place, RUNNING)
    start_services(place, outside_of(os.environ))
    environment = {"PUBLIC_URL": address.url.rstrip("/")} | project_environment(place, os.environ)
    migrate(place, environment)
    collect_static(place, environment)
    return environment


def _how_to_stop(options: Namespace) -> str:
    return "Остановить: ./opora down" if options.background else "Остановить: Ctrl-C или ./opora down"


def _address_of_other(place: Place) -> str:
    try:
        return (place.running / "address").read_text()
    except OSError:
        return "она начинает работу"


@contextmanager
def _stopping_at_the_end(place: Place) -> Iterator[None]:
    """However the work ends, nothing of it stays behind. An interruption is the usual end and no failure."""
    _on_signals(signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        note("Останавливается…")
    finally:
        _on_signals(signal.SIG_IGN)
        stop_everything(place)
        forget(place, "up")
        (place.running / "address").unlink(missing_ok=True)
    note("Остановлено.")


def _on_signals(handler: Handler) -> None:
    """Ctrl-C, `down` and a closed terminal; a hang-up stays ignored if whoever started us ignored it (nohup)."""
    for number in INTERRUPTIONS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)
