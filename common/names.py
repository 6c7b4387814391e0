"""Names of persons. How they are declined is known to pytrovich (docs/decisions/0006-names.md)."""

from enum import Enum

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case as PetrovichCase
from pytrovich.enums import Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

NBSP = "\u00a0"


def full_name(last: str, first: str, middle: str) -> str:
    """«Ковтун Матвей Андреевич»; parts that are missing leave no gap."""
    return " ".join(part for part in (last, first, middle) if part)


def initials(last: str, first: str, middle: str) -> str:
    """«Ковтун М. А.», with spaces that do not break; parts that are missing leave no gap."""
    letters = ["-".join(f"{piece[0]}." for piece in part.split("-") if piece) for part in (first, middle) if part]
    return NBSP.join([last, *letters])


class Case(Enum):
    """In which case a document needs a name: «отчёт (кого?) Ермолаевой», «вручить (кому?) Ермолаевой»."""

    GENITIVE = PetrovichCase.GENITIVE
    DATIVE = PetrovichCase.DATIVE
    ACCUSATIVE = PetrovichCase.ACCUSATIVE
    INSTRUMENTAL = PetrovichCase.INSTRUMENTAL
    PREPOSITIONAL = PetrovichCase.PREPOSITIONAL


_maker = PetrovichDeclinationMaker()
_detector = PetrovichGenderDetector()


def declined(case: Case, last: str, first: str, middle: str, *, female: bool | None = None) -> str:
    """The full name in a case: declined(Case.DATIVE, "Ковтун", "Матвей", "Андреевич") is «Ковтуну Матвею Андреевичу».

    Without `female` the patronymic tells, else the first name. Where neither does, the name stays as it is: a wrong
    case is worse in a document than none.
    """
    gender = _gender(last, first, middle) if female is None else Gender.FEMALE if female else Gender.MALE
    if gender is None:
        return full_name(last, first, middle)
    parts = ((NamePart.LASTNAME, last), (NamePart.FIRSTNAME, first), (NamePart.MIDDLENAME, middle))
    return " ".join(str(_maker.make(part, gender, case.value, name)) for part, name in parts if name)


def _gender(last: str, first: str, middle: str) -> "Gender | None":
    """None where the name is both a man's and a woman's, or unknown."""
    told = {"lastname": last, "firstname": first, "middlename": middle}
    if not first and not middle:
        return None
    found = _detector.detect(**{part: name for part, name in told.items() if name})  # type: ignore[no-untyped-call]
    return found if found in (Gender.MALE, Gender.FEMALE) else None


# Latin capitals that look like Cyrillic ones, as people type them into class and personal names.
_LOOKALIKES = str.maketrans("ABCEHKMOPTXYË", "АВСЕНКМОРТХУЁ")
_DASHES = str.maketrans("‐‑‒–—−", "------")


def name_key(text: str) -> str:
    """The form in which names are compared: small letters, ё as е, look-alike Latin letters Cyrillic, single spaces."""
    folded = text.upper().translate(_LOOKALIKES).translate(_DASHES).lower().replace("ё", "е")
    return " ".join(folded.replace("- ", "-").replace(" -", "-").split())


def class_key(text: str) -> str:
    """The form in which names of classes are compared: «7A», «7 а», «7-А» and «7 "А" класс» are «7А»."""
    folded = text.upper().translate(_LOOKALIKES).replace("КЛАСС", "").replace("КЛ.", "")
    return "".join(char for char in folded if char.isalnum())
