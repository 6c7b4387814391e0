"""What the program's passport says of these indicators beside their formula, told as it stands."""

from dataclasses import dataclass

from teaching.rules.evidence import Code


@dataclass(frozen=True)
class Reading:
    """One way to read a plan: per cent by calendar year."""

    words: str
    plan: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Passport:
    """`anomaly` and `needs_decision` as the reference names them; `note` for a person."""

    baseline: int
    readings: tuple[Reading, ...]
    anomaly: str = ""
    needs_decision: bool = False
    note: str = ""


def _plan(first: int, second: int, third: int) -> tuple[tuple[int, int], ...]:
    return ((2023, first), (2024, second), (2025, third))


def _as_written(first: int, second: int, third: int) -> tuple[Reading, ...]:
    return (Reading("не менее", _plan(first, second, third)),)


PASSPORT = {
    Code.P01: Passport(
        50,
        (Reading("как в источнике", _plan(25, 25, 100)), Reading("если это прирост", _plan(75, 100, 100))),
        anomaly="non_monotonic_plan",
        needs_decision=True,
        note="План 2023 и 2024 годов (25 %) ниже исходного значения (50 %): вероятно, это ежегодный прирост. "
        "Как его читать, решает школа; Опора считает долю с накоплением и не говорит, достигнут ли план.",
    ),
    Code.P02: Passport(45, _as_written(55, 65, 75)),
    Code.P04: Passport(45, _as_written(55, 65, 75)),
    Code.P05: Passport(50, _as_written(75, 80, 100)),
    Code.P06: Passport(
        50,
        _as_written(75, 80, 100),
        note="Ожидаемый результат 9 того же паспорта называет другое число: не менее 50 % педагогов.",
    ),
    Code.P07: Passport(50, _as_written(70, 80, 100), note="Отчасти совпадает с показателем 5."),
    Code.P08: Passport(50, _as_written(70, 85, 100)),
}
