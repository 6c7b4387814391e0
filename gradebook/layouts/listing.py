"""Finding a table whose columns are all named by one heading: flat lists and protocols of external works."""

from collections.abc import Callable
from dataclasses import dataclass

from common.tabular.grid import Grid
from gradebook.layouts.columns import heading_rows, roles_in
from gradebook.layouts.words import Role, role_of

LAST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of the heading and the columns of each role; the table's rows follow up to the sheet's end."""

    top: int
    bottom: int
    columns: dict[Role, list[int]]

    def column(self, *roles: Role) -> int | None:
        """The first column of the first of these roles that the table has."""
        return next((self.columns[role][0] for role in roles if role in self.columns), None)


def find_listing(grid: Grid, is_ours: Callable[[set[Role]], bool]) -> Listing | None:
    """The first heading in the sheet's beginning whose roles satisfy `is_ours`."""
    for row in range(min(len(grid), LAST_HEADING)):
        roles = roles_in(grid, row)
        by = [column for column, role in roles.items() if role in (Role.NAME, Role.SURNAME, Role.ID, Role.CODE)]
        if not by:
            continue
        rows = heading_rows(grid, row, by)
        columns = _columns(grid, rows)
        if is_ours(set(columns)):
            return Listing(rows[0], rows[-1], columns)
    return None


def _columns(grid: Grid, rows: list[int]) -> dict[Role, list[int]]:
    columns: dict[Role, list[int]] = {}
    for column in range(grid.width):
        roles = filter(None, (role_of(grid.key(row, column)) for row in reversed(rows)))
        if role := next(roles, None):
            columns.setdefault(role, []).append(column)
    return columns
