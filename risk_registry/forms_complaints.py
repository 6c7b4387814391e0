"""Forms of complaints about homework."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from risk_registry.forms import FilterForm
from risk_registry.interviews import Channel, CheckMethod, Complainant, ComplaintState, Finding
from risk_registry.services.complaints import Checked, ComplaintDraft
from school.forms.fields import DayField, TidyCharField
from school.models import SchoolClass, Subject

WAITS = "waits"
Choices = Sequence[tuple[object, str]]


class ComplaintFilterForm(FilterForm):
    """Which complaints: of which class, in which state; «waits» are those without an answer."""

    kind = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "Все"), (WAITS, "Ждут ответа"), *ComplaintState.choices()],
    )

    field_order = ("cls", "kind")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"cls"}, **choices)


class ComplaintForm(forms.Form):
    """What was said; the class, the day and a few words are needed, nothing else."""

    corrects = True

    cls = forms.ModelChoiceField(label="Класс", queryset=SchoolClass.objects.none(), empty_label=None)
    came_on = DayField(label="Когда поступила")
    who = forms.ChoiceField(label="Кто обратился", choices=Complainant.choices(), widget=forms.RadioSelect)
    name = TidyCharField(
        label="Имя", required=False, max_length=200, help_text="Можно не указывать. Без подписи имя не сохраняется."
    )
    channel = forms.ChoiceField(label="Как поступила", choices=Channel.choices())
    subjects = forms.ModelMultipleChoiceField(
        label="Предметы",
        queryset=Subject.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Если названы.",
    )
    text = TidyCharField(label="О чём", max_length=1000)

    helper = laid_out(Row("cls", "came_on", "channel"), "who", "name", "text", "subjects")

    def __init__(self, *args: Any, classes: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["cls"].queryset, fields["subjects"].queryset = classes, subjects
        fields["text"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})

    def draft(self) -> ComplaintDraft:
        """As the services take it."""
        told = self.cleaned_data
        return ComplaintDraft(
            school_class=told["cls"],
            came_on=told["came_on"],
            who=Complainant(told["who"]),
            channel=Channel(told["channel"]),
            text=told["text"],
            name=told["name"],
            subjects=list(told["subjects"]),
        )


class CheckForm(forms.Form):
    """What the check found; minutes only where they were measured."""

    corrects = True

    on = DayField(label="Когда проверили")
    method = forms.ChoiceField(label="Как проверили", choices=CheckMethod.choices(), widget=forms.RadioSelect)
    minutes = forms.IntegerField(label="Минут в день, по всем предметам", required=False, min_value=0, max_value=1440)
    finding = forms.ChoiceField(label="Жалоба", choices=Finding.choices(), widget=forms.RadioSelect)
    measure = TidyCharField(
        label="Что сделано",
        required=False,
        max_length=1000,
        help_text="Например: «согласовали дни контрольных, задания по двум предметам сокращены». Можно не писать.",
    )

    helper = laid_out(Row("on", "minutes"), "method", "finding", "measure")

    def __init__(self, *args: Any, norm: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].help_text = f"Если измеряли. Норма — {norm}."

    def checked(self) -> Checked:
        """As the services take it."""
        told = self.cleaned_data
        return Checked(
            told["on"], CheckMethod(told["method"]), Finding(told["finding"]), told["minutes"], told["measure"]
        )


class AnswerForm(forms.Form):
    """When, how and to whom the answer was given."""

    on = DayField(label="Когда ответили")
    channel = forms.ChoiceField(label="Как ответили", choices=Channel.choices())
    to = TidyCharField(label="Кому", max_length=200, required=False)

    helper = laid_out(Row("on", "channel"), "to")
