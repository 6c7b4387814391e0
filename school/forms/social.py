"""Facts of the social passport."""

from collections.abc import Collection
from typing import Any

from crispy_forms.layout import Row
from django import forms

from common.forms import laid_out
from school.forms.fields import DayField, TidyCharField
from school.models import SocialFact
from school.social_groups import SECTIONS, SocialGroup

_GROUND = "Документ, его номер и дата: «удостоверение многодетной семьи от 10.02.2025»."


class SocialFactForm(forms.Form):
    """A group, its days and the document. `given` are the purposes with a consent in force."""

    group = forms.ChoiceField(label="Что вносится")
    starts = DayField(label="С")
    ends = DayField(label="По", required=False, help_text="Пусто — действует и сейчас.")
    ground = TidyCharField(label="Основание", max_length=300, help_text=_GROUND)

    helper = laid_out("group", Row("starts", "ends"), "ground")

    def __init__(self, *args: Any, given: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)
        sections = [(title, [(g.value, _offered(g, given)) for g in groups]) for title, groups in SECTIONS.items()]
        group.choices = [("", "выберите"), *sections]


def _offered(group: SocialGroup, given: Collection[str]) -> str:
    lacking = group.consent is not None and group.consent not in given
    return f"{group.label} — нужно согласие" if lacking else str(group.label)


class SocialCorrectForm(forms.Form):
    """Days and ground that were written wrong."""

    corrects = True

    starts = DayField(label="С")
    ends = DayField(label="По", required=False, help_text="Пусто — действует и сейчас.")
    ground = TidyCharField(label="Основание", max_length=300, help_text=_GROUND)

    helper = laid_out(Row("starts", "ends"), "ground")

    def __init__(self, *args: Any, fact: SocialFact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(fact, name) for name in self.fields}


class SocialCloseForm(forms.Form):
    """The last day, and by what it ended."""

    ends = DayField(label="Последний день")
    why = TidyCharField(label="Основание", max_length=300, help_text="Например, «снят с учёта, постановление № 41».")


class SocialCancelForm(forms.Form):
    """An entry made by mistake."""

    why = TidyCharField(label="В чём ошибка", max_length=300, help_text="Останется в истории рядом с записью.")
