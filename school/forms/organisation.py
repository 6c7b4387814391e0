"""The school's card, its thresholds and its first day in the application."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from crispy_forms.layout import Fieldset, Row
from django import forms

from common.forms import laid_out
from school.forms.fields import ModelForm, TidyCharField
from school.models import AcademicYear, Municipality, PeriodSystem, School, SchoolSettings

_ZONES = [
    ("Europe/Kaliningrad", "Калининград (МСК−1)"),
    ("Europe/Moscow", "Москва"),
    ("Europe/Samara", "Самара (МСК+1)"),
    ("Asia/Yekaterinburg", "Екатеринбург (МСК+2)"),
    ("Asia/Omsk", "Омск (МСК+3)"),
    ("Asia/Krasnoyarsk", "Красноярск (МСК+4)"),
    ("Asia/Irkutsk", "Иркутск (МСК+5)"),
    ("Asia/Yakutsk", "Якутск (МСК+6)"),
    ("Asia/Vladivostok", "Владивосток (МСК+7)"),
    ("Asia/Magadan", "Магадан (МСК+8)"),
    ("Asia/Kamchatka", "Камчатка (МСК+9)"),
]
UPPER_SAME = "same"
UPPER = [("halfyears", "Полугодия"), (UPPER_SAME, "Как у всей школы")]


def _zones(present: str) -> list[tuple[str, str]]:
    """Russian zones, and the present one when it is another."""
    known = {zone for zone, _ in _ZONES}
    return _ZONES if present in known or present not in available_timezones() else [*_ZONES, (present, present)]


class SchoolForm(ModelForm[School]):
    """What the school is called and where it stands."""

    name = TidyCharField(label="Краткое название", max_length=200)
    full_name = TidyCharField(
        label="Полное название", max_length=400, required=False, help_text="Стоит в шапке печатных документов."
    )
    founder = TidyCharField(label="Учредитель", max_length=300, required=False)
    locality = TidyCharField(label="Населённый пункт", max_length=200, required=False)
    address = TidyCharField(label="Адрес", max_length=300, required=False)
    district = TidyCharField(
        label="Муниципалитет",
        max_length=200,
        required=False,
        help_text="Его координатор видит школу в муниципальной сводке, без имён учеников.",
    )
    timezone = forms.ChoiceField(label="Часовой пояс")

    class Meta:
        model = School
        fields = ["name", "full_name", "founder", "locality", "address", "timezone"]

    helper = laid_out(
        Fieldset("Название", "name", "full_name", "founder"),
        Fieldset("Где находится", Row("locality", "timezone"), "address", "district"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["timezone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = _zones(self.instance.timezone)
        if self.instance.municipality is not None:
            self.fields["district"].initial = self.instance.municipality.name
        names = Municipality.objects.values_list("name", flat=True)[:20]
        if names:
            self.fields["district"].help_text += f" Уже есть: {', '.join(names)}."


class MunicipalityForm(ModelForm[Municipality]):
    """What the municipality is called."""

    name = TidyCharField(label="Название", max_length=200)

    class Meta:
        model = Municipality
        fields = ["name"]


class CoordinatorForm(forms.Form):
    """The login of a coordinator, who is on nobody's staff."""

    username = forms.RegexField(
        label="Логин",
        regex=r"^[\w.-]{3,150}$",
        max_length=150,
        help_text="По нему узнают человека: например, ivanova.uo.",
        error_messages={"invalid": "Не короче трёх знаков: буквы, цифры, точка, дефис и подчёркивание."},
    )


class FirstSchoolForm(forms.Form):
    """What is asked before an installation has a school."""

    code = forms.RegexField(
        label="Код школы",
        regex=r"^[\w-]{1,32}$",
        max_length=32,
        help_text="Короткое имя для команд, потом не меняется: например, sosh4.",
        error_messages={"invalid": "Только буквы, цифры, дефис и подчёркивание."},
    )
    name = TidyCharField(label="Краткое название", max_length=200, help_text="Например, «МБОУ СОШ № 4».")
    municipality = TidyCharField(label="Муниципалитет", max_length=200, required=False)
    start = forms.IntegerField(label="Год начала учебного года", min_value=2020, max_value=2100)
    periods = forms.ChoiceField(label="Учебные периоды", choices=PeriodSystem.choices)
    upper = forms.ChoiceField(label="Периоды 10–11 классов", choices=UPPER)

    helper = laid_out("code", "name", "municipality", "start", Row("periods", "upper"))

    def clean_code(self) -> str:
        """Refuse a code that another school has."""
        code: str = self.cleaned_data["code"]
        if School.objects.filter(code=code).exists():
            raise forms.ValidationError("Школа с таким кодом уже есть.")
        return code


# Where «weak» begins is chosen by the school's order, on a page of its own that shows how long the lists become.
BY_ORDER = ("weak_min_marks", "weak_max_result")
_NO_METHOD = ("feedback_monthly", "participation_records")  # the sources leave the number to the school


