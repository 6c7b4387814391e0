"""Guardians: who they are, how to reach them, what they may be told."""

from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from common.forms import laid_out
from school.forms.fields import DayField, ModelForm, TidyCharField
from school.forms.pupils import NAMES
from school.guardian_words import ContactWay, Telling
from school.models import Guardian, Guardianship
from school.services.guardians import Family

_HOME = [("", "не известно"), ("yes", "да"), ("no", "нет")]
_FAMILY = ("lives_with", "telling", "telling_ground", "telling_from", "telling_until")
_MOST_CONTACTS, _LONGEST = 6, 120


class GuardianForm(ModelForm[Guardian]):
    """A parent or other lawful representative."""

    last_name = TidyCharField(label="Фамилия", max_length=100)
    first_name = TidyCharField(label="Имя", max_length=100)
    middle_name = TidyCharField(label="Отчество", max_length=100, required=False)
    relation = forms.ChoiceField(label="Кем приходится", choices=Guardianship.Relation.choices)
    phone = TidyCharField(label="Телефон", max_length=40, required=False)
    email = forms.EmailField(label="Электронная почта", required=False)
    more = forms.CharField(
        label="Ещё телефоны и почта",
        required=False,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Каждый с новой строки, можно с пояснением: «+7 900 000-00-00, рабочий, до 18:00».",
    )
    way = forms.ChoiceField(
        label="Как лучше связаться", required=False, choices=[("", "всё равно"), *ContactWay.choices]
    )
    language = TidyCharField(
        label="Язык общения", max_length=40, required=False, help_text="Если не русский: «узбекский»."
    )
    interpreter = forms.BooleanField(label="Нужен переводчик", required=False)
    lives_with = forms.TypedChoiceField(
        label="Живёт с ребёнком", required=False, choices=_HOME, coerce=lambda value: value == "yes", empty_value=None
    )
    telling = forms.ChoiceField(label="Что можно сообщать о ребёнке", choices=Telling.choices, widget=forms.RadioSelect)
    telling_ground = TidyCharField(
        label="Основание",
        max_length=200,
        required=False,
        help_text="Решение суда и его дата, постановление опеки. Видят те, кто читает закрытые сведения.",
    )
    telling_from = DayField(label="Действует с", required=False, help_text="Пусто — уже действует.")
    telling_until = DayField(label="По", required=False, help_text="Пусто — пока не изменят.")

    class Meta:
        model = Guardian
        fields = ["last_name", "first_name", "middle_name", "phone", "email", "way", "language", "interpreter"]

    helper = laid_out(
        NAMES,
        "relation",
        Row("phone", "email"),
        "more",
        Row("way", "language"),
        "interpreter",
        Fieldset(
            "Семья и что можно сообщать",
            "lives_with",
            "telling",
            "telling_ground",
            Row("telling_from", "telling_until"),
        ),
    )

    def __init__(self, *args: Any, tie: Guardianship | None = None, family: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.family_asked = family
        initial: Any = self.initial
        initial["more"] = "\n".join(self.instance.more_contacts)
        initial["telling"] = Telling.ALL
        if tie is not None:
            initial |= {name: getattr(tie, name) for name in ("relation", *_FAMILY)}
            initial["lives_with"] = {True: "yes", False: "no", None: ""}[tie.lives_with]
        if not family:
            for name in _FAMILY:
                del self.fields[name]
            self.helper = laid_out(
                NAMES, "relation", Row("phone", "email"), "more", Row("way", "language"), "interpreter"
            )

    def clean_more(self) -> list[str]:
        """A contact a line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["more"].splitlines()]
        told = [line for line in lines if line]
        if len(told) > _MOST_CONTACTS or any(len(line) > _LONGEST for line in told):
            raise forms.ValidationError(f"Не больше {_MOST_CONTACTS} строк, каждая не длиннее {_LONGEST} знаков.")
        return told

    def person(self) -> dict[str, Any]:
        """Columns of the guardian, for the service."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**told, "more_contacts": self.cleaned_data["more"]}

    def family(self) -> Family | None:
        """What those who read family facts wrote; None where it was not asked."""
        return Family(**{name: self.cleaned_data[name] for name in _FAMILY}) if self.family_asked else None


class KnownGuardianField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Guardians told apart by their children."""

    def label_from_instance(self, obj: Guardian) -> str:
        """«Ковтун Анна Павловна — Ковтун Лада»."""
        children = ", ".join(pupil.list_name for pupil in obj.pupils.all())
        return f"{obj.full_name} — {children}"


class ShareGuardianForm(forms.Form):
    """A guardian of a brother or a sister."""

    guardian = KnownGuardianField(Guardian.objects.none(), label="Представитель", widget=forms.RadioSelect)
    relation = forms.ChoiceField(label="Кем приходится", choices=Guardianship.Relation.choices)

    def __init__(self, *args: Any, found: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guardian = self.fields["guardian"]
        assert isinstance(guardian, forms.ModelChoiceField)
        guardian.empty_label = None
        guardian.queryset = found
