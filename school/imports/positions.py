"""Positions as staff files write them."""

from common.names import name_key
from school.roles import Position

_WHOLE = {
    "директор": Position.DIRECTOR,
    "директор школы": Position.DIRECTOR,
    "завуч": Position.DEPUTY,
    "зам. директора": Position.DEPUTY,
    "зам директора": Position.DEPUTY,
    "заместитель директора": Position.DEPUTY,
    "психолог": Position.PSYCHOLOGIST,
    "соцпедагог": Position.SOCIAL_PEDAGOGUE,
    "логопед": Position.SPEECH_THERAPIST,
    "преподаватель": Position.TEACHER,
}
# The first that fits decides, so the narrower stand before the wider.
_BEGINNINGS = [
    ("руководитель психолог", Position.PSYCH_HEAD),
    ("руководитель социально-психолог", Position.PSYCH_HEAD),
    ("педагог-психолог", Position.PSYCHOLOGIST),
    ("педагог психолог", Position.PSYCHOLOGIST),
    ("социальный педагог", Position.SOCIAL_PEDAGOGUE),
    ("учитель-логопед", Position.SPEECH_THERAPIST),
    ("учитель логопед", Position.SPEECH_THERAPIST),
    ("руководитель шмо", Position.METHODICAL_HEAD),
    ("руководитель мо", Position.METHODICAL_HEAD),
    ("руководитель школьного методического", Position.METHODICAL_HEAD),
    ("руководитель методического", Position.METHODICAL_HEAD),
    ("тьютор", Position.TUTOR),
    ("наставник", Position.MENTOR),
    ("педагог-наставник", Position.MENTOR),
    ("учитель", Position.TEACHER),
]
_DEPUTY = ("заместитель директора", "зам. директора", "зам.директора", "зам директора")
# Other deputies (for upbringing, for premises) do not lead the work with those who fail.
_OF_STUDIES = ("увр", "учебно-воспитательн", "учебной", "учебно-методич", "умр", "ур")


def position_of(written: str) -> Position | None:
    """The position that a cell names, e.g. «учитель математики» → a teacher; None when the application knows none."""
    text = name_key(written)
    if text in _WHOLE:
        return _WHOLE[text]
    if text.startswith(_DEPUTY):
        words = text.split(" по ", 1)[-1]
        return Position.DEPUTY if words.startswith(_OF_STUDIES) else None
    labels = {name_key(position.label): position for position in Position}
    if text in labels:
        return labels[text]
    return next((position for beginning, position in _BEGINNINGS if text.startswith(beginning)), None)
