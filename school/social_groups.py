"""What a social passport holds: groups of social risk and facts about the family, and what the law asks for each.

Sources: the social passport of the municipal constructor (factors 2 and 3), the «группы риска» of the methodical
recommendations, and the records that schools keep of prevention. None of them is decided by marks.
"""

from django.db.models import TextChoices

from school.purposes import Purpose


class SocialGroup(TextChoices):
    """Groups, in the order in which passports list them."""

    LARGE_FAMILY = "large_family", "многодетная семья (трое детей и больше)"
    SINGLE_PARENT = "single_parent", "неполная семья"
    LOW_INCOME = "low_income", "малообеспеченная семья"
    BOTH_UNEMPLOYED = "both_unemployed", "оба родителя не работают"
    FOSTER = "foster", "приёмная семья, опека"
    ORPHAN = "orphan", "сирота, без попечения родителей"
    HARD_LIFE = "hard_life", "трудная жизненная ситуация"
    DYSFUNCTIONAL = "dysfunctional_family", "неблагополучная семья"
    SOP = "sop", "семья в социально опасном положении"
    KDN = "kdn", "учёт в комиссии по делам несовершеннолетних (КДН)"
    PDN = "pdn", "учёт в полиции (ПДН)"
    SCHOOL_RECORD = "school_record", "внутришкольный учёт"
    MALADJUSTED = "maladjusted", "выраженная педагогическая и социальная дезадаптация"
    OVZ = "ovz", "ограниченные возможности здоровья (ОВЗ)"
    DISABLED = "disabled", "ребёнок-инвалид"
    DEV_NO_PMPK = "dev_no_pmpk", "проблемы развития без заключения ПМПК"
    DISABLED_PARENT = "disabled_parent", "инвалидность родителя"
    NON_NATIVE_RUSSIAN = "non_native_ru", "русский язык неродной"
    MIGRANT = "migrant", "семья приехала из другой страны"

    @property
    def consent(self) -> Purpose | None:
        """The purpose without whose consent the fact is neither entered nor shown; None where the law asks for none.

        Health, nationality and origin are special categories of personal data (152-ФЗ, ст. 10).
        """
        return _CONSENTS.get(self)


_CONSENTS = {
    SocialGroup.OVZ: Purpose.HEALTH,
    SocialGroup.DISABLED: Purpose.HEALTH,
    SocialGroup.DEV_NO_PMPK: Purpose.HEALTH,
    SocialGroup.DISABLED_PARENT: Purpose.HEALTH,
    SocialGroup.NON_NATIVE_RUSSIAN: Purpose.ORIGIN,
    SocialGroup.MIGRANT: Purpose.ORIGIN,
}
SECTIONS = {
    "Семья": tuple(SocialGroup)[:9],
    "Учёт и профилактика": tuple(SocialGroup)[9:13],
    "Здоровье": tuple(SocialGroup)[13:17],
    "Язык и происхождение": tuple(SocialGroup)[17:],
}
# What contingent files say of a pupil, by the column of `SocialRecord`.
OF_FILES = {"special_needs": SocialGroup.OVZ, "non_native_russian": SocialGroup.NON_NATIVE_RUSSIAN}


def groups_by_consent(purpose: Purpose) -> list[SocialGroup]:
    """The groups that need a consent for this purpose."""
    return [group for group in SocialGroup if group.consent == purpose]
