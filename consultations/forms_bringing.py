"""Forms of bringing a pupil's meetings and of parents at lessons."""

from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from consultations.models import Appointment, NoticeAnswer
from consultations.services.bringing import Told, Visit
from consultations.words import Answer, MeetingState, ToldWay
from school.forms.fields import DayField, TidyCharField
from school.models import Guardian, Pupil


class NoticeForm(forms.Form):
    """From which day to which."""

    begins = DayField(label="С какого дня")
    ends = DayField(label="По какой день")

    helper = laid_out(Row("begins", "ends"))


class AnswerForm(forms.Form):
    """How they were told and what they said."""

    way = forms.ChoiceField(label="Как довели", choices=ToldWay.choices())
    on = DayField(label="Когда")
    answer = forms.ChoiceField(label="Ответ", choices=Answer.choices())
    note = TidyCharField(label="Замечание", max_length=300, required=False)

    helper = laid_out(Row("way", "on"), "answer", "note")

    def __init__(self, data: Any, *, row: NoticeAnswer, today: date) -> None:
        way, answer = row.way or ToldWay.PAPER.value, row.answer if row.told_on else Answer.KNOWN.value
        super().__init__(data, initial={"way": way, "on": row.told_on or today, "answer": answer, "note": row.note})
        self.corrects = row.told_on is not None

    def told(self) -> Told:
        """What was sent."""
        return Told(**self.cleaned_data)


class VisitForm(forms.Form):
    """Who was where, when."""

    guardian = forms.ModelChoiceField(Guardian.objects.none(), label="Кто был", empty_label=None)
    on = DayField(label="Когда")
    lesson = TidyCharField(label="На каком занятии", max_length=200, help_text="Например, «алгебра, 3-й урок».")
    appointment = forms.ModelChoiceField(
        Appointment.objects.none(),
        label="Если это встреча со специалистом",
        required=False,
        empty_label="нет, это урок",
    )
    remark = TidyCharField(
        label="Замечание родителей", max_length=300, required=False, help_text="Коротко; увидят все, кто видит ученика."
    )

    helper = laid_out(Row("guardian", "on"), "lesson", "appointment", "remark")

    def __init__(self, data: Any, *, pupil: Pupil, today: date) -> None:
        super().__init__(data, initial={"on": today})
        about = Appointment.objects.filter(pupils__pupil=pupil, on__lte=today)
        meetings: Any = self.fields["appointment"]
        meetings.queryset = about.exclude(state=MeetingState.CANCELLED).order_by("-on", "-time_from")
        meetings.label_from_instance = lambda one: f"{one.on:%d.%m.%Y}, {one.time_words}"
        people: Any = self.fields["guardian"]
        people.queryset = pupil.guardians.all()

    def visit(self) -> Visit:
        """What was sent."""
        return Visit(**self.cleaned_data)
