"""Routes in their printed forms: the school's form, the page for parents in plain words, workbook, JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from common.names import initials
from common.russian import NBSP, counted, date_long, date_short, plain_number
from documents.rendering.joined import render_joined
from documents.rendering.pdf import SIDE_BY_SIDE, render_pdf, render_pdfs
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from iom.reports.route import PaperGap, PaperPart, PaperStep, RoutePaper, freeze
from iom.reports.route_sheet import GapCourse, ReviewLine, RouteSheet, StepCourse
from iom.words import Side

_ALL = "Индивидуальные образовательные маршруты"
_HEADINGS = (
    "Класс",
    "Чей маршрут",
    "Вид",
    "Состояние",
    "Версия",
    "Предмет",
    "Ответственный",
    "Дефицит",
    "Было",
    "Цель",
    "В чём",
    "Срок",
    "Повторный контроль",
    "Итог",
)


@dataclass(frozen=True)
class Forms:
    """Which sheets are wanted of each route."""

    route: bool = True
    parents: bool = False


@dataclass(frozen=True)
class GapLine:
    """A gap as the form shows it; `moves`: «2 → 3, отметка»; `results` of its controls, `closed` by one of them."""

    gap: PaperGap
    moves: str
    results: tuple[str, ...]
    state: str
    closed: bool


@dataclass(frozen=True)
class StepLine:
    """A step as the form shows it; `outcome` is empty where there is no record."""

    step: PaperStep
    outcome: str


@dataclass(frozen=True)
class PartLines:
    """A part of the form."""

    part: PaperPart
    gaps: tuple[GapLine, ...]
    steps: tuple[StepLine, ...]


def route_html(sheet: RouteSheet, forms: Forms) -> str:
    """The page for `render_pdf`."""
    paper = sheet.paper
    told = {
        "sheet": sheet,
        "paper": paper,
        "course": sheet.course,
        "parts": [_part(part, sheet) for part in _planned(paper)],
        "forms": forms,
        "right": _approval(sheet),
        "signatures": _signatures(paper),
        "teacher": not paper.school_class,
        "refused": [row for row in paper.agreements if not row.agreed],
    }
    return render_to_string("iom/route_print.html", told)


def route_pdf(sheet: RouteSheet, forms: Forms) -> bytes:
    """One route as a PDF."""
    return render_pdf(route_html(sheet, forms))


def routes_pdfs(sheets: Iterable[RouteSheet], forms: Forms, workers: int = SIDE_BY_SIDE) -> Iterator[bytes]:
    """Each route as a PDF of its own, in their order, made side by side."""
    yield from render_pdfs((route_html(sheet, forms) for sheet in sheets), workers)


def one_file(
    sheets: Sequence[RouteSheet],
    forms: Forms,
    *,
    workers: int = SIDE_BY_SIDE,
    done: Callable[[int], None] = lambda number: None,
) -> bytes:
    """All in one PDF with a bookmark each: «7А. Белова Ева Артёмовна». `done` hears how many are ready."""
    if len(sheets) == 1:
        return route_pdf(sheets[0], forms)
    pages = (route_html(sheet, forms) for sheet in sheets)
    return render_joined(pages, [title_of(sheet.paper) for sheet in sheets], _ALL, workers=workers, done=done)


def title_of(paper: RoutePaper) -> str:
    """«7А. Белова Ева Артёмовна»; of a teacher the name alone."""
    return f"{paper.school_class}. {paper.of}" if paper.school_class else paper.of


def _planned(paper: RoutePaper) -> list[PaperPart]:
    """Parts that say something: subjects first, then that of tutor and specialists."""
    return sorted((part for part in paper.parts if part.gaps or part.steps), key=lambda part: not part.subject)


def _approval(sheet: RouteSheet) -> list[str]:
    paper = sheet.paper
    if sheet.draft or paper.paper_date is None:
        return ["ПРОЕКТ", "не утверждён"]
    return ["УТВЕРЖДЕНО", f"{paper.paper} № {paper.paper_number}", f"от {date_long(paper.paper_date)}"]


def _signatures(paper: RoutePaper) -> list[tuple[str, str]]:
    """Lines to sign on; a school that does without them leaves them empty."""
    rows = [("Тьютор или куратор", paper.tutor)] if paper.tutor else []
    rows += [(_position(part), part.teacher) for part in paper.parts if part.subject and part.teacher]
    rows += [("Педагог-психолог", row.who) for row in paper.agreements if row.side == Side.PSYCHOLOGIST.label]
    lines = [(words, _beside_signature(name)) for words, name in dict.fromkeys(rows)]
    return lines + ([("Родитель (законный представитель)", "")] if paper.school_class else [])


def _position(part: PaperPart) -> str:
    return f"Учитель: {part.subject[:1].lower()}{part.subject[1:]}"


def _beside_signature(name: str) -> str:
    """Beside a signature initials stand first."""
    last, first, middle = [*name.split(" ", 2), "", ""][:3]
    surname, _, letters = initials(last, first, middle).partition("\u00a0")
    return f"{letters}\u00a0{surname}".strip("\u00a0")


def _part(part: PaperPart, sheet: RouteSheet) -> PartLines:
    gaps = sheet.course.gaps if sheet.course else {}
    steps = sheet.course.steps if sheet.course else {}
    return PartLines(
        part=part,
        gaps=tuple(_gap(gap, gaps.get(gap.key)) for gap in part.gaps),
        steps=tuple(StepLine(step, _outcome(steps.get(step.key))) for step in part.steps),
    )


def _gap(gap: PaperGap, course: GapCourse | None) -> GapLine:
    before = f"{plain_number(gap.baseline)} → " if gap.baseline is not None else ""
    controls = course.controls if course else ()
    return GapLine(
        gap=gap,
        moves=f"{before}{plain_number(gap.target)}, {gap.unit}",
        results=tuple(f"{date_short(day)}: {plain_number(result)}" for day, result, _ in controls),
        state=course.state if course else "",
        closed=any(reached for _, _, reached in controls),
    )


def _outcome(course: StepCourse | None) -> str:
    if course is None or not course.state:
        return ""
    if course.done_on is None:
        return f"{course.state}: {course.why}"
    helped = {True: ", помогло", False: ", не помогло", None: ""}[course.helped]
    return f"{course.state} {date_short(course.done_on)}{helped}"


def name_of(sheets: Sequence[RouteSheet]) -> str:
    """The file's name: of one route the person's, of several the class if it is one, and how many."""
    if len(sheets) == 1:
        return f"ИОМ {sheets[0].paper.of}"
    classes = {sheet.paper.school_class for sheet in sheets}
    of = f" {next(iter(classes))}" if len(classes) == 1 and "" not in classes else ""
    return f"ИОМ{of}, {counted(len(sheets), 'маршрут', 'маршрута', 'маршрутов').replace(NBSP, ' ')}"


def to_json(sheets: Sequence[RouteSheet]) -> bytes:
    """The routes as they are in force, with what came of them; dates as ISO text, numbers as text."""
    return json.dumps({"routes": [_told(sheet) for sheet in sheets]}, ensure_ascii=False).encode()


def _told(sheet: RouteSheet) -> dict[str, Any]:
    paper = freeze(sheet.paper)
    for part in paper["parts"]:
        for gap in part["gaps"]:
            gap |= _gap_told(sheet, gap["key"])
        for step in part["steps"]:
            step |= _step_told(sheet, step["key"])
    reviews = [_review_told(review) for review in sheet.course.reviews] if sheet.course else []
    return {"external_id": sheet.external_id, "state": sheet.state, "approved": not sheet.draft, **paper} | {
        "reviews": reviews
    }


def _gap_told(sheet: RouteSheet, key: int) -> dict[str, Any]:
    course = sheet.course.gaps.get(key) if sheet.course else None
    controls = course.controls if course else ()
    told = [{"on": day.isoformat(), "result": str(result), "reached": reached} for day, result, reached in controls]
    return {"state": course.state if course else "", "controls": told}


def _step_told(sheet: RouteSheet, key: int) -> dict[str, Any]:
    course = sheet.course.steps.get(key) if sheet.course else None
    return {"outcome": _outcome(course), "helped": course.helped if course else None}


def _review_told(review: ReviewLine) -> dict[str, Any]:
    gaps = [{"topic": topic, "outcome": outcome, "evidence": evidence} for topic, outcome, evidence in review.gaps]
    told = {"period": review.period, "on": review.on.isoformat(), "decision": review.decision}
    return told | {"text": review.text, "gaps": gaps}


def to_pdf(sheets: Sequence[RouteSheet]) -> bytes:
    """All routes in one file."""
    return one_file(sheets, Forms())


def to_xlsx(sheets: Sequence[RouteSheet]) -> bytes:
    """A row a gap; a route without gaps has one row."""
    rows = (row for sheet in sheets for row in _rows(sheet))
    return render_xlsx([Sheet("Маршруты", _HEADINGS, rows, note="Индивидуальные маршруты", landscape=True)])


def _rows(sheet: RouteSheet) -> Iterator[tuple[Cell, ...]]:
    paper = sheet.paper
    head = (paper.school_class, paper.of, paper.kind, sheet.state, paper.number or "проект")
    lines = [(part, gap) for part in paper.parts for gap in part.gaps]
    for part, gap in lines:
        course = sheet.course.gaps.get(gap.key) if sheet.course else None
        line = _gap(gap, course)
        numbers = (gap.baseline, gap.target, gap.unit, gap.due, "; ".join(line.results), line.state or "нет записи")
        yield (*head, part.subject, part.teacher, gap.topic, *numbers)
    if not lines:
        yield (*head, *[""] * (len(_HEADINGS) - len(head)))
