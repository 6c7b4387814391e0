"""A draft of the pedagogical council's protocol on a period: agenda, what was heard in figures, decisions to choose.

Source: the rhythm of sittings in the school's program («педагогический совет по итогам периода»). It names no pupil;
protocols of sittings that were held are kept in their own room.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from common.errors import Refused
from common.russian import counted, percent, whole
from documents.papers.parts import (
    Cell,
    Column,
    Paper,
    Section,
    Suggestion,
    Table,
    Text,
    date_cell,
    number_cell,
    share_cell,
)
from monitoring.reports.attendance_reads import truants
from monitoring.reports.heads import head_of, heads_of
from monitoring.reports.kinds import Wanted
from monitoring.reports.quarter.report import build_quarterly
from monitoring.reports.quarter.shapes import QuarterReport, SubjectLine
from monitoring.reports.quarter.words import caveats, summary
from monitoring.reports.registry_reads import RegistryLine, registry_lines
from risk_registry.categories import Category, EntryState
from risk_registry.links import registry_link
from risk_registry.rules.warning import AbsenceLevel
from roadmaps.models import StaffDecision
from roadmaps.sitting_words import DecisionState, SittingKind, SittingState
from school.models import Period

KIND = "protocol_draft"
TITLE = "Проект протокола педагогического совета"
_BLANK = "____________________"
_SUBJECTS = 5
_OPEN = (DecisionState.OPEN, DecisionState.MOVED)
_PUPILS = ("обучающийся", "обучающихся", "обучающихся")
_CLAIMS = ("1. Об итогах периода", "2. О реестре обучающихся группы риска", "3. О посещаемости",
           "4. О выполнении решений прошлых заседаний")  # fmt: skip


@dataclass(frozen=True)
class _Facts:
    """What the council hears; `systematic`: how many pupils miss lessons without a reason systematically."""

    period: Period
    report: QuarterReport
    registry: list[RegistryLine]
    systematic: int
    decisions: list[StaffDecision]

    @property
    def at_risk(self) -> int:
        """Failing and weak pupils by their marks."""
        return self.report.totals.at_risk

    @property
    def subjects(self) -> list[SubjectLine]:
        """Those with most unsatisfactory results, not attested included; none without any."""
        low = [one for one in self.report.subjects if one.unsatisfactory_results + one.not_attested]
        low.sort(key=lambda one: one.unsatisfactory_results + one.not_attested, reverse=True)
        return low[:_SUBJECTS]


def build_protocol_draft(wanted: Wanted) -> Paper:
    """The draft with the figures of today; a constant number of queries. Raises `Refused` before a classification."""
    facts, heads = _read(wanted), heads_of(wanted)
    head = head_of(wanted)
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(f"по итогам {wanted.period.title_genitive} {wanted.period.year.title} учебного года",),
        head=head,
        sections=(
            Section("opening", "", (Text(_opening(head.made_at.year, heads.director)),)),
            Section("agenda", "Повестка дня", (Text(tuple(_claim(one) for one in _CLAIMS), numbered=True),)),
            Section("results", _CLAIMS[0], (Text((f"Докладчик: {heads.deputy or _BLANK}.", *summary(facts.report))),
                                            _levels(facts), _subjects(facts))),
            Section("registry", _CLAIMS[1], (Text((_registry_words(facts),)),)),
            Section("attendance", _CLAIMS[2], (Text(tuple(_absences(facts))),)),
            Section("decisions", _CLAIMS[3], (_decisions(facts),)),
            Section("resolved", "Решили", (Text(("По этим вопросам совет решил:",)),), tuple(_suggested(facts))),
        ),
        caveats=tuple(caveats(facts.report)),
        signatures=(("Председатель", heads.director), ("Секретарь", "")),
    )  # fmt: skip


def _claim(heading: str) -> str:
    """«Об итогах периода.»: the heading without its number."""
    return heading.partition(" ")[2] + "."


def _read(wanted: Wanted) -> _Facts:
    period = wanted.period
    report = build_quarterly(school=wanted.school, period=period)
    if not report.totals.pupils:
        raise Refused(f"За {period.title_accusative} ещё нет ни одной категории: пересчитайте их.")
    rows = StaffDecision.objects.filter(
        sitting__school=wanted.school, sitting__state=SittingState.HELD, sitting__on__lte=period.ends, state__in=_OPEN
    )
    return _Facts(
        period,
        report,
        registry_lines(period),
        sum(one.level == AbsenceLevel.SYSTEMATIC for one in truants(period)),
        list(rows.select_related("sitting").order_by("due", "pk")),
    )


def _opening(year: int, director: str) -> tuple[str, ...]:
    return (
        f"«___» ______________ {year} г. № ________",
        f"Председатель: {director or _BLANK}. Секретарь: {_BLANK}.",
        "Присутствовали: ________ человек. Отсутствовали: ________ человек.",
    )


def _levels(facts: _Facts) -> Table:
    columns = (
        Column("level", "Уровень образования"),
        Column("pupils", "Учеников", "number"),
        Column("failing", "Неуспевающие", "number"),
        Column("weak", "Слабоуспевающие", "number"),
        Column("reserve", "Резерв", "number"),
        Column("share", "Под риском", "number"),
    )
    every = [
        (Cell(one.name), number_cell(one.pupils), number_cell(one.failing), number_cell(one.weak),
         number_cell(one.reserve), share_cell(one.at_risk, one.pupils))
        for one in (*facts.report.levels, facts.report.totals)
    ]  # fmt: skip
    return Table("levels", "Категории по уровням образования", columns, tuple(every[:-1]), tuple(every[-1:]))


def _subjects(facts: _Facts) -> Table:
    columns = (
        Column("subject", "Предмет"),
        Column("unsatisfactory", "Неудовл. итогов", "number"),
        Column("not_attested", "Не аттестованы", "number"),
        Column("mean", "Средний итог", "number"),
    )
    rows = tuple(
        (Cell(one.subject), number_cell(one.unsatisfactory_results), number_cell(one.not_attested),
         number_cell(one.mean, places=2))
        for one in facts.subjects
    )  # fmt: skip
    title = "Предметы, где неудовлетворительных итогов больше всего"
    return Table("subjects", title, columns, rows, empty="Неудовлетворительных итогов нет.")


def _registry_words(facts: _Facts) -> str:
    counts = Counter(line.category for line in facts.registry)
    if not facts.registry:
        return "В реестре никого нет."
    approved = sum(line.state == EntryState.APPROVED for line in facts.registry)
    return (
        f"В реестре {counted(len(facts.registry), *_PUPILS)}: неуспевающих — {counts[Category.FAILING]}, "
        f"слабоуспевающих — {counts[Category.WEAK]}, в группе резерва — {counts[Category.RESERVE]}. "
        f"Утверждено записей: {approved}."
    )


def _absences(facts: _Facts) -> Iterator[str]:
    rows = facts.report.absences
    bad = sum(one.unexcused for one in rows)
    every = bad + sum(one.illness + one.excused for one in rows)
    if not every:
        yield "Пропусков в журналах нет."
        return
    lessons = counted(every, "урок", "урока", "уроков")
    yield f"Пропущено {lessons}, без уважительной причины — {whole(bad)} ({percent(bad, every)})."
    yield f"Систематически пропускают занятия без уважительной причины: {facts.systematic}."


def _decisions(facts: _Facts) -> Table:
    columns = (
        Column("decision", "Решение"),
        Column("where", "Где принято"),
        Column("due", "Срок"),
        Column("state", "Состояние"),
    )
    rows = tuple(
        (
            Cell(one.text, link=reverse("sittings:sitting", args=[one.sitting_id])),
            Cell(f"{SittingKind(one.sitting.kind).label}, {one.sitting.on:%d.%m.%Y}"),
            date_cell(one.due),
            Cell(DecisionState(one.state).label.lower()),
        )
        for one in facts.decisions
    )
    return Table("decisions", "Решения, которые выполняются", columns, rows, empty="Невыполненных решений нет.")


def _suggested(facts: _Facts) -> Iterator[Suggestion]:
    """Decisions that the figures lead to; a person takes, rewrites or drops each."""
    period = facts.period
    span = f"{period.title_accusative} {period.year.title} учебного года"
    yield Suggestion("heard", f"Информацию об итогах {period.title_genitive} принять к сведению.", "Вопрос 1")
    if facts.registry:
        people = counted(len(facts.registry), *_PUPILS)
        text = f"Рекомендовать утвердить приказом реестр обучающихся группы риска за {span}: {people}."
        yield Suggestion("registry", text, "Вопрос 2", registry_link(period=period.pk))
    if facts.at_risk:
        text = f"Продолжить индивидуальную работу и маршруты для обучающихся под риском ({facts.at_risk})."
        yield Suggestion("work", text, "Вопрос 1", registry_link(period=period.pk, category="at_risk"))
    if facts.subjects:
        names = ", ".join(one.subject for one in facts.subjects)
        yield Suggestion("subjects", f"Обсудить на заседаниях ШМО итоги по предметам: {names}.", "Вопрос 1")
    if facts.systematic:
        people = counted(facts.systematic, "ученика", "учеников", "учеников")
        text = f"Продолжить работу с семьями {people}, систематически пропускающих занятия без уважительной причины."
        yield Suggestion("absences", text, "Вопрос 3", f"{reverse('desk:missed')}?period={period.pk}")
    until = min(period.ends, period.year.school.today())
    late = sum(one.due <= until for one in facts.decisions)
    if late:
        number = counted(late, "решению", "решениям", "решениям")
        whose = "которого" if number.endswith("решению") else "которых"
        text = f"Вернуться к {number} прошлых заседаний, срок {whose} наступил."
        yield Suggestion("late", text, "Вопрос 4", reverse("sittings:decisions"))
