"""Classes, subgroups, when marks begin, subjects."""

from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.db.models import Q

from common.forms import laid_out
from school.forms.fields import OwnedForm, TidyCharField
from school.models import MarksStart, Period, Pupil, School, SchoolClass, Staff, Subgroup, Subject
from school.naming import class_parts


def present_staff(school: School) -> Q:
    """People who work in the school today."""
    return Q(school=school) & (Q(left_on__isnull=True) | Q(left_on__gte=school.today()))


class ClassForm(OwnedForm[SchoolClass]):
    """A class by its name, «7А», and its teacher."""

    title = TidyCharField(label="Класс", max_length=24, help_text="Например, 7А или 10 ФМ.")

    class Meta:
        model = SchoolClass
        fields = ["class_teacher"]

    field_order = ["title", "class_teacher"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["title"].initial = str(self.instance)
        teacher = self.fields["class_teacher"]
        assert isinstance(teacher, forms.ModelChoiceField)
        held = Q(pk=self.instance.class_teacher_id)
        teacher.queryset = Staff.objects.filter(present_staff(self.instance.school) | held)
        teacher.empty_label = "пока нет"

    def clean_title(self) -> tuple[int, str]:
        """Grade and letter."""
        parts = class_parts(self.cleaned_data["title"])
        if parts is None:
            raise forms.ValidationError("Начните с параллели от 1 до 12, потом буква: 7А.")
        others = SchoolClass.objects.filter(year=self.instance.year, grade=parts[0], letter=parts[1])
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"Класс {parts[0]}{parts[1]} в этом году уже есть.")
        return parts


class SubgroupForm(OwnedForm[Subgroup]):
    """A part of a class and who is in it."""

    name = TidyCharField(label="Название", max_length=100, help_text="Например, «английский, группа 1».")

    class Meta:
        model = Subgroup
        fields = ["name", "pupils"]
        widgets = {"pupils": forms.CheckboxSelectMultiple}
        labels = {"pupils": "Кто в подгруппе"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_class = self.instance.school_class
        today = of_class.school.today()
        seated = of_class.enrolments.on(today).values("pupil")
        members = Q(subgroups=self.instance) if self.instance.pk else Q(pk__in=[])
        pupils = self.fields["pupils"]
        assert isinstance(pupils, forms.ModelMultipleChoiceField)
        pupils.queryset = Pupil.objects.filter(Q(pk__in=seated) | members).distinct()

    def clean_name(self) -> str:
        """One name once in a class."""
        name: str = self.cleaned_data["name"]
        others = Subgroup.objects.filter(school_class=self.instance.school_class, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Такая подгруппа в классе уже есть.")
        return name


class MarksStartForm(forms.Form):
    """From which period the class, or one subject in it, has marks."""

    subject = forms.ModelChoiceField(
        Subject.objects.none(), label="Предмет", required=False, empty_label="все предметы класса"
    )
    from_period = forms.TypedChoiceField(
        label="Отметки ставятся",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Без отметок — например, ОРКСЭ.",
    )

    def __init__(self, *args: Any, school_class: SchoolClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject, first = self.fields["subject"], self.fields["from_period"]
        assert isinstance(subject, forms.ModelChoiceField)
        assert isinstance(first, forms.TypedChoiceField)
        subject.queryset = Subject.objects.filter(school=school_class.school)
        periods = Period.objects.filter(year=school_class.year, system=school_class.period_system)
        first.choices = [(p.number, f"с {p.title_genitive}") for p in periods] + [("", "не ставятся весь год")]


def marks_start_in_words(row: MarksStart, periods: dict[int, Period]) -> str:
    """«с 2-й четверти» or «не ставятся весь год»."""
    if row.from_period is None:
        return "не ставятся весь год"
    period = periods.get(row.from_period)
    return f"с {period.title_genitive}" if period else f"с периода {row.from_period}"


class SubjectForm(OwnedForm[Subject]):
    """A subject and the other headings under which files write it."""

    name = TidyCharField(label="Предмет", max_length=200, help_text="Как в электронном журнале.")
    short_name = TidyCharField(label="Коротко", max_length=20, required=False, help_text="Для узких таблиц: «Алг.»")
    group = TidyCharField(
        label="Группа для сравнения с внешними работами",
        max_length=200,
        required=False,
        help_text="Например, «Математика» для алгебры и геометрии.",
    )
    headings = forms.CharField(
        label="Как ещё пишут в файлах",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="По одному на строке: «Труд (Технология) мальчики».",
    )

    class Meta:
        model = Subject
        fields = ["name", "short_name", "group"]

    helper = laid_out(Row("name", "short_name"), "group", "headings")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["headings"].initial = "\n".join(alias.name for alias in self.instance.aliases.all())

    def clean_headings(self) -> list[str]:
        """The lines that are not empty."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["headings"].splitlines()]
        kept = [line for line in dict.fromkeys(lines) if line]
        if any(len(line) > 200 for line in kept):
            raise forms.ValidationError("Строка длиннее 200 знаков.")
        return kept
