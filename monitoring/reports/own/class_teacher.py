"""The class teacher's report of a period: filled from what is on record; a person adds conclusions.

Source: the duties of a class teacher, «отчёт о работе по профилактике неуспешности» in October, December, March and
May: the months in which quarters end. Headless: `report class_teacher`.
"""

from common.russian import date_range
from documents.papers.parts import Paper
from monitoring.reports.heads import head_of, heads_of, signed_name, year_line
from monitoring.reports.kinds import Wanted
from monitoring.reports.own.class_reads import ClassFacts, class_facts
from monitoring.reports.own.class_results import main_section, moves_section, results_section
from monitoring.reports.own.class_risk import absences_section, risk_section
from monitoring.reports.own.class_work import parents_section, programs_section, signals_section, work_section

KIND = "class_teacher"
TITLE = "Отчёт классного руководителя"


def build_class_teacher(wanted: Wanted) -> Paper:
    """As the data stand now. Raises `Refused` when nothing is known of the class in the period."""
    facts = class_facts(wanted)
    school_class = facts.school_class
    teacher = school_class.class_teacher
    signature = signed_name(teacher.short_name) if teacher is not None else ""
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(f"{school_class} класс, {year_line(wanted)}",),
        head=head_of(wanted),
        sections=(
            main_section(facts),
            moves_section(facts),
            results_section(facts),
            risk_section(facts),
            absences_section(facts),
            work_section(facts),
            parents_section(facts),
            signals_section(facts),
            programs_section(facts),
        ),
        caveats=tuple(_caveats(facts)),
        signatures=(
            ("Классный руководитель", signature),
            ("Заместитель директора по УВР", heads_of(wanted).deputy),
        ),
    )


def _caveats(facts: ClassFacts) -> list[str]:
    told = []
    if facts.days != (facts.period.starts, facts.period.ends):
        told.append(f"У класса свои учебные периоды: показано {date_range(*facts.days)}.")
    if facts.goes_on:
        told.append("Учебный период класса ещё не закончен: итогов может не быть.")
    if not facts.over:
        told.append("Период ещё идёт: показано то, что есть на сегодня.")
    if any(row.provisional for row in facts.now.judged):
        told.append("Категории предварительные: не у всех выставлены итоги, прогноз сделан по текущим отметкам.")
    return told
