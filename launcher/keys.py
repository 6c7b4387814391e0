"""Passwords and the signing key of one installation: made once, kept in a file that only its owner reads."""

import json
import secrets
from dataclasses import asdict, dataclass

from launcher.place import Place
from launcher.process import write_private


@dataclass(frozen=True)
class Secrets:
    """`key` signs sessions; the others are the database's roles."""

    key: str
    superuser: str
    owner: str
    application: str


def installation_secrets(place: Place) -> Secrets:
    path = place.data / "secrets.json"
    if not path.exists():
        made = Secrets(*(secrets.token_urlsafe(length) for length in (64, 24, 24, 24)))
        write_private(path, json.dumps(asdict(made)))
    return Secrets(**json.loads(path.read_text()))
