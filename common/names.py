"""Names of persons."""

NBSP = "\u00a0"


def full_name(last: str, first: str, middle: str) -> str:
    """«Ковтун Матвей Андреевич»; parts that are missing leave no gap."""
    return " ".join(part for part in (last, first, middle) if part)


def initials(last: str, first: str, middle: str) -> str:
    """«Ковтун М. А.», with spaces that do not break; parts that are missing leave no gap."""
    letters = [f"{part[0]}." for part in (first, middle) if part]
    return NBSP.join([last, *letters])
