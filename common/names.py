"""Names of persons."""

NBSP = "\u00a0"


def full_name(last: str, first: str, middle: str) -> str:
    """«Ковтун Матвей Андреевич»; parts that are missing leave no gap."""
    return " ".join(part for part in (last, first, middle) if part)


def initials(last: str, first: str, middle: str) -> str:
    """«Ковтун М. А.», with spaces that do not break; parts that are missing leave no gap."""
    letters = [f"{part[0]}." for part in (first, middle) if part]
    return NBSP.join([last, *letters])


# Latin letters that look like Cyrillic ones, as people type them into class and personal names.
_LOOKALIKES = str.maketrans("ABCEHKMOPTXYaceopxyËë", "АВСЕНКМОРТХУасеорхуЁё")
_DASHES = str.maketrans("‐‑‒–—−", "------")


def name_key(text: str) -> str:
    """The form in which names are compared: small letters, ё as е, look-alike Latin letters Cyrillic, single spaces."""
    folded = text.translate(_LOOKALIKES).translate(_DASHES).lower().replace("ё", "е")
    return " ".join(folded.replace("- ", "-").replace(" -", "-").split())


def class_key(text: str) -> str:
    """The form in which names of classes are compared: «7A», «7 а», «7-А» and «7 "А" класс» are «7А»."""
    folded = text.translate(_LOOKALIKES).upper().replace("КЛАСС", "").replace("КЛ.", "")
    return "".join(char for char in folded if char.isalnum())
