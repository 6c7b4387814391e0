"""Forms of competitions and metasubject results."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refused
from common.forms import laid_out
from documents.attaching import ACCEPTED, IN_WORDS, MOST_BYTES, type_of
from iom.forms_programs import ANY, PupilsForm
from iom.programs import MetaArea, MetaLevel, Place, Reach
from iom.services.pupil_facts import Meta, Won
from risk_registry.forms import FilterForm
from school.forms.fields import DayField, TidyCharField
from school.models import Subject


class AchievementFilterForm(FilterForm):
    """Which competitions: whose, how far they reach, with which result."""

    reach = forms.ChoiceField(label="Уровень", required=False, choices=[*ANY, *Reach.choices()])
    place = forms.ChoiceField(label="Результат", required=False, choices=[*ANY, *Place.choices()])

    field_order = ("text", "cls", "subject", "reach", "place")

    def __init__(self, data: Mapping[str, Any], **choices: Any) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "cls", "subject"}, **choices)


class AchievementForm(forms.Form):
    """A competition: its title, how far it reaches, the result; the paper as one wishes."""

    corrects = True

    title = TidyCharField(label="Конкурс, олимпиада, соревнование", max_length=300)
    reach = forms.ChoiceField(label="Уровень", choices=Reach.choices())
    place = forms.ChoiceField(label="Результат", choices=Place.choices())
    on = DayField(label="Когда")
    subject = forms.ModelChoiceField(
        label="Предмет", queryset=Subject.objects.none(), required=False, empty_label="Не по предмету"
    )
    file = forms.FileField(
        label="Документ",
        required=False,
        help_text=f"Грамота, диплом, по желанию: {IN_WORDS}.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    helper = laid_out("title", Row("reach", "place"), Row("on", "subject"), "file")

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subject"]
        field.queryset = subjects

    def clean_file(self) -> bytes | None:
        """The content, once it is known to be what may be attached."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        content: bytes = file.read(MOST_BYTES + 1)
        try:
            type_of(content)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return content

    def won(self) -> Won:
        """As the services take it."""
        told = self.cleaned_data
        reach, place = Reach(told["reach"]), Place(told["place"])
        return Won(told["title"], reach, place, told["on"], told["subject"], told["file"])


class AchievementsForm(PupilsForm, AchievementForm):
    """The same about several pupils of a class at once."""

    corrects = False
    helper = laid_out("title", Row("reach", "place"), Row("on", "subject"), "file", "pupils")


class MetaForm(forms.Form):
    """A metasubject result in two choices and, if one likes, a few words."""

    corrects = True

    area = forms.ChoiceField(label="Группа умений", choices=MetaArea.choices(), widget=forms.RadioSelect)
    level = forms.ChoiceField(label="Уровень", choices=MetaLevel.choices(), widget=forms.RadioSelect)
    on = DayField(label="Когда")
    what = TidyCharField(
        label="Что именно", required=False, max_length=200, help_text="Например: «работа с текстом», «план действий»."
    )
    how = TidyCharField(
        label="По чему видно", required=False, max_length=200, help_text="Проект, комплексная работа, наблюдение."
    )

    helper = laid_out("area", "level", Row("on", "what", "how"))

    def meta(self) -> Meta:
        """As the services take it."""
        told = self.cleaned_data
        return Meta(MetaArea(told["area"]), MetaLevel(told["level"]), told["on"], told["what"], told["how"])


class MetasForm(PupilsForm, MetaForm):
    """The same about several pupils of a class at once."""

    corrects = False
    helper = laid_out("area", "level", Row("on", "what", "how"), "pupils")
