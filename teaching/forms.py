"""Forms of trainings, communities, practices, visits and gaps: taps, and words as one likes."""

from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from common.forms import LongChoices, laid_out
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from school.forms.fields import DayField, TidyCharField
from school.models import SchoolClass, Staff, Subject
from teaching.services.communities import CommunityDraft
from teaching.services.practices import PracticeDraft
from teaching.services.trainings import TrainingDraft
from teaching.services.visits import Seen
from teaching.words import (
    CommunityKind,
    GapArea,
    GapFound,
    MeetingStep,
    Objectivity,
    Technology,
    Topic,
    TrainingKind,
    WeakWork,
)

_MOST_TAGS = 8


def clean_paper(file: "UploadedFile[Any] | None") -> bytes | None:
    """The content, once it is known to be what may be attached."""
    if file is None:
        return None
    content: bytes = file.read(MOST_BYTES + 1)
    try:
        type_of(content)
    except Refused as refusal:
        raise forms.ValidationError(refusal.message) from refusal
    return content


def _paper_field(label: str, help_text: str, *, required: bool = False) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": ACCEPTED})
    return forms.FileField(label=label, required=required, help_text=help_text, widget=widget)


class PersonForm(forms.Form):
    """About a person of the staff; without `people` it is about whoever writes."""

    corrects = True

    staff = forms.ModelChoiceField(label="Педагог", queryset=Staff.objects.none(), empty_label=None)

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["staff"]
        else:
            field: Any = self.fields["staff"]
            field.queryset = people

    def person(self, otherwise: Staff) -> Staff:
        """Whom it is about."""
        found: Staff = self.cleaned_data.get("staff") or otherwise
        return found


