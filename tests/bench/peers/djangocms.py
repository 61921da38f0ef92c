"""django CMS as its own `djangocms` command lays it out: `djangocms .` in a project that Django has just started.

(The command's other form fetches a template from a repository; this one needs nothing but the package index.) It serves
our page's words in as many of its text blocks, and each photograph as an image block of djangocms-frontend with one
thumbnail, 640 wide, made before anything is measured (ours offers several widths in three formats). Template, menu and
middleware are those that the command chose, with DEBUG off. Where CACHED is 1 all its caches are on, as they are by
default, in Django's usual cache, in memory; else page, placeholder and plugin cache are off, and the cache is a dummy.
"""

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from . import environments
from .pages import Article
from .servers import Server, gunicorn

SETTINGS = """
import os
from peer.settings import *
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
MEDIA_ROOT, MEDIA_URL = BASE_DIR / "media", "/media/"
if os.environ.get("CACHED") != "1":
    CMS_PAGE_CACHE = CMS_PLACEHOLDER_CACHE = CMS_PLUGIN_CACHE = False
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
"""
FILL = """
import json
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import transaction
from filer.models import Image
told = json.load(open("article.json"))
AS_THE_FORM = {
    "template": "default", "external_picture": "", "lazy_loading": False, "height": None, "alignment": "", "link": None,
    "use_crop": False, "use_upscale": False, "use_responsive_image": "inherit", "thumbnail_options": None,
    "picture_fluid": True, "picture_rounded": False, "picture_thumbnail": False, "attributes": {}, "link_attributes": {},
    "target": "",
}
user = get_user_model().objects.create_superuser("bench")
def page(title, slug):
    made = create_page(title, "cms-base.html", "en-us", slug=slug, created_by=user, in_navigation=True)
    draft = PageContent.admin_manager.get(page=made)
    return made, draft, next(iter(draft.rescan_placeholders().values()))
home, draft, _ = page(told["menu"][0], "home")
with transaction.atomic():
    home.set_as_homepage()
draft.versions.get().publish(user)
_, draft, slot = page(told["title"], "page")
pictures = told["pictures"]
for number, words in enumerate(told["blocks"]):
    add_plugin(slot, "TextPlugin", "en-us", body=words)
    if number < len(pictures):
        with open(pictures[number], "rb") as file:
            picture = Image.objects.create(owner=user, original_filename=f"{number}.jpg", file=File(file, name=f"{number}.jpg"))
        config = {**AS_THE_FORM, "picture": {"model": "filer.image", "pk": picture.pk}, "width": 640}
        add_plugin(slot, "ImagePlugin", "en-us", config=config)
draft.versions.get().publish(user)
for number, title in enumerate(told["menu"][1:]):
    page(title, f"menu-{number}")[1].versions.get().publish(user)
"""


def laid_out(article: Article) -> tuple[Path, Path]:
    """Its programs, and a project that is filled."""
    pins = [environments.pin(package) for package in ("django-cms", "Django", "gunicorn")]
    programs = environments.environment("djangocms", *pins)
    folder = environments.cache() / f"djangocms-project-{article.digest(__file__)}"
    if not (folder / "filled").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        environments.run(programs, folder, "django-admin", "startproject", "peer", ".")
        environments.run(programs, folder, "djangocms", ".", "--use-bundled-install-rules", "--noinput")
        (folder / "peer" / "bench.py").write_text(SETTINGS)
        article.write(folder)
        for words in (("migrate",), ("shell", "-c", FILL)):
            environments.run(programs, folder, "python", "manage.py", *words, "--settings", "peer.bench", CACHED="1")
        (folder / "filled").touch()
    return programs, folder


def serving(article: Article, *, is_cached: bool) -> AbstractContextManager[Server]:
    """The peer, running."""
    programs, folder = laid_out(article)
    name = f"django CMS {environments.version(programs, 'django-cms')}{', cached' if is_cached else ''}"
    env = {"DJANGO_SETTINGS_MODULE": "peer.bench", "CACHED": str(int(is_cached))}
    return gunicorn(name, "peer.wsgi", "/page/", python=programs / "python", folder=folder, **env)
