"""Whom a name in a file means. Pure: pupils come in as `Known`, answers go out as keys with reasons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property

from common.names import name_key

MAX_CANDIDATES = 6
_ALIKE = 0.72


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil of the school, with the days on which they sat in the class (for ever when `ends` is None)."""

    pupil: int
    last: str
    first: str
    middle: str
    birth: date | None
    starts: date
    ends: date | None

    def sat(self, since: date, until: date) -> bool:
        """Whether some day between the two, both inside, was spent in the class."""
        return self.starts <= until and (self.ends is None or self.ends >= since)


@dataclass(frozen=True, slots=True)
class Match:
    """The pupil, or why there is none and who may be meant."""

    pupil: int | None
    reason: str = ""
    candidates: tuple[int, ...] = ()


class Roster:
    """Those among whom a name is looked for; the same pupil may stand in it more than once."""

    def __init__(self, title: str, members: Iterable[Known]) -> None:
        self.title = title
        self.members = tuple({known.pupil: known for known in members}.values())

    @cached_property
    def _full(self) -> dict[str, list[Known]]:
        return _by(self.members, lambda k: name_key(f"{k.last} {k.first} {k.middle}"))

    @cached_property
    def _swapped(self) -> dict[str, list[Known]]:
        return _by((k for k in self.members if k.middle), lambda k: name_key(f"{k.last} {k.middle} {k.first}"))

    @cached_property
    def _short(self) -> dict[str, list[Known]]:
        return _by(self.members, lambda k: name_key(f"{k.last} {k.first}"))

    def find(self, name: str, birth: date | None = None) -> Match:
        """The only member whom the name fits: whole, with first name and patronymic swapped, or lacking a patronymic.

        Namesakes are told apart by the birth date; otherwise nobody is guessed.
        """
        key = name_key(name)
        for fits in (self._exactly(key), self._swapped.get(key, []), self._without_patronymic(key)):
            if fits:
                return _only(fits, birth, self.title)
        return Match(None, f"нет такого ученика в {self.title}", self.alike(name))

    def _exactly(self, key: str) -> list[Known]:
        """A file that leaves patronymics out means by «Иванов Иван» anybody of that name."""
        exact = self._full.get(key, [])
        if any(not known.middle for known in exact):
            return self._short.get(key, [])
        return exact

    def _without_patronymic(self, key: str) -> list[Known]:
        """The file lacks the patronymic, or the school does not know it."""
        if key in self._short:
            return self._short[key]
        words = key.split()
        unknown = [self._short.get(" ".join(words[:n]), []) for n in range(2, len(words))]
        return [known for fits in unknown for known in fits if not known.middle]

    def alike(self, name: str) -> tuple[int, ...]:
        """Members with a name like this one, the likest first."""
        key = name_key(name)
        likeness = {k.pupil: _likeness(key, name_key(f"{k.last} {k.first} {k.middle}")) for k in self.members}
        near = [pupil for pupil, likes in likeness.items() if likes >= _ALIKE]
        return tuple(sorted(near, key=lambda pupil: -likeness[pupil])[:MAX_CANDIDATES])


def _by(members: Iterable[Known], key: Callable[[Known], str]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = defaultdict(list)
    for known in members:
        found[key(known)].append(known)
    return dict(found)


def _only(fits: Sequence[Known], birth: date | None, title: str) -> Match:
    everybody = tuple(known.pupil for known in fits)
    if birth is not None:
        same = [known for known in fits if known.birth == birth] or [known for known in fits if known.birth is None]
        if not same:
            return Match(None, f"в {title} у ученика с этим именем другая дата рождения", everybody)
        fits = same
    if len(fits) > 1:
        return Match(None, f"в {title} подходят несколько учеников: выберите, кто это", everybody)
    return Match(fits[0].pupil)


def _likeness(key: str, known: str) -> float:
    """1 for the same words or initials («орлова т.»), else how much of the letters agree."""
    words, others = key.split(), known.split()
    if words and words[0] == others[0] and _initials_fit(words[1:], others[1:]):
        return 1.0
    matcher = SequenceMatcher(None, key, " ".join(others[: max(2, len(words))]))  # files leave patronymics out
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _initials_fit(words: list[str], others: list[str]) -> bool:
    letters = [letter for word in words for letter in word.split(".") if letter]
    return all(other.startswith(letter) for letter, other in zip(letters, others, strict=False))
