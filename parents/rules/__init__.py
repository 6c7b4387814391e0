"""Decisions about notices without a database."""
