"""Passwords that work once: read from paper, changed at the first login."""

import secrets

# Without letters and digits that are taken for one another when read from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4


def one_time_password() -> str:
    """Sixteen letters in groups of four, «abcd-efgh-…»: about 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
