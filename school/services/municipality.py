"""A municipality's name, and the logins of its coordinators: people of no school, who see its schools without names."""

from common.authorship import deed
from common.errors import Refused
from school.models import Municipality, User
from school.services.logins import IssuedLogin, hand_out


@deed
def municipality_rename(*, by: User, municipality: Municipality, name: str) -> None:
    """Call it otherwise, for all its schools. Raises `Refused` when another one is called so."""
    if Municipality.objects.filter(name__iexact=name).exclude(pk=municipality.pk).exists():
        raise Refused("Муниципалитет с таким названием уже есть. Чтобы перейти в него, впишите его в карточке школы.")
    municipality.name = name
    municipality.save(update_fields=["name"])


@deed
def coordinator_issue(*, by: User, municipality: Municipality, username: str) -> IssuedLogin:
    """Make a coordinator's login. Raises `Refused` when the login is taken."""
    if User.objects.filter(username__iexact=username).exists():
        raise Refused("Такой логин уже есть. Придумайте другой.")
    return hand_out(User(username=username, municipality=municipality))


@deed
def coordinator_reset(*, by: User, coordinator: User) -> IssuedLogin:
    """Give a new one-time password, also to a login that was switched off; open sessions end."""
    return hand_out(User.objects.select_for_update().get(pk=coordinator.pk))


@deed
def coordinator_disable(*, by: User, coordinator: User) -> None:
    """Switch the login off; its sessions end at their next request."""
    coordinator.is_active = False
    coordinator.save(update_fields=["is_active"])
