"""The journals of councils: sittings, petitions, decisions, conclusions, referrals to the ПМПК, cases of mediation.

Built once, printed and as a workbook. What is restricted in them is read: whoever orders one has logged that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.template.loader import render_to_string

from common.russian import date_short
from consultations.councils import GENITIVE, CouncilKind, DecisionState, PetitionState, SittingState
from consultations.models import Conclusion, Council, CouncilDecision, MediationCase, Petition, PmpkReferral, Sitting
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from school.models import Enrolment

SITTINGS = ("№", "Дата", "Тематика", "Вид", "Протокол")
CONCLUSIONS = ("№", "ФИО", "Класс", "Дата рождения", "Инициатор", "Повод", "Заключение", "Результат")
REFERRALS = ("№", "Дата", "ФИО", "Класс", "Дата рождения", "Цель, причина", "Документы выданы", "Результат")
PETITIONS = ("№", "Дата", "ФИО", "Класс", "Инициатор", "Кто подал", "Повод", "Заседание", "Состояние")
DECISIONS = ("№", "Протокол", "ФИО", "Класс", "Решение", "Ответственный", "Срок", "Выполнение")
CASES = ("№", "Начат", "Конфликт", "Кто обратился", "Стороны", "Ведущий", "Итог", "Проверка")
_HELD = (SittingState.HELD, SittingState.SIGNED)


@dataclass(frozen=True)
class Register:
    """A journal: its title, headings, rows of cells (dates stay dates); `personal` when it names pupils."""

    school: str
    founder: str
    title: str
    year: str
    made_on: date
    headings: Sequence[str]
    rows: tuple[tuple[Cell, ...], ...]
    personal: bool = True

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
    rows = Sitting.objects.filter(council=council, state__in=_HELD).prefetch_related("protocols").order_by("number")
    told = tuple((row.number, row.on, row.topic, row.kind_words, _protocol(row)) for row in rows)
    return replace(_register(council, f"Журнал учёта заседаний {_of(council)}", SITTINGS, told), personal=False)


def _of(council: Council) -> str:
    return GENITIVE[CouncilKind(council.kind)]


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


def petitions_register(council: Council) -> Register:
    """Журнал ходатайств: who asked about whom and what came of it, without what was written."""
    rows = list(petitions_of(council).select_related("pupil", "by__staff").prefetch_related("questions__sitting"))
    classes = _classes([row.pupil_id for row in rows], council)
    told = tuple(
        (
            number,
            row.on,
            row.pupil.full_name,
            classes.get(row.pupil_id, ""),
            row.get_initiator_display(),
            row.by.display_name,
            row.get_reason_display(),
            _sat(row),
            row.get_state_display().lower(),
        )
        for number, row in enumerate(rows, 1)
    )
    return _register(council, f"Журнал ходатайств {_of(council)}", PETITIONS, told)


def petitions_of(council: Council) -> QuerySet[Petition]:
    """Those to the council of its kind and year, but for those taken back, in the order in which they were sent."""
    rows = Petition.objects.filter(school=council.school, year=council.year, kind=council.kind)
    return rows.exclude(state=PetitionState.WITHDRAWN).order_by("on", "pk")


def _sat(row: Petition) -> str:
    days = [one.sitting.on for one in row.questions.all() if one.sitting.state != SittingState.CANCELLED]
    return ", ".join(date_short(day) for day in sorted(days))


def decisions_register(council: Council) -> Register:
    """Журнал решений: who answers for each, until when, what became of it."""
    rows = list(decisions_of_council(council).select_related("question__sitting", "pupil", "responsible"))
    classes = _classes([row.pupil_id for row in rows if row.pupil_id], council)
    told = tuple(
        (
            number,
            f"№ {row.question.sitting.number} от {date_short(row.question.sitting.on)}",
            row.pupil.full_name if row.pupil is not None else "",
            classes.get(row.pupil_id or 0, ""),
            row.text,
            row.responsible.short_name if row.responsible is not None else "",
            row.due,
            _done(row, council.school.today()),
        )
        for number, row in enumerate(rows, 1)
    )
    return _register(council, f"Журнал решений {_of(council)}", DECISIONS, told)


def decisions_of_council(council: Council) -> QuerySet[CouncilDecision]:
    """Of the sittings that were held, in their order."""
    rows = CouncilDecision.objects.filter(question__sitting__council=council, question__sitting__state__in=_HELD)
    return rows.order_by("question__sitting__number", "question__place", "pk")


def _done(row: CouncilDecision, today: date) -> str:
    late = row.state == DecisionState.OPEN and row.due is not None and row.due < today
    state = "срок прошёл" if late else row.get_state_display().lower()
    return "; ".join(part for part in (state, row.answer) if part)


def cases_register(council: Council) -> Register:
    """Журнал случаев медиации: sides, who leads, how it ended; neither the course nor what was agreed."""
    rows = MediationCase.objects.filter(council=council).select_related("mediator").order_by("number")
    told = tuple(
        (
            row.number,
            row.opened_on,
            row.get_kind_display(),
            row.get_initiator_display(),
            "; ".join(one.name for one in row.parties.all()),
            row.mediator.short_name,
            ", ".join(part for part in (row.get_state_display().lower(), _words(row.closed_on)) if part),
            _checked(row),
        )
        for row in rows.prefetch_related("parties__pupil", "parties__staff")
    )
    return _register(council, "Журнал случаев медиации", CASES, told)


def _checked(row: MediationCase) -> str:
    if row.kept is not None:
        return "договорённость выполняется" if row.kept else "договорённость не выполняется"
    return _words(row.check_on)


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
