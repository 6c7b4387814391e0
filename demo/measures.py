"""The demo's measurements: what nobody counts is answered, and the first quarter is frozen in November."""

from datetime import date

from demo.decisions import on_day
from demo.journals import user_named
from monitoring.catalogue import INDICATORS
from monitoring.services_measures import period_freeze, value_set
from school.models import Period, School

_DAY = date(2026, 11, 12)
_ANSWERS = (  # code, number, of how many, what it rests on
    ("P28", 6, 38, "Акт осмотра кабинетов от 28.10.2026"),
    ("P31", 1, None, "Отзывы родителей в книге отзывов"),
    ("P34", 1, None, "Штатное расписание: служба создана, занято 3 ставки из 3,5"),
    ("R05", 1, 1, "Реестр программ: курсы в поддержку предметов"),
    ("R07", 0, 1, "Штатное расписание: ставки тьютора нет"),
)


def measure(school: School) -> None:
    """By the calendar, as it is done on a working installation."""
    rows = Period.objects.select_related("year__school__settings")
    with on_day(school, _DAY):
        period = rows.get(year__school=school, year__start=2026, system="quarters", number=1)
        for code, number, of, text in _ANSWERS:
            value_set(
                by=user_named("zavuch"), period=period, indicator=INDICATORS[code], number=number, of=of, text=text,
                content=None,
            )  # fmt: skip
        period_freeze(by=None, period=period)
