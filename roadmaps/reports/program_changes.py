"""What differs between two states of a program: versions, or a version and what is being corrected. Pure."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from common.russian import date_short
from roadmaps.reports.program_paper import GroupTold, IndicatorTold, LineTold, ProgramPaper, SectionTold
from roadmaps.words_program import EMPTY, UNDECIDED


@dataclass(frozen=True)
class Change:
    """One difference: where, the words before and after; empty `was` of what came, empty `becomes` of what went."""

    where: str
    was: str
    becomes: str

    @property
    def what(self) -> str:
        """«добавлено», «исключено», «изменено»."""
        if not self.was:
            return "добавлено"
        return "изменено" if self.becomes else "исключено"


def changes_between(old: ProgramPaper, new: ProgramPaper) -> list[Change]:
    """In the order of the passport."""
    found = list(_differing(_heading(old), _heading(new)))
    for before, after in zip(old.sections, new.sections, strict=True):
        found += _differing(_lines(before.title, before.lines), _lines(after.title, after.lines))
        found += _order(before, after)
    return found + list(_indicator_changes(old, new))


def _differing(old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]]) -> Iterator[Change]:
    """Key → (where, words)."""
    for key in [*old, *(key for key in new if key not in old)]:
        where, was = old.get(key, ("", ""))
        now, becomes = new.get(key, ("", ""))
        if was != becomes:
            yield Change(now or where, was, becomes)


def _heading(paper: ProgramPaper) -> dict[str, tuple[str, str]]:
    days = f"{date_short(paper.starts)} – {date_short(paper.ends)}"
    return {
        "title": ("Название", paper.title),
        "term": ("Срок реализации", paper.term or EMPTY),
        "days": ("Действует", days),
    }


def _lines(title: str, lines: tuple[LineTold, ...]) -> dict[str, tuple[str, str]]:
    return {str(line.key): (title, line_words(line)) for line in lines}


def _order(before: SectionTold, after: SectionTold) -> Iterator[Change]:
    """Lines that stand in both and changed places, by their former numbers."""
    standing = {line.key for line in after.lines}
    was = [line.key for line in before.lines if line.key in standing]
    now = [line.key for line in after.lines if line.key in set(was)]
    if was != now:
        numbers = {line.key: number for number, line in enumerate(before.lines, 1)}
        yield Change(f"{after.title}: порядок", *(", ".join(str(numbers[key]) for key in keys) for keys in (was, now)))


def line_words(line: LineTold) -> str:
    """«Планёрка — еженедельно», with the direction of a task and the days of a stage."""
    days = f"{date_short(line.starts)} – {date_short(line.ends)}" if line.starts and line.ends else ""
    told = " — ".join(part for part in (line.text or EMPTY, line.rhythm) if part)
    about = ", ".join(part for part in (days, line.direction) if part)
    return f"{told} ({about})" if about else told


def _indicators(paper: ProgramPaper) -> dict[str, tuple[str, str]]:
    return {
        one.code: (f"Показатель {one.code}", ". ".join(_pieces(one, group).values()))
        for group in paper.groups
        for one in group.indicators
    }


def _pieces(one: IndicatorTold, group: GroupTold) -> dict[str, str]:
    """What may change in an indicator, each in words that can stand alone."""
    told = {"title": one.title, "baseline": f"Исходное: {one.baseline_raw or EMPTY}"}
    told |= {target.year: f"{target.year}: {target.raw or EMPTY}" for target in one.targets}
    if one.readings:
        told["reading"] = f"План читается: {one.reading_words or UNDECIDED}"
    return told | ({"group": group.name} if group.name else {})


def _indicator_changes(old: ProgramPaper, new: ProgramPaper) -> Iterator[Change]:
    """One that came or went is told whole; of one that changed, what differs."""
    known = {one.code: _pieces(one, group) for group in old.groups for one in group.indicators}
    standing = {one.code: _pieces(one, group) for group in new.groups for one in group.indicators}
    yield from _differing(_only(old, known.keys() - standing.keys()), _only(new, standing.keys() - known.keys()))
    for code, was in known.items():
        now = standing.get(code, was)
        names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        if names:
            before, after = (". ".join(told[name] for name in names if name in told) for told in (was, now))
            yield Change(f"Показатель {code}", before, after)


def _only(paper: ProgramPaper, codes: Set[str]) -> dict[str, tuple[str, str]]:
    return {code: told for code, told in _indicators(paper).items() if code in codes}
