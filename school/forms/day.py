"""Forms of the school's day."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from school.forms.fields import DayField, TidyCharField
from school.models import BusRun, Pupil, Weekday
from school.models.timetable import SHIFTS


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class ClockField(forms.TimeField):
    """«14:10»; «14.10» is understood too."""

    widget = TimeInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H:%M:%S"])
        super().__init__(**kwargs)


class WeekForm(forms.Form):
    """What is asked beside a class's table."""

    shift = forms.TypedChoiceField(label="Смена", choices=SHIFTS, coerce=int)
    starts = DayField(label="Действует с")


class BusForm(forms.Form):
    """A run of the bus."""

    title = TidyCharField(label="Рейс", max_length=100, help_text="Например, «Липовка — Заречье».")
    leaves = ClockField(label="Отправление от школы")
    walk = forms.IntegerField(
        label="Минут на дорогу до автобуса",
        min_value=0,
        max_value=60,
        initial=0,
        help_text="На столько раньше отправления должно кончиться занятие. По умолчанию 0.",
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="Дни недели", choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    helper = laid_out("title", Row("leaves", "walk"), "weekdays")

    def __init__(self, data: Any, *, bus: BusRun | None = None) -> None:
        fields = ("title", "leaves", "walk", "weekdays")
        known = (
            {name: getattr(bus, name) for name in fields}
            if bus is not None
            else {"weekdays": [1, 2, 3, 4, 5], "walk": 0}
        )
        super().__init__(data, initial=known)
        self.corrects = bus is not None


class RidersForm(forms.Form):
    """Pupils of a class who will ride."""

    pupils = forms.ModelMultipleChoiceField(
        Pupil.objects.none(),
        label="Кто едет",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте, кто едет."},
    )
    starts = DayField(label="С какого дня")

    def __init__(self, data: Any, *, pupils: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["pupils"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = pupils
