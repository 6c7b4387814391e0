"""Classes of one planning: those of the school, and those that a file names first."""

from collections.abc import Mapping

from school.imports.known import ClassKey
from school.naming import class_parts


class ClassBook:
    """Numbers of classes by their keys. A class that the school lacks gets a negative number until it is written."""

    def __init__(self, classes: Mapping[ClassKey, int], titles: Mapping[int, str]) -> None:
        self._numbers = dict(classes)
        self.titles = dict(titles)
        self.new: dict[int, ClassKey] = {}
        self.named: set[ClassKey] = set()

    def number(self, key: ClassKey) -> int:
        """The class's number; a new one is entered."""
        self.named.add(key)
        if key not in self._numbers:
            number = -len(self.new) - 1
            self._numbers[key] = number
            self.titles[number] = f"{key[0]}{key[1]}"
            self.new[number] = key
        return self._numbers[key]

    def number_of(self, written: str) -> int | None:
        """The same for a writing such as «7 "а"»; None when it is no class."""
        key = class_parts(written)
        return None if key is None else self.number(key)
