"""«Внешние работы и отметки журнала»: how external works confirm the school's marks.

Source: the school's program («сопоставление результатов внешних и внутренних оценочных процедур»); a difference is a
fact for the analysis of objectivity, never a judgement of a teacher. Subjects of one group stand together here only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.urls import reverse

from common.errors import Refused
from common.names import name_key
from common.russian import counted, percent, plural, signed, whole
from documents.papers.parts import (
    NONE,
    Bars,
    BarsPart,
    Cell,
    Column,
    Figure,
    Figures,
    Paper,
    Section,
    Suggestion,
    Table,
    Text,
    date_cell,
    number_cell,
    share_cell,
)
from gradebook.models import Procedure
from monitoring.reports.heads import head_of, heads_of, year_line
from monitoring.reports.kinds import Wanted
from risk_registry.rules.works import AlarmNumbers, Shares, is_alarming
from risk_registry.selectors.works import numbers_of
from risk_registry.selectors.works_marks import WrittenMark, written_marks
from school.models import Pupil

KeyT = TypeVar("KeyT")

KIND = "external_marks"
TITLE = "Внешние работы и отметки журнала"
_FAR = 2
_UNSATISFACTORY = 2
_FACT = (
    "Расхождение отметок — повод разобрать, чем оно вызвано: содержанием работы, её условиями, подготовкой, подходом к "
    "оцениванию. Само по себе оно не говорит о работе учителя."
)


@dataclass(frozen=True)
class _Facts:
    """Marks of the works in order; `gap`: from which difference a mark counts as lowered or raised."""

    marks: list[WrittenMark]
    works: Mapping[int, Procedure]
    names: Mapping[int, str]
    gap: int
    numbers: AlarmNumbers

    def by(self, key: Callable[[WrittenMark], KeyT]) -> dict[KeyT, Shares]:
        """Shares by whatever is asked for, in order of the key's first mark."""
        found: dict[KeyT, list[WrittenMark]] = defaultdict(list)
        for one in self.marks:
            found[key(one)].append(one)
        return {name: _shares(marks, self.gap) for name, marks in found.items()}

    def subject(self, one: WrittenMark) -> str:
        """The group of the work's subject, else the subject."""
        subject = self.works[one.work].subject
        return subject.group or subject.name


def _shares(marks: list[WrittenMark], gap: int) -> Shares:
    gaps = [one.gap for one in marks if one.gap is not None]
    values = [one.mark for one in marks]
    return Shares(
        participants=len(marks),
        twos=sum(value <= _UNSATISFACTORY for value in values),
        threes=values.count(3),
        fours=values.count(4),
        fives=values.count(5),
        compared=len(gaps),
        lowered=sum(one <= -gap for one in gaps),
        raised=sum(one >= gap for one in gaps),
    )


def build_external_marks(wanted: Wanted) -> Paper:
    """The paper as the data stand now; a constant number of queries. Raises `Refused` where nothing was written."""
    facts, heads = _read(wanted), heads_of(wanted)
    total = _shares(facts.marks, facts.gap)
    return Paper(
        kind=KIND,
        title=TITLE,
        lines=(year_line(wanted),),
        head=head_of(wanted),
        sections=(
            Section("main", "1. Главное", (Figures(tuple(_figures(facts, total))), Text((_FACT,))),
                    tuple(_suggested(facts, total))),
            Section("works", "2. По работам", (_works(facts, total), *_group_note(facts))),
            Section("subjects", "3. По предметам", (_chart(facts), _subjects(facts))),
            Section("classes", "4. По классам", (_classes(facts),)),
            Section("names", "Приложение. Кого касаются большие расхождения и двойки", (_names(facts),), new_page=True),
        ),
        caveats=tuple(_caveats(facts)),
        signatures=(("Заместитель директора по УВР", heads.deputy),),
        landscape=True,
    )  # fmt: skip


