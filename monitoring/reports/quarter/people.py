"""Sections about parents and about the service: numbers alone, never what was said."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from common.small_groups import may_be_told
from documents.papers.parts import Cell, Column, Section, Table, number_cell
from monitoring.reports.quarter.counts import Whole
from monitoring.reports.quarter.facts import Fact
from monitoring.reports.quarter.known import Known
from monitoring.reports.quarter.pupils import FEW
from monitoring.reports.quarter.work import linked

_COLUMNS = (Column("what", "Что"), Column("number", "Сколько", "number"), Column("note", "Из них"))


@dataclass(frozen=True)
class _Told:
    """A number with something beside it; `link` leads to its list."""

    what: str
    number: int
    note: str = ""
    link: str = ""

    @property
    def row(self) -> tuple[Cell, ...]:
        """Of `_COLUMNS`."""
        return Cell(self.what), number_cell(self.number, link=self.link), Cell(self.note or "—")


def _table(code: str, title: str, lines: Iterable[_Told], note: str = "") -> Table:
    return Table(code, title, _COLUMNS, tuple(line.row for line in lines), note=note)


def parents(known: Known) -> Section:
    """Talks, notices with their answers, links, events, surveys."""
    return Section("parents", "Работа с родителями", (_of_parents(known), _parents_by_class(known)))


def _of_parents(known: Known) -> Table:
    total, counts, period = known.total, known.counts, known.period.pk
    reached = sum(1 for pupil in known.at_risk if known.facts[Fact.PARENTS][pupil])
    told, declined, every = total(Fact.NOTICE_KNOWN), total(Fact.NOTICE_DECLINED), total(Fact.NOTICE)
    answered = f"ознакомлены {told}, отказались {declined}, без ответа {every - told - declined}"
    going = counts[Whole.SURVEYS_GOING]
    lines = (
        _Told("Беседы с родителями", total(Fact.PARENTS),
              f"о детях под риском: {reached} из {len(known.at_risk)} семей" if known.at_risk else "",
              linked("parents:talks", period=period)),
        _Told("Уведомления родителям", every, answered if every else "", linked("notices:list", period=period)),
        _Told("Персональные ссылки", total(Fact.LINK),
              f"получен ответ {total(Fact.LINK_ANSWERED)}" if total(Fact.LINK) else "", reverse("links:list")),
        _Told("Мероприятия для родителей", counts[Whole.EVENTS],
              f"было в плане {counts[Whole.EVENTS_PLANNED]}, отметок о приходе {total(Fact.PARENT_CAME)}",
              reverse("events:list")),
        _Told("Опросы завершены", counts[Whole.SURVEYS], f"ещё идут {going}" if going else "",
              reverse("surveys:list")),
    )  # fmt: skip
    return _table("parents", "Работа с родителями", lines)


def _parents_by_class(known: Known) -> Table:
    columns = (Column("class", "Класс"), Column("talks", "Бесед", "number"),
               Column("families", "Семей", "number"), Column("notices", "Уведомлений", "number"),
               Column("known", "Ознакомлены", "number"),
               Column("came", "Приходов на мероприятия", "number"))  # fmt: skip
    talked = [pupil for pupil in known.seats if known.facts[Fact.PARENTS][pupil]]
    numbers = [
        known.by_class(Fact.PARENTS),
        known.count_by_class(talked),
        *(known.by_class(fact) for fact in (Fact.NOTICE, Fact.NOTICE_KNOWN, Fact.PARENT_CAME)),
    ]
    rows = [
        (Cell(known.classes[key].name), *(number_cell(number[key]) for number in numbers))
        for key in known.classes
        if any(number[key] for number in numbers)
    ]
    foot = ((Cell("Итого"), *(number_cell(number.total()) for number in numbers)),) if rows else ()
    return Table(
        "parents_by_class",
        "Работа с родителями по классам",
        columns,
        tuple(rows),
        foot=foot,
        empty="Записей о работе с родителями нет.",
        note="Классы без записей не показаны. Считаются обучающиеся, которые учатся на конец периода.",
    )


def service(known: Known) -> Section:
    """How much of what; who goes to a specialist is told nowhere, few of them not even as a number."""
    counts = known.counts
    kinds = (
        ("индивидуальных", Whole.MEETINGS_SINGLE),
        ("групповых", Whole.MEETINGS_GROUP),
        ("с родителями", Whole.MEETINGS_PARENTS),
        ("диагностик", Whole.MEETINGS_TEST),
        ("с педагогами", Whole.MEETINGS_STAFF),
    )
    met = ", ".join(f"{words} {counts[code]}" for words, code in kinds if counts[code])
    missed = counts[Whole.MEETINGS_MISSED]
    met += f"; не пришли {missed}" if missed else ""
    answered, done = counts[Whole.REFERRALS_ANSWERED], counts[Whole.COUNCIL_DONE]
    finished, questions = counts[Whole.PLANS_FINISHED], counts[Whole.COUNCIL_PUPILS]
    lines = (
        _Told("Встречи со специалистами состоялись", counts[Whole.MEETINGS], met, reverse("load:page")),
        _Told("Направления к специалистам", counts[Whole.REFERRALS], f"есть ответ {answered}" if answered else ""),
        _Told("Рекомендации педагогам и родителям", counts[Whole.ADVICE]),
        _Told("Планы сопровождения действуют", counts[Whole.PLANS], f"завершено {finished}" if finished else ""),
        _Told("Заседания советов и консилиума", counts[Whole.COUNCILS],
              f"вопросов об обучающихся {questions}" if questions else ""),
        _Told("Решения советов", counts[Whole.COUNCIL_DECISIONS], f"выполнено {done}" if done else ""),
    )  # fmt: skip
    met_at_risk = sum(1 for pupil in known.at_risk if known.facts[Fact.MEETING][pupil])
    note = reach_words(met_at_risk, len(known.at_risk))
    return Section("service", "Служба сопровождения",
                   (_table("service", "Работа службы сопровождения", lines,
                           f"{note}Содержание встреч, планов и заседаний в отчёт не входит."),))  # fmt: skip


def reach_words(met: int, every: int) -> str:
    """Those at risk stand by name in the appendices: «all of them» would name whoever met a specialist."""
    if not every or (met and not may_be_told(every - met)) or met == every:
        return ""
    told = str(met) if may_be_told(met) else FEW
    return f"Из {every} обучающихся под риском встречались со специалистами: {told}. "
