"""What an address asks for, read without trusting it."""

from django.http import HttpRequest


def asked_number(request: HttpRequest, name: str) -> int | None:
    """A number of the query, such as that of a period or a key; None for anything else."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else None
