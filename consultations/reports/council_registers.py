"""The journals of councils: sittings, conclusions, referrals to the ПМПК. Built once, printed and as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.template.loader import render_to_string

from common.russian import date_short
from consultations.councils import GENITIVE, CouncilKind, SittingState
from consultations.models import Conclusion, Council, PmpkReferral, Sitting
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from school.models import Enrolment

SITTINGS = ("№", "Дата", "Тематика", "Вид", "Протокол")
CONCLUSIONS = ("№", "ФИО", "Класс", "Дата рождения", "Инициатор", "Повод", "Заключение", "Результат")
REFERRALS = ("№", "Дата", "ФИО", "Класс", "Дата рождения", "Цель, причина", "Документы выданы", "Результат")


@dataclass(frozen=True)
class Register:
    """A journal: its title, headings, rows of cells (dates stay dates)."""

    school: str
    founder: str
    title: str
    year: str
    made_on: date
    headings: Sequence[str]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def printed(self) -> list[list[str]]:
        """The rows as words."""
        return [[_words(cell) for cell in row] for row in self.rows]


def _words(cell: Cell) -> str:
    if isinstance(cell, date):
        return date_short(cell)
    return "" if cell is None else str(cell)


def sittings_register(council: Council) -> Register:
    """Журнал учёта заседаний: those that were held, by number."""
    held = (SittingState.HELD, SittingState.SIGNED)
    rows = Sitting.objects.filter(council=council, state__in=held).prefetch_related("protocols").order_by("number")
    told = tuple((row.number, row.on, row.topic, row.kind_words, _protocol(row)) for row in rows)
    return _register(council, f"Журнал учёта заседаний {GENITIVE[CouncilKind(council.kind)]}", SITTINGS, told)


def _protocol(row: Sitting) -> str:
    last = list(row.protocols.all())
    return f"подписан {date_short(last[0].signed_on)}" if last else "не подписан"


def conclusions_register(council: Council) -> Register:
    """Журнал регистрации коллегиальных заключений. Reads restricted words: whoever orders it has logged that."""
    rows = list(
        Conclusion.objects.filter(question__sitting__council=council)
        .select_related("pupil", "question__sitting", "question__petition", "words")
        .order_by("number")
    )
    classes = _classes([row.pupil_id for row in rows], council)
    told = tuple(
        (
            row.number,
            row.pupil.full_name,
            classes.get(row.pupil_id, ""),
            row.pupil.birth_date,
            row.question.petition.get_initiator_display() if row.question.petition else "консилиум",
            row.question.petition.get_reason_display() if row.question.petition else row.question.title,
            row.words.findings,
            _result(row),
        )
        for row in rows
    )
    return _register(council, "Журнал регистрации коллегиальных заключений", CONCLUSIONS, told)


def _result(row: Conclusion) -> str:
    parents = f"; родители {row.get_agreement_display()}" if row.agreement else ""
    return f"{row.get_outcome_display()}{parents}"


def pmpk_register(council: Council) -> Register:
    """Журнал направлений на ПМПК of the council's year. Reads restricted words: whoever orders it has logged that."""
    rows = list(referrals_of(council).select_related("pupil").order_by("number"))
    classes = _classes([row.pupil_id for row in rows], council)
    told = tuple(
        (
            row.number,
            row.on,
            row.pupil.full_name,
            classes.get(row.pupil_id, ""),
            row.pupil.birth_date,
            row.reason,
            row.handed_on,
            ", ".join(part for part in (row.get_result_display(), _words(row.result_on), row.note) if part),
        )
        for row in rows
    )
    return _register(council, "Журнал направлений на ПМПК", REFERRALS, told)


def referrals_of(council: Council) -> QuerySet[PmpkReferral]:
    """Of the council's school and year."""
    return PmpkReferral.objects.filter(school=council.school, year=council.year)


def _classes(pupils: list[int], council: Council) -> dict[int, str]:
    day = min(council.school.today(), council.year.ends)
    seats = Enrolment.objects.on(day).filter(pupil__in=pupils).select_related("school_class")
    return {seat.pupil_id: str(seat.school_class) for seat in seats}


def _register(council: Council, title: str, headings: Sequence[str], rows: tuple[tuple[Cell, ...], ...]) -> Register:
    school = council.school
    return Register(school.official_name, school.founder, title, str(council.year), school.today(), headings, rows)


def register_pdf(register: Register) -> bytes:
    """On the school's paper, across."""
    return render_pdf(render_to_string("consultations/register_print.html", {"register": register}))


def register_xlsx(register: Register) -> bytes:
    """A row a line of the journal."""
    note = f"{register.school}. {register.title}, {register.year}. На {date_short(register.made_on)}"
    return render_xlsx([Sheet(register.title, register.headings, register.rows, note=note, landscape=True)])
