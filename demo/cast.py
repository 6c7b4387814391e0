"""The cast: the people whom the demo and the tests know by name. All of them are invented."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.names import PersonDraft
from school.roles import Position

TODAY = date(2026, 11, 21)
START = 2026
CODE = "demo"
PASSWORD = "opora-demo-2026"  # noqa: S105 — printed by `up`: nothing in the demo is secret
MUNICIPALITY = "Ясногорский округ"


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff: who, what they are, what they teach, which class they lead."""

    who: PersonDraft
    login: str = ""
    positions: tuple[str, ...] = (Position.TEACHER,)
    subjects: tuple[str, ...] = ()
    leads: str = ""
    shown_as: str = ""


def _f(name: str) -> PersonDraft:
    return PersonDraft.of(name, "f")


def _m(name: str) -> PersonDraft:
    return PersonDraft.of(name, "m")


# Those with a login stand in the order in which `up` prints them.
STAFF = (
    Colleague(_f("Ермолаева Софья Викторовна"), "zavuch", (Position.DEPUTY,), shown_as="Заместитель директора по УВР"),
    Colleague(_f("Самойлова Нина Павловна"), "director", (Position.DIRECTOR,), shown_as="Директор"),
    Colleague(
        _f("Власова Надежда Игоревна"),
        "klass",
        subjects=("История", "Обществознание"),
        leads="7А",
        shown_as="Классный руководитель 7А, учитель истории",
    ),
    Colleague(
        _m("Гречко Павел Семёнович"),
        "predmet",
        subjects=("Алгебра", "Геометрия", "Вероятность и статистика", "Математика"),
        shown_as="Учитель математики",
    ),
    Colleague(_f("Соколова Инна Андреевна"), "psiholog", (Position.PSYCHOLOGIST,), shown_as="Педагог-психолог"),
    Colleague(
        _f("Рощина Вера Олеговна"),
        "psiholog-glava",
        (Position.PSYCH_HEAD,),
        shown_as="Руководитель психологической службы",
    ),
    Colleague(_f("Фомина Лидия Петровна"), "socped", (Position.SOCIAL_PEDAGOGUE,), shown_as="Социальный педагог"),
    Colleague(_f("Кравец Анна Борисовна"), "logoped", (Position.SPEECH_THERAPIST,), shown_as="Учитель-логопед"),
    Colleague(
        _f("Ильина Марина Фёдоровна"),
        "shmo",
        (Position.TEACHER, Position.METHODICAL_HEAD),
        ("Русский язык", "Литература"),
        shown_as="Руководитель ШМО, учитель русского языка",
    ),
    Colleague(_f("Климова Светлана Романовна"), "tutor", (Position.TUTOR,), shown_as="Тьютор"),
    Colleague(
        _m("Бондарев Алексей Константинович"),
        "nastavnik",
        (Position.TEACHER, Position.MENTOR),
        ("Физика",),
        shown_as="Наставник, учитель физики",
    ),
    Colleague(_f("Дьякова Ольга Михайловна"), subjects=("Иностранный язык (английский)",), leads="7Б"),
    Colleague(_f("Назарова Кира Эдуардовна"), subjects=("Иностранный язык (английский)",)),
    Colleague(_f("Крутова Валентина Глебовна"), subjects=("Биология",), leads="8Б"),
    Colleague(_f("Лыкова Елена Аркадьевна"), subjects=("География",), leads="9Б"),
    Colleague(_f("Сорокина Юлия Борисовна"), subjects=("Химия", "Биология")),
    Colleague(_m("Дёмин Виктор Осипович"), subjects=("История", "Обществознание")),
    Colleague(_f("Титова Галина Львовна"), subjects=("Математика",), leads="5Б"),
    Colleague(_m("Пак Андрей Викторович"), subjects=("Информатика", "Вероятность и статистика")),
    Colleague(_m("Шульга Степан Ильич"), subjects=("Физическая культура",)),
    Colleague(_m("Жук Олег Романович"), subjects=("Труд (технология)",)),
)
OTHER_LOGINS = (
    ("municipal", "Муниципальный координатор"),
    ("admin", "Администратор"),
)


@dataclass(frozen=True)
class Story:
    """A pupil with a story. `tier` draws the ordinary marks (see `demo.marks`); `lows` are subjects that go badly.

    `lows` maps a subject to the marks of the first and of the second quarter, oldest first.
    """

    who: PersonDraft
    class_name: str
    birth: date
    tier: str
    about: str
    lows: tuple[tuple[str, str, str], ...] = ()
    tutor: bool = False
    mentor: bool = False
    speech_therapist: bool = False
    moved_from: str = ""
    moved_on: date | None = None
    missed: tuple[date, ...] = ()
    orphan: bool = False


