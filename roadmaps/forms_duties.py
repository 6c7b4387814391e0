"""Forms of duties by role."""

from django import forms

from common.forms import laid_out
from roadmaps.duty_words import Cycle
from school.forms.fields import DayField, TidyCharField


class MarkForm(forms.Form):
    """When it was done; words are as one likes."""

    on = DayField(label="Когда")
    note = TidyCharField(label="Коротко", max_length=300, required=False, help_text="Необязательно. Без имён учеников.")


class OwnDutyForm(forms.Form):
    """A duty that the school adds to a role."""

    text = TidyCharField(label="Что нужно делать", max_length=300)
    cycle = forms.ChoiceField(label="Срок, цикличность", choices=Cycle.choices(), initial=Cycle.NEED)
    due = DayField(label="К какому дню", required=False, help_text="Если срок — один день.")
    helper = laid_out("text", "cycle", "due")
