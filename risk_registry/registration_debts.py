"""What debts offer to the floors below: who may have the protocols of attempts."""

from documents.registry import Params, register_file
from risk_registry.models import AcademicDebt
from risk_registry.services.debt_attempts import PROTOCOL
from school.models import User


def register() -> None:
    """Called once, when the application is ready."""
    register_file(PROTOCOL, may_fetch_protocol)


def may_fetch_protocol(user: User, params: Params) -> bool:
    """The protocol of an attempt: whoever sees the debt at this moment."""
    return AcademicDebt.objects.visible_to(user).filter(pk=params["debt"]).exists()