def _read(wanted: Wanted) -> _Facts:
    marks = written_marks(wanted.school, wanted.period)
    if not marks:
        span = wanted.period.title_accusative
        raise Refused(f"За {span} результатов внешних работ нет: они вносятся в разделе «Оценочные процедуры».")
    rows = Procedure.objects.filter(pk__in={one.work for one in marks}).select_related("subject")
    works = {one.pk: one for one in rows.order_by("date", "grade", "subject__sort_key", "title", "pk")}
    people = Pupil.objects.filter(pk__in={one.pupil for one in marks}).only("last_name", "first_name", "middle_name")
    names = {one.pk: one.full_name for one in people.order_by("sort_key", "pk")}
    place = {key: number for number, key in enumerate(works)}
    order = {key: number for number, key in enumerate(names)}
    marks.sort(key=lambda one: (place[one.work], one.grade or 0, one.letter, order[one.pupil]))
    return _Facts(marks, works, names, wanted.school.settings.external_gap, numbers_of(wanted.school))


def _figures(facts: _Facts, total: Shares) -> Iterator[Figure]:
    yield Figure("works", "Внешних работ", whole(len(facts.works)), number=len(facts.works))
    yield Figure("written", "Написано", whole(total.participants), number=total.participants)
    without = total.participants - total.compared
    note = f"не с чем сравнить: {whole(without)}" if without else ""
    yield Figure("compared", "Сравнили с отметкой школы", whole(total.compared), note, number=total.compared)
    told = (
        ("lowered", "Ниже отметки школы", total.lowered),
        ("confirmed", "Совпали", total.confirmed),
        ("raised", "Выше отметки школы", total.raised),
    )
    for code, label, number in told:
        share = percent(number, total.compared) if total.compared else "нет данных"
        yield Figure(code, label, whole(number) if total.compared else NONE, share, number=number)


_SHARES = (
    Column("participants", "Писали", "number"),
    Column("twos", "«2»", "number"),
    Column("twos_share", "доля «2»", "number"),
    Column("compared", "Сравнили", "number"),
    Column("lowered", "Ниже", "number"),
    Column("lowered_share", "доля ниже", "number"),
    Column("confirmed", "Совпали", "number"),
    Column("confirmed_share", "доля таких", "number"),
    Column("raised", "Выше", "number"),
    Column("raised_share", "доля выше", "number"),
)


def _cells(shares: Shares) -> tuple[Cell, ...]:
    of = shares.compared
    told = (shares.lowered, shares.confirmed, shares.raised)
    pairs = (cell for number in told for cell in (number_cell(number if of else None), share_cell(number, of)))
    twos = (number_cell(shares.twos), share_cell(shares.twos, shares.participants))
    return (number_cell(shares.participants), *twos, number_cell(of), *pairs)


def _works(facts: _Facts, total: Shares) -> Table:
    rows = []
    for key, shares in facts.by(lambda one: one.work).items():
        work = facts.works[key]
        title = Cell(f"{work.subject.name}, {work.grade}\u00a0класс. {work.title}",
                     link=reverse("registry:external_work", args=[work.pk]))  # fmt: skip
        rows.append((title, date_cell(work.date), *_cells(shares)))
    columns = (Column("work", "Работа"), Column("date", "Дата"), *_SHARES)
    foot = (Cell("Всего работ учеников"), Cell(""), *_cells(total))
    note = (
        f"«Ниже», «выше» — отличается от отметки школы на {counted(facts.gap, 'балл', 'балла', 'баллов')} и больше "
        "(настройка школы); доли — от тех, кого есть с чем сравнить. Отметка школы — та, что в файле стоит рядом с "
        "работой, иначе итог периода."
    )
    return Table("works", "Работы и отметки школы", columns, tuple(rows), (foot,), note=note)


def _group_note(facts: _Facts) -> Iterator[Text]:
    number = sum(one.by_group for one in facts.marks)
    if number:
        works = counted(number, "работы", "работ", "работ")
        yield Text(
            (f"Для {works} своего предмета в журнале нет: взято среднее итогов предметов той же группы.",), quiet=True
        )


