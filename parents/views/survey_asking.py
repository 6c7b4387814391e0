"""Questions on a page: the same for a parent's phone, a paper sheet typed in, a talk with a pupil."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from parents.rules.surveys import Asked, Checked, check
from parents.survey_words import Ask


@dataclass(frozen=True)
class Choice:
    """An option on the page; `short` is the step of a scale, `text` says what it means."""

    place: int
    text: str
    chosen: bool

    @property
    def step(self) -> int:
        """Of a scale, from 1."""
        return self.place + 1


@dataclass(frozen=True)
class ShownQuestion:
    """A question on the page, with what was chosen or written and what is wrong."""

    number: int
    asked: Asked
    choices: tuple[Choice, ...]
    text: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Of its fields."""
        return f"q{self.asked.key}"

    @property
    def several(self) -> bool:
        """Whether several options may be chosen."""
        return self.asked.kind == Ask.SEVERAL

    @property
    def scale(self) -> bool:
        """Whether it is a scale."""
        return self.asked.kind == Ask.SCALE

    @property
    def own_words(self) -> bool:
        """Whether a text is asked for."""
        return self.asked.kind == Ask.TEXT


def shown_questions(
    asked: Sequence[Asked],
    given: Mapping[str, Sequence[str]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[ShownQuestion]:
    """All questions, numbered from 1."""
    return [_shown(number, one, (given or {}).get(one.key, ()), errors or {}) for number, one in enumerate(asked, 1)]


def _shown(number: int, one: Asked, given: Sequence[str], errors: Mapping[str, str]) -> ShownQuestion:
    choices = tuple(Choice(place, option.text, str(place) in given) for place, option in enumerate(one.options))
    text = "\n".join(given) if one.kind == Ask.TEXT else ""
    return ShownQuestion(number, one, choices, text, errors.get(one.key, ""))


def given_by(request: HttpRequest, asked: Sequence[Asked]) -> dict[str, list[str]]:
    """What the form sent, by question."""
    return {one.key: request.POST.getlist(f"q{one.key}") for one in asked}


def checked(request: HttpRequest, asked: Sequence[Asked]) -> Checked:
    """The same as answers."""
    return check(asked, given_by(request, asked))
