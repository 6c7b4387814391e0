"""The protocol of a sitting: one value for the page of print, the Word document and JSON. It names no pupil."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter
from django.template.loader import render_to_string

from common.errors import Refused
from common.russian import date_long, date_short
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.word import Word
from roadmaps.models import StaffDecision, StaffSitting
from roadmaps.selectors.sittings import decisions_before
from roadmaps.sitting_words import OF_KIND, DecisionState, SittingKind, SittingState

TITLE = "Протокол заседания"
_converter = make_converter()


@dataclass(frozen=True)
class PaperDecision:
    """A decision, who answers for it, until when."""

    text: str
    responsible: str
    due: date


@dataclass(frozen=True)
class PaperQuestion:
    """A question in its place: who spoke, what was said, what was decided on it."""

    number: int
    title: str
    speaker: str
    heard: str
    decisions: tuple[PaperDecision, ...]


@dataclass(frozen=True)
class PaperBefore:
    """A decision of an earlier sitting and what came of it by this one."""

    text: str
    responsible: str
    due: date
    became: str


@dataclass(frozen=True)
class SittingPaper:
    """A protocol. `version` 0 is a draft; `why`: why a later version was made."""

    school: str
    founder: str
    of_kind: str
    title: str
    on: date
    clock: str
    place: str
    chair: str
    secretary: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    before: tuple[PaperBefore, ...]
    questions: tuple[PaperQuestion, ...]
    decisions: tuple[PaperDecision, ...]
    number: int | None = None
    version: int = 0
    signed_on: date | None = None
    why: str = ""

    @property
    def heading(self) -> str:
        """«Протокол № 3 педагогического совета»."""
        return f"Протокол{f' № {self.number}' if self.number else ''} {self.of_kind}"


def sitting_paper(row: StaffSitting) -> SittingPaper:
    """What the sitting comes to now."""
    people = list(row.people.select_related("staff"))
    decisions = list(row.decisions.select_related("responsible"))
    return SittingPaper(
        school=row.school.official_name,
        founder=row.school.founder,
        of_kind=OF_KIND[SittingKind(row.kind)],
        title=row.title,
        on=row.on,
        clock=clock_of(row),
        place=row.place,
        chair=row.chair.short_name if row.chair is not None else "",
        secretary=row.secretary.short_name if row.secretary is not None else "",
        present=tuple(one.name for one in people if one.present),
        absent=tuple(one.name for one in people if one.present is False),
        before=tuple(_before(one) for one in decisions_before(row)),
        questions=_questions(row, decisions),
        decisions=tuple(_decision(one) for one in decisions if one.question_id is None),
        number=row.number,
    )


def _questions(row: StaffSitting, decisions: list[StaffDecision]) -> tuple[PaperQuestion, ...]:
    return tuple(
        PaperQuestion(
            number=number,
            title=one.title,
            speaker=one.speaker.short_name if one.speaker is not None else "",
            heard=one.heard,
            decisions=tuple(_decision(told) for told in decisions if told.question_id == one.pk),
        )
        for number, one in enumerate(row.questions.select_related("speaker"), 1)
    )


def _decision(row: StaffDecision) -> PaperDecision:
    return PaperDecision(row.text, row.responsible.short_name, row.first_due)


def _before(row: StaffDecision) -> PaperBefore:
    words = DecisionState(row.state).label.lower()
    on = row.closed_on if row.closed_on is not None else None
    told = f"{words} {date_short(on)}" if on is not None else words
    return PaperBefore(row.text, row.responsible.short_name, row.due, f"{told}: {row.note}" if row.note else told)


def clock_of(row: StaffSitting) -> str:
    """«8:00–8:30»; empty where no hour is named."""
    if row.starts_at is None:
        return ""
    return f"{row.starts_at:%H:%M}" + (f"–{row.ends_at:%H:%M}" if row.ends_at is not None else "")


def frozen(paper: SittingPaper) -> dict[str, Any]:
    """As it is kept."""
    kept: dict[str, Any] = _converter.unstructure(paper)
    return kept


def build_sitting_protocol(asked: ReportQuery) -> SittingPaper:
    """The protocol of the sitting of `extra["sitting"]`: as it was signed, else as it stands, marked a draft.

    Raises `Refused` for an unknown or cancelled one.
    """
    rows = StaffSitting.objects.filter(school=asked.school, pk=asked.extra.get("sitting", 0))
    rows = rows if asked.user is None else rows.visible_to(asked.user)
    row = rows.exclude(state=SittingState.CANCELLED).select_related("school", "chair", "secretary").first()
    if row is None:
        raise Refused("Такого заседания нет: откройте его на странице «Заседания» и закажите протокол снова.")
    last = row.protocols.last() if row.signed_on is not None else None
    return sitting_paper(row) if last is None else _converter.structure(last.paper, SittingPaper)


def protocol_pdf(paper: SittingPaper) -> bytes:
    """An A4 sheet or more."""
    return render_pdf(render_to_string("roadmaps/sittings/protocol_print.html", {"paper": paper}))


def protocol_docx(paper: SittingPaper) -> bytes:
    """The same for Word; text of people stays text."""
    word = Word(paper.heading, paper.school)
    word.letterhead(paper.founder, paper.school)
    if not paper.version:
        word.line("ПРОЕКТ", bold=True, align="center")
    word.line(paper.heading, bold=True, align="center", size=14)
    word.line(f"от {date_long(paper.on)}", align="center")
    if paper.title:
        word.line(f"Тема: {paper.title}")
    if paper.why:
        word.line(f"Версия {paper.version}. Исправлено: {paper.why}.")
    where = " ".join([f"Место: {paper.place}." if paper.place else "", f"Время: {paper.clock}." if paper.clock else ""])
    if where.strip():
        word.line(where.strip())
    came = f"{', '.join(paper.present)} (всего\N{NO-BREAK SPACE}{len(paper.present)})"
    word.line(f"Присутствовали: {came if paper.present else 'нет записи'}")
    if paper.absent:
        word.line(f"Отсутствовали: {', '.join(paper.absent)}")
    _agenda(word, paper)
    word.signatures((("Председатель", paper.chair), ("Секретарь", paper.secretary)))
    if paper.signed_on is not None:
        word.line(f"Подписан {date_long(paper.signed_on)}")
    return word.content()


def _agenda(word: Word, paper: SittingPaper) -> None:
    word.line("Повестка:" if paper.questions else "Повестка: нет записи", bold=True)
    for one in paper.questions:
        word.line(f"{one.number}. {one.title}" + (f" ({one.speaker})" if one.speaker else ""))
    if paper.before:
        word.line("О выполнении ранее принятых решений:", bold=True)
        rows = [(one.text, one.responsible, date_short(one.due), one.became) for one in paper.before]
        word.table(("Решение", "Ответственный", "Срок", "Что сделано"), rows, (70, 35, 25, 40))
    for one in paper.questions:
        word.line(f"{one.number}. Слушали: {one.title}" + (f" — {one.speaker}" if one.speaker else ""), bold=True)
        word.line(one.heard or "Запись о ходе обсуждения не сделана.")
        _decided(word, one.decisions, "Решили:")
    if paper.decisions:
        _decided(word, paper.decisions, "Общие решения:")


def _decided(word: Word, decisions: tuple[PaperDecision, ...], heading: str) -> None:
    if decisions:
        word.line(heading, bold=True)
        told = enumerate(decisions, 1)
        rows = [(str(number), one.text, one.responsible, date_short(one.due)) for number, one in told]
        word.table(("№", "Решение", "Ответственный", "Срок"), rows, (10, 90, 43, 27))


def protocol_json(paper: SittingPaper) -> bytes:
    """The value itself; days are ISO."""
    return json.dumps(asdict(paper), ensure_ascii=False, default=str, indent=1).encode()


def protocol_name(paper: SittingPaper) -> str:
    """«Протокол № 3 педагогического совета от 21.11.2026»."""
    return f"{paper.heading} от {date_short(paper.on)}"


RENDERERS = {"pdf": protocol_pdf, "docx": protocol_docx, "json": protocol_json}
