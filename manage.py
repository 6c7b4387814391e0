#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import ManagementUtility
from django.core.management.base import BaseCommand


class Commands(ManagementUtility):
    """An unknown command is wrong usage like a wrong argument: exit status 2."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command of this name; says which there are and ends otherwise."""
        try:
            return super().fetch_command(subcommand)
        except SystemExit:
            sys.exit(2)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    Commands(sys.argv).execute()
