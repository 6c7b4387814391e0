"""Forms of individual routes."""

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.forms import laid_out
from iom.models import Gap
from iom.services.agreeing import ParentsWord
from iom.services.deciding import ApprovingPaper
from iom.services.leading import Leading
from iom.services.planning import GapPlan, StepPlan
from iom.services.progress import StepEnd
from iom.services.reviewing import Outcome, Review
from iom.words import Change, Decision, Every, Found, PaperKind, RouteKind, StepKind, Unit, Way, WhyNot
from school.forms.fields import DayField, TidyCharField
from school.models import Guardian, Period, Staff, Subject

Choices = Sequence[tuple[object, str]]
_ANY = ("", "—")
PUPIL_KINDS = [(kind.value, kind.label) for kind in RouteKind if kind != RouteKind.TEACHER]


class Offered(forms.TextInput):
    """A line of text with words to choose from; another may be written."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__()
        self.words = list(words)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input with its list."""
        key = f"{name}-words"
        field = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.words))
        return format_html("{}<datalist{}>{}</datalist>", field, flatatt({"id": key}), options)


class SeenForm(forms.Form):
    """What changes something carries the version at which it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def seen_version(self) -> int:
        """The version."""
        return int(self.cleaned_data["version"])


class ReasonForm(SeenForm):
    """Why a route is returned, changed, finished, withdrawn, taken up again."""

    why = TidyCharField(label="Почему", max_length=500)


class MakeForm(forms.Form):
    """A new route: everything known is filled in already."""

    kind = forms.ChoiceField(label="Вид маршрута", choices=PUPIL_KINDS)
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.none(), label="Предметы", required=False, widget=forms.CheckboxSelectMultiple
    )
    tutor = forms.ModelChoiceField(
        Staff.objects.none(), label="Тьютор или куратор", required=False, empty_label="не назначен"
    )
    begins = DayField(label="С")
    ends = DayField(label="По")
    every = forms.ChoiceField(label="Как часто смотрим", choices=Every.choices())
    gaps = forms.BooleanField(label="Вписать дефициты, которые видны из данных", required=False, initial=True)
    steps = forms.BooleanField(label="Взять шаги из шаблонов школы", required=False, initial=True)

    helper = laid_out("kind", "subjects", Row("tutor", "every"), Row("begins", "ends"), "gaps", "steps")

    def __init__(self, *args: Any, subjects: Any, people: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "subjects", subjects)
        offer(self, "tutor", people)
        field: Any = self.fields["kind"]
        field.choices = list(kinds)


class TeacherMakeForm(forms.Form):
    """A route of a teacher's professional gaps."""

    staff = forms.ModelChoiceField(Staff.objects.none(), label="Педагог", empty_label="выберите")
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.none(), label="Предметы", required=False, widget=forms.CheckboxSelectMultiple
    )
    tutor = forms.ModelChoiceField(Staff.objects.none(), label="Кто ведёт", required=False, empty_label="не назначен")
    gaps = forms.BooleanField(label="Взять незакрытые дефициты", required=False, initial=True)

    def __init__(self, *args: Any, people: Any, teachers: Any, subjects: Any, written: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gaps"].help_text = written
        offer(self, "staff", teachers)
        offer(self, "tutor", people)
        offer(self, "subjects", subjects)


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Fill a field with the rows to choose from."""
    field: Any = form.fields[name]
    field.queryset = rows


class LeadForm(forms.Form):
    """Who leads the route and when it is looked at."""

    corrects = True

    tutor = forms.ModelChoiceField(
        Staff.objects.none(), label="Тьютор или куратор", required=False, empty_label="не назначен"
    )
    begins = DayField(label="С")
    ends = DayField(label="По")
    every = forms.ChoiceField(label="Как часто смотрим", choices=Every.choices())
    next_review = DayField(label="Следующий пересмотр")

    helper = laid_out("tutor", Row("begins", "ends"), Row("every", "next_review"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tutor", people)

    @property
    def told(self) -> Leading:
        """As the service takes it."""
        told = self.cleaned_data
        return Leading(told["tutor"], told["begins"], told["ends"], told["every"], told["next_review"])


class PartForm(forms.Form):
    """A subject of the route and who answers for it."""

    subject = forms.ModelChoiceField(Subject.objects.none(), label="Предмет")
    teacher = forms.ModelChoiceField(
        Staff.objects.none(),
        label="Ответственный",
        required=False,
        empty_label="тот, кто ведёт предмет",
    )

    def __init__(self, *args: Any, subjects: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "subject", subjects)
        offer(self, "teacher", people)


class PartTeacherForm(forms.Form):
    """Who answers for a part."""

    corrects = True

    teacher = forms.ModelChoiceField(Staff.objects.none(), label="Ответственный")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "teacher", people)


class GapForm(forms.Form):
    """A gap: what is not mastered, how it was found, from what to what, by when, how it is checked."""

    topic = TidyCharField(label="Тема", max_length=200, help_text="Предлагаются темы, которые в школе уже записывали.")
    found = forms.ChoiceField(label="Как обнаружен", choices=Found.choices(), initial=Found.LESSON)
    found_on = DayField(label="Когда", required=False)
    source = TidyCharField(label="Работа, задание", max_length=200, required=False)
    unit = forms.ChoiceField(label="В чём измеряем", choices=Unit.choices())
    baseline = forms.DecimalField(label="Было", max_digits=6, decimal_places=2, required=False, min_value=0)
    target = forms.DecimalField(label="Цель", max_digits=6, decimal_places=2, min_value=0)
    due = DayField(label="Срок")
    planned_work = TidyCharField(label="Что сделаем", max_length=500, required=False)
    control_form = TidyCharField(label="Форма повторного контроля", max_length=200, required=False)

    helper = laid_out(
        "topic",
        Row("found", "found_on"),
        "source",
        Row("unit", "baseline", "target", "due"),
        "planned_work",
        "control_form",
    )

    def __init__(self, *args: Any, topics: Iterable[str], corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        field: Any = self.fields["topic"]
        offered = Offered(topics)
        offered.attrs, offered.is_required = field.widget.attrs, field.required
        field.widget = offered

    @property
    def plan(self) -> GapPlan:
        """As the service takes it."""
        return GapPlan(**self.cleaned_data)


class StepForm(forms.Form):
    """A step: what, who, when or how often, what is expected."""

    kind = forms.ChoiceField(label="Вид работы", choices=StepKind.choices())
    text = TidyCharField(label="Что", max_length=300, required=False)
    who = forms.ModelChoiceField(Staff.objects.none(), label="Кто", required=False, empty_label="не назначен")
    on = DayField(label="Когда", required=False)
    every = forms.ChoiceField(label="Или как часто", choices=[_ANY, *Every.choices()], required=False)
    expected = TidyCharField(label="Что ожидаем", max_length=300, required=False)
    gap = forms.ModelChoiceField(Gap.objects.none(), label="К дефициту", required=False, empty_label="ко всей части")

    helper = laid_out(Row("kind", "who"), "text", Row("on", "every"), "expected", "gap")

    def __init__(
        self, *args: Any, people: Any, gaps: Any, kinds: Choices, corrects: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        offer(self, "who", people)
        offer(self, "gap", gaps)
        field: Any = self.fields["kind"]
        field.choices = list(kinds)

    def clean(self) -> dict[str, Any]:
        """A day or how often."""
        told: dict[str, Any] = super().clean() or {}
        if not told.get("on") and not told.get("every") and not self.errors.get("on"):
            self.add_error("every", "Укажите день или как часто.")
        return told

    @property
    def plan(self) -> StepPlan:
        """As the service takes it."""
        return StepPlan(**self.cleaned_data)


class ControlForm(forms.Form):
    """A repeat control."""

    on = DayField(label="Когда")
    result = forms.DecimalField(label="Результат", max_digits=6, decimal_places=2, min_value=0)
    note = TidyCharField(label="Замечание", max_length=300, required=False)

    helper = laid_out(Row("on", "result"), "note")


class StepEndForm(forms.Form):
    """What became of a step."""

    corrects = True

    end = forms.ChoiceField(
        label="Что с этим шагом",
        choices=[("done", "Выполнен"), ("not", "Не состоялся"), ("open", "Снять отметку: снова запланирован")],
        widget=forms.RadioSelect,
    )
    done_on = DayField(label="Когда выполнен", required=False)
    helped = forms.ChoiceField(
        label="Помогло", choices=[("", "пока не знаем"), ("1", "да"), ("0", "нет")], required=False
    )
    why_not = forms.ChoiceField(label="Почему не состоялся", choices=[_ANY, *WhyNot.choices()], required=False)
    note = TidyCharField(label="Замечание", max_length=300, required=False)

    helper = laid_out("end", Row("done_on", "helped"), "why_not", "note")

    def clean(self) -> dict[str, Any]:
        """What was done has a day, what was not has its reason."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("end") == "done" and not told.get("done_on"):
            self.add_error("done_on", "Назовите день.")
        if told.get("end") == "not" and not told.get("why_not"):
            self.add_error("why_not", "Выберите, почему: «не состоялся» не значит «не помог».")
        return told

    @property
    def told(self) -> StepEnd:
        """As the service takes it; what does not belong to the choice is left out."""
        told = self.cleaned_data
        if told["end"] == "done":
            helped = {"1": True, "0": False}.get(told["helped"])
            return StepEnd(done_on=told["done_on"], helped=helped, note=told["note"])
        if told["end"] == "not":
            return StepEnd(why_not=told["why_not"], note=told["note"])
        return StepEnd(note=told["note"])


# What parents answer by a personal link is written by the link alone.
_WAYS = [(code, label) for code, label in Way.choices() if code != Way.LINK]


class ParentsForm(SeenForm):
    """What the parents said."""

    answer = forms.ChoiceField(
        label="Ответ", choices=[("1", "Согласны"), ("0", "Отказались")], widget=forms.RadioSelect, initial="1"
    )
    way = forms.ChoiceField(label="Как получен ответ", choices=_WAYS)
    on = DayField(label="Когда")
    guardian = forms.ModelChoiceField(Guardian.objects.none(), label="Кто", required=False, empty_label="не указан")
    comment = TidyCharField(
        label="Что сказали",
        max_length=500,
        required=False,
        help_text="При отказе обязательно.",
    )

    helper = laid_out("answer", Row("way", "on"), "guardian", "comment", "version")

    def __init__(self, *args: Any, guardians: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "guardian", guardians)

    @property
    def word(self) -> ParentsWord:
        """As the service takes it."""
        told = self.cleaned_data
        return ParentsWord(told["answer"] == "1", told["way"], told["on"], told["guardian"], told["comment"])


class ApproveForm(SeenForm):
    """The paper that approves."""

    paper = forms.ChoiceField(label="Чем утверждается", choices=PaperKind.choices(), widget=forms.RadioSelect)
    number = TidyCharField(label="Номер", max_length=50)
    on = DayField(label="Дата")

    helper = laid_out("paper", Row("number", "on"), "version")

    @property
    def told(self) -> ApprovingPaper:
        """As the service takes it."""
        told = self.cleaned_data
        return ApprovingPaper(told["paper"], told["number"], told["on"])


class ReviewForm(SeenForm):
    """A look back: an outcome and evidence a gap, a decision."""

    period = forms.ModelChoiceField(Period.objects.none(), label="За период", empty_label=None)
    on = DayField(label="Когда")
    decision = forms.ChoiceField(label="Решение", choices=Decision.choices(), widget=forms.RadioSelect)
    next_review = DayField(label="Следующий пересмотр", required=False)
    text = TidyCharField(label="Вывод", max_length=500, required=False)

    def __init__(self, *args: Any, periods: Any, gaps: Sequence[Gap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "period", periods)
        self.gaps = list(gaps)
        for gap in self.gaps:
            open_ = gap.state == "open"
            choices = [(one.value, one.label) for one in Change if (one != Change.REACHED) == open_]
            self.fields[f"gap{gap.pk}"] = forms.ChoiceField(
                label=f"{gap.part.subject or 'Общая часть'}: {gap.topic}",
                choices=choices,
                initial=Change.SAME if open_ else Change.REACHED,
            )
            self.fields[f"why{gap.pk}"] = TidyCharField(label="Чем подтверждается", max_length=300, required=False)
        names = [name for gap in self.gaps for name in (f"gap{gap.pk}", f"why{gap.pk}")]
        rows = [Row(*names[place : place + 2]) for place in range(0, len(names), 2)]
        self.helper = laid_out(Row("period", "on"), *rows, "decision", Row("next_review"), "text", "version")

    @property
    def told(self) -> Review:
        """As the service takes it."""
        told = self.cleaned_data
        gaps = {gap.pk: Outcome(told[f"gap{gap.pk}"], told[f"why{gap.pk}"]) for gap in self.gaps}
        return Review(told["period"], told["on"], told["decision"], gaps, told["text"], told["next_review"])
