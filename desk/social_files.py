"""The social passport and the list of consents as workbooks. What is in them is read, and logged, below."""

from datetime import date

from documents.rendering.xlsx import Row, Sheet, render_xlsx
from school.models import User
from school.purposes import Purpose
from school.selectors_consents import consent_rows, pupils_for_consents
from school.selectors_social import SchoolPassport, social_counts, social_file


def social_workbook(user: User, day: date, school_class: int | None) -> bytes:
    """Two sheets: counts by group and class, and every record behind them."""
    counts = social_counts(user, day, school_class)
    classes = _class_names(counts)
    note = f"На {day:%d.%m.%Y}. В группах {counts.pupils} из {counts.of}."
    if counts.withheld:
        note += f" Не учтено записей без действующего согласия: {counts.withheld}."
    summary = Sheet("Сводка", ["Раздел", "Группа", "Всего", *classes], _summary(counts, classes), note, landscape=True)
    headings = ["Класс", "Обучающийся", "Группа", "С", "По", "Основание"]
    names: list[Row] = [
        (getattr(f, "seat", ""), f.pupil.full_name, f.get_group_display(), f.starts, f.ends, f.ground)
        for f in social_file(user, day, school_class)
    ]
    return render_xlsx([summary, Sheet("Список", headings, names, "Закрытые сведения: выгрузка записана в журнал.")])


def _class_names(counts: SchoolPassport) -> list[str]:
    """Classes that have anybody in any group, in the school's order."""
    found = {part.order: part.name for one in counts.groups for part in one.classes}
    return [found[order] for order in sorted(found)]


def _summary(counts: SchoolPassport, classes: list[str]) -> list[Row]:
    rows: list[Row] = []
    for title, groups in counts.sections:
        for one in groups:
            numbers = {part.name: part.number for part in one.classes}
            rows.append((title, one.group.label, one.number, *(numbers.get(name, 0) for name in classes)))
    return rows


def consents_workbook(user: User, *, school_class: str, missing: str) -> bytes:
    """The filtered list, all pages of it."""
    pupils = list(pupils_for_consents(user, school_class=school_class, missing=missing))
    rows: list[Row] = [
        (row.school_class, row.pupil.full_name, *(one.words for one in row.standings))
        for row in consent_rows(user, pupils)
    ]
    return render_xlsx([Sheet("Согласия", ["Класс", "Обучающийся", *(p.label for p in Purpose)], rows, landscape=True)])
