"""Which consents have their paper attached, and where it opens."""

from collections.abc import Iterable

from django.urls import reverse

from documents.registry import Params
from parents.models import ConsentScan
from school.access import pupils_for
from school.consent_papers import Paper
from school.models import Consent, User
from school.permissions import can_keep_consents
from school.restricted import restricted_kind
from school.services.reading import log_reading

CONSENT_SCAN = restricted_kind("consent_scan", "скан согласия")


def papers_of_consents(consents: Iterable[int]) -> dict[int, Paper]:
    """By the key of the consent; whoever asks keeps these consents. One query."""
    rows = ConsentScan.objects.filter(consent__in=list(consents), taken_back_at__isnull=True, file__isnull=False)
    return {
        consent: Paper(reverse("documents:file", args=[file]), on)
        for consent, file, on in rows.values_list("consent", "file", "at")
    }


def may_fetch_scan(user: User, params: Params) -> bool:
    """Whoever keeps this pupil's consents now."""
    pupil = pupils_for(user).filter(pk=params["pupil"]).first()
    stands = Consent.objects.filter(pk=params["consent"], pupil=params["pupil"]).exists()
    return pupil is not None and stands and can_keep_consents(user, pupil)


def note_scan(user: User, params: Params) -> None:
    """It may be about health: the log of readings says who opened it."""
    log_reading(by=user, pupils=[params["pupil"]], what=CONSENT_SCAN)
