"""A paper with what people added to it: its number, conclusions, and the suggested sentences that were taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from common.russian import date_long
from documents.papers.parts import Paper, Section, Suggestion

TAKEN, EDITED, DROPPED = "taken", "edited", "dropped"


@dataclass(frozen=True)
class Sentence:
    """What a person decided about a suggestion: `state` is one of TAKEN, EDITED, DROPPED; `text` of an edited one."""

    state: str
    text: str = ""


class Sayings:
    """Something with suggested sentences, and what people decided about them."""

    sentences: Mapping[str, Sentence]

    def said(self, section: Section) -> list[str]:
        """The sentences of a section that people took, in their words."""
        return [text for one in section.suggestions if (text := self.sentence(one))]

    def sentence(self, suggestion: Suggestion) -> str:
        """In the words that were decided; empty while nobody decided, and when it was dropped."""
        decided = self.sentences.get(suggestion.code)
        if decided is None or decided.state == DROPPED:
            return ""
        return decided.text if decided.state == EDITED else suggestion.text


@dataclass(frozen=True)
class Printed(Sayings):
    """`digest`: of the whole content, once it is approved. `withdrawn`: that the approval was taken back, and why."""

    paper: Paper
    number: int | None = None
    approved_on: date | None = None
    conclusions: str = ""
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    digest: str = ""
    withdrawn: str = ""

    @property
    def file_name(self) -> str:
        """«Отчёт классного руководителя 7А за 1-ю четверть 2026-27»: nothing that a file's name cannot hold."""
        head = self.paper.head
        about = f" {head.about}" if head.about and head.about not in self.paper.title else ""
        return f"{self.paper.title}{about} {head.period_words} {head.year}".replace("/", "-").strip()

    @property
    def conclusion_lines(self) -> list[str]:
        """Paragraphs of the conclusions."""
        return [line for line in self.conclusions.splitlines() if line.strip()]

    @property
    def day_words(self) -> str:
        """The day of approval, or the blank for it."""
        if self.approved_on is not None:
            return date_long(self.approved_on)
        return f"«___» ______________ {self.paper.head.made_at.year} г."

    @property
    def approval(self) -> list[str]:
        """The block on the right."""
        if not self.paper.approves:
            return []
        return ["УТВЕРЖДАЮ", "Директор школы", f"______________ {self.paper.approves}", self.day_words]
