"""Decisions about roadmaps, without a database."""
