"""What the codes of an e-journal mean: one table a system, shown in the preview and editable.

«Н» is "absent" in one system and "without good reason" in another, so no code has a meaning of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AbsenceCode(StrEnum):
    """Meaning of a code in a lesson's cell. The first three are absences; lateness is neither mark nor absence."""

    UNEXCUSED = "unexcused"
    ILLNESS = "illness"
    EXCUSED = "excused"
    LATE = "late"


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
    """How files of one e-journal are understood. Keys of `codes` are upper-case Cyrillic."""

    code: str = "usual"
    title: str = "Обычный журнал"
    codes: Mapping[str, AbsenceCode] = field(default_factory=lambda: dict(USUAL_CODES))


USUAL = ImportProfile()
