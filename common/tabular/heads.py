"""What headings of a table probably mean: the first pattern that fits decides. A person sees and corrects the guess."""

import re
from collections.abc import Sequence
from typing import TypeVar

from common.names import name_key

KindT = TypeVar("KindT")
Heads = Sequence[tuple[KindT, re.Pattern[str]]]


def heading_kind(text: str, heads: Heads[KindT]) -> KindT | None:
    """What one heading names; None when it is nothing that is known."""
    key = name_key(text)
    return next((kind for kind, words in heads if words.search(key)), None)


def guess_by_heads(head: Sequence[str], heads: Heads[KindT]) -> dict[int, KindT]:
    """Place → kind; of two headings that name the same the first."""
    found: dict[int, KindT] = {}
    for place, text in enumerate(head):
        kind = heading_kind(text, heads)
        if kind is not None and kind not in found.values():
            found[place] = kind
    return found
