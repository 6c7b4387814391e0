"""Cells and ranges as people name them."""

from functools import lru_cache


@lru_cache(maxsize=20_000)
def column_letters(column: int) -> str:
    """Letters of a column counted from 0: 0 → «A», 26 → «AA»."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """«B9» for row 8 and column 1, both counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def column_number(letters: str) -> int:
    """Number of a column counted from 0: «A» → 0, «AA» → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
