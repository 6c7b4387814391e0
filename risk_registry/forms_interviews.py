"""Forms of interviews: which day for many, a few words about one."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import LongChoices, laid_out
from risk_registry.services.interviews import Told
from school.forms.fields import DayField, TidyCharField
from school.models import Pupil

Choices = Sequence[tuple[object, str]]
_NOTE = "Видят только директор и заместители. Можно не писать."


class PlanForm(forms.Form):
    """One day for everybody who is chosen; the month only where talks are by month."""

    month = forms.DateField(label="За месяц", widget=forms.Select)
    on = DayField(label="День")

    helper = laid_out(Row("month", "on"))

    def __init__(self, *args: Any, months: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["month"]
        if months:
            field.widget.choices = list(months)
        else:
            del self.fields["month"]
            self.helper = laid_out("on")

    def clean_month(self) -> Any:
        """One of the months that are offered."""
        month = self.cleaned_data["month"]
        field: Any = self.fields["month"]
        if month.isoformat() not in {str(key) for key, _ in field.widget.choices}:
            raise forms.ValidationError("Выберите месяц из списка.")
        return month


class HeldForm(forms.Form):
    """What was said. Nothing but the day is asked."""

    corrects = True

    on = DayField(label="Когда провели")
    about = TidyCharField(label="О чём говорили", required=False, max_length=1000, help_text=_NOTE)
    agreed = TidyCharField(
        label="О чём договорились",
        required=False,
        max_length=1000,
        help_text="Увидит и собеседник; о собеседовании с обучающимся — все, кто видит его карточку.",
    )
    next_on = DayField(label="Вернуться к разговору", required=False)
    pupils = forms.TypedMultipleChoiceField(label="О ком говорили", coerce=int, required=False, widget=LongChoices)
    signals = forms.TypedMultipleChoiceField(
        label="На какие сигналы это ответ", coerce=int, required=False, widget=LongChoices
    )

    helper = laid_out(Row("on", "next_on"), "agreed", "about", "pupils", "signals")

    def __init__(self, *args: Any, pupils: Choices = (), signals: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("pupils", pupils), ("signals", signals)):
            field: Any = self.fields[name]
            field.choices = list(options)
        shown = [name for name, options in (("pupils", pupils), ("signals", signals)) if options]
        for name in {"pupils", "signals"} - set(shown):
            del self.fields[name]
        self.helper = laid_out(Row("on", "next_on"), "agreed", "about", *shown)
        self.fields["about"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})
        self.fields["agreed"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})

    def told(self, pupils: Sequence[Pupil]) -> Told:
        """As the services take it; `pupils` are those that were offered."""
        data = self.cleaned_data
        chosen = set(data.get("pupils", ()))
        return Told(
            data["on"], data["about"], data["agreed"], data["next_on"], [one for one in pupils if one.pk in chosen]
        )


class MoveForm(forms.Form):
    """Another day for a planned talk."""

    corrects = True

    on = DayField(label="День собеседования")


class WhyForm(forms.Form):
    """Why something is called off or taken back."""

    why = TidyCharField(label="Почему", max_length=500)

    def __init__(self, *args: Any, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = needed
        if not needed:
            self.fields["why"].help_text = "Можно не писать."
