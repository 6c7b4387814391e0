"""Forms of the journals: an entry with its pupils, filters, comments, talks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import LongChoices, laid_out
from iom.models import Gap
from iom.models.talks import OPEN_CAUSES
from iom.selectors.old_deeds import SHORT
from iom.selectors.work import WITHDRAWN
from iom.selectors.work_form import Choice
from iom.services.talks import Talk
from iom.services.work import Work, WorkedWith
from iom.work_words import MINUTES, Kept, Outcome, WorkWay
from risk_registry.causes import KINDS
from risk_registry.forms import FilterForm
from school.forms.fields import DayField, TidyCharField
from school.models import School, Subject

Choices = Sequence[tuple[object, str]]
ANY = [("", "Все")]


class WorkForm(forms.Form):
    """One entry. Of each pupil may be said: `o-7` how it went, `r-7` in words, `m-7` the mark, `g-7` the gap."""

    pupils = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": "Отметьте хотя бы одного ученика."})
    subject = forms.ModelChoiceField(queryset=Subject.objects.none(), required=False)
    topic = TidyCharField(max_length=200, required=False)
    content = TidyCharField(max_length=500, required=False)
    form = forms.ChoiceField(choices=[("", ""), *WorkWay.choices()], required=False)
    minutes = forms.IntegerField(min_value=1, max_value=600, required=False)
    on = DayField()
    outcome = forms.ChoiceField(choices=[("", ""), *Outcome.choices()], required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices = {one.pupil.pk: one for one in choices}
        fields: Any = self.fields
        fields["pupils"].choices = [(key, str(one.pupil)) for key, one in self._choices.items()]
        fields["subject"].queryset = Subject.objects.filter(school=school)

    def clean(self) -> dict[str, Any]:
        """One of topic and content; codes of single pupils are known ones."""
        told = super().clean() or {}
        if not self.errors and not (told.get("topic") or told.get("content")):
            raise forms.ValidationError("Напишите тему или что сделали: хотя бы одно из двух.")
        return told

    def work(self) -> Work:
        """As the services take it."""
        told = self.cleaned_data
        return Work(told["on"], told["topic"], told["content"], told["subject"], told["form"], told["minutes"])

    def worked_with(self) -> list[WorkedWith]:
        """The picked pupils; a gap whose topic is the entry's is meant without being named."""
        return [self._one(self._choices[key]) for key in self.cleaned_data["pupils"]]

    def _one(self, chosen: Choice) -> WorkedWith:
        outcome = self._said("o", chosen)
        return WorkedWith(
            pupil=chosen.pupil,
            gap=self._gap(chosen),
            outcome=outcome if outcome in Outcome.codes() else self.cleaned_data["outcome"],
            result=self._said("r", chosen)[:200],
            mark=self._said("m", chosen)[:10],
        )

    def _said(self, letter: str, chosen: Choice) -> str:
        return str(self.data.get(f"{letter}-{chosen.pupil.pk}", "")).replace("\0", "").strip()

    def _gap(self, chosen: Choice) -> Gap | None:
        named = self._said("g", chosen)
        topic = self.cleaned_data["topic"].lower()
        same = (gap for gap in chosen.gaps if (str(gap.pk) == named if named else gap.topic.lower() == topic))
        return next(same, None)


class WorkFilterForm(FilterForm):
    """Which entries of the journal of individual work."""

    teacher = forms.TypedChoiceField(label="Педагог", required=False, coerce=int, empty_value=None)
    form = forms.ChoiceField(
        label="Форма",
        required=False,
        choices=[*ANY, *WorkWay.choices(), (SHORT, "Краткие записи"), (WITHDRAWN, "Отозванные")],
    )

    field_order = ("text", "teacher", "cls", "subject", "period", "form")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        without = FilterForm.base_fields.keys() - {"text", "cls", "subject", "period"}
        super().__init__(data, without=without, **choices)


class TalkFilterForm(FilterForm):
    """Which talks; `kind`: where what was agreed stands."""

    teacher = forms.TypedChoiceField(label="Кто проводил", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(
        label="Договорённости",
        required=False,
        choices=[*ANY, ("open", "Ждут"), ("late", "Срок прошёл"), (SHORT, "Краткие записи"), (WITHDRAWN, "Отозванные")],
    )

    field_order = ("text", "teacher", "cls", "period", "kind")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "cls", "period"}, **choices)


class RemarkForm(forms.Form):
    """What somebody else says about an entry."""

    text = TidyCharField(label="Замечание", max_length=500)


class WithdrawForm(forms.Form):
    """Why an entry is taken back."""

    why = TidyCharField(label="Почему отзываете", max_length=300, help_text="Например, «записано не тому ученику».")


class KeptForm(forms.Form):
    """What became of what was agreed."""

    kept = forms.ChoiceField(
        label="Что вышло", choices=Kept.choices(), widget=forms.RadioSelect, initial=Kept.KEPT.value
    )
    note = TidyCharField(label="Подробнее", max_length=300, required=False)


class TalkForm(forms.Form):
    """A talk with a pupil: the occasion, the rest as one wishes."""

    corrects = True

    occasion = TidyCharField(label="Повод", max_length=300)
    on = DayField(label="Когда")
    causes = forms.MultipleChoiceField(
        label="Причины, которые назвал ученик",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, KINDS[code].name) for code in OPEN_CAUSES],
        help_text="О семье, здоровье и психологии пишут не здесь, а на странице записи реестра: там ограничен доступ.",
    )
    agreed = forms.CharField(
        label="Договорились", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = DayField(label="Вернуться к договорённости", required=False)
    signals = forms.TypedMultipleChoiceField(
        label="На какие сигналы это ответ", coerce=int, required=False, widget=LongChoices
    )

    helper = laid_out("occasion", "agreed", Row("on", "due"), "causes", "signals")

    def __init__(self, *args: Any, today: date, signals: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        field: Any = self.fields["signals"]
        field.choices = list(signals)
        if not signals:
            del self.fields["signals"]
            self.helper = laid_out("occasion", "agreed", Row("on", "due"), "causes")

    def talk(self) -> Talk:
        """As the services take it."""
        told = self.cleaned_data
        return Talk(told["on"], told["occasion"], told["causes"], told["agreed"], told["due"])


def offered_minutes(now: int | None) -> tuple[int, ...]:
    """What is one tap away; the last one of the person, too."""
    return tuple(sorted({*MINUTES, now} - {None})) if now else MINUTES
