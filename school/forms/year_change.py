"""What people decide before the year is changed."""

from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from school.forms.classes import present_staff
from school.forms.fields import TidyCharField
from school.lots import GOES_ON, Lot
from school.models import School, Staff
from school.selectors_year_change import ClassLine, YearPreview
from school.year_rules import ClassName, class_named

_NOT_A_CLASS = "Начните с параллели, потом буква: 8А."
RESET = ""


class ClassPlanForm(forms.Form):
    """Where a class goes and who leads it there."""

    corrects = True

    finishes = forms.BooleanField(
        label="Класс заканчивает школу", required=False, help_text="Кто остаётся, решите по ученикам."
    )
    following = TidyCharField(
        label="Станет классом",
        max_length=24,
        required=False,
        help_text="Два класса можно соединить: напишите обоим один и тот же.",
    )
    class_teacher = forms.ModelChoiceField(
        Staff.objects.none(), label="Классный руководитель", required=False, empty_label="пока нет"
    )

    helper = laid_out("finishes", Row("following", "class_teacher"))

    def __init__(self, *args: Any, school: School, line: ClassLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finishes"].initial = line.following is None
        self.fields["following"].initial = str(line.following or "")
        teacher = self.fields["class_teacher"]
        assert isinstance(teacher, forms.ModelChoiceField)
        teacher.queryset = Staff.objects.filter(present_staff(school))
        teacher.initial = line.teacher

    def clean(self) -> dict[str, Any]:
        """A class either finishes or goes on as another."""
        told = super().clean() or {}
        written = told.get("following", "")
        told["target"] = None if told.get("finishes") else class_named(written)
        if not told.get("finishes") and told["target"] is None:
            self.add_error("following", _NOT_A_CLASS if written else "Напишите, каким классом он станет.")
        return told


class YearPlanForm(forms.Form):
    """What concerns the whole school."""

    corrects = True

    first_classes = TidyCharField(
        label="Первые классы",
        max_length=200,
        required=False,
        help_text="Через запятую: 1А, 1Б. Новичков загрузите или запишете потом.",
    )
    carry_teaching = forms.BooleanField(
        label="Перенести, кто что ведёт, и подгруппы",
        required=False,
        help_text="Внутри одного уровня: из 4 в 5 и из 9 в 10 класс нагрузка не переносится.",
    )

    def __init__(self, *args: Any, preview: YearPreview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_classes"].initial = ", ".join(map(str, preview.first_classes))
        self.fields["carry_teaching"].initial = preview.plan is None or preview.plan.carry_teaching

    def clean_first_classes(self) -> list[ClassName]:
        """Names of classes of grade 1."""
        names = []
        for part in filter(None, (part.strip() for part in self.cleaned_data["first_classes"].split(","))):
            name = class_named(part)
            if name is None or name.grade != 1:
                raise forms.ValidationError(f"«{part}» — не первый класс. Пишите так: 1А, 1Б.")
            names.append(name)
        return names


class PupilsPlanForm(forms.Form):
    """What is decided on the chosen pupils; without a lot, that they go the ordinary way again."""

    lot = forms.ChoiceField(
        label="Решение", choices=[*Lot.choices(), (RESET, "Как предложено")], required=False, initial=Lot.PROMOTED
    )
    target = TidyCharField(label="Класс, если другой", max_length=24, required=False)
    note = TidyCharField(label="Основание", max_length=200, required=False)

    def clean_target(self) -> ClassName | None:
        """The class of the new year."""
        written = self.cleaned_data["target"]
        name = class_named(written) if written else None
        if written and name is None:
            raise forms.ValidationError(_NOT_A_CLASS)
        return name

    def clean(self) -> dict[str, Any]:
        """The ordinary class needs no word."""
        told = super().clean() or {}
        lot = told.get("lot") or None
        told["lot"] = Lot(lot) if lot else None
        if told["lot"] not in (*GOES_ON, Lot.REPEATS) and told.get("target"):
            self.add_error("target", "Класс пишут тем, кто остаётся в школе.")
        return told
