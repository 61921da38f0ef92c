"""Wagtail as `wagtail start` lays it out, with one kind of page of its own: a StreamField of rich text and pictures.

It serves our page's words in as many blocks, and each photograph as one rendition, 640 wide, made before anything is
measured (ours offers several widths in three formats). The base template is Wagtail's own with the same menu added. Its
settings are those of `wagtail start` with DEBUG off. Django's cache middleware is put around it where CACHED is 1, with
Django's usual cache, in memory; without it Wagtail still has that cache for what it keeps by itself.
"""

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from . import environments
from .pages import Article
from .servers import Server, gunicorn

SETTINGS = """
import os
from peer.settings.base import *
DEBUG = False
SECRET_KEY = "of a bench, and of nothing else"
ALLOWED_HOSTS = ["127.0.0.1"]
if os.environ.get("CACHED") == "1":
    MIDDLEWARE = [
        "django.middleware.cache.UpdateCacheMiddleware", *MIDDLEWARE, "django.middleware.cache.FetchFromCacheMiddleware"
    ]
"""
MODELS = """
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock


class ArticlePage(Page):
    body = StreamField([("text", blocks.RichTextBlock()), ("picture", ImageChooserBlock(template="home/picture.html"))])
"""
PICTURE = "{% load wagtailimages_tags %}{% image value width-640 %}"
PAGE = """{% extends "base.html" %}{% load wagtailcore_tags %}{% block content %}{% wagtail_site as site %}
<nav>{% for one in site.root_page.get_children.live.in_menu %}<a href="{% pageurl one %}">{{ one.title }}</a>{% endfor %}</nav>
<main><h1>{{ page.title }}</h1>{% for block in page.body %}{% include_block block %}{% endfor %}</main>{% endblock %}
"""
FILL = """
import json
from django.core.files import File
from home.models import ArticlePage, HomePage
from wagtail.images.models import Image
told = json.load(open("article.json"))
home = HomePage.objects.get()
body = [("text", words) for words in told["blocks"]]
for number, path in enumerate(told["pictures"]):
    with open(path, "rb") as file:
        picture = Image.objects.create(title=f"Picture {number}", file=File(file, name=f"{number}.jpg"))
    body.insert(2 * number + 1, ("picture", picture))
page = ArticlePage(title=told["title"], slug="page", show_in_menus=True)
home.add_child(instance=page)
from wagtail.rich_text import RichText
page.body = [(kind, RichText(one) if kind == "text" else one) for kind, one in body]
page.save_revision().publish()
for number, title in enumerate(told["menu"][1:]):
    home.add_child(instance=ArticlePage(title=title, slug=f"menu-{number}", show_in_menus=True))
"""


def laid_out(article: Article) -> tuple[Path, Path]:
    """Its programs, and a project that is filled."""
    programs = environments.environment("wagtail", "wagtail", environments.pin("Django"), environments.pin("gunicorn"))
    folder = environments.cache() / f"wagtail-project-{article.digest(__file__)}"
    if not (folder / "filled").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        environments.run(programs, folder, "wagtail", "start", "peer", ".")
        (folder / "peer" / "settings" / "bench.py").write_text(SETTINGS)
        models = folder / "home" / "models.py"
        models.write_text(models.read_text() + MODELS)
        (folder / "home" / "templates" / "home" / "article_page.html").write_text(PAGE)
        (folder / "home" / "templates" / "home" / "picture.html").write_text(PICTURE)
        article.write(folder)
        for words in (("makemigrations", "home"), ("migrate",), ("shell", "-c", FILL)):
            environments.run(programs, folder, "python", "manage.py", *words, "--settings", "peer.settings.bench")
        (folder / "filled").touch()
    return programs, folder


def serving(article: Article, *, is_cached: bool) -> AbstractContextManager[Server]:
    """The peer, running."""
    programs, folder = laid_out(article)
    name = f"Wagtail {environments.version(programs, 'wagtail')}{', cached' if is_cached else ''}"
    env = {"DJANGO_SETTINGS_MODULE": "peer.settings.bench", "CACHED": str(int(is_cached))}
    return gunicorn(name, "peer.wsgi", "/page/", python=programs / "python", folder=folder, **env)
