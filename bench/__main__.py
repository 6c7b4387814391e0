"""`python -m bench [NAME…] [--json FILE]`."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bench import classifying, importing, lists, municipal, pupil_page, reporting, routes  # noqa: E402 — the application must be set up first
from bench.figures import Figure, table  # noqa: E402
from demo import cast  # noqa: E402
from school.models import School  # noqa: E402

BENCHMARKS: dict[str, Callable[[], list[Figure]]] = {
    "classify": classifying.run,
    "lists": lists.run,
    "municipal": municipal.run,
    "pupil": pupil_page.run,
    "report": reporting.run,
    "routes": routes.run,
    "import": importing.run,
    "million": importing.run_million,
    "million-workbooks": importing.run_million_workbooks,
}


def main() -> int:
    """Run the named benchmarks, all of them when none is named; 2 for an unknown name or a database in use."""
    parser = argparse.ArgumentParser(prog="./opora bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", dest="file")
    asked = parser.parse_args()
    if School.objects.exclude(code__startswith=f"{cast.CODE}-").exists():
        parser.error("the database holds a school; benchmarks empty its tables and need a database of their own")
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(BENCHMARKS)}")
    figures: list[Figure] = []
    for name in asked.names or BENCHMARKS:
        print(f"… {name}", file=sys.stderr, flush=True)
        figures += BENCHMARKS[name]()
    print(table(figures))
    if asked.file is not None:
        asked.file.write_text(
            json.dumps([f.as_json() for f in figures], ensure_ascii=False, indent=1), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