class ThresholdsForm(ModelForm[SchoolSettings]):
    """The numbers by which the school judges, but for those of an order; beside each stands the methodical one."""

    round_up_from = forms.DecimalField(
        label="Прогноз округляется вверх от дробной части",
        localize=True,
        max_digits=3,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=Decimal("0.99"),
        help_text="При 0,50 средняя 2,50 даёт прогноз «3».",
    )

    class Meta:
        model = SchoolSettings
        fields = [
            "reserve_max_subjects",
            "forecast_min_marks",
            "round_up_from",
            "three_unsatisfactory_min",
            "marks_from_grade",
            "stale_after_days",
            "approval_days",
            "remind_days",
            "answer_days",
            "absent_single",
            "absent_repeated",
            "absent_systematic",
            "absent_percent",
            "note_days",
            "twos_percent",
            "twos_procedures",
            "trend_drop",
            "external_gap",
            "few_marks_one",
            "few_marks_two",
            "few_marks_more",
            "attestation",
            "homework_answer_days",
            "feedback_monthly",
            "participation_records",
        ]
        localized_fields = ["trend_drop"]

    helper = laid_out(
        Fieldset("Категории", "marks_from_grade", "reserve_max_subjects"),
        Fieldset("Прогноз итога", Row("forecast_min_marks", "round_up_from")),
        Fieldset("Сигналы", Row("three_unsatisfactory_min", "answer_days"), Row("trend_drop", "external_gap")),
        Fieldset(
            "Пропуски без уважительной причины",
            Row("absent_single", "absent_repeated"),
            Row("absent_systematic", "absent_percent"),
            "note_days",
        ),
        Fieldset("Тревога по внешним работам (правило ФИОКО)", Row("twos_percent", "twos_procedures")),
        Fieldset("Мало отметок", Row("few_marks_one", "few_marks_two", "few_marks_more")),
        Fieldset("Академическая задолженность (273-ФЗ, ст. 58)", "attestation"),
        Fieldset("Согласование реестра", Row("approval_days", "remind_days")),
        Fieldset("Обращения", "homework_answer_days"),
        Fieldset("Обратная связь с родителями (показатель 26)", "feedback_monthly"),
        Fieldset("Включённость педагогов в профилактику (показатель 3)", "participation_records"),
        Fieldset("Свежесть данных", "stale_after_days"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            default = default_of(name)
            example = f" {field.help_text}" if field.help_text else ""
            whose = "По умолчанию" if name in _NO_METHOD else "По методике"
            field.help_text = f"{whose}: {default}.{example}"


def default_of(name: str) -> str:
    """The methodical value of a threshold, in Russian."""
    return _told(SchoolSettings(), name)


def _told(settings: SchoolSettings, name: str) -> str:
    """A number with its comma; the word of a choice."""
    word = getattr(settings, f"get_{name}_display", None)
    return str(word()) if word is not None else str(getattr(settings, name)).replace(".", ",")


@dataclass(frozen=True)
class ThresholdRow:
    """One threshold: in the school and in the method."""

    label: str
    value: str
    default: str

    @property
    def differs(self) -> bool:
        """Whether the school has chosen its own number."""
        return self.value != self.default


def threshold_rows(settings: SchoolSettings) -> list[ThresholdRow]:
    """All thresholds for reading."""
    columns: dict[str, Any] = {field.name: field for field in SchoolSettings._meta.concrete_fields}
    labels = {name: str(columns[name].verbose_name) for name in BY_ORDER}
    labels |= {name: str(field.label) for name, field in ThresholdsForm(instance=settings).fields.items()}
    return [ThresholdRow(label, _told(settings, name), default_of(name)) for name, label in labels.items()]


def zone_in_words(zone: str) -> str:
    """«Екатеринбург (МСК+2)»."""
    return dict(_ZONES).get(zone, zone)


class YearForm(forms.Form):
    """Opening an academic year."""

    start = forms.IntegerField(label="Год начала", min_value=2020, max_value=2100)
    main = forms.ChoiceField(label="Учебные периоды", choices=PeriodSystem.choices)
    upper = forms.ChoiceField(label="Периоды 10–11 классов", choices=UPPER)

    helper = laid_out("start", Row("main", "upper"))


class SystemsForm(forms.Form):
    """Another division of a year that nothing refers to yet."""

    corrects = True

    main = forms.ChoiceField(label="Учебные периоды", choices=PeriodSystem.choices)
    upper = forms.ChoiceField(label="Периоды 10–11 классов", choices=PeriodSystem.choices)

    helper = laid_out(Row("main", "upper"))


def systems_of(year: AcademicYear) -> dict[str, str]:
    """What `SystemsForm` begins with."""
    return {"main": year.main_system, "upper": year.upper_system}
