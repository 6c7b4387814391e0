"""Marked words in everything confidential, and the look for them in every answer of the table (docs/trust.md, 5).

Each mark stands in one kind of text. An answer that holds it is a leak, unless the person's column and the address are
among those that its rule names.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.http import HttpResponseBase

_PREFIX = "zqmark"


@dataclass(frozen=True)
class Mark:
    """`columns` may get it, from addresses whose names begin so."""

    columns: frozenset[str]
    names: tuple[str, ...]


def _mark(columns: str, *names: str) -> Mark:
    return Mark(frozenset(columns.split()), names)


NOTE, FORMER, GROUNDS = f"{_PREFIX}note", f"{_PREFIX}former", f"{_PREFIX}glass"
PLAN, GOAL, ACTION = f"{_PREFIX}plan", f"{_PREFIX}goal", f"{_PREFIX}action"
CAUSE, URGENT, REFERRAL = f"{_PREFIX}cause", f"{_PREFIX}urgent", f"{_PREFIX}asked"
PETITION, COURSE, DECISION = f"{_PREFIX}petition", f"{_PREFIX}course", f"{_PREFIX}decision"
FINDINGS, UNSIGNED, ADVICE = f"{_PREFIX}findings", f"{_PREFIX}unsigned", f"{_PREFIX}advice"
PARENTS, PMPK = f"{_PREFIX}parents", f"{_PREFIX}pmpk"
CASE, AGREED = f"{_PREFIX}case", f"{_PREFIX}agreed"
FAMILY = f"{_PREFIX}family"
# In a text that everybody who sees the pupil reads: what looks for marks has to find it.
CANARY = f"{_PREFIX}canary"

# The councils' words are those of a consilium: members are the head of the service, the psychologist, the speech
# therapist. Its advice is, once signed, for whoever sees the pupil; a case of mediation is led by the social pedagogue.
_INSIDE = "dir dep psy psyh spe"
_CONCLUSIONS = ("councils:sitting", "councils:conclusion", "councils:pupil", "councils:register")
_DECISIONS = ("councils:sitting", "councils:decision", "councils:pupil", "councils:register")
_PLAN_READERS = _mark("psy psyh soc", "plans:")
MARKS = {
    NOTE: _mark("psy psyh", "notes:words"),
    FORMER: _mark("psy psyh", "notes:words"),
    GROUNDS: _mark("psy psyh", "notes:note", "notes:words", "notes:openings"),
    PLAN: _PLAN_READERS,
    GOAL: _PLAN_READERS,
    ACTION: _PLAN_READERS,
    CAUSE: _mark("dir dep cls psy psyh soc", "registry:cause"),
    URGENT: _mark("psy psyh", "service:urgent"),
    FAMILY: _mark("dir dep cls psy psyh soc", "family:"),
    REFERRAL: _mark("sub cls dep psy psyh soc", "referrals:"),
    PETITION: _mark(f"cls {_INSIDE}", "councils:petition"),
    COURSE: _mark(_INSIDE, "councils:sitting", "councils:course"),
    DECISION: _mark(f"cls sub {_INSIDE}", *_DECISIONS),
    FINDINGS: _mark(f"cls {_INSIDE}", *_CONCLUSIONS),
    UNSIGNED: _mark(f"cls {_INSIDE}", *_CONCLUSIONS),
    ADVICE: _mark(f"cls sub soc tut men {_INSIDE}", *_CONCLUSIONS),
    PARENTS: _mark(_INSIDE, "councils:sitting", "councils:conclusion"),
    PMPK: _mark(f"cls {_INSIDE}", "councils:pmpk", "councils:pupil", "councils:register"),
    CASE: _mark("soc", "councils:case"),
    AGREED: _mark("dir dep cls soc", "councils:case"),
}
FOUND = re.compile(rf"{_PREFIX}[a-z]+".encode())


def marks_in(content: bytes) -> set[str]:
    """Marks in a page or a file; workbooks and archives are opened."""
    found = {mark.decode() for mark in FOUND.findall(content)}
    if content[:2] == b"PK":
        try:
            with ZipFile(BytesIO(content)) as packed:
                for name in packed.namelist():
                    found |= marks_in(packed.read(name))
        except BadZipFile:
            pass
    return found


def leaks(answer: HttpResponseBase, name: str, column: str) -> set[str]:
    """Marks in an answer that this person may not get from this address."""
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return {
        mark
        for mark in marks_in(content) - {CANARY}
        if column not in MARKS[mark].columns or not name.startswith(MARKS[mark].names)
    }
