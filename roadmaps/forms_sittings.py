"""Forms of sittings."""

from collections.abc import Collection, Sequence
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.db.models import QuerySet

from common.forms import laid_out
from consultations.forms_councils import StaffChoice, words_field
from risk_registry.forms import FilterForm
from roadmaps.models import StaffDecision, StaffQuestion, StaffSitting, StaffSittingPerson
from roadmaps.rules.rhythms import Rhythm
from roadmaps.selectors.sittings import WAITS
from roadmaps.services.sitting_course import Asked, Decided
from roadmaps.services.sittings import ByRhythm, SittingDraft
from roadmaps.sitting_words import SittingKind, SittingState, Topic, Unit
from school.forms.day import ClockField
from school.forms.fields import DayField, TidyCharField
from school.models import Staff, Weekday

NO_PUPILS = "Без имён и личных сведений учеников: об отдельных детях говорят на ППк и советах."
_ANY = [("", "Все")]


class SittingFilterForm(FilterForm):
    """Which sittings of the plan."""

    text = forms.CharField(label="Тема или вопрос", required=False, max_length=100)
    kind = forms.ChoiceField(label="Вид", required=False, choices=[*_ANY, *SittingKind.choices()])
    stage = forms.ChoiceField(
        label="Состояние", required=False, choices=[*_ANY, (WAITS, "Ждут записи"), *SittingState.choices()]
    )

    field_order = ("text", "kind", "stage")

    def __init__(self, data: Any) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text"})


