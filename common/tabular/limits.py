"""How much of a user's file is read at most."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file; sizes in bytes, times in seconds. The defaults are those of the headless contract."""

    packed: int = 50 * MIB
    unpacked: int = 300 * MIB
    entries: int = 2_000
    files: int = 500
    columns: int = 16_384
    rows: int = 200_000
    area: int = 12_000_000
    memory: int = 1024 * MIB
    cpu_seconds: int = 120
    wall_seconds: int = 300
