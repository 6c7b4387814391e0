"""Academic years, their periods and holidays."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from school.models.organisation import School


class DateSpan(models.Func):
    """`daterange(starts, ends)` with both days inside; no end means for ever."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, starts: str = "starts", ends: str = "ends") -> None:
        super().__init__(F(starts), F(ends), models.Value("[]"))


class PeriodSystem(models.TextChoices):
    """How a year is divided."""

    QUARTERS = "quarters", "Четверти"
    TRIMESTERS = "trimesters", "Триместры"
    HALFYEARS = "halfyears", "Полугодия"


# The beginning of a year beside its division: no facts belong to it, only the list of those whom the year begins with.
START = "start"


class AcademicYear(models.Model):
    """A year that begins on 1 September of `start`."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="years")
    start = models.PositiveSmallIntegerField("год начала")
    starts = models.DateField("первый день")
    ends = models.DateField("последний день")
    main_system = models.CharField("периоды школы", max_length=16, choices=PeriodSystem.choices)
    upper_system = models.CharField("периоды 10–11 классов", max_length=16, choices=PeriodSystem.choices)

    class Meta:
        ordering = ["-start"]
        constraints = [
            models.UniqueConstraint(fields=["school", "start"], name="year_once"),
            models.CheckConstraint(name="year_days_in_order", condition=Q(starts__lt=F("ends"))),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """«2026/27»."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"


_ADJECTIVE: dict[str, tuple[str, str, str, str]] = {
    START: ("Начало года", "начало года", "начала года", "началу года"),
    PeriodSystem.QUARTERS: ("{n}-я четверть", "{n}-ю четверть", "{n}-й четверти", "{n}-й четверти"),
    PeriodSystem.TRIMESTERS: ("{n}-й триместр", "{n}-й триместр", "{n}-го триместра", "{n}-му триместру"),
    PeriodSystem.HALFYEARS: ("{n}-е полугодие", "{n}-е полугодие", "{n}-го полугодия", "{n}-му полугодию"),
}


class Period(models.Model):
    """A quarter, trimester or half-year; or, with the number 0, the beginning of the year. Both days belong to it."""

    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="periods")
    system = models.CharField("вид", max_length=16, choices=[*PeriodSystem.choices, (START, "Начало года")])
    number = models.PositiveSmallIntegerField("номер")
    starts = models.DateField("первый день")
    ends = models.DateField("последний день")

    class Meta:
        ordering = ["year", "system", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "system", "number"], name="period_once"),
            models.CheckConstraint(name="period_days_in_order", condition=Q(starts__lte=F("ends"))),
            models.CheckConstraint(
                name="period_number_range",
                condition=Q(system=START, number=0) | (~Q(system=START) & Q(number__range=(1, 6))),
            ),
            ExclusionConstraint(
                name="periods_do_not_overlap",
                expressions=[
                    ("year", RangeOperators.EQUAL),
                    ("system", RangeOperators.EQUAL),
                    (DateSpan(), RangeOperators.OVERLAPS),
                ],
                # Neighbours are moved together: they may touch on the way.
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def _form(self, case: int) -> str:
        return _ADJECTIVE[self.system][case].format(n=self.number)

    @property
    def is_start(self) -> bool:
        """Whether it is the beginning of the year, to which no marks belong."""
        return self.system == START

    @property
    def title(self) -> str:
        """«1-я четверть», «Начало года»."""
        return self._form(0)

    @property
    def title_inside(self) -> str:
        """«1-я четверть», «начало года»: within a sentence."""
        return self._form(1) if self.is_start else self.title

    @property
    def short_title(self) -> str:
        """«1-я», «1-й», «1-е»: a column's heading."""
        return self.title.split()[0]

    @property
    def title_accusative(self) -> str:
        """«(за) 1-ю четверть»."""
        return self._form(1)

    @property
    def title_genitive(self) -> str:
        """«(итоги) 1-й четверти»."""
        return self._form(2)

    @property
    def title_dative(self) -> str:
        """«(по сравнению, к) 1-й четверти», «к 1-му полугодию»."""
        return self._form(3)


class Holiday(models.Model):
    """Days without lessons: for the whole school, or for some grades only."""

    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="holidays")
    name = models.CharField("название", max_length=100)
    starts = models.DateField("первый день")
    ends = models.DateField("последний день")
    first_grade_only = models.BooleanField("только для 1 классов", default=False)

    class Meta:
        ordering = ["starts"]
        constraints = [models.CheckConstraint(name="holiday_days_in_order", condition=Q(starts__lte=F("ends")))]

    def __str__(self) -> str:
        return self.name
