"""Consents as they are read from a paper."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from school.forms.fields import DayField, TidyCharField
from school.models import Consent, Guardian, Pupil
from school.purposes import Purpose, adult_on


class ConsentForm(forms.Form):
    """Who signed, when, until when, and where the paper lies; `consent` is what is corrected."""

    guardian = forms.ModelChoiceField(Guardian.objects.none(), label="Кто подписал", empty_label="выберите")
    given_on = DayField(label="Подписано")
    valid_until = DayField(label="Действует по", required=False, help_text="Пусто — пока не отозвано.")
    document = TidyCharField(
        label="Документ", max_length=200, help_text="Номер бланка или папка, где он лежит: «личное дело, лист 12»."
    )

    helper = laid_out("guardian", Row("given_on", "valid_until"), "document")

    def __init__(self, *args: Any, pupil: Pupil, consent: Consent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.corrects = consent is not None
        today = pupil.school.today()
        signers = self.fields["guardian"]
        assert isinstance(signers, forms.ModelChoiceField)
        signers.queryset = Guardian.objects.filter(guardianships__pupil=pupil)
        if adult_on(pupil.birth_date, today):
            signers.required, signers.empty_label = False, "сам(а) обучающийся(аяся): есть 18 лет"
        if consent is None:
            self.fields["given_on"].initial = today
        else:
            stands = {name: getattr(consent, name) for name in self.fields}
            self.initial = {**stands, "guardian": consent.guardian_id}


class NewConsentForm(ConsentForm):
    """The same, and what for."""

    purpose = forms.ChoiceField(label="На что", choices=Purpose.choices)

    helper = laid_out("purpose", "guardian", Row("given_on", "valid_until"), "document")


class WithdrawForm(forms.Form):
    """From which day, and how it was said."""

    withdrawn_on = DayField(label="Отозвано с", help_text="С этого дня согласия нет: что на нём держалось, скрывается.")
    why = TidyCharField(label="Как отозвано", max_length=200, help_text="Например, «заявление от 12.11.2026».")
