"""Forms of events for parents."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from common.errors import Refused
from common.forms import laid_out
from consultations.forms_councils import StaffChoice, words_field
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from parents.event_words import EventKind, EventState
from parents.models import EventDecision, ParentEvent
from parents.selectors.events import WAITS
from parents.services.event_protocol import Decided
from parents.services.events import EventDraft, EventTime
from risk_registry.forms import FilterForm
from school.forms.day import ClockField
from school.forms.fields import DayField, TidyCharField
from school.models import Level, SchoolClass, Staff

Choices = Sequence[tuple[object, str]]
ANY: Choices = [("", "Все")]
_EVERYBODY = "Если не отмечены ни уровни, ни классы, приглашена вся школа."


class EventFilterForm(FilterForm):
    """Which events of the plan."""

    text = forms.CharField(label="Тема", required=False, max_length=100)
    kind = forms.ChoiceField(label="Вид", required=False, choices=[*ANY, *EventKind.choices()])
    level = forms.ChoiceField(label="Уровень", required=False, choices=[*ANY, *Level.choices])
    stage = forms.ChoiceField(
        label="Состояние", required=False, choices=[*ANY, (WAITS, "Ждут записи"), *EventState.choices()]
    )

    field_order = ("text", "period", "kind", "level", "cls", "stage")

    def __init__(self, data: Mapping[str, Any], **choices: Choices) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "cls", "period"}, **choices)


class EventForm(forms.Form):
    """What it is and for whom; when it is new, when and where."""

    kind = forms.ChoiceField(label="Вид", choices=EventKind.choices())
    title = TidyCharField(label="Тема", max_length=200)
    prevention = forms.BooleanField(
        label="О профилактике учебной неуспешности",
        required=False,
        initial=True,
        help_text="Такие мероприятия считаются в показателях P23 и P27.",
    )
    leader = StaffChoice("Кто ведёт", required=False, empty_label="не назначен")
    levels = forms.MultipleChoiceField(
        label="Уровни", choices=Level.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    classes = forms.ModelMultipleChoiceField(
        SchoolClass.objects.none(), label="Классы", required=False, widget=forms.CheckboxSelectMultiple
    )
    on = DayField(label="День")
    starts_at = ClockField(label="Начало", required=False)
    ends_at = ClockField(label="Конец", required=False)
    place = TidyCharField(label="Место", max_length=150, required=False)
    questions = words_field("Повестка", 2000, "Каждый вопрос — с новой строки. Печатается в приглашении и протоколе.")

    def __init__(
        self,
        *args: Any,
        classes: QuerySet[SchoolClass],
        staff: QuerySet[Staff],
        everybody: bool,
        event: ParentEvent | None = None,
        **kwargs: Any,
    ) -> None:
        if event is not None:
            kwargs["initial"] = _told(event)
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["classes"].queryset, fields["leader"].queryset = classes, staff
        self.corrects = event is not None
        self._everybody = everybody
        if not everybody:
            del fields["levels"]
        else:
            fields["levels"].help_text = _EVERYBODY
        if event is not None:
            for name in ("on", "starts_at", "ends_at", "place"):
                del fields[name]
        self.helper = self._layout(new=event is None)

    def _layout(self, *, new: bool) -> Any:
        about = ["kind", "title", "leader", "prevention"]
        when = [Row("on", "starts_at", "ends_at"), "place"] if new else []
        whom = ["levels", "classes"] if self._everybody else ["classes"]
        return laid_out(*about, *when, Fieldset("Кого приглашаем", *whom), "questions")

    def clean(self) -> dict[str, Any]:
        """A class teacher names classes; an event ends after it begins."""
        told = super().clean() or {}
        if not self._everybody and not told.get("classes"):
            self.add_error("classes", "Отметьте свой класс.")
        _check_times(self, told)
        return told

    def draft(self) -> EventDraft:
        """As the service takes it."""
        told = self.cleaned_data
        return EventDraft(
            kind=told["kind"],
            title=told["title"],
            levels=tuple(told.get("levels", ())),
            classes=tuple(told["classes"]),
            prevention=told["prevention"],
            leader=told["leader"],
            questions=told["questions"],
        )

    def when(self) -> EventTime:
        """The same."""
        told = self.cleaned_data
        return EventTime(told["on"], told["starts_at"], told["ends_at"], told["place"])


def _told(event: ParentEvent) -> dict[str, Any]:
    names = ("kind", "title", "prevention", "leader", "levels", "questions")
    return {
        **{name: getattr(event, name) for name in names},
        "classes": [one.school_class_id for one in event.invited.all()],
    }


def _check_times(form: forms.Form, told: Mapping[str, Any]) -> None:
    begins, ends = told.get("starts_at"), told.get("ends_at")
    if ends and (not begins or ends <= begins):
        form.add_error("ends_at", "Мероприятие кончается позже, чем начинается.")


class MoveForm(forms.Form):
    """Another day, hour or place."""

    corrects = True

    on = DayField(label="День")
    starts_at = ClockField(label="Начало", required=False)
    ends_at = ClockField(label="Конец", required=False)
    place = TidyCharField(label="Место", max_length=150, required=False)
    why = TidyCharField(label="Почему", max_length=300)

    helper = laid_out(Row("on", "starts_at", "ends_at"), "place", "why")

    def clean(self) -> dict[str, Any]:
        """An event ends after it begins."""
        told = super().clean() or {}
        _check_times(self, told)
        return told

    def when(self) -> EventTime:
        """As the service takes it."""
        told = self.cleaned_data
        return EventTime(told["on"], told["starts_at"], told["ends_at"], told["place"])


class ProtocolForm(forms.Form):
    """Who led, who wrote, what was said; the rest is compiled."""

    corrects = True

    chair = TidyCharField(
        label="Председатель", max_length=150, required=False, help_text="Фамилия и инициалы; может быть и родитель."
    )
    secretary = TidyCharField(label="Секретарь", max_length=150, required=False)
    course = words_field("Слушали", 4000, "Кто выступил и о чём, коротко. Повестку и явку подставит система.", rows=8)

    helper = laid_out(Row("chair", "secretary"), "course")


class DecisionForm(forms.Form):
    """A decision with who answers for it and until when."""

    text = words_field("Решение", 500, required=True, rows=3)
    responsible = StaffChoice("Ответственный", required=False, empty_label="не сотрудник школы")
    who = TidyCharField(label="Или кто, если не сотрудник", max_length=150, required=False)
    due = DayField(label="Срок")

    helper = laid_out("text", Row("responsible", "who"), "due")

    def __init__(
        self, *args: Any, staff: QuerySet[Staff], decision: EventDecision | None = None, **kwargs: Any
    ) -> None:
        if decision is not None:
            names = ("text", "responsible", "who", "due")
            kwargs["initial"] = {name: getattr(decision, name) for name in names}
        super().__init__(*args, **kwargs)
        self.corrects = decision is not None
        fields: Any = self.fields
        fields["responsible"].queryset = staff

    def clean(self) -> dict[str, Any]:
        """Somebody answers for it."""
        told = super().clean() or {}
        if not told.get("responsible") and not told.get("who"):
            self.add_error("responsible", "Назовите ответственного.")
        return told

    def decided(self) -> Decided:
        """As the service takes it."""
        told = self.cleaned_data
        return Decided(told["text"], told["due"], told["responsible"], told["who"])


class KeptForm(forms.Form):
    """When it was carried out and what came of it."""

    on = DayField(label="Выполнено", required=False, help_text="Пусто — отметка снимается.")
    note = TidyCharField(label="Что вышло", max_length=300, required=False)

    helper = laid_out(Row("on", "note"))


class MaterialForm(forms.Form):
    """What was shown or handed out."""

    title = TidyCharField(label="Название", max_length=100, help_text="Например, «Памятка о домашних заданиях».")
    file = forms.FileField(label="Файл", help_text=f"{IN_WORDS}.", widget=forms.FileInput(attrs={"accept": ACCEPTED}))

    def clean_file(self) -> bytes:
        """The content, once it is known to be what may be attached."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        content: bytes = file.read(MOST_BYTES + 1)
        try:
            type_of(content)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return content
