"""Forms of the timetable of assessment procedures."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.files import File

from common.forms import laid_out
from common.tabular import Limits
from gradebook.models import Procedure, ProcedureKind
from gradebook.services.procedures import ProcedureDraft
from school.forms.fields import DayField, TidyCharField
from school.models import SchoolClass, Subject

_MOST_TASKS, _MOST_POINTS, _STEP = 60, 100, Decimal("0.5")
Options = Sequence[tuple[str, str]]


def places_of(classes: Sequence[SchoolClass]) -> Options:
    """Grades, each followed by its classes: «g7» all of grade 7, «c12» one class."""
    found: list[tuple[str, str]] = []
    for grade in sorted({place.grade for place in classes}):
        found.append((f"g{grade}", f"{grade} классы, все"))
        found += [(f"c{place.pk}", str(place)) for place in classes if place.grade == grade]
    return found


class AgreedForm(forms.Form):
    """A form that is held back once when something speaks against it; a tick sends it all the same."""

    agreed = forms.BooleanField(label="Всё равно записать", required=False, widget=forms.HiddenInput)

    def ask(self) -> None:
        """Show the tick."""
        self.fields["agreed"].widget = forms.CheckboxInput()


class ProcedureForm(AgreedForm):
    """A procedure: what, for whom, when. When it is corrected the day is not asked: moving is a deed of its own."""

    title = TidyCharField(label="Название", max_length=300)
    kind = forms.ChoiceField(label="Вид", choices=ProcedureKind.choices)
    place = forms.ChoiceField(label="Кто пишет")
    subject = forms.TypedChoiceField(label="Предмет", coerce=int)
    day = DayField(label="Дата")
    lesson = forms.IntegerField(label="Урок", required=False, min_value=1, max_value=12)
    maxima = TidyCharField(
        label="Наибольшие баллы по заданиям",
        required=False,
        max_length=300,
        help_text="Через пробел, по порядку заданий: 1 1 2 2 3. Пусто, если по заданиям баллов не вносят.",
    )
    max_score = forms.DecimalField(
        label="Наибольший балл за работу",
        required=False,
        min_value=Decimal("0.5"),
        max_value=1000,
        max_digits=6,
        decimal_places=2,
        help_text="Если указаны задания, складывается сам.",
    )

    def __init__(
        self,
        data: Any,
        *,
        classes: Sequence[SchoolClass],
        subjects: Sequence[Subject],
        dated: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self._classes = {f"c{place.pk}": place for place in classes}
        self._subjects = {subject.pk: subject for subject in subjects}
        places: Any = self.fields["place"]
        places.choices = [("", "Выберите"), *places_of(classes)]
        names: Any = self.fields["subject"]
        names.choices = [("", "Выберите"), *((subject.pk, subject.name) for subject in subjects)]
        self.corrects = not dated
        if not dated:
            del self.fields["day"]
        when = Row("place", "day", "lesson") if dated else Row("place", "lesson")
        self.helper = laid_out("title", Row("kind", "subject"), when, Row("maxima", "max_score"), "agreed")

    def clean_maxima(self) -> list[Decimal]:
        """Points of each task, in order."""
        parts = re.sub(r",\s|;", " ", f"{self.cleaned_data['maxima']} ").replace(",", ".").split()
        try:
            found = [Decimal(part) for part in parts]
        except ArithmeticError:
            raise forms.ValidationError("Напишите числа через пробел: 1 1 2 2 3.") from None
        if len(found) > _MOST_TASKS or not all(map(_is_maximum, found)):
            raise forms.ValidationError("Балл за задание — от 0,5 до 100, с шагом в половину; заданий не больше 60.")
        return found

    def draft(self, procedure: Procedure | None = None) -> ProcedureDraft:
        """As the service takes it; the day of a corrected procedure stays."""
        told = self.cleaned_data
        place = self._classes.get(told["place"])
        day = told["day"] if procedure is None else procedure.date
        return ProcedureDraft(
            title=told["title"],
            kind=ProcedureKind(told["kind"]),
            grade=place.grade if place is not None else int(told["place"][1:]),
            school_class=place,
            subject=self._subjects[told["subject"]],
            day=day,
            lesson=told["lesson"],
            max_score=told["max_score"],
            maxima=told["maxima"],
        )


def _is_maximum(most: Decimal) -> bool:
    return most.is_finite() and 0 < most <= _MOST_POINTS and most % _STEP == 0


def initial_of(procedure: Procedure) -> dict[str, Any]:
    """What the form of a correction begins with."""
    place = f"c{procedure.school_class_id}" if procedure.school_class_id else f"g{procedure.grade}"
    maxima = [f"{most.normalize():f}".replace(".", ",") for most in procedure.maxima if most is not None]
    return {
        "title": procedure.title,
        "kind": procedure.kind,
        "place": place,
        "subject": procedure.subject_id,
        "day": procedure.date,
        "lesson": procedure.lesson,
        "maxima": " ".join(maxima),
        "max_score": None if maxima else procedure.max_score,
    }


class MoveForm(AgreedForm):
    """Another day, and why."""

    day = DayField(label="Новая дата")
    lesson = forms.IntegerField(label="Урок", required=False, min_value=1, max_value=12)
    why = TidyCharField(
        label="Почему переносится",
        max_length=300,
        help_text="Например, «карантин в 7А» или «совпала с ВПР по истории».",
    )

    helper = laid_out(Row("day", "lesson"), "why", "agreed")


class CancelForm(forms.Form):
    """Why a procedure is called off."""

    why = TidyCharField(
        label="Почему отменяется",
        max_length=300,
        help_text="Например, «внесена по ошибке». Результаты, если они есть, перестанут учитываться, но не пропадут.",
    )


class RepeatForm(AgreedForm):
    """When a class writes a work once more."""

    place = forms.TypedChoiceField(label="Класс", coerce=int)
    day = DayField(label="Когда повторно")

    helper = laid_out(Row("place", "day"), "agreed")

    def __init__(self, data: Any, *, classes: Sequence[SchoolClass], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        places: Any = self.fields["place"]
        places.choices = [(place.pk, str(place)) for place in classes]


class CodesForm(forms.Form):
    """The file that says whose code is whose."""

    file = forms.FileField(
        label="Файл кодов",
        help_text="Таблица со столбцами «Код участника», «ФИО», «Класс»: XLSX, XLS, ODS или CSV.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class BringTimetableForm(forms.Form):
    """One table with a row a work; what its columns hold is looked at, and then asked."""

    file = forms.FileField(
        label="Файл с графиком",
        help_text="Строка — работа: класс, предмет, дата, вид или название. XLSX, XLS, ODS, CSV или таблица HTML, "
        "столбцы в любом порядке. В график пока ничего не запишется.",
        error_messages={"empty": "Файл пустой.", "missing": "Выберите файл.", "required": "Выберите файл."},
    )

    def clean_file(self) -> "File[bytes]":
        """Refuse what is too large before it is read."""
        file: File[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > Limits().packed:
            raise forms.ValidationError(f"Файл больше {Limits().packed // 2**20} МБ: разделите его на части.")
        return file
