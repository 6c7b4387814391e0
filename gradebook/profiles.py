"""What the codes and words of an e-journal mean: one table a system, shown in the preview and editable.

«Н» is "absent" in one system and "without good reason" in another, so no code has a meaning of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AbsenceCode(StrEnum):
    """Meaning of a code in a lesson's cell. The first three are absences; the others neither mark nor absence."""

    UNEXCUSED = "unexcused"
    ILLNESS = "illness"
    EXCUSED = "excused"
    LATE = "late"
    IGNORED = "ignored"


ABSENT = frozenset({AbsenceCode.UNEXCUSED, AbsenceCode.ILLNESS, AbsenceCode.EXCUSED})
MEANINGS: Mapping[str, str] = {
    AbsenceCode.UNEXCUSED: "без уважительной причины",
    AbsenceCode.ILLNESS: "болезнь",
    AbsenceCode.EXCUSED: "уважительная причина",
    AbsenceCode.LATE: "опоздание, не пропуск",
    AbsenceCode.IGNORED: "ничего: не замечать",
}
# What a word in a cell of results may mean; IGNORED is an empty cell.
RESULT_MEANINGS: Mapping[str, str] = {
    **{value: value for value in ("5", "4", "3", "2", "1", "н/а", "зач", "незач", "осв", "усп")},
    AbsenceCode.IGNORED: "ничего: не замечать",
}

USUAL_CODES: Mapping[str, AbsenceCode] = {
    "Н": AbsenceCode.UNEXCUSED,
    "НП": AbsenceCode.UNEXCUSED,
    "ОТ": AbsenceCode.UNEXCUSED,  # absent, no reason told: not a good one until somebody says so
    "Б": AbsenceCode.ILLNESS,
    "У": AbsenceCode.EXCUSED,
    "УП": AbsenceCode.EXCUSED,
    "П": AbsenceCode.EXCUSED,
    "О": AbsenceCode.LATE,
    "ОП": AbsenceCode.LATE,
}


@dataclass(frozen=True, slots=True)
class ImportProfile:
    """How files of one e-journal are understood. Keys of `codes` are upper-case Cyrillic, those of `words` folded.

    `code` is the key of a school's own profile as text, or the name of a shipped one. `doubt`: why a shipped one is to
    be compared with the journal's own legend; empty where its table was seen.
    """

    code: str = "usual"
    title: str = "Обычный журнал"
    codes: Mapping[str, AbsenceCode] = field(default_factory=lambda: dict(USUAL_CODES))
    words: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""


USUAL = ImportProfile()
_UNSEEN = "таблица кодов не сверена с самим журналом: сравните с его условными обозначениями"
_RELATED = "коды взяты из справки родственного журнала: сравните с условными обозначениями своего"


def _some(*codes: str) -> dict[str, AbsenceCode]:
    return {code: USUAL_CODES[code] for code in codes}


# Н, Б, У, О stand in the legend of a report that was seen; of the others see `doubt`.
SHIPPED: Mapping[str, ImportProfile] = {
    profile.code: profile
    for profile in (
        USUAL,
        ImportProfile("report", "Отчёт с обозначениями Н, Б, У, О", _some("Н", "Б", "У", "О")),
        ImportProfile("dnevnik", "Дневник.ру", _some("Н", "П", "Б", "О"), doubt=_RELATED),
        ImportProfile("sgo", "Сетевой город. Образование", _some("ОТ", "УП", "Б", "НП", "ОП"), doubt=_UNSEEN),
    )
}


@dataclass(frozen=True, slots=True)
class Profiles:
    """How a school's files are read: `chosen` by layout, else the `usual` one."""

    usual: ImportProfile = USUAL
    chosen: Mapping[str, ImportProfile] = field(default_factory=dict)

    def of(self, layout: str) -> ImportProfile:
        """The profile of a layout."""
        return self.chosen.get(layout, self.usual)
