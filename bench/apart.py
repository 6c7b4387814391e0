"""Runs a function in a fresh process, so that its memory is its own: `python -m bench.apart MODULE:FUNCTION ARGS…`."""

import importlib
import json
import os
import subprocess
import sys
from typing import Any

import django
from django.db import connection


def apart(entry: str, *arguments: str) -> Any:
    """What `entry` («module:function», taking words and giving what JSON holds) answers there, on the same database."""
    place, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    environment = {**os.environ, "DATABASE_URL": f"{place}/{connection.settings_dict['NAME']}"}
    command = [sys.executable, "-m", "bench.apart", entry, *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main() -> None:
    """Set the application up, call, print the answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    module, _, function = sys.argv[1].partition(":")
    print(json.dumps(getattr(importlib.import_module(module), function)(*sys.argv[2:])))


if __name__ == "__main__":
    main()
