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


class ConcludeForm(forms.Form):
    """What the deputy concludes; optional."""

    conclusions = forms.CharField(
        label="Выводы и решения",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Войдут в отчёт последним разделом. Можно не писать.",
    )


class WithdrawForm(forms.Form):
    """Why an approval is taken back."""

    grounds = forms.CharField(label="Почему отчёт отозван", max_length=300)
