"""Services for one run of tests or benchmarks, on data that are gone afterwards."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count

from launcher import postgres
from launcher.place import Place, erase_data, locked, make_data
from launcher.services import outside_of, project_environment, start_services, stop_services


@contextmanager
def throw_away_services(place: Place, environ: Mapping[str, str], *, careless: bool) -> Iterator[dict[str, str]]:
    """Start what `environ` does not bring itself, and give the project's environment for it."""
    with _slot(place) as slot:
        try:
            start_services(slot, outside_of(environ), careless=careless)
            if not outside_of(environ).database:
                postgres.let_owner_create_databases(slot)
            yield project_environment(slot, environ)
        finally:
            _clear(slot)


@contextmanager
def _slot(place: Place) -> Iterator[Place]:
    """The first place that no other run holds; what a killed run left there is cleared away."""
    with ExitStack() as stack:
        slot = _first_free(place, stack)
        _clear(slot)
        make_data(slot)
        yield slot


def _first_free(place: Place, stack: ExitStack) -> Place:
    home = place.data / "throwaway"
    for number in count():
        try:
            stack.enter_context(locked(home / f"{number}.lock", wait=False))
        except BlockingIOError:
            continue
        return replace(place, data=home / str(number))
    raise AssertionError("counting does not end")


def _clear(slot: Place) -> None:
    if slot.data.exists():
        stop_services(slot)
        erase_data(slot)
        shutil.rmtree(slot.data)
