"""Forms of reports."""

from datetime import date
from typing import Any

from django import forms


class ApproveForm(forms.Form):
    """The day of the approval."""

    day = forms.DateField(label="Дата утверждения", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = today


class DayForm(forms.Form):
    """A day that has come, on which something is asked about."""

    on = forms.DateField(label="На какой день", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        self.fields["on"].widget.attrs["max"] = f"{latest:%Y-%m-%d}"

    def clean_on(self) -> date:
        """Nobody knows what will be."""
        on: date = self.cleaned_data["on"]
        if on > self.latest:
            raise forms.ValidationError("Этот день ещё не наступил.")
        return on


class ConcludeForm(forms.Form):
    """What the deputy concludes; optional."""

    conclusions = forms.CharField(
        label="Выводы и решения",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Войдут в отчёт последним разделом. Можно не писать.",
    )


class SayForm(forms.Form):
    """A suggested sentence in a person's words."""

    text = forms.CharField(label="Фраза", required=False, max_length=2_000)


class WithdrawForm(forms.Form):
    """Why an approval is taken back."""

    grounds = forms.CharField(label="Почему отчёт отозван", max_length=300)
