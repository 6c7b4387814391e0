"""Forms of the register: programs, partners, agreements, who goes to a course."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from common.forms import laid_out
from iom.models import NetworkPartner, Program
from iom.programs import LevelWord, ProgramKind
from iom.services.programs import AgreementDraft, ProgramDraft
from risk_registry.forms import FilterForm
from school.forms.fields import DayField, TidyCharField
from school.models import Pupil, Staff, Subject

ANY = [("", "Все")]
YES = [("", "Все"), ("1", "Да")]


class ProgramFilterForm(FilterForm):
    """Which programs."""

    kind = forms.ChoiceField(label="Вид", required=False, choices=[*ANY, *ProgramKind.choices()])
    level = forms.ChoiceField(label="Уровень", required=False, choices=[*ANY, *LevelWord.choices()])
    term = forms.ChoiceField(label="Срок", required=False, choices=[("", "Действуют"), ("all", "Все сроки")])
    approved = forms.ChoiceField(
        label="Утверждение", required=False, choices=[*ANY, ("yes", "Утверждены"), ("no", "Не утверждены")]
    )
    network = forms.ChoiceField(label="Сетевая форма", required=False, choices=YES)
    literacy = forms.ChoiceField(label="Функциональная грамотность", required=False, choices=YES)
    supports = forms.ChoiceField(label="Пять предметов показателя 19", required=False, choices=YES)
    where = forms.ChoiceField(
        label="Кто ведёт", required=False, choices=[*ANY, ("own", "Школа"), ("else", "Другая организация")]
    )

    field_order = ("text", "kind", "level", "subject", "term", "approved", "network", "literacy", "supports", "where")

    def __init__(self, data: Mapping[str, Any], **choices: Any) -> None:
        super().__init__(data, without=FilterForm.base_fields.keys() - {"text", "subject"}, **choices)
        self.fields["text"].label = "Название"


class CopyProgramsForm(forms.Form):
    """Which programs of the last year go on."""

    programs = forms.TypedMultipleChoiceField(
        label="Какие программы продолжаются", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, programs: Sequence[Program]) -> None:
        super().__init__(data, initial={"programs": [one.pk for one in programs]})
        field: Any = self.fields["programs"]
        field.choices = [(one.pk, f"{one.title} ({one.get_kind_display().lower()})") for one in programs]


class ProgramForm(forms.Form):
    """A program; the kind, the title, a level and the first day are needed."""

    corrects = True

    kind = forms.ChoiceField(label="Вид", choices=ProgramKind.choices(), widget=forms.RadioSelect)
    title = TidyCharField(label="Название", max_length=300)
    levels = forms.MultipleChoiceField(
        label="Уровни образования", choices=LevelWord.choices(), widget=forms.CheckboxSelectMultiple
    )
    subject = forms.ModelChoiceField(
        label="В поддержку предмета", queryset=Subject.objects.none(), required=False, empty_label="Не указан"
    )
    literacy = forms.BooleanField(label="Формирует функциональную грамотность", required=False)
    network = forms.BooleanField(label="Сетевая форма, на оборудовании партнёра", required=False)
    partner = forms.ModelChoiceField(
        label="Партнёр", queryset=NetworkPartner.objects.none(), required=False, empty_label="Не указан"
    )
    where = TidyCharField(
        label="Где, если не в школе",
        required=False,
        max_length=300,
        help_text="Организация, которая ведёт программу сама. Такая программа не входит в показатели школы.",
    )
    leader = forms.ModelChoiceField(
        label="Ведёт", queryset=Staff.objects.none(), required=False, empty_label="Не указан"
    )
    hours = forms.DecimalField(label="Часов в неделю", required=False, min_value=0, max_value=40, decimal_places=1)
    starts = DayField(label="Действует с")
    ends = DayField(label="По", required=False, help_text="Пусто — без срока.")
    paper_number = TidyCharField(label="Приказ, номер", required=False, max_length=50)
    approved_on = DayField(label="Дата приказа", required=False)

    helper = laid_out(
        "kind",
        "title",
        "levels",
        Row("subject", "leader", "hours"),
        "literacy",
        Fieldset("Сеть", "network", Row("partner", "where")),
        Row("starts", "ends"),
        Fieldset("Утверждение", Row("paper_number", "approved_on")),
    )

    def __init__(self, *args: Any, subjects: Any, partners: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["subject"].queryset = subjects
        fields["partner"].queryset = partners
        fields["leader"].queryset = staff

    def draft(self) -> ProgramDraft:
        """As the services take it."""
        told = self.cleaned_data
        return ProgramDraft(
            kind=ProgramKind(told["kind"]),
            levels=[LevelWord(one) for one in told["levels"]],
            **{name: value for name, value in told.items() if name not in ("kind", "levels")},
        )


class PartnerForm(forms.Form):
    """A partner of the network."""

    corrects = True

    name = TidyCharField(label="Организация", max_length=300)
    gives = TidyCharField(
        label="Что предоставляет", required=False, max_length=500, help_text="Оборудование, помещения, педагоги."
    )


class AgreementForm(forms.Form):
    """An agreement with a partner."""

    corrects = True

    number = TidyCharField(label="Номер договора", max_length=50)
    signed_on = DayField(label="Дата договора")
    starts = DayField(label="Действует с")
    ends = DayField(label="По", required=False, help_text="Пусто — без срока. За месяц до конца Опора напомнит.")
    about = TidyCharField(label="Предмет договора", required=False, max_length=300)

    helper = laid_out(Row("number", "signed_on"), Row("starts", "ends"), "about")

    def draft(self) -> AgreementDraft:
        """As the services take it."""
        return AgreementDraft(**self.cleaned_data)


class PupilsForm(forms.Form):
    """Several pupils of one class; what is written about them stands in the forms below."""

    pupils = forms.ModelMultipleChoiceField(
        label="Ученики",
        queryset=Pupil.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одного ученика."},
    )

    def __init__(self, *args: Any, pupils: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pupils"]
        field.queryset = pupils
        field.label_from_instance = lambda pupil: pupil.list_name


class EnrolForm(PupilsForm):
    """Who goes to the course, since when."""

    starts = DayField(label="Ходят с")

    field_order = ("starts", "pupils")


class SeatForm(forms.Form):
    """The days of one pupil on a course."""

    corrects = True

    starts = DayField(label="Ходит с")
    ends = DayField(label="Последний день", required=False, help_text="Пусто — ходит до сих пор.")

    helper = laid_out(Row("starts", "ends"))
