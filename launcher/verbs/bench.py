"""`./opora bench`: the benchmarks, on data they make themselves in a database of their own."""

import os
from collections.abc import Sequence
from pathlib import Path

from launcher.packages import DEVELOPING, ensure_installed
from launcher.place import Place, make_data
from launcher.process import run_to_its_end
from launcher.project import migrate_anew
from launcher.throwaway import throw_away_services


def run(place: Place, arguments: Sequence[str]) -> int:
    """Everything after the verb goes to `python -m bench`, from the caller's directory."""
    make_data(place)
    ensure_installed(place, DEVELOPING)
    with throw_away_services(place, os.environ, careless=False) as environment:
        migrate_anew(place, environment)
        variables = {**environment, "PYTHONPATH": os.fspath(place.root)}
        return run_to_its_end([place.python, "-m", "bench", *arguments], env=variables, cwd=Path.cwd())
