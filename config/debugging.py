"""The page and the report of an error: of a view that handles confidential words they keep the place, not the words.

Django hides what a view marks as sensitive in production alone. Here a marked view is discreet in debugging too: no
variables, nothing of what was sent, not what the error said (it may quote a row).
"""

from typing import Any

from django.views.debug import ExceptionReporter

HIDDEN = "скрыто: здесь были конфиденциальные сведения"


class DiscreetReporter(ExceptionReporter):
    """What is shown and written of an exception."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Django's own, without what a sensitive view had in hand."""
        told: dict[str, Any] = super().get_traceback_data()
        if not getattr(self.request, "sensitive_post_parameters", None):
            return told
        told |= {"exception_value": HIDDEN, "exception_notes": "", "unicode_hint": "", "filtered_POST_items": []}
        for frame in told["frames"]:
            frame["vars"] = []
            frame["exc_cause"] = frame["exc_cause"] and HIDDEN
        return told
