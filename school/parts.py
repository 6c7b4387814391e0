"""What this floor offers for a pupil's card: the telephones of guardians and the restricted record."""

from school.models import Pupil, SocialRecord, User
from school.permissions import can_see_contacts, can_see_social_record
from school.pupil_parts import Line, PupilPart, part_register
from school.restricted import SOCIAL_PASSPORT
from school.selectors_pupils import guardians_of
from school.services.reading import log_reading


def _contacts(user: User, pupil: Pupil) -> list[Line]:
    return [
        (
            tie.get_relation_display(),
            ", ".join(part for part in (tie.guardian.full_name, tie.guardian.phone, tie.guardian.email) if part),
        )
        for tie in guardians_of(pupil)
    ]


def _social(user: User, pupil: Pupil) -> list[Line]:
    log_reading(by=user, pupils=[pupil], what=SOCIAL_PASSPORT)
    record = SocialRecord.objects.filter(pupil=pupil).first()
    if record is None:
        return []
    facts = (("ОВЗ", record.special_needs), ("русский язык неродной", record.non_native_russian))
    return [(name, "да" if value else "нет") for name, value in facts]


part_register(
    PupilPart("contacts", "Представители и телефоны", 10, can_see_contacts, _contacts, restricted=False),
    PupilPart("social", "Закрытые сведения", 20, can_see_social_record, _social),
)
