"""Who reads a confidential note: every combination of rule and reader, without a database."""

import pytest

from consultations.rules.notes import NoteFacts, NoteReader, WhyRead, why_read
from consultations.talk_words import NoteRule

AUTHOR, HEAD, NAMED, OTHER = 1, 2, 3, 4
READERS = {
    "author": NoteReader(AUTHOR, head=False),
    "head": NoteReader(HEAD, head=True),
    "named": NoteReader(NAMED, head=False),
    "other": NoteReader(OTHER, head=False),
}


def readers(written: NoteRule, now: NoteRule, *, opened: bool = False) -> set[str]:
    facts = NoteFacts(AUTHOR, written, now, frozenset({NAMED}), opened)
    return {name for name, reader in READERS.items() if why_read(reader, facts)}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (NoteRule.AUTHOR, {"author"}),
        (NoteRule.HEAD, {"author", "head"}),
        (NoteRule.NAMED, {"author", "named"}),
    ],
)
def test_a_note_is_read_by_whom_the_rule_names(rule: NoteRule, expected: set[str]) -> None:
    assert readers(rule, rule) == expected


@pytest.mark.parametrize("now", [NoteRule.HEAD, NoteRule.NAMED])
def test_a_wider_rule_does_not_open_what_was_written_before(now: NoteRule) -> None:
    assert readers(NoteRule.AUTHOR, now) == {"author"}


@pytest.mark.parametrize("written", [NoteRule.HEAD, NoteRule.NAMED])
def test_a_narrower_rule_closes_at_once(written: NoteRule) -> None:
    assert readers(written, NoteRule.AUTHOR) == {"author"}


def test_broken_glass_opens_to_the_head_and_to_nobody_else() -> None:
    assert readers(NoteRule.AUTHOR, NoteRule.AUTHOR, opened=True) == {"author", "head"}
    facts = NoteFacts(AUTHOR, NoteRule.AUTHOR, NoteRule.AUTHOR, frozenset(), opened=True)
    assert why_read(READERS["head"], facts) == WhyRead.OPENED
