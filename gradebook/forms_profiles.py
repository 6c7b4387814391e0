"""Forms of import profiles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from common.forms import laid_out
from gradebook.models import ImportProfile
from gradebook.profiles import MEANINGS, RESULT_MEANINGS, SHIPPED
from gradebook.selectors_profiles import LAYOUT_TITLES
from school.forms.fields import TidyCharField

_NOTHING = [("", "не понимать: отвергать ячейку")]
_BLANKS = 2
_IN_ROW = 3


@dataclass(frozen=True)
class ProfileTold:
    """What a person entered."""

    title: str
    layouts: list[str]
    codes: dict[str, str]
    words: dict[str, str]


class ProfileNewForm(forms.Form):
    """A name, and what to begin with."""

    title = TidyCharField(label="Название", max_length=100)
    shipped = forms.ChoiceField(
        label="Начать с образца", choices=[(each.code, each.title) for each in SHIPPED.values()]
    )


class ProfileForm(forms.Form):
    """The tables of a profile: a choice a code or word, and blank lines for more."""

    corrects = True

    title = TidyCharField(label="Название", max_length=100)
    layouts = forms.MultipleChoiceField(
        label="Читать по нему",
        choices=list(LAYOUT_TITLES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Остальные выгрузки читаются по самому старому профилю школы.",
    )

    def __init__(self, *args: Any, profile: ImportProfile) -> None:
        self._names: dict[str, str] = {}
        super().__init__(*args)
        self.initial = {"title": profile.title, "layouts": profile.layouts}
        codes = self._add("code", profile.codes, MEANINGS, ("Ещё код", "Что он значит"))
        words = self._add("word", profile.words, RESULT_MEANINGS, ("Ещё слово", "Какой это итог"))
        self.helper = laid_out(
            "title", "layouts", Fieldset("Коды уроков", *codes), Fieldset("Слова вместо итога", *words)
        )

    def _add(
        self, kind: str, table: Mapping[str, str], meanings: Mapping[str, str], labels: tuple[str, str]
    ) -> list[Row]:
        """Fields of a table, in rows of three; then blank lines."""
        fields, blanks = [], []
        choices = _NOTHING + [(value, words) for value, words in meanings.items()]
        for name in sorted(table):
            label = f"Код «{name}»" if kind == "code" else f"Слово «{name}»"
            field = f"{kind}-{name.replace(' ', '_')}"
            self.fields[field] = forms.ChoiceField(label=label, choices=choices, required=False)
            self._names[field], self.initial[field] = name, table[name]
            fields.append(field)
        for number in range(1, _BLANKS + 1):
            self.fields[f"new-{kind}-{number}"] = TidyCharField(label=labels[0], max_length=16, required=False)
            self.fields[f"new-{kind}-{number}-means"] = forms.ChoiceField(
                label=labels[1], choices=[("", "не добавлять"), *choices[1:]], required=False
            )
            blanks.append(Row(f"new-{kind}-{number}", f"new-{kind}-{number}-means"))
        return [Row(*fields[at : at + _IN_ROW]) for at in range(0, len(fields), _IN_ROW)] + blanks

    def told(self) -> ProfileTold:
        """As the services take it."""
        cleaned = self.cleaned_data
        return ProfileTold(cleaned["title"], cleaned["layouts"], dict(self._table("code")), dict(self._table("word")))

    def _table(self, kind: str) -> Iterator[tuple[str, str]]:
        for field, name in self._names.items():
            if field.startswith(f"{kind}-"):
                yield name, self.cleaned_data[field]
        for number in range(1, _BLANKS + 1):
            name = self.cleaned_data[f"new-{kind}-{number}"]
            if name:
                yield name, self.cleaned_data[f"new-{kind}-{number}-means"]
