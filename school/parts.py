"""What this floor offers for a pupil's card: the telephones of guardians and the social passport."""

from common.russian import date_short
from school.models import Pupil, User
from school.permissions import can_see_contacts, can_see_social_record
from school.pupil_parts import Line, PupilPart, part_register
from school.selectors_pupils import guardians_of
from school.selectors_social import social_passport


def _contacts(user: User, pupil: Pupil) -> list[Line]:
    return [
        (
            tie.get_relation_display(),
            ", ".join(part for part in (tie.guardian.full_name, tie.guardian.phone, tie.guardian.email) if part),
        )
        for tie in guardians_of(pupil)
    ]


def _social(user: User, pupil: Pupil) -> list[Line]:
    """What holds today; the reading is logged where it is read."""
    told = social_passport(user, pupil)
    lines = [(fact.get_group_display(), f"с {date_short(fact.starts)}, {fact.ground}") for fact in told.live]
    return lines + [(purpose.label, "нет согласия, сведения не приводятся") for purpose in told.withheld]


part_register(
    PupilPart("contacts", "Представители и телефоны", 10, can_see_contacts, _contacts, restricted=False),
    PupilPart("social", "Закрытые сведения", 20, can_see_social_record, _social),
)
