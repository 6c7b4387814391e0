"""Reads of import profiles: by which the school's files are read, what a batch met, who changed a code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from gradebook.layouts.tokens import as_code, read_result, word_key
from gradebook.models import ImportProfile
from gradebook.parsed import ParsedFile
from gradebook.profiles import MEANINGS, RESULT_MEANINGS, SHIPPED, USUAL, AbsenceCode, Profiles
from gradebook.profiles import ImportProfile as Codes
from school.models import HistoryEvent, ImportBatch, School, User

LAYOUT_TITLES = {
    "journal": "журнал",
    "progress": "отчёт об успеваемости",
    "summary": "сводная ведомость",
    "report_card": "табель",
    "flat": "список отметок",
    "assessment": "внешняя работа",
}
UNKNOWN = "не понят: ячейка отвергнута"
_SHOWN_CHANGES = 50


@dataclass(frozen=True)
class FoundRow:
    """A code or word of a batch: how often, what it was taken for then and is today, what the file's legend says."""

    place: str
    code: str
    count: int
    then: str
    now: str
    legend: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Values and words of what it may mean."""
        return list((MEANINGS if self.place == "lesson" else RESULT_MEANINGS).items())

    @property
    def may_be_unknown(self) -> bool:
        """Whether it can be without a meaning; the usual words of results always have theirs."""
        return self.place == "lesson" or not meaning_now(USUAL, self.place, self.code)

    @property
    def then_words(self) -> str:
        """What it was taken for, in words."""
        return meaning_words(self.place, self.then)

    @property
    def now_words(self) -> str:
        """What it is taken for today, in words."""
        return meaning_words(self.place, self.now)


@dataclass(frozen=True)
class LayoutCodes:
    """The files of one layout in a batch: by which profile they were read and what they hold."""

    layout: str
    title: str
    profile: Codes
    rows: tuple[FoundRow, ...]

    @property
    def unknown(self) -> int:
        """Codes without a meaning."""
        return sum(not row.now for row in self.rows)

    @property
    def changed(self) -> list[FoundRow]:
        """Codes that mean something else by now."""
        return [row for row in self.rows if row.then != row.now]


@dataclass(frozen=True)
class CodeChange:
    """A change of a profile: when, who, what."""

    when: str
    who: str
    what: tuple[str, ...]


def meaning_words(place: str, meaning: str) -> str:
    """«болезнь»."""
    known = MEANINGS if place == "lesson" else RESULT_MEANINGS
    return known.get(meaning, UNKNOWN)


def codes_of(row: ImportProfile) -> Codes:
    """A school's profile as the reader of files takes it."""
    codes = {code: AbsenceCode(meaning) for code, meaning in row.codes.items()}
    shipped = SHIPPED.get(row.shipped)
    return Codes(str(row.pk), row.title, codes, dict(row.words), shipped.doubt if shipped else "")


def profiles_for(school: School) -> Profiles:
    """By what the school's files are read: what was chosen for a layout, else the school's oldest, else the usual."""
    rows = list(ImportProfile.objects.filter(school=school))
    known = {layout: codes_of(row) for row in rows for layout in row.layouts}
    return Profiles(codes_of(rows[0]) if rows else USUAL, known)


def profiles_to_choose(school: School) -> list[tuple[str, str]]:
    """The school's own profiles, then shipped ones that it has not begun with."""
    rows = list(ImportProfile.objects.filter(school=school))
    begun = {row.shipped for row in rows} | {row.title for row in rows}
    fresh = [each for each in SHIPPED.values() if each.code not in begun and each.title not in begun]
    return [(str(row.pk), row.title) for row in rows] + [(each.code, f"{each.title} (образец)") for each in fresh]


def codes_told(files: Iterable[ParsedFile]) -> list[dict[str, Any]]:
    """What the files hold, as a batch keeps it: by layout the profile and the codes with counts."""
    told: dict[str, dict[str, Any]] = {}
    for file in files:
        about: dict[str, Any] = {"layout": file.layout.value, "profile": file.profile, "codes": {}, "legend": {}}
        known = told.setdefault(file.layout.value, about)
        known["legend"] |= {as_code(entry.code): entry.text for block in file.blocks for entry in block.legend}
        for found in file.codes:
            row = known["codes"].setdefault(f"{found.place} {found.code}", [0, found.meaning])
            row[0] += found.cells
    return list(told.values())


def layout_codes(batch: ImportBatch) -> list[LayoutCodes]:
    """The codes of a batch by layout, beside what they mean today."""
    profiles = profiles_for(batch.school)
    return [_layout_codes(told, profiles) for told in batch.summary.get("codes", [])]


def _layout_codes(told: Mapping[str, Any], profiles: Profiles) -> LayoutCodes:
    profile = profiles.of(told["layout"])
    rows = []
    for name, (count, then) in told["codes"].items():
        place, _, code = name.partition(" ")
        now = meaning_now(profile, place, code)
        rows.append(FoundRow(place, code, count, then, now, told.get("legend", {}).get(code, "")))
    rows.sort(key=lambda row: (bool(row.now), row.place, -row.count, row.code))
    return LayoutCodes(told["layout"], LAYOUT_TITLES.get(told["layout"], ""), profile, tuple(rows))


def meaning_now(profile: Codes, place: str, code: str) -> str:
    """As the reader of files would take it."""
    if place == "lesson":
        return str(profile.codes.get(code, ""))
    said = read_result(code, {word_key(word): value for word, value in profile.words.items()})
    return said.value or ("" if said.problem else AbsenceCode.IGNORED.value)


def profile_changes(user: User, profile: ImportProfile) -> list[CodeChange]:
    """Who changed what of a profile, the newest first."""
    rows = HistoryEvent.objects.filter(table="gradebook_importprofile", row_id=str(profile.pk), pupil__isnull=True)
    rows = rows.filter(school=user.school_id).select_related("user__staff")[:_SHOWN_CHANGES]
    found = [
        CodeChange(
            f"{localtime(row.at):%d.%m.%Y %H:%M}",
            row.user.display_name if row.user else row.source,
            tuple(_differences(row.before or {}, row.after or {})),
        )
        for row in rows
    ]
    return [change for change in found if change.what]


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    lines = []
    for column, place in (("codes", "lesson"), ("words", "result")):
        old, new = before.get(column) or {}, after.get(column) or {}
        if column in after:
            lines += [
                f"{code}: {meaning_words(place, old[code]) if code in old else 'не было'} → "
                f"{meaning_words(place, new[code]) if code in new else 'убран'}"
                for code in sorted({*old, *new})
                if old.get(code) != new.get(code)
            ]
    if before.get("title") and after.get("title"):
        lines.append(f"название: «{before['title']}» → «{after['title']}»")
    return lines
