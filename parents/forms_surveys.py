"""Forms of questionnaires and surveys."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from parents.rules.surveys import Asked, Option, scale_options
from parents.services.questionnaires import Titled
from parents.services.surveys import Planned
from parents.survey_words import SCALE_STEPS, Ask, Audience, Way
from risk_registry.causes import CauseGroup, group_choices
from school.forms.fields import DayField, TidyCharField
from school.models import SchoolClass

MOST_OPTIONS = 10
_NO_CAUSE = ("", "не причина")


class TitleForm(forms.Form):
    """What stands above the questions."""

    corrects = True
    title = TidyCharField(label="Название", max_length=150)
    intro = forms.CharField(
        label="Что сказать перед вопросами",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def told(self) -> Titled:
        """As the service takes it."""
        return Titled(self.cleaned_data["title"], self.cleaned_data["intro"].strip())


class NewQuestionnaireForm(TitleForm):
    """A new questionnaire: who answers cannot be changed later."""

    corrects = False
    audience = forms.ChoiceField(label="Кто отвечает", choices=Audience.choices())

    field_order = ("audience", "title", "intro")


class QuestionForm(forms.Form):
    """One question. Options are rows of the page; a scale asks for the words at its ends."""

    text = TidyCharField(label="Вопрос", max_length=300)
    kind = forms.ChoiceField(label="Как отвечают", choices=Ask.choices(), widget=forms.RadioSelect)
    required = forms.BooleanField(label="Ответ обязателен", required=False)
    low = TidyCharField(label="Что значит 1", max_length=40, required=False)
    high = TidyCharField(label="Что значит 5", max_length=40, required=False)
    measured = forms.BooleanField(label="По этому вопросу считать показатель 24 «удовлетворены»", required=False)
    good_from = forms.ChoiceField(
        label="На шкале «удовлетворены» — от",
        choices=[("0", "не считать"), ("3", "3"), ("4", "4"), ("5", "5")],
        required=False,
    )

    def __init__(self, *args: Any, audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.with_causes = audience == Audience.TEACHER
        self.with_measure = audience == Audience.PARENTS
        if not self.with_measure:
            del self.fields["measured"], self.fields["good_from"]
        for number in range(MOST_OPTIONS):
            self.fields[f"option_{number}"] = TidyCharField(
                label=f"Вариант {number + 1}", max_length=120, required=False
            )
            if self.with_measure:
                self.fields[f"good_{number}"] = forms.BooleanField(label="значит «удовлетворён»", required=False)
            if self.with_causes:
                choices = [_NO_CAUSE, *group_choices(CauseGroup.TEACHERS)]
                self.fields[f"cause_{number}"] = forms.ChoiceField(
                    label="причина реестра", choices=choices, required=False
                )

    def rows(self) -> list[dict[str, Any]]:
        """Bound fields of the options, as the page lays them out."""
        names = ("option", "good", "cause")
        return [
            {name: self[f"{name}_{number}"] for name in names if f"{name}_{number}" in self.fields}
            for number in range(MOST_OPTIONS)
        ]

    def told(self) -> Asked:
        """As the service takes it."""
        told = self.cleaned_data
        kind = Ask(told["kind"])
        if kind == Ask.SCALE:
            options = scale_options(told["low"], told["high"], int(told.get("good_from") or 0))
        else:
            options = self._options()
        return Asked("", told["text"], kind, told["required"], options, bool(told.get("measured")))

    def _options(self) -> tuple[Option, ...]:
        told = self.cleaned_data
        return tuple(
            Option(told[f"option_{number}"], bool(told.get(f"good_{number}")), told.get(f"cause_{number}", ""))
            for number in range(MOST_OPTIONS)
            if told[f"option_{number}"]
        )


def question_initial(one: Asked) -> dict[str, Any]:
    """What stands in the form of a question that exists."""
    begin: dict[str, Any] = {"text": one.text, "kind": one.kind, "required": one.required, "measured": one.measured}
    if one.kind == Ask.SCALE and len(one.options) == SCALE_STEPS:
        good = [step for step, option in enumerate(one.options, 1) if option.good]
        ends = (one.options[0].text, one.options[-1].text)
        low, high = (text.partition(" — ")[2] for text in ends)
        return begin | {"low": low, "high": high, "good_from": str(min(good, default=0))}
    for number, option in enumerate(one.options):
        begin |= {f"option_{number}": option.text, f"good_{number}": option.good, f"cause_{number}": option.cause}
    return begin


class SurveyForm(forms.Form):
    """For whom, from when to when, how."""

    corrects = True
    begins = DayField(label="Отвечают с")
    ends = DayField(label="по")
    way = forms.ChoiceField(label="Как отвечают", choices=Way.choices(), widget=forms.RadioSelect)
    classes = forms.MultipleChoiceField(label="Классы", widget=forms.CheckboxSelectMultiple)

    helper = laid_out(Row("begins", "ends"), "way", "classes")

    def __init__(self, *args: Any, offered: Sequence[SchoolClass], audience: Audience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = {str(one.pk): one for one in offered}
        field: Any = self.fields["classes"]
        field.choices = [(key, str(one)) for key, one in self._offered.items()]
        way: Any = self.fields["way"]
        if not audience.anonymous:
            way.choices = [(Way.SLIPS.value, "Талоны: код каждому ученику; ответы можно внести и со слов")]
            way.choices += [(Way.PAPER.value, "Ответы вносит классный руководитель или психолог")]
        if audience == Audience.TEACHER:
            way.choices = [(Way.PAPER.value, "Классный руководитель отвечает в Опоре")]

    def told(self) -> Planned:
        """As the service takes it."""
        told = self.cleaned_data
        classes = [self._offered[key] for key in told["classes"]]
        return Planned(told["begins"], told["ends"], Way(told["way"]), classes)


class WhyForm(forms.Form):
    """Why answers are taken back."""

    why = TidyCharField(label="Причина", max_length=300)
