"""Uploads one photograph after another until it is killed: `python -m tests.images.upload_loop`, in a VAR_DIR of its own."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")

import django

django.setup()  # models can be imported only after this

from django.db import connection  # noqa: E402  Django is set up first

from content.images.models import Photo  # noqa: E402  Django is set up first
from tests.images import samples  # noqa: E402  Django is set up first
from tests.images.conftest import take_in  # noqa: E402  Django is set up first

if Photo._meta.db_table not in connection.introspection.table_names():
    with connection.schema_editor() as editor:
        editor.create_model(Photo)
DATA = samples.saved(samples.skin((700, 500)), "jpg")
sys.stdout.write("ready\n")
sys.stdout.flush()
while True:
    take_in(DATA)
