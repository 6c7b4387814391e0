"""Decisions about free times, deadlines and load without a database."""
