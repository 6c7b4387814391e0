"""What the desk offers to the floors below: the work that prints a pupil's card, and who may have its file."""

from desk import card
from documents.registry import register_file, register_job


def register() -> None:
    """Called once, when the application is ready."""
    register_job(card.CARD, card.TITLE, card.card_run, card.may_have)
    register_file(card.CARD, card.may_have)