def _each_day(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


STORIES = (
    Story(
        _m("Ковтун Матвей Андреевич"),
        "7А",
        date(2013, 4, 18),
        "middle",
        "сползает: итог 2 по двум предметам",
        (
            ("Алгебра", "3 2 3 3 2 2 2 2", "2 3 2 2 3 2"),
            ("Геометрия", "3 2 2 3 2 2", "3 2 2"),
        ),
        tutor=True,
        missed=(date(2026, 9, 10), date(2026, 9, 11), date(2026, 11, 10), date(2026, 11, 14), date(2026, 11, 19)),
    ),
    Story(_m("Рябов Денис Игоревич"), "7А", date(2013, 2, 3), "middle", "не успевает по русскому языку",
          (("Русский язык", "3 2 2 3 2", "2 2 3"),)),
    Story(_m("Тарасенко Глеб Олегович"), "7А", date(2013, 3, 12), "middle", "не аттестован: пропуски",
          (("Алгебра", "2 2", "2 2 2"),), missed=_each_day(date(2026, 9, 14), date(2026, 10, 19))),
    Story(_f("Чернова Влада Юрьевна"), "7А", date(2013, 7, 21), "good", "исправила двойку: была слабоуспевающей",
          (("Алгебра", "2 3 4 3", "4 4 4"),)),
    Story(_f("Зимина Полина Сергеевна"), "7А", date(2013, 9, 30), "good", "слабоуспевающая по физике",
          (("Физика", "3 2 3 3", "3 3"),)),
    Story(_m("Ибрагимов Руслан Тимурович"), "7А", date(2012, 12, 25), "good", "слабоуспевающий по русскому языку",
          (("Русский язык", "3 2 3 2 3 4", "3 3"),), speech_therapist=True),
    Story(_f("Белова Майя Денисовна"), "7А", date(2013, 5, 9), "excellent", "группа резерва: одна тройка",
          (("Алгебра", "3 4 3 3 3", "3 4 3"),)),
    Story(_m("Яшин Егор Романович"), "7А", date(2013, 1, 14), "good", "восстановился к концу четверти",
          (("История", "2 2 3 3 4", "4 4"),)),
    Story(_m("Жарков Илья Денисович"), "7Б", date(2013, 6, 6), "middle", "три двойки по английскому",
          (("Иностранный язык (английский)", "3 2 3 3 3", "2 2 1"),)),
    Story(_f("Орлова Тая Сергеевна"), "7Б", date(2013, 6, 2), "good", "тёзка по фамилии и инициалам"),
    Story(_f("Орлова Татьяна Сергеевна"), "7Б", date(2013, 6, 2), "good", "тёзка по фамилии и инициалам"),
    Story(_m("Ёлкин Павел Викторович"), "8Б", date(2012, 3, 3), "middle", "три двойки по химии",
          (("Химия", "3 3 3 2", "2 2 3 2"),)),
    Story(_f("Мухина Арина Глебовна"), "8Б", date(2012, 8, 17), "good", "средняя по физике падает",
          (("Физика", "4 4 4 4 4", "3 3 2"),), mentor=True),
    Story(_m("Голубев Никита Олегович"), "6А", date(2014, 2, 11), "middle", "сирота, под опекой, с тьютором",
          (("Математика", "3 3 2 3 3", "3 2"),), tutor=True, orphan=True),
    Story(_f("Сомова Дарья Ильинична"), "6А", date(2014, 4, 4), "middle", "три двойки по русскому языку",
          (("Русский язык", "3 3 3 2", "2 3 2 2"),)),
    Story(_m("Мельник Арсений Викторович"), "8А", date(2012, 10, 1), "good", "переведён из 8Б в октябре",
          moved_from="8Б", moved_on=date(2026, 10, 12)),
    Story(_m("Бероев Тимур Артурович"), "9Б", date(2011, 11, 5), "middle", "пропуски без причины",
          missed=tuple(date(2026, 11, day) for day in (10, 11, 12, 13, 14))),
    Story(_m("Кузьмин Алексей Иванович"), "9А", date(2011, 2, 2), "good", "полные тёзки в параллели"),
    Story(_m("Кузьмин Алексей Иванович"), "9Б", date(2011, 9, 19), "middle", "полные тёзки в параллели"),
)  # fmt: skip
