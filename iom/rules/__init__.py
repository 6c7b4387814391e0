"""Decisions about routes, journals and pairs without a database."""
