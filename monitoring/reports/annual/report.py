"""The yearly analytical note (аналитическая справка) about the work with pupils who are weak, in six parts.

Source: the region's structure of analysis (statistical facts; factors; deficits and successful practices; measures and
decisions with their terms; whether they worked; the problem of the next cycle) and the duty of the administration to
draw the note up as the year ends. It covers the year from its start to the end of the asked period.
"""

from dataclasses import replace

from django.urls import reverse

from common.errors import Refused
from documents.papers.parts import Head, Paper, Section, Text
from monitoring.computations.base import Scope
from monitoring.reports.annual import reads, tables, words
from monitoring.reports.annual.shapes import GroupSum, PeriodState
from monitoring.reports.annual.words import Known
from monitoring.reports.annual.work_reads import done_until, result_until
from monitoring.reports.board import build_board
from monitoring.reports.heads import CONSIDERED, head_of, heads_of
from monitoring.reports.kinds import Wanted
from monitoring.reports.quarter import reads as quarterly_reads
from monitoring.rules.standing import Standing
from school.models import Period

KIND = "annual"
TITLE = "Аналитическая справка"
_ABOUT = "о работе педагогического коллектива со слабоуспевающими и неуспевающими обучающимися"


def build_annual(wanted: Wanted) -> Paper:
    """The note as the data stand now. Raises `Refused` before the first classification of the asked period."""
    period = wanted.period
    whole = reads.is_whole_year(period)
    known, states, groups = _read(period)
    heads = heads_of(wanted)
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(_ABOUT, _year_line(period, whole=whole)),
        head=_head(wanted, whole=whole),
        sections=(
            _facts(known, states),
            _factors(known, groups),
            _deficits(known),
            _measures(known),
            _effects(period, known),
            _problem(known),
        ),
        caveats=tuple(_caveats(period, whole=whole)),
        considered=CONSIDERED,
        approves=heads.director,
        signatures=(("Заместитель директора по УВР", heads.deputy),),
    )


def _read(period: Period) -> tuple[Known, list[PeriodState], list[GroupSum]]:
    """Everything that is told, with the states of the chart and the sums of groups."""
    periods = reads.periods_until(period)
    last = reads.same_period_before(period)
    states = reads.states([*([last] if last is not None else []), *periods], of_year=period.year.start)
    now = next((one for one in states if one.key == period.pk), None)
    if now is None:
        raise Refused(
            f"За {period.title_accusative} ещё нет ни одной категории. Загрузите контингент и отметки или "
            "пересчитайте категории на странице «Реестр»."
        )
    of_year = [one for one in states if last is None or one.key != last.pk]
    first = of_year[0] if of_year[0].key != now.key else None
    known = Known(
        now=now,
        before=next((one for one in states if last is not None and one.key == last.pk), None),
        first=first,
        subjects=quarterly_reads.subject_lines(period),
        works=reads.work_sums(period),
        absences=reads.absence_sums(periods, of_year),
        causes=reads.causes_until(periods),
        indicators=build_board(period).lines,
        done=done_until(period),
        result=result_until(period, first),
    )
    return known, states, reads.group_sums(Scope.of(period))


def _head(wanted: Wanted, *, whole: bool) -> Head:
    told = "за учебный год" if whole else f"по итогам {wanted.period.title_genitive}"
    return replace(head_of(wanted), period_words=told, starts=wanted.period.year.starts)


def _year_line(period: Period, *, whole: bool) -> str:
    year = f"за {period.year.title} учебный год"
    return year if whole else f"{year} по итогам {period.title_genitive}"


def _caveats(period: Period, *, whole: bool) -> list[str]:
    until = min(period.ends, period.year.school.today())
    notes = [] if whole else [f"Учебный год не закончен: справка охватывает его по {until:%d.%m.%Y}."]
    if period.pupil_categories.filter(provisional=True).exists():
        notes.append("Категории предварительные: не у всех выставлены итоги, прогноз сделан по текущим отметкам.")
    return notes


def _facts(known: Known, states: list[PeriodState]) -> Section:
    bars, dynamics = tables.dynamics(states)
    parts = (
        tables.state_figures(known.now),
        *((bars,) if len(states) > 1 else ()),
        dynamics,
        tables.subjects(known.subjects),
        tables.works(known.works),
    )
    return Section("facts", "1. Статистические факты", parts, tuple(words.facts(known)))


def _factors(known: Known, groups: list[GroupSum]) -> Section:
    parts = (
        tables.causes(known.causes, known.now.key),
        tables.absences(known.absences),
        tables.groups(groups),
    )
    return Section("factors", "2. Факторы, от которых зависят результаты", parts, tuple(words.factors(known)))


def _deficits(known: Known) -> Section:
    key = known.now.key
    practices = {"what": "Практика", "about": "С кем и о чём", "note": "Предмет"}
    parts = (
        tables.classes_high(known.now, known.earlier),
        tables.indicators("indicators_off", "Показатели ниже плана", known.standing(Standing.OFF), key),
        tables.classes_better(known.now, known.earlier),
        tables.indicators("indicators_on", "Показатели, план которых достигнут", known.standing(Standing.ON), key),
        tables.measures("practices", "Банк практик школы", practices, known.done.practices),
    )
    return Section("deficits", "3. Дефициты и успешные практики", parts, tuple(words.deficits(known)))


_ROADMAP = {"what": "Мероприятие", "about": "Направление", "days": "Проведено"}
_SITTINGS = {"what": "Тема", "about": "Вид", "days": "День", "note": "Протокол"}
_DECISIONS = {"what": "Решение", "about": "Где принято", "days": "Срок", "note": "Состояние"}
_PROGRAMS = {"what": "Программа", "about": "Вид", "days": "С какого дня", "note": "Чем утверждена"}
_EVENTS = {"what": "Тема", "about": "Вид", "days": "День"}


def _measures(known: Known) -> Section:
    done = known.done
    shown = (
        ("roadmap", "Мероприятия дорожной карты", _ROADMAP, done.roadmap),
        ("sittings", "Заседания", _SITTINGS, done.sittings),
        ("decisions", "Управленческие решения", _DECISIONS, done.decisions),
        ("programs", "Программы и курсы", _PROGRAMS, done.programs),
        ("events", "Мероприятия для родителей", _EVENTS, done.events),
    )
    parts = [tables.measures(code, title, heads, rows) for code, title, heads, rows in shown]
    title = "4. Меры, мероприятия и управленческие решения"
    return Section("measures", title, (*parts, tables.trainings(done.trainings)), tuple(words.measures(known)))


def _effects(period: Period, known: Known) -> Section:
    result = known.result
    link = f"{reverse('effect:page')}?year={period.year.start}"
    parts = (tables.outcomes(result.compared), tables.forms(result.forms, link), tables.routes(result.routes))
    return Section("effects", "5. Выводы об эффективности мер", parts, tuple(words.effects(known)))


_NO_PROBLEM = "По этим цифрам предложить нечего: сформулируйте проблему в «Выводах и решениях»."
_PROBLEM = "Проблему формулирует школа; здесь остаётся то, на что указывают цифры и что школа приняла."


def _problem(known: Known) -> Section:
    found = tuple(words.problems(known))
    text = Text((_PROBLEM if found else _NO_PROBLEM,), quiet=True)
    return Section("problem", "6. Проблема для нового управленческого цикла", (text,), found)
