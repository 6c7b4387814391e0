"""Forms of decisions about families."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common.forms import LongChoices
from parents.escalation_words import CaseOutcome, StepKind
from parents.rules.escalation import Fact
from parents.services.escalation import Decision
from school.forms.fields import DayField, TidyCharField


def _words(most: int, rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class CaseForm(forms.Form):
    """Grounds in a person's own words, and the facts that the person ticks."""

    grounds = forms.CharField(
        label="Основания",
        max_length=1500,
        widget=_words(1500, 5),
        help_text="Что было и когда, что школа уже сделала: без диагнозов и без того, что сказано психологу.",
    )
    facts = forms.MultipleChoiceField(
        label="Какие факты приложить",
        required=False,
        widget=LongChoices,
        help_text="Беседы без результата, уведомления без ответа, отказы. Ничего не отмечено заранее: решаете вы.",
    )

    def __init__(self, *args: Any, facts: Sequence[Fact], corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        self._facts = {fact.code: fact for fact in facts}
        field: Any = self.fields["facts"]
        field.choices = [(fact.code, f"{fact.on:%d.%m.%Y}. {fact.words}") for fact in facts]
        if not facts:
            del self.fields["facts"]

    def chosen(self) -> list[Fact]:
        """What was ticked."""
        return [self._facts[code] for code in self.cleaned_data.get("facts", ())]


class StepForm(forms.Form):
    """To whom the school turns, why, until when an outcome is expected."""

    kind = forms.ChoiceField(label="К кому обращаемся", widget=forms.RadioSelect)
    grounds = forms.CharField(
        label="Основания этого шага",
        max_length=1000,
        widget=_words(1000),
        help_text="Специалист получит это направлением, совет — ходатайством. В комиссию ничего не отправляется.",
    )
    due = DayField(label="Когда ждём исхода", required=False, help_text="Когда срок пройдёт, напомним в делах.")

    def __init__(self, *args: Any, kinds: Sequence[StepKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(kind.value, kind.label) for kind in kinds]

    def decision(self) -> Decision:
        """As the service takes it."""
        told = self.cleaned_data
        return Decision(StepKind(told["kind"]), told["grounds"], told["due"])


class StepCorrectForm(forms.Form):
    """Grounds and term of a step that waits."""

    corrects = True
    grounds = forms.CharField(label="Основания этого шага", max_length=1000, widget=_words(1000))
    due = DayField(label="Когда ждём исхода", required=False)


class StepEndForm(forms.Form):
    """What came of a step."""

    on = DayField(label="Когда")
    outcome = forms.CharField(
        label="Исход",
        max_length=500,
        widget=_words(500),
        help_text="Что решили и что сделали родители. То, что сказано психологу, сюда не пишут.",
    )


class CloseForm(forms.Form):
    """How the case ended."""

    outcome = forms.ChoiceField(label="Исход", choices=CaseOutcome.choices(), widget=forms.RadioSelect)
    text = forms.CharField(label="Чем закончилось", max_length=500, widget=_words(500))


class WhyForm(forms.Form):
    """A reason."""

    why = TidyCharField(label="Причина", max_length=300)


class PrintForm(forms.Form):
    """Why the file is needed."""

    why = TidyCharField(
        label="Зачем нужны материалы",
        max_length=200,
        help_text="Например, «запрос КДН от 20.11.2026 № 114». Кто, когда и зачем напечатал, останется в журнале.",
    )