class TrainingForm(PersonForm):
    """A training; the topic, the kind and the first day are needed."""

    kind = forms.ChoiceField(label="Вид", choices=TrainingKind.choices(), widget=forms.RadioSelect)
    title = TidyCharField(label="Тема", max_length=300)
    topics = forms.MultipleChoiceField(
        label="О чём",
        choices=Topic.choices(),
        required=False,
        widget=LongChoices,
        help_text="Первые две темы входят в показатель 1 программы.",
    )
    starts = DayField(label="Начало")
    ends = DayField(label="Окончание", required=False, help_text="Пусто — ещё идёт.")
    hours = forms.IntegerField(label="Часов", required=False, min_value=1, max_value=2000)
    place = TidyCharField(label="Где", required=False, max_length=300)
    paper_number = TidyCharField(label="Документ, номер", required=False, max_length=100)
    file = _paper_field("Документ", f"По желанию: {IN_WORDS}.")

    helper = laid_out("staff", "title", "kind", "topics", Row("starts", "ends", "hours"), Row("place", "paper_number"))

    field_order = ("staff", "title", "kind", "topics", "starts", "ends", "hours", "place", "paper_number", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "staff" not in self.fields:
            self.helper = laid_out("title", "kind", "topics", Row("starts", "ends", "hours"))

    def clean_file(self) -> bytes | None:
        """Only what may be attached."""
        return clean_paper(self.cleaned_data["file"])

    def draft(self) -> TrainingDraft:
        """As the services take it."""
        told = self.cleaned_data
        return TrainingDraft(
            kind=TrainingKind(told["kind"]),
            title=told["title"],
            starts=told["starts"],
            ends=told["ends"],
            topics=[Topic(one) for one in told["topics"]],
            hours=told["hours"],
            place=told["place"],
            paper_number=told["paper_number"],
            paper=told["file"],
        )


class CommunityForm(PersonForm):
    """A community: its people by taps."""

    kind = forms.ChoiceField(label="Вид", choices=CommunityKind.choices(), widget=forms.RadioSelect)
    title = TidyCharField(label="Название", max_length=200)
    cycle = TidyCharField(
        label="Над чем работаем",
        required=False,
        max_length=300,
        help_text="Вопрос цикла, например: «как помочь тем, кто не решает задачи на проценты».",
    )
    starts = DayField(label="Действует с")
    ends = DayField(label="По", required=False, help_text="Пусто — без срока.")
    members = forms.ModelMultipleChoiceField(
        label="Участники",
        queryset=Staff.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одного коллегу: сообщество — это двое и больше."},
    )

    field_order = ("staff", "title", "kind", "cycle", "starts", "ends", "members")

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = colleagues
        field.label_from_instance = lambda one: one.short_name

    def draft(self) -> CommunityDraft:
        """As the services take it."""
        told = self.cleaned_data
        return CommunityDraft(
            CommunityKind(told["kind"]),
            told["title"],
            told["starts"],
            told["ends"],
            told["cycle"],
            list(told["members"]),
        )


class MeetingForm(forms.Form):
    """A meeting of a community: the day and a tap."""

    corrects = True

    on = DayField(label="Когда")
    step = forms.ChoiceField(label="Что было", choices=MeetingStep.choices(), widget=forms.RadioSelect)
    text = TidyCharField(label="Несколько слов", required=False, max_length=500)


class PracticeForm(PersonForm):
    """A practice; its name and what it is are needed."""

    title = TidyCharField(label="Название", max_length=200)
    about = forms.CharField(
        label="В чём суть",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Что делали, с кем, что изменилось. Без имён учеников: практику читают все коллеги.",
    )
    topics = forms.MultipleChoiceField(
        label="С кем и о чём",
        choices=Topic.choices(),
        required=False,
        widget=LongChoices,
        help_text="Первые две темы входят в показатель 4 программы.",
    )
    tags = TidyCharField(
        label="Метки", required=False, max_length=300, help_text="Через запятую, например: «дроби, работа в парах»."
    )
    subject = forms.ModelChoiceField(
        label="Предмет", queryset=Subject.objects.none(), required=False, empty_label="Любой"
    )
    coauthor = forms.ModelChoiceField(label="Соавтор", queryset=Staff.objects.none(), required=False, empty_label="Нет")
    link = forms.URLField(label="Ссылка", required=False, max_length=500, assume_scheme="https")

    field_order = ("staff", "title", "about", "topics", "tags", "subject", "coauthor", "link")

    def __init__(self, *args: Any, subjects: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["subject"].queryset = subjects
        fields["coauthor"].queryset = colleagues

    def clean_link(self) -> str:
        """An address of the web, and of nothing else."""
        link: str = self.cleaned_data["link"]
        if link and not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError("Ссылка начинается с https:// или http://.")
        return link

    def clean_tags(self) -> list[str]:
        """Small letters, each once."""
        found = [part.strip().lower() for part in self.cleaned_data["tags"].split(",") if part.strip()]
        if any(len(one) > 40 for one in found):
            raise forms.ValidationError("Метка — одно-два слова, до 40 знаков. Разделите метки запятыми.")
        if len(set(found)) > _MOST_TAGS:
            raise forms.ValidationError("Меток не больше восьми: оставьте главные.")
        return list(dict.fromkeys(found))

    def draft(self) -> PracticeDraft:
        """As the services take it."""
        told = self.cleaned_data
        return PracticeDraft(
            title=told["title"],
            about=told["about"].strip(),
            topics=[Topic(one) for one in told["topics"]],
            tags=told["tags"],
            coauthor=told["coauthor"],
            subject=told["subject"],
            link=told["link"],
        )


class PracticeFileForm(forms.Form):
    """A paper of a practice."""

    title = TidyCharField(label="Что это", max_length=100, help_text="Например: «карточки», «план урока».")
    file = _paper_field("Файл", f"{IN_WORDS}. Без имён учеников.", required=True)

    def clean_file(self) -> bytes | None:
        """Only what may be attached."""
        return clean_paper(self.cleaned_data["file"])


_NOT_LOOKED = [("", "Не смотрели")]


class VisitForm(PersonForm):
    """A visit: whose lesson, the day, taps; words as one likes."""

    on = DayField(label="Когда")
    subject = forms.ModelChoiceField(
        label="Предмет", queryset=Subject.objects.none(), required=False, empty_label="Не указан"
    )
    school_class = forms.ModelChoiceField(
        label="Класс", queryset=SchoolClass.objects.none(), required=False, empty_label="Не указан"
    )
    topic = TidyCharField(label="Тема урока", required=False, max_length=200)
    technologies = forms.MultipleChoiceField(
        label="Что видно на уроке", choices=Technology.choices(), required=False, widget=LongChoices
    )
    objectivity = forms.ChoiceField(
        label="Отметки", required=False, choices=[*_NOT_LOOKED, *Objectivity.choices()], widget=forms.RadioSelect
    )
    weak = forms.ChoiceField(
        label="Работа с теми, кому трудно",
        required=False,
        choices=[*_NOT_LOOKED, *WeakWork.choices()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Несколько слов",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Увидит учитель. Можно не писать. Без имён учеников.",
    )

    helper = laid_out("staff", Row("on", "subject", "school_class"), "topic", "technologies", "objectivity", "weak")

    def __init__(self, *args: Any, subjects: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["subject"].queryset = subjects
        fields["school_class"].queryset = classes
        if "staff" in fields:
            fields["staff"].label = "Чей урок"
        else:
            self.helper = laid_out(Row("on", "subject", "school_class"), "topic", "technologies")

    def seen(self) -> Seen:
        """As the services take it."""
        told = self.cleaned_data
        return Seen(
            on=told["on"],
            subject=told["subject"],
            school_class=told["school_class"],
            topic=told["topic"],
            technologies=[Technology(one) for one in told["technologies"]],
            objectivity=Objectivity(told["objectivity"]) if told["objectivity"] else None,
            weak=WeakWork(told["weak"]) if told["weak"] else None,
            text=told["text"].strip(),
        )


class ReplyForm(forms.Form):
    """The visited teacher's word."""

    corrects = True

    reply = forms.CharField(
        label="Ваше слово", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class GapForm(PersonForm):
    """A gap in a tap and a few words."""

    area = forms.ChoiceField(label="Область", choices=GapArea.choices(), widget=forms.RadioSelect)
    text = TidyCharField(label="В чём", max_length=300)
    found = forms.ChoiceField(label="Как обнаружен", choices=GapFound.choices(), widget=forms.RadioSelect)
    found_on = DayField(label="Когда")


class GapCloseForm(forms.Form):
    """When and how a gap was closed."""

    corrects = True

    on = DayField(label="Когда закрыт", required=False, help_text="Пусто — не закрыт.")
    how = TidyCharField(label="Чем", required=False, max_length=300, help_text="Курсы, взаимопосещение, диагностика.")


class WordForm(forms.Form):
    """Why a record is returned."""

    word = TidyCharField(
        label="Что поправить",
        max_length=300,
        error_messages={"required": "Напишите, что поправить: без этого педагог не поймёт, что от него ждут."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RemoveForm(forms.Form):
    """Why a record is taken back."""

    why = TidyCharField(label="Почему", max_length=300)


class ValueForm(forms.Form):
    """The value that a person sets."""

    corrects = True

    number = forms.IntegerField(label="Сколько педагогов", min_value=0, max_value=10_000)
    text = TidyCharField(
        label="На чём основано", max_length=500, help_text="Посещения, беседы, материалы уроков: почему именно столько."
    )
