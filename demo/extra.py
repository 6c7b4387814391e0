"""Extra lessons of the demo: groups of the cast with what became of each lesson since September."""

import random
from dataclasses import replace
from datetime import date, time, timedelta

from common.errors import Refused
from demo import cast
from demo.decisions import on_day
from demo.lessons import fill_days
from iom.models import ExtraGroup
from iom.rules.extra import Place, free_times
from iom.rules.extra_days import meeting_days
from iom.selectors.extra_tables import clock_of
from iom.selectors.extra_week import Asked, minutes, week_of
from iom.services.extra import GroupDraft, extra_group_create
from iom.services.extra_sessions import extra_session_cancel, extra_session_hold, extra_session_substitute
from iom.words import CancelWhy
from school.models import AcademicYear, Enrolment, Pupil, School, Staff, Subject, User
from school.selectors import holiday_spans

# Title, subject, teacher's surname, room, weekday, hour, pupils' surnames with the classes they come from.
_GROUPS = (
    ("Алгебра, 7А", "Алгебра", "Гречко", "21", 2, time(14, 20), ("Ковтун", "Тарасенко", "Белова"), ("7А",)),
    ("Геометрия, 7 классы", "Геометрия", "Гречко", "21", 4, time(14, 20), ("Ковтун", "Жарков"), ("7А", "7Б")),
    ("Русский язык, 7А", "Русский язык", "Ильина", "14", 3, time(14, 20), ("Рябов", "Ибрагимов"), ("7А",)),
    ("Физика, 7–8 классы", "Физика", "Бондарев", "32", 3, time(14, 20), ("Зимина", "Мухина"), ("7А", "8Б")),
    ("Химия, 8Б", "Химия", "Сорокина", "34", 5, time(14, 20), ("Ёлкин",), ("8Б",)),
    ("Математика и русский, 6А", "Математика", "Титова", "12", 1, time(12, 40), ("Голубев", "Сомова"), ("6А",)),
)
BEGINS = date(2026, 9, 21)
_TOPICS = ("Разбор ошибок контрольной", "Повторение правил", "Решение задач по теме", "Тренировочная работа")


def teach_extra(school: School) -> None:
    """Groups that meet since the end of September; most lessons are recorded, the newest ones wait."""
    year = AcademicYear.objects.select_related("school").get(school=school, start=cast.START)
    with on_day(school, BEGINS):
        fill_days(year.school)
        made = [group for told in _GROUPS if (group := _group(year, *told)) is not None]
    for number, group in enumerate(made):
        _record(school, group, random.Random(number))  # noqa: S311 — play data, not secrets
    _stand_in(school, made)


def _group(
    year: AcademicYear,
    title: str,
    subject: str,
    teacher: str,
    room: str,
    weekday: int,
    at: time,
    names: tuple[str, ...],
    classes: tuple[str, ...],
) -> ExtraGroup | None:
    """The group at its hour, or at the nearest one that is free for all of it; none where nobody of it was drawn."""
    staff = Staff.objects.filter(school=year.school, last_name=teacher).first()
    pupils = _pupils(year, names, classes)
    if staff is None or not pupils:
        return None
    known = Subject.objects.filter(school=year.school, name=subject).first()
    until = clock_of(minutes(at) + 40)
    draft = GroupDraft(title, known, staff, room, weekday, at, until, BEGINS, year.ends - timedelta(days=5))
    deputy = User.objects.get(username="zavuch")
    try:
        return extra_group_create(by=deputy, year=year, draft=draft, pupils=pupils)
    except Refused:
        asked = Asked(year.school, staff, room, pupils, BEGINS, draft.ends)
        free = free_times(Place(weekday, minutes(at), minutes(until)), week_of(asked), number=1)
    if not free:
        return None
    place = free[0]
    moved = replace(draft, weekday=place.weekday, time_from=clock_of(place.starts), time_to=clock_of(place.ends))
    return extra_group_create(by=deputy, year=year, draft=moved, pupils=pupils)


def _pupils(year: AcademicYear, names: tuple[str, ...], classes: tuple[str, ...]) -> list[Pupil]:
    stories = {(one.who.last, one.who.first) for one in cast.STORIES if one.who.last in names}
    seats = Enrolment.objects.filter(school_class__year=year, school_class__name__in=classes, ends__isnull=True)
    rows = seats.filter(pupil__last_name__in=names).select_related("pupil").order_by("pk")
    return [row.pupil for row in rows if (row.pupil.last_name, row.pupil.first_name) in stories]


def _record(school: School, group: ExtraGroup, rng: random.Random) -> None:
    """Everybody but the one who stays away comes mostly; one lesson in nine did not take place."""
    days = meeting_days(
        group.weekday, (group.begins, group.ends), (group.begins, cast.TODAY), holiday_spans(group.year)
    )
    by = User.objects.filter(staff=group.teacher).first() or User.objects.get(username="zavuch")
    members = list(group.members.order_by("pk").values_list("pupil", flat=True))
    for number, day in enumerate(days):
        if day > cast.TODAY - timedelta(days=4):
            continue  # nobody has written down yet what became of it
        with on_day(school, day):
            if number % 9 == 4:
                extra_session_cancel(by=by, group=group, on=day, why=CancelWhy.EVENT, note="День здоровья")
                continue
            came = [pupil for place, pupil in enumerate(members) if rng.random() < 0.9 - 0.35 * (place % 2)]
            note = _TOPICS[number % len(_TOPICS)]
            extra_session_hold(by=by, group=group, on=day, came=came or members[:1], note=note)


def _stand_in(school: School, made: list[ExtraGroup]) -> None:
    """A colleague will stand in next week."""
    wanted = next((group for group in made if group.teacher.last_name == "Ильина"), None)
    colleague = Staff.objects.filter(school=school, last_name="Дьякова").first()
    if wanted is None or colleague is None:
        return
    ahead = (cast.TODAY, cast.TODAY + timedelta(days=7))
    days = meeting_days(wanted.weekday, (wanted.begins, wanted.ends), ahead, holiday_spans(wanted.year))
    with on_day(school, cast.TODAY):
        try:
            extra_session_substitute(by=User.objects.get(username="zavuch"), group=wanted, on=days[0], staff=colleague)
        except Refused:
            return  # she has a lesson then
