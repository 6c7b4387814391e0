"""Days of periods and holidays."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from school.forms.fields import DayField, OwnedForm, TidyCharField
from school.models import AcademicYear, Holiday, Period
from school.rules import PeriodSpan, period_mistake


class PeriodsForm(forms.Form):
    """First and last days of all periods of one system of a year."""

    corrects = True

    def __init__(self, *args: Any, year: AcademicYear, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.periods = year, periods
        for period in periods:
            for side, words in (("starts", "первый день"), ("ends", "последний день")):
                self.fields[f"{side}_{period.number}"] = DayField(
                    label=f"{period.title}: {words}", initial=getattr(period, side)
                )

        self.helper = laid_out(*(Row(f"starts_{p.number}", f"ends_{p.number}") for p in periods))

    def spans(self) -> list[PeriodSpan]:
        """What was typed."""
        days = self.cleaned_data
        return [PeriodSpan(p.number, days[f"starts_{p.number}"], days[f"ends_{p.number}"]) for p in self.periods]

    def clean(self) -> dict[str, Any]:
        """Periods follow each other inside the year."""
        told = super().clean() or {}
        if not self.errors:
            mistake = period_mistake(self.spans(), self.year.starts, self.year.ends)
            if mistake:
                raise forms.ValidationError(mistake)
        return told


class HolidayForm(OwnedForm[Holiday]):
    """Days without lessons."""

    name = TidyCharField(label="Название", max_length=100)
    starts = DayField(label="Первый день")
    ends = DayField(label="Последний день")

    class Meta:
        model = Holiday
        fields = ["name", "starts", "ends", "first_grade_only"]

    helper = laid_out("name", Row("starts", "ends"))

    def clean(self) -> dict[str, Any]:
        """Holidays lie inside their year."""
        told = super().clean() or {}
        starts, ends, year = told.get("starts"), told.get("ends"), self.instance.year
        if starts and ends and ends < starts:
            self.add_error("ends", "Последний день раньше первого.")
        elif starts and ends and not (year.starts <= starts and ends <= year.ends):
            self.add_error("starts", f"Учебный год — с {year.starts:%d.%m.%Y} по {year.ends:%d.%m.%Y}.")
        return told
