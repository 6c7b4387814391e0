"""Forms of the schedule of psychological help."""

from typing import Any

from django import forms

from consultations.services.schedule import Approval
from school.forms.fields import DayField


class ApproveForm(forms.Form):
    """The day of approval, how parents sign up; which hours were looked at goes along unseen."""

    on = DayField(label="Дата утверждения")
    sign_up = forms.CharField(
        label="Как записаться",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Это прочитают родители на листе для стенда.",
    )
    hours = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def approval(self) -> Approval:
        """What was sent."""
        told: dict[str, Any] = self.cleaned_data
        return Approval(on=told["on"], sign_up=" ".join(told["sign_up"].split()), seen=told["hours"])
