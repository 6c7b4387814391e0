"""The school's profiles of e-journals: which codes mean what, and for which kinds of files each is used."""

from collections.abc import Collection, Mapping

from common.authorship import deed
from common.errors import Refused
from gradebook.layouts.tokens import as_code, word_key
from gradebook.models import ImportProfile
from gradebook.profiles import MEANINGS, RESULT_MEANINGS, SHIPPED, USUAL
from gradebook.selectors_profiles import codes_of, meaning_now
from school.models import School, User

_MAX_CODE, _MAX_WORD = 8, 16


@deed
def profile_create(*, by: User, school: School, title: str, shipped: str = USUAL.code) -> ImportProfile:
    """A profile of the school's own that begins as a shipped one. Raises `Refused` for a title that is taken."""
    begun = SHIPPED.get(shipped, USUAL)
    _check_title(school, title, None)
    codes = {code: meaning.value for code, meaning in begun.codes.items()}
    return ImportProfile.objects.create(
        school=school, title=title, shipped=begun.code, codes=codes, words=dict(begun.words)
    )


@deed
def profile_update(
    *, by: User, profile: ImportProfile, title: str, codes: Mapping[str, str], words: Mapping[str, str]
) -> ImportProfile:
    """Another title and other tables. What earlier batches wrote stays. Raises `Refused` for what no code can be."""
    _check_title(profile.school, title, profile)
    profile.title = title
    profile.codes, profile.words = _clean_codes(codes), _clean_words(words)
    profile.save(update_fields=["title", "codes", "words"])
    return profile


@deed
def profile_layouts_set(*, by: User, profile: ImportProfile, layouts: Collection[str]) -> None:
    """From now on files of these kinds are read by this profile and by no other."""
    for other in ImportProfile.objects.select_for_update().filter(school=profile.school_id):
        mine = set(layouts) if other.pk == profile.pk else set(other.layouts) - set(layouts)
        if mine != set(other.layouts):
            other.layouts = sorted(mine)
            other.save(update_fields=["layouts"])


@deed
def profile_delete(*, by: User, profile: ImportProfile) -> None:
    """The school reads its files without this profile from now on; what was written stays."""
    profile.delete()


@deed
def profile_choose(*, by: User, school: School, layout: str, chosen: str) -> ImportProfile:
    """Read this kind of files by a profile: `chosen` is the key of the school's own, or the name of a shipped one."""
    if chosen.isdigit():
        found = ImportProfile.objects.filter(school=school, pk=int(chosen)).first()
    else:
        found = ImportProfile.objects.filter(school=school, shipped=chosen).first()
        if found is None and chosen in SHIPPED:
            found = profile_create(by=by, school=school, title=SHIPPED[chosen].title, shipped=chosen)
    if found is None:
        raise Refused("Такого профиля больше нет. Обновите страницу и выберите снова.")
    profile_layouts_set(by=by, profile=found, layouts={*found.layouts, layout})
    return found


@deed
def codes_set(
    *, by: User, school: School, layout: str, codes: Mapping[str, str], words: Mapping[str, str]
) -> ImportProfile:
    """Give codes and words of these files a meaning, "" for none; other codes of the profile stay. The profile is that
    of the layout; a school that has none yet gets the usual one as its own."""
    rows = list(ImportProfile.objects.select_for_update().filter(school=school))
    found = next((row for row in rows if layout in row.layouts), rows[0] if rows else None)
    if found is None:
        found = profile_create(by=by, school=school, title=USUAL.title)
    told = {word_key(word): meaning for word, meaning in words.items() if _is_news(found, word, meaning)}
    return profile_update(
        by=by,
        profile=found,
        title=found.title,
        codes={**found.codes, **{as_code(code.strip()): meaning for code, meaning in codes.items()}},
        words={**found.words, **told},
    )


def _is_news(profile: ImportProfile, word: str, meaning: str) -> bool:
    """The usual words need no line in the profile."""
    return meaning_now(codes_of(profile), "result", word) != meaning


def _check_title(school: School, title: str, own: ImportProfile | None) -> None:
    taken = ImportProfile.objects.filter(school=school, title=title)
    taken = taken.exclude(pk=own.pk) if own is not None else taken
    if not title or taken.exists():
        raise Refused(f"Профиль «{title}» уже есть: назовите этот иначе." if title else "Назовите профиль.")


def _clean_codes(codes: Mapping[str, str]) -> dict[str, str]:
    told = {as_code(code.strip()): meaning for code, meaning in codes.items() if code.strip() and meaning}
    if any(meaning not in MEANINGS for meaning in told.values()):
        raise Refused("У каждого кода должно быть одно из значений списка.")
    wrong = [code for code in told if not code.isalpha() or len(code) > _MAX_CODE]
    if wrong:
        raise Refused(f"Код «{wrong[0]}» не подходит: код — от одной до {_MAX_CODE} букв без цифр и знаков.")
    return told


def _clean_words(words: Mapping[str, str]) -> dict[str, str]:
    told = {word_key(word): meaning for word, meaning in words.items() if word_key(word) and meaning}
    if any(meaning not in RESULT_MEANINGS for meaning in told.values()):
        raise Refused("У каждого слова должно быть одно из значений списка.")
    wrong = [word for word in told if len(word) > _MAX_WORD]
    if wrong:
        raise Refused(f"Слово «{wrong[0]}» длиннее {_MAX_WORD} букв: в ячейке итога таких не бывает.")
    return told
