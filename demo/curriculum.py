"""Which subjects the demo school teaches, how many hours a week, and on which days."""

from collections.abc import Iterator
from datetime import date, timedelta

_PRIMARY = {
    "Русский язык": 5, "Литературное чтение": 4, "Иностранный язык (английский)": 2, "Математика": 4,
    "Окружающий мир": 2, "Изобразительное искусство": 1, "Музыка": 1, "Труд (технология)": 1, "Физическая культура": 2,
}  # fmt: skip
_FIFTH = {
    "Русский язык": 5, "Литература": 3, "Иностранный язык (английский)": 3, "Математика": 5, "История": 2,
    "География": 1, "Биология": 1, "Изобразительное искусство": 1, "Музыка": 1, "Труд (технология)": 2,
    "Физическая культура": 2,
}  # fmt: skip
_SEVENTH = {
    "Русский язык": 4, "Литература": 2, "Иностранный язык (английский)": 3, "Алгебра": 3, "Геометрия": 2,
    "Вероятность и статистика": 1, "Информатика": 1, "История": 2, "География": 2, "Биология": 1, "Физика": 2,
    "Труд (технология)": 1, "Физическая культура": 2,
}  # fmt: skip
_EIGHTH = _SEVENTH | {"Русский язык": 3, "Обществознание": 1, "Химия": 2, "Биология": 2}
_UPPER = {
    "Русский язык": 2, "Литература": 3, "Иностранный язык (английский)": 3, "Алгебра": 4, "Геометрия": 2,
    "Вероятность и статистика": 1, "Информатика": 2, "История": 2, "Обществознание": 2, "География": 1,
    "Биология": 1, "Физика": 2, "Химия": 1, "Физическая культура": 2,
}  # fmt: skip
SHORT = {
    "Русский язык": "Рус", "Литература": "Лит", "Литературное чтение": "Чт", "Иностранный язык (английский)": "Англ",
    "Алгебра": "Алг", "Геометрия": "Геом", "Математика": "Мат", "Вероятность и статистика": "ВиС",
    "Информатика": "Инф", "История": "Ист", "Обществознание": "Общ", "География": "Геог", "Физика": "Физ",
    "Химия": "Хим", "Биология": "Биол", "Окружающий мир": "Окр", "Изобразительное искусство": "ИЗО",
    "Музыка": "Муз", "Труд (технология)": "Труд", "Физическая культура": "Физ-ра",
}  # fmt: skip
GROUPS = {"Алгебра": "Математика", "Геометрия": "Математика", "Вероятность и статистика": "Математика",
          "Математика": "Математика"}  # fmt: skip

AUTUMN = (date(2026, 10, 26), date(2026, 11, 1))
WINTER = (date(2026, 12, 31), date(2027, 1, 10))
SPRING = (date(2027, 3, 24), date(2027, 4, 1))
HOLIDAYS = (("Осенние каникулы", *AUTUMN), ("Зимние каникулы", *WINTER), ("Весенние каникулы", *SPRING))
DAY_OFF = date(2026, 11, 4)
LAST_LESSON = date(2027, 5, 26)


def subjects_of(grade: int) -> dict[str, int]:
    """Subject → hours a week; nothing is marked in the first grade, so nothing is listed for it."""
    if grade == 1:
        return {}
    if grade <= 4:
        return _PRIMARY
    if grade <= 6:
        return _FIFTH if grade == 5 else _FIFTH | {"Обществознание": 1}
    if grade == 7:
        return _SEVENTH
    return _EIGHTH if grade <= 9 else _UPPER


def is_lesson_day(day: date) -> bool:
    """Monday to Saturday, outside holidays."""
    inside = any(first <= day <= last for _, first, last in HOLIDAYS)
    return day.weekday() < 6 and not inside and day != DAY_OFF


def lesson_days(first: date, last: date) -> Iterator[date]:
    """The days with lessons from `first` to `last`, both inside."""
    day = first
    while day <= last:
        if is_lesson_day(day):
            yield day
        day += timedelta(days=1)


def weekdays_of(subject: str, hours: int, offset: int) -> list[int]:
    """The weekdays (0 is Monday) of a subject's lessons, spread over the week; a sixth hour would double a day."""
    start = (sum(map(ord, subject)) + offset) % 6
    step = 6 / hours
    return sorted({(start + round(i * step)) % 6 for i in range(hours)})
