"""no GET, whatever its words, changes a single row."""

import hashlib

import pytest
from cms.models import PageContent
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from clinic_site.http.headers import SIGN_IN_EXEMPT_PATHS
from tests.factories import ProseFactory, page_of_kind, slot_of
from tests.rendering import TOOLBAR_WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def state() -> dict[str, str]:
    """A hash of every table's rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def staff_addresses(patterns: list[URLPattern | URLResolver], start: str = "/") -> list[str]:
    """Every address under /admin/ that the resolver knows, with 1 for each argument."""
    found: list[str] = []
    for pattern in patterns:
        route = str(pattern.pattern).lstrip("^").rstrip("$\\Z")
        for argument in (
            "<int:page_content_id>",
            "<path:object_id>",
            "<int:content_type_id>",
            "([0-9]+)",
            "(\\d+)",
            "([^/]+)",
        ):
            route = route.replace(argument, "1")
        if isinstance(pattern, URLResolver):
            found += staff_addresses(pattern.url_patterns, start + route)
        elif not set("<>()[]?*+\\") & set(start + route):
            found.append(start + route)
    return found


@pytest.mark.slow
def test_a_crawl_by_a_visitor_leaves_the_database_as_it_was() -> None:
    draft = page_of_kind("clinic", title="A draft")
    block = ProseFactory(placeholder=slot_of(draft, "clinic_body"))
    pages = [content.page.get_absolute_url() for content in PageContent.objects.all()]
    staff = [url for url in staff_addresses(get_resolver().url_patterns) if url.startswith("/admin/")]
    assert len(pages) == 13
    assert len(staff) > 60
    before = state()
    for url in pages:
        for word in ["", *TOOLBAR_WORDS, "toolbar_on&structure&edit", "language=de", f"preview={draft.pk}"]:
            assert Client().get(f"{url}?{word}").status_code == 200
    for url in staff:
        response = Client().get(url.replace("/1/", f"/{block.pk}/"))
        assert response.status_code in {302, 404, 405} or url in SIGN_IN_EXEMPT_PATHS, url
    assert state() == before
