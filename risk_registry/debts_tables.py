"""Academic debts as a workbook: the same rows as the page, all of them."""

from collections.abc import Iterable, Iterator

from common.russian import date_short
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.selectors.debts import DebtRow
from school.models import School

HEADINGS = (
    "Обучающийся",
    "Класс",
    "Предмет",
    "Основание",
    "Состояние",
    "Образовалась",
    "Срок",
    "Попытки",
    "Что сделать",
    "Приказ об условном переводе",
    "Ликвидирована",
    "Выбор родителей",
    "По журналу теперь",
)


def debts_workbook(school: School, rows: Iterable[DebtRow]) -> bytes:
    """What the filter finds, in its order."""
    note = f"{school.name}. Академическая задолженность. На {date_short(school.today())}"
    return render_xlsx([Sheet("Задолженность", HEADINGS, _cells(rows), note=note, landscape=True)])


def _cells(rows: Iterable[DebtRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        debt = row.debt
        order = f"№ {debt.order_number} от {date_short(debt.order_date)}" if debt.order_date is not None else ""
        yield (
            debt.pupil.full_name,
            row.seat or "не обучается",
            debt.subject.name,
            row.made_by,
            row.state.label,
            debt.arose,
            debt.due,
            "\n".join(one.words for one in row.attempts),
            row.need.label,
            order,
            debt.cleared_on,
            debt.get_choice_display(),
            row.now,
        )
