"""Loads a made-up school file by file and holds every answer of the commands against its book."""

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.contract.calls import done
from tests.contract.files import (
    contingent,
    flat_sheet,
    journal_sheet,
    progress_sheet,
    report_sheet,
    save,
    stated_cells,
    stated_results,
    summary_sheet,
)
from tests.contract.small import NONE
from tests.contract.world import Book, World
from tests.gradebook.tables import CONTAINERS


class Loading:
    """Loads the files of a world one after another and holds every answer against the book."""

    def __init__(self, world: World, seed: int, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.book = Book(world)
        self.chance = random.Random(seed)
        self.names = 0

    def create(self) -> None:
        world = self.world
        year = ("--year", world.year, "--periods", world.system, "--upper", world.upper)
        done("create_school", "--code", world.code, "--name", "Школа", *year)
        [path] = save([contingent(world, world.pupils)], self.folder, "pupils", self._container())
        told = done("import_pupils", path, "--school", world.code)
        assert (told["created"], told["rejected"], told["classes"]) == (len(world.pupils), [], len(world.classes()))

    def lessons(self, class_name: str, number: int, layout: str, until: date | None = None) -> None:
        """Journal or progress of a class: counts, no refusals, and what stands afterwards.

        With `until` the journal as it was printed on that day, before there were results.
        """
        world, subjects = self.world, self.world.subjects[class_name]
        if layout == "journal":
            ids = self.chance.random() < 0.5
            sheets = [journal_sheet(world, self.chance, class_name, s, number, ids, until) for s in subjects]
        else:
            sheets = [progress_sheet(world, self.chance, class_name, number)]
        first, last = world.interval(world.system_of(class_name), number)
        covered = world.covered(class_name, subjects, first, until or last)
        counts = self.book.lessons(stated_cells(world, class_name, subjects, number, until), covered)
        results = {} if until else stated_results(world, class_name, subjects, number)
        self._answers(sheets, layout, {**counts, "period_results": self.book.results_stated(results)})

    def move(self, day: date, moved: dict[str, str]) -> None:
        """A contingent file of those who sit in another class from a day on; nobody else is in it."""
        world = self.world
        world.pupils = [
            replace(pupil, moves=(*pupil.moves, (day, moved[pupil.id]))) if pupil.id in moved else pupil
            for pupil in world.pupils
        ]
        rows = [replace(pupil, entered=moved[pupil.id]) for pupil in world.pupils if pupil.id in moved]
        [path] = save([contingent(world, rows, day)], self.folder, f"moved{self.names}", self._container())
        told = done("import_pupils", path, "--school", world.code)
        assert (told["created"], told["updated"], told["rejected"]) == (0, len(moved), [])

    def results(self, class_name: str, number: int, layout: str) -> None:
        """A summary of the period, or report cards of all periods up to it."""
        card = layout == "report_card"
        sheet = (
            report_sheet(self.world, self.chance, class_name)
            if card
            else summary_sheet(self.world, self.chance, class_name, number)
        )
        counts: Counter[str] = Counter()
        for each in range(1, number + 1) if card else [number]:
            stated = stated_results(self.world, class_name, self.world.subjects[class_name], each)
            counts.update(self.book.results_stated(stated))
        self._answers([sheet], layout, {"period_results": counts})

    def flat(self, number: int) -> None:
        """The same marks once more, one a row: nothing is new."""
        last = self.world.interval(self.world.system, number)[1]
        sheet = flat_sheet(self.world, self.chance, self.world.classes(), last)
        marks = Counter(unchanged=sum(values.total() for values in self.book.marks.values()))
        self._answers([sheet], "flat", {"marks": marks})

    def _answers(self, sheets: list[Any], layout: str, expected: dict[str, Counter[str]]) -> None:
        self.names += 1
        paths = save(sheets, self.folder, f"{layout}{self.names}", self._container())
        told = done("import_gradebook", *paths, "--school", self.world.code, "--accept-changes")
        for kind in ("marks", "absences", "period_results", "assessment_results"):
            total: Counter[str] = Counter()
            for file in told["files"]:
                total.update(file[kind])
            assert dict(total) == {**NONE, **expected.get(kind, {})}, (kind, paths)
        assert {file["layout"] for file in told["files"]} == {layout}
        assert [file["rejected"] + file["unmatched"] for file in told["files"]] == [[] for _ in paths]

    def _container(self) -> str:
        return self.chance.choice(list(CONTAINERS))

    def compare(self, number: int) -> None:
        """Categories, signals and the report of a period."""
        asked = ("--school", self.world.code, "--period", number)
        told = done("classify", *asked)
        told["pupils"].sort(key=lambda pupil: str(pupil["external_id"]))
        assert told == self.book.classify(number)
        signals = {
            (found["external_id"], found["subject"], tuple(found["evidence"]))
            for found in done("signals", *asked)["signals"]
            if found["rule"] == "three_unsatisfactory"
        }
        assert signals == self.book.signals(number)
        self._compare_report(asked, self.book.report(number))

    def _compare_report(self, asked: tuple[object, ...], expected: dict[str, Any]) -> None:
        path = self.folder / "report.json"
        done("report", "quarterly", *asked, "--format", "json", "--output", path)
        told = json.loads(path.read_text(encoding="utf-8"))
        figures = list(expected["totals"])
        assert {name: told["totals"][name] for name in figures} == expected["totals"]
        assert {row["class"]: {name: row[name] for name in figures} for row in told["classes"]} == expected["classes"]
        found = {row["subject"]: row for row in told["subjects"]}
        for subject, figures_of in expected["subjects"].items():
            assert {name: found[subject][name] for name in figures_of} == figures_of, subject
