"""Alive, can read, can edit: three answers."""

import pytest
from django.contrib.sites.models import Site
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_livez_asks_nothing_of_the_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        response = Client().get("/livez")
    assert (response.status_code, response["Cache-Control"].count("no-store")) == (200, 1)


def test_readyz_says_both_where_both_work() -> None:
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (200, {"read": True, "edit": True})


def refuse(words: str) -> object:
    """A database that refuses statements with these words, as a read-only or a lost one does."""

    def wrapper(execute: object, sql: str, params: object, many: object, context: object) -> object:
        if words in sql:
            raise OperationalError("refused")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def test_readyz_reports_a_read_only_database() -> None:
    with refuse("UPDATE"):
        response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (200, {"read": True, "edit": False})
    assert Site.objects.count() == 1


def test_readyz_reports_a_database_that_is_away() -> None:
    with refuse("SELECT"):
        response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (503, {"read": False, "edit": False})
