"""Forms of personal links."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.conf import settings
from django.db.models import QuerySet

from common.forms import laid_out
from parents.selectors.links import STAGES
from parents.words import Matter
from risk_registry.forms import FilterForm
from school.forms.fields import DayField, TidyCharField
from school.models import Guardian, School, Staff

Choices = Sequence[tuple[object, str]]
_ANY: Choices = [("", "Все")]
_TIMES = (1, 2, 3)


class LinkFilterForm(FilterForm):
    """Which links."""

    stage = forms.ChoiceField(label="Состояние", required=False, choices=[*_ANY, *STAGES])
    matter = forms.ChoiceField(label="О чём", required=False, choices=[*_ANY, *Matter.choices()])

    field_order = ("text", "stage", "matter")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text"}, **choices)


class LinkForm(forms.Form):
    """To whom a link goes, for how long, whether by e-mail."""

    guardian = forms.ModelChoiceField(
        Guardian.objects.none(), label="Кому", required=False, empty_label="родителям (законным представителям)"
    )
    days = forms.IntegerField(label="Действует, дней", min_value=1, max_value=60)
    by_mail = forms.BooleanField(
        label="Отправить на электронную почту",
        required=False,
        help_text="В письме будет только ссылка, без имён. Адрес берётся из личного дела.",
    )

    def __init__(self, *args: Any, guardians: QuerySet[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["guardian"]
        field.queryset = guardians
        field.label_from_instance = lambda one: one.full_name + ("" if one.email else ", почта не записана")
        if not settings.EMAIL_HOST or not any(one.email for one in guardians):
            del self.fields["by_mail"]

    @property
    def told(self) -> dict[str, Any]:
        """As `Wish` takes it."""
        found = self.cleaned_data
        return {
            "guardian": found["guardian"],
            "days": found["days"],
            "by_mail": found.get("by_mail", False),
        }


class TimeLinkForm(LinkForm):
    """A time with a specialist is to be chosen."""

    staff = forms.ModelChoiceField(Staff.objects.none(), label="К кому", empty_label="выберите специалиста")
    words = TidyCharField(label="О чём поговорим", max_length=300, required=False)

    field_order = ("staff", "words", "guardian", "days", "by_mail")

    def __init__(self, *args: Any, specialists: QuerySet[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["staff"]
        field.queryset = specialists

    @property
    def told(self) -> dict[str, Any]:
        """As `Wish` takes it."""
        return super().told | {"staff": self.cleaned_data["staff"], "words": self.cleaned_data["words"]}


class TalkLinkForm(LinkForm):
    """A talk at one of up to three times."""

    on_1, at_1 = DayField(label="День"), forms.TimeField(label="Время")
    on_2, at_2 = DayField(label="Или день", required=False), forms.TimeField(label="Время", required=False)
    on_3, at_3 = DayField(label="Или день", required=False), forms.TimeField(label="Время", required=False)
    place = TidyCharField(label="Где", max_length=100, required=False)
    words = TidyCharField(label="О чём поговорим", max_length=300, required=False)

    helper = laid_out(
        Fieldset("Когда", *(Row(f"on_{n}", f"at_{n}") for n in _TIMES)), Row("place", "words"), "guardian", "days"
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(school.timezone)
        for number in _TIMES:
            self.fields[f"at_{number}"].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def clean(self) -> dict[str, Any]:
        """A day needs its time, a time its day."""
        told = super().clean() or {}
        for number in _TIMES[1:]:
            if bool(told.get(f"on_{number}")) != bool(told.get(f"at_{number}")):
                self.add_error(f"at_{number}", "Укажите и день, и время.")
        return told

    @property
    def told(self) -> dict[str, Any]:
        """As `Wish` takes it."""
        found = self.cleaned_data
        return super().told | {"times": list(self._times()), "place": found["place"], "words": found["words"]}

    def _times(self) -> Iterator[datetime]:
        for number in _TIMES:
            on, at = self.cleaned_data.get(f"on_{number}"), self.cleaned_data.get(f"at_{number}")
            if on is not None and isinstance(at, time):
                yield datetime.combine(on, at, self._zone)


class LinkRulesForm(forms.Form):
    """How the school makes its links."""

    corrects = True

    asks_birth = forms.BooleanField(
        label="Спрашивать дату рождения ребёнка, прежде чем открыть",
        required=False,
        help_text="Не спрашивается, если в личном деле её нет. После пяти неверных ответов ссылка закрывается.",
    )
    days = forms.IntegerField(label="Сколько дней действует ссылка", min_value=1, max_value=60)
