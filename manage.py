#!/usr/bin/env python3
"""Django's command line for this site."""

import os
import sys

from clinic_site import requires


def main() -> None:
    """Run the command named on the command line."""
    requires.exit_if_unmet()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  Python is checked first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
