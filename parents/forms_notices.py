"""Forms of notices to parents."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from parents.rules.notices import Invitation
from parents.selectors.notices import SILENT
from parents.words import NoticeKind, NoticeState
from risk_registry.forms import FilterForm
from school.forms.fields import DayField, TidyCharField

Choices = Sequence[tuple[object, str]]
ANY: Choices = [("", "Все")]


class NoticeFilterForm(FilterForm):
    """Which notices."""

    kind = forms.ChoiceField(label="Вид", required=False, choices=[*ANY, *NoticeKind.choices()])
    stage = forms.ChoiceField(
        label="Состояние", required=False, choices=[*ANY, (SILENT, "Нет ответа в срок"), *NoticeState.choices()]
    )

    field_order = ("text", "cls", "period", "kind", "stage")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "cls", "period"}, **choices)


class NoticeForm(forms.Form):
    """What a person adds to what the system knows: to whom, an invitation, own words, by when an answer is awaited."""

    guardian = forms.ChoiceField(label="Кому", required=False)
    words = forms.CharField(
        label="Добавить от школы",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Отметки, пропуски и занятия печатаются сами. Здесь — то, чего система не знает.",
    )
    visit_on = DayField(label="Приглашаем", required=False)
    visit_time = TidyCharField(label="Время", max_length=20, required=False)
    visit_place = TidyCharField(label="Куда", max_length=100, required=False)
    reply_by = DayField(label="Ждём ответа до", required=False)

    helper = laid_out("guardian", "words", Row("visit_on", "visit_time", "visit_place"), "reply_by")

    def __init__(self, *args: Any, guardians: Choices, named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["guardian"]
        field.choices = guardians if named else [("", "родителям (законным представителям)"), *guardians]
        field.required = named
        if not guardians and not named:
            del self.fields["guardian"]
            self.helper = laid_out("words", Row("visit_on", "visit_time", "visit_place"), "reply_by")

    def clean(self) -> dict[str, Any]:
        """A time or a place belongs to a day."""
        told = super().clean() or {}
        if (told.get("visit_time") or told.get("visit_place")) and not told.get("visit_on"):
            self.add_error("visit_on", "Назовите день, на который приглашаете.")
        return told

    def invitation(self, who: str) -> Invitation | None:
        """As the notice tells it; None without a day."""
        told = self.cleaned_data
        if told["visit_on"] is None:
            return None
        return Invitation(told["visit_on"], told["visit_time"], told["visit_place"], who)


class StepForm(forms.Form):
    """Why a mark is taken back or a notice withdrawn."""

    comment = TidyCharField(label="Причина", max_length=300)
