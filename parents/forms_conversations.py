"""Forms of the journal of talks with parents."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from parents.selectors.conversations import LATE, OPEN, Partner
from parents.services.conversations import Told
from parents.words import BegunBy, Channel, Signed
from risk_registry.forms import FilterForm
from school.forms.fields import DayField, TidyCharField

Choices = Sequence[tuple[object, str]]
ANY: Choices = [("", "Все")]
OTHER = "0"  # spoken with somebody who is none of the guardians


class ConversationForm(forms.Form):
    """A talk with a parent. Obligatory: with whom, how, the occasion, the day."""

    guardian = forms.ChoiceField(required=False)
    who = TidyCharField(max_length=150, required=False)
    channel = forms.ChoiceField(choices=Channel.choices(), error_messages={"required": "Отметьте, как говорили."})
    begun_by = forms.ChoiceField(choices=BegunBy.choices(), required=False)
    occasion = TidyCharField(max_length=300, error_messages={"required": "Напишите повод беседы."})
    said = forms.CharField(max_length=1000, required=False)
    agreed = forms.CharField(max_length=500, required=False)
    due = DayField(required=False)
    next_on = DayField(required=False)
    signed = forms.ChoiceField(choices=[("", ""), *Signed.choices()], required=False)
    on = DayField()
    signals = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, partners: Sequence[Partner], signals: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guardians = {str(one.key): one.guardian for one in partners}
        fields: Any = self.fields
        fields["guardian"].choices = [("", ""), *((str(one.key), one.full) for one in partners), (OTHER, "другой")]
        fields["signals"].choices = list(signals)

    def told(self) -> Told:
        """As the services take it."""
        told = self.cleaned_data
        return Told(
            on=told["on"],
            channel=told["channel"],
            occasion=told["occasion"],
            guardian=self._guardians.get(told["guardian"]),
            who=told["who"],
            begun_by=told["begun_by"] or BegunBy.SCHOOL,
            said=told["said"],
            agreed=told["agreed"],
            due=told["due"],
            next_on=told["next_on"],
            signed=told["signed"],
        )


class ConversationFilterForm(FilterForm):
    """Which talks; `kind`: where what was agreed stands."""

    teacher = forms.TypedChoiceField(label="Кто проводил", required=False, coerce=int, empty_value=None)
    channel = forms.ChoiceField(label="Как", required=False, choices=[*ANY, *Channel.choices()])
    kind = forms.ChoiceField(
        label="Договорённости", required=False, choices=[*ANY, (OPEN, "Ждут"), (LATE, "Срок прошёл")]
    )

    field_order = ("text", "teacher", "cls", "period", "channel", "kind")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "cls", "period"}, **choices)


class SettleForm(forms.Form):
    """When one came back to what was agreed, and what came of it."""

    on = DayField(label="Когда вернулись")
    note = TidyCharField(label="Что вышло", max_length=300, required=False)

    helper = laid_out(Row("on", "note"))