class SittingForm(forms.Form):
    """What, when, where, who leads and writes."""

    kind = forms.ChoiceField(label="Вид")
    title = TidyCharField(label="Тема", max_length=200, required=False, help_text=NO_PUPILS)
    on = DayField(label="День")
    starts_at = ClockField(label="Начало", required=False)
    ends_at = ClockField(label="Конец", required=False)
    place = TidyCharField(label="Место", max_length=150, required=False)
    chair = StaffChoice("Председатель", required=False, empty_label="не назван")
    secretary = StaffChoice("Секретарь", required=False, empty_label="не назван")

    helper = laid_out("kind", "title", Row("on", "starts_at", "ends_at"), "place", Row("chair", "secretary"))

    def __init__(
        self,
        *args: Any,
        kinds: Collection[SittingKind],
        staff: QuerySet[Staff],
        sitting: StaffSitting | None = None,
        **kwargs: Any,
    ) -> None:
        if sitting is not None:
            kwargs["initial"] = {name: getattr(sitting, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.corrects = sitting is not None
        fields: Any = self.fields
        fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        fields["chair"].queryset = fields["secretary"].queryset = staff

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        told = super().clean() or {}
        begins, ends = told.get("starts_at"), told.get("ends_at")
        if ends and (not begins or ends <= begins):
            self.add_error("ends_at", "Заседание кончается позже, чем начинается.")
        return told

    def draft(self) -> SittingDraft:
        """As the service takes it."""
        told = self.cleaned_data
        return SittingDraft(**{**told, "kind": SittingKind(told["kind"])})


class ByRhythmForm(forms.Form):
    """Fill the plan by the rhythm."""

    kind = forms.ChoiceField(label="Вид")
    weekday = forms.TypedChoiceField(label="День недели", choices=Weekday.choices[:5], coerce=int)
    first = DayField(label="Начиная с")
    starts_at = ClockField(label="Начало", required=False)
    place = TidyCharField(label="Место", max_length=150, required=False)
    chair = StaffChoice("Председатель", required=False, empty_label="не назван")

    helper = laid_out("kind", Row("weekday", "first", "starts_at"), "place", "chair")

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[SittingKind, Rhythm]], staff: QuerySet[Staff], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = [(kind.value, f"{kind.label} — {rhythm.words}") for kind, rhythm in kinds]
        fields["chair"].queryset = staff

    def asked(self) -> ByRhythm:
        """As the service takes it."""
        told = self.cleaned_data
        return ByRhythm(**{**told, "kind": SittingKind(told["kind"]), "weekday": told["weekday"] - 1})


class RhythmForm(forms.Form):
    """The school's own rhythm of a kind."""

    unit = forms.ChoiceField(label="Как часто", choices=Unit.choices())
    times = forms.IntegerField(label="Сколько раз", min_value=0, max_value=10)

    helper = laid_out(Row("times", "unit"))

    def rhythm(self) -> Rhythm:
        """As the service takes it."""
        return Rhythm(Unit(self.cleaned_data["unit"]), self.cleaned_data["times"])


class PeopleForm(forms.Form):
    """Who is invited."""

    corrects = True

    staff = forms.ModelMultipleChoiceField(
        Staff.objects.none(), label="Сотрудники", required=False, widget=forms.CheckboxSelectMultiple
    )
    guests = words_field(
        "Другие приглашённые",
        1000,
        "Каждый с новой строки: родители из рабочей группы, представители партнёров.",
    )

    def __init__(self, *args: Any, staff: QuerySet[Staff], people: Sequence[StaffSittingPerson], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "staff": [one.staff_id for one in people if one.staff_id is not None],
            "guests": "\n".join(one.guest for one in people if one.guest),
        }
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["staff"].queryset = staff

    def clean_guests(self) -> list[str]:
        """A line each."""
        names = [" ".join(line.split()) for line in self.cleaned_data["guests"].splitlines()]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError("Строка о приглашённом — не длиннее 200 знаков.")
        return [name for name in names if name]


class AttendanceForm(forms.Form):
    """Who was there; unmarked are written as absent."""

    corrects = True

    present = forms.TypedMultipleChoiceField(
        label="Кто был", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="Остальные приглашённые запишутся отсутствовавшими.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[StaffSittingPerson], **kwargs: Any) -> None:
        kwargs["initial"] = {"present": [one.pk for one in people if one.present is not False]}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["present"]
        field.choices = [(one.pk, one.name) for one in people]


class QuestionForm(forms.Form):
    """A question of the agenda and what was said about it."""

    title = TidyCharField(label="Вопрос", max_length=300, help_text=NO_PUPILS)
    topic = forms.ChoiceField(
        label="О чём",
        choices=Topic.choices(),
        help_text="Протоколы о работе со слабоуспевающими и об итогах программы считаются в показателе P21.",
    )
    speaker = StaffChoice("Докладчик", required=False, empty_label="не назван")
    heard = words_field("Слушали", 3000, "Кто выступил и о чём, коротко. Можно заполнить после заседания.", rows=6)

    helper = laid_out("title", Row("topic", "speaker"), "heard")

    def __init__(
        self, *args: Any, staff: QuerySet[Staff], question: StaffQuestion | None = None, **kwargs: Any
    ) -> None:
        if question is not None:
            kwargs["initial"] = {name: getattr(question, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.corrects = question is not None
        fields: Any = self.fields
        fields["speaker"].queryset = staff

    def asked(self) -> Asked:
        """As the service takes it."""
        told = self.cleaned_data
        return Asked(told["title"], Topic(told["topic"]), told["speaker"], told["heard"])


class StaffDecisionForm(forms.Form):
    """A decision with who answers for it and until when."""

    text = words_field("Решение", 500, NO_PUPILS, required=True, rows=3)
    question = forms.ModelChoiceField(
        StaffQuestion.objects.none(), label="По вопросу", required=False, empty_label="по всей повестке"
    )
    responsible = StaffChoice("Ответственный")
    due = DayField(label="Срок")

    helper = laid_out("text", "question", Row("responsible", "due"))

    def __init__(
        self,
        *args: Any,
        sitting: StaffSitting,
        staff: QuerySet[Staff],
        decision: StaffDecision | None = None,
        **kwargs: Any,
    ) -> None:
        if decision is not None:
            kwargs["initial"] = {name: getattr(decision, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.corrects = decision is not None
        fields: Any = self.fields
        fields["responsible"].queryset, fields["question"].queryset = staff, sitting.questions.all()

    def decided(self) -> Decided:
        """As the service takes it."""
        told = self.cleaned_data
        return Decided(told["text"], told["responsible"], told["due"], told["question"])


class DoneForm(forms.Form):
    """When it was carried out and what came of it."""

    on = DayField(label="Выполнено")
    comment = TidyCharField(label="Что вышло", max_length=300, required=False)

    helper = laid_out(Row("on", "comment"))


class NewTermForm(forms.Form):
    """Until when instead, and why."""

    to = DayField(label="Новый срок")
    comment = TidyCharField(label="Почему переносим", max_length=300)

    helper = laid_out(Row("to", "comment"))


class WhyForm(forms.Form):
    """Why."""

    comment = TidyCharField(label="Почему", max_length=300)
