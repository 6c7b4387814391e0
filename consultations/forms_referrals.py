"""Forms of referrals and recommendations."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from common.forms import LongChoices, laid_out
from consultations.services.advice import Advice
from consultations.talk_words import Audience, Knows, Seen, Tried
from school.forms.fields import TidyCharField

Choices = Sequence[tuple[object, str]]
OPEN_WARNING = (
    "Рекомендацию прочтут все, кто видит ученика: классный руководитель, все его учителя, тьютор, администрация. "
    "Не пишите о семье, здоровье, диагнозах и о том, что сказано на встрече, — только что делать на уроке."
)


def _words(rows: int, most: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class ReferralForm(forms.Form):
    """Whom one asks, what was seen and tried: taps, and one short text that may be left out."""

    to = forms.ChoiceField(label="К кому")
    noticed = forms.MultipleChoiceField(
        label="Что вы заметили", choices=Seen.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )
    tried = forms.MultipleChoiceField(
        label="Что уже пробовали", choices=Tried.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )
    knows = forms.ChoiceField(label="Родители", choices=Knows.choices(), widget=forms.RadioSelect)
    text = forms.CharField(
        label="Подробнее",
        required=False,
        max_length=1000,
        widget=_words(3, 1000),
        help_text="Что видели сами, когда и как часто. Прочтут служба, классный руководитель и завуч.",
    )
    signals = forms.TypedMultipleChoiceField(
        label="На какие сигналы это ответ", coerce=int, required=False, widget=LongChoices
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, to: Choices, signals: Choices, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        fields: Any = self.fields
        fields["to"].choices = list(to)
        fields["signals"].choices = list(signals)
        if not signals:
            del self.fields["signals"]

    def clean(self) -> dict[str, Any]:
        """A tap or a word about what was seen is needed."""
        told = super().clean() or {}
        if not told.get("noticed") and not told.get("text", "").strip():
            self.add_error("noticed", "Отметьте, что заметили, или напишите об этом ниже.")
        return told


class AdviceForm(forms.Form):
    """A recommendation."""

    text = forms.CharField(label="Что советуете", max_length=2000, widget=_words(6, 2000))
    audience = forms.ChoiceField(label="Кому", choices=Audience.choices(), widget=forms.RadioSelect)

    def advice(self) -> Advice:
        """As the services take it."""
        return Advice(self.cleaned_data["text"], Audience(self.cleaned_data["audience"]))


class ReferralAnswerForm(forms.Form):
    """The answer to the sender, and perhaps a recommendation for all teachers of the pupil."""

    answer = forms.CharField(
        label="Ответ тому, кто направил",
        required=False,
        max_length=1000,
        widget=_words(3, 1000),
        help_text="Его прочтут также классный руководитель, завуч и служба. Содержание встреч сюда не пишут.",
    )
    text = forms.CharField(
        label="Рекомендация учителям", required=False, max_length=2000, widget=_words(4, 2000), help_text=OPEN_WARNING
    )
    audience = forms.ChoiceField(
        label="Кому рекомендация", choices=Audience.choices(), widget=forms.RadioSelect, initial=Audience.ALL.value
    )

    helper = laid_out("answer", Fieldset("Можно сразу дать рекомендацию", "text", "audience"))

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        told = super().clean() or {}
        if not told.get("answer", "").strip() and not told.get("text", "").strip():
            self.add_error("answer", "Напишите ответ или рекомендацию.")
        return told

    def advice(self) -> Advice | None:
        """The recommendation, when there is one."""
        told = self.cleaned_data
        return Advice(told["text"], Audience(told["audience"])) if told["text"].strip() else None


class ReasonForm(forms.Form):
    """Why something is taken back."""

    why = TidyCharField(label="Почему отзываете", max_length=300)
