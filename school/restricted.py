"""The kinds of restricted facts, in words. An app names its own when it is loaded; the log of readings keeps codes."""

_kinds: dict[str, str] = {}


def restricted_kind(code: str, words: str) -> str:
    """Name a kind: `SUPPORT_PLAN = restricted_kind("support_plan", "план сопровождения")`. Answers the code.

    The code stands in the log for ever; the words may be bettered.
    """
    _kinds[code] = words
    return code


def is_restricted_kind(code: str) -> bool:
    """Whether somebody has named the kind."""
    return code in _kinds


def restricted_words(code: str) -> str:
    """«социальный паспорт»; the code itself for a kind that the product no longer knows."""
    return _kinds.get(code, code)


SOCIAL_PASSPORT = restricted_kind("social_passport", "социальный паспорт")
GUARDIANS = restricted_kind("guardians", "кому из представителей что можно сообщать")
SOCIAL_LIST = restricted_kind("social_list", "список социальной группы")
SOCIAL_FILE = restricted_kind("social_file", "выгрузка социального паспорта")
