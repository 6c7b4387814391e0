"""How small a group of people is never told apart, wherever people are counted without names. No domain, no tables."""

LEAST_GROUP = 5  # docs/decisions/0037-anonymous-surveys.md, 0046-municipal-page.md


def may_be_told(size: int, least: int = LEAST_GROUP) -> bool:
    """Nobody is nobody's secret; from one to four people are."""
    return size == 0 or size >= least
