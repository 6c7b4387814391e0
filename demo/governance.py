"""The demo's sittings and local acts: rhythms kept and missed, decisions done, moved, late; acts in force, lacking."""

from datetime import date, time

from demo.decisions import on_day
from demo.journals import user_named
from roadmaps.act_words import ActDeed, ActKind
from roadmaps.models import StaffDecision, StaffSitting
from roadmaps.services.local_acts import ActDraft, act_enter, act_step
from roadmaps.services.sitting_course import (
    Asked,
    Decided,
    decision_add,
    decision_step,
    people_mark,
    protocol_sign,
    question_add,
)
from roadmaps.services.sittings import ByRhythm, SittingDraft, sitting_plan, sitting_step, sittings_by_rhythm
from roadmaps.sitting_words import DecisionDeed, SittingDeed, SittingKind, Topic
from school.models import AcademicYear, School, Staff

_NOW = date(2026, 11, 20)
_HELD = (  # kind, day, theme, question, what it is about, what was said, who answers, until when, what was decided
    (SittingKind.DIRECTOR, date(2026, 9, 24), "План работы на четверть", "Список группы риска и порядок работы с ним",
     Topic.PREVENTION, "Список согласован с классными руководителями.", "klass", date(2026, 10, 9),
     "Сообщить родителям о дополнительных занятиях"),
    (SittingKind.GROUP, date(2026, 10, 14), "Первые итоги", "Занятия для слабоуспевающих", Topic.PREVENTION,
     "Занятия идут, у двух групп нет кабинета.", "zavuch", date(2026, 11, 13), "Найти кабинеты для групп"),
    (SittingKind.COUNCIL, date(2026, 10, 30), "Итоги 1-й четверти", "Реестр группы риска за 1-ю четверть",
     Topic.PREVENTION, "Реестр утверждён, причины установлены не для всех.", "psiholog", date(2026, 11, 27),
     "Установить причины для всех записей реестра"),
    (SittingKind.DIRECTOR, date(2026, 11, 12), "Ход программы", "Промежуточные итоги программы", Topic.REVIEW,
     "Показатели занятий выполнены, маршруты отстают.", "shmo", date(2026, 12, 4), "Собрать предложения ШМО"),
    (SittingKind.UNION, date(2026, 11, 5), "Пробелы по итогам четверти", "Повторный контроль по алгебре", Topic.OTHER,
     "Назначены дни контроля.", "shmo", date(2026, 11, 19), "Составить задания повторного контроля"),
)  # fmt: skip
_ACTS = (  # kind, title, demand, number, day; None: still a draft
    (ActKind.REGULATION, "Положение о системе профилактики учебной неуспешности", "system", "104", date(2026, 8, 28)),
    (ActKind.REGULATION, "Положение о психолого-педагогическом консилиуме", "ppk", "98", date(2026, 8, 27)),
    (ActKind.REGULATION, "Положение о совете по профилактике", "prevention", "99", date(2026, 8, 27)),
    (ActKind.ORDER, "Приказ о рабочей группе программы", "group_order", "110", date(2026, 8, 31)),
    (ActKind.ALGORITHM, "Алгоритм выявления и сопровождения учеников", "algorithm", "", None),
)


def govern(school: School) -> None:
    """Planning sessions by their rhythm, five sittings with protocols, five acts; the rest is lacking."""
    first, *others = _HELD
    with on_day(school, first[1]):
        _hold(first)
    with on_day(school, date(2026, 10, 8)):
        _close(school, date(2026, 10, 9), DecisionDeed.DONE, "сообщено на собрании")
    for told in others:
        with on_day(school, told[1]):
            _hold(told)
    with on_day(school, _NOW):
        _close(school, date(2026, 11, 13), DecisionDeed.MOVE, "ремонт в кабинете 14", date(2026, 12, 1))
        year = AcademicYear.objects.select_related("school").get(school=school, starts__lte=_NOW, ends__gte=_NOW)
        by = user_named("zavuch")
        for kind, weekday in ((SittingKind.BRIEFING, 0), (SittingKind.GROUP, 2), (SittingKind.COUNCIL, 3)):
            asked = ByRhythm(kind, weekday, _NOW, time(8, 0) if kind == SittingKind.BRIEFING else time(15, 0),
                             "учительская", by.staff)  # fmt: skip
            sittings_by_rhythm(by=by, year=year, asked=asked)
        _write_acts()


def _hold(told: tuple[SittingKind, date, str, str, Topic, str, str, date, str]) -> None:
    kind, on, title, question, topic, heard, who, due, text = told
    by = user_named("shmo" if kind == SittingKind.UNION else "zavuch")
    assert by.school is not None  # read on that day
    draft = SittingDraft(kind, on, title, time(15, 0), time(16, 0), "учительская", by.staff, by.staff)
    row = sitting_plan(by=by, school=by.school, draft=draft)
    asked = question_add(by=by, sitting=row, asked=Asked(question, topic, by.staff, heard))
    row = sitting_step(by=by, sitting=row, version=row.version, what=SittingDeed.HOLD)
    people_mark(by=by, sitting=row, present=[one.pk for one in row.people.all()][:-1] or [row.people.get().pk])
    decision_add(by=by, sitting=row, decided=Decided(text, _staff(who), due, asked))
    protocol_sign(by=by, sitting=StaffSitting.objects.get(pk=row.pk), version=row.version)


def _close(school: School, due: date, what: DecisionDeed, comment: str, to: date | None = None) -> None:
    by = user_named("klass" if what == DecisionDeed.DONE else "zavuch")
    decision = StaffDecision.objects.get(sitting__school=school, due=due)
    decision_step(by=by, decision=decision, version=0, what=what, comment=comment, to=to)


def _staff(login: str) -> Staff:
    staff = user_named(login).staff
    assert staff is not None
    return staff


def _write_acts() -> None:
    by = user_named("zavuch")
    assert by.school is not None
    for kind, title, answers, number, on in _ACTS:
        row = act_enter(by=by, school=by.school, draft=ActDraft(kind, title, answers))
        if on is not None:
            row = act_step(
                by=by, act=row, version=0, what=ActDeed.APPROVE, grounds="приказ директора", number=number, on=on
            )
            act_step(by=by, act=row, version=1, what=ActDeed.ENACT, on=date(2026, 9, 1))