def _subjects(facts: _Facts) -> Table:
    found = sorted(facts.by(facts.subject).items(), key=lambda pair: name_key(pair[0]))
    rows = tuple((Cell(name), *_cells(shares)) for name, shares in found)
    note = "Предметы одной группы показаны вместе: группы служат только этому сравнению."
    return Table("subjects", "Предметы", (Column("subject", "Предмет"), *_SHARES), rows, note=note)


def _chart(facts: _Facts) -> Bars:
    found = sorted(facts.by(facts.subject).items(), key=lambda pair: name_key(pair[0]))
    bars = [BarsPart(name, (one.lowered, one.confirmed, one.raised)) for name, one in found if one.compared]
    return Bars("Работы ниже отметки школы, равные ей и выше неё", ("ниже", "совпали", "выше"), tuple(bars))


def _classes(facts: _Facts) -> Table:
    told = sorted({(one.grade or 0, one.letter): one for one in facts.marks}.items())
    by_class = facts.by(lambda one: (one.grade or 0, one.letter))
    lines = tuple((_class_cell(one), *_cells(by_class[key])) for key, one in told)
    return Table("classes", "Классы", (Column("class", "Класс"), *_SHARES), lines)


def _class_cell(one: WrittenMark) -> Cell:
    link = reverse("desk:class", args=[one.school_class]) if one.school_class is not None else ""
    return Cell(one.class_name, link=link)


def _names(facts: _Facts) -> Table:
    columns = (
        Column("name", "Кто", "name"),
        Column("class", "Класс"),
        Column("work", "Работа"),
        Column("mark", "За работу", "number"),
        Column("internal", "У школы", "number"),
        Column("gap", "Разница", "number"),
    )
    shown = [one for one in facts.marks if one.mark <= _UNSATISFACTORY or abs(one.gap or 0) >= _FAR]
    rows = tuple(
        (
            Cell(facts.names[one.pupil], link=reverse("desk:pupil", args=[one.pupil])),
            Cell(one.class_name),
            Cell(_work_words(facts.works[one.work])),
            number_cell(one.mark),
            number_cell(one.internal),
            Cell(NONE) if one.gap is None else Cell(signed(one.gap) if one.gap else "0", float(one.gap)),
        )
        for one in shown
    )
    title = "Двойка за работу или разница в два балла и больше"
    return Table("names", title, columns, rows, empty="Таких учеников нет.")


def _work_words(work: Procedure) -> str:
    day = f", {work.date:%d.%m.%Y}" if work.date is not None else ""
    return f"{work.subject.name}: {work.get_kind_display()}{day}"


def _suggested(facts: _Facts, total: Shares) -> Iterator[Suggestion]:
    if total.compared:
        text = (
            f"Внешние работы подтвердили отметки школы в {percent(total.confirmed, total.compared)} случаев; ниже — "
            f"{percent(total.lowered, total.compared)}, выше — {percent(total.raised, total.compared)}."
        )
        yield Suggestion("confirmed", text, "Раздел 2")
    shares = facts.by(lambda one: one.work)
    bad = [work for key, work in facts.works.items() if is_alarming(shares[key], facts.numbers)]
    if bad:
        named = "; ".join(dict.fromkeys(f"{one.subject.name}, {one.grade} класс" for one in bad))
        told = plural(len(bad), "работе", "работах", "работах")
        text = f"Разобрать причины результатов по {told}, где двоек не меньше {facts.numbers.percent} %: {named}."
        yield Suggestion("twos", text, "Раздел 2", reverse("registry:works_alarms"))


def _caveats(facts: _Facts) -> Iterator[str]:
    undated = [one.title for one in facts.works.values() if one.date is None]
    if undated:
        yield f"Дата не указана, показаны в каждом периоде: {'; '.join(dict.fromkeys(undated))}."
