"""Builds static files: bundles the stylesheet, flattens styles for old phones, names files by content, compresses."""

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lightningcss
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from whitenoise.compress import Compressor

from clinic_site.atomic_file import replacing

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import "([^"]+)" layer\(([a-z]+)\);(?: /\* ([a-z -]+) \*/)?\n')
URL = re.compile(r'url\("([^":]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
OWN_PREFIXES = ("css/", "js/", "img/")
#: The first browsers with cascade layers. Nesting is younger: without it they would take every second rule for another.
OLDEST_BROWSERS = ["safari 15.4", "ios_saf 15.4", "chrome 99", "firefox 97"]
NAMES_OF_0_1 = (".collected", "staticfiles.json")  # release 0.1.0 put these where everybody can read them


class AssetStorage(ManifestStaticFilesStorage):
    """Bundles `css/site.css`, flattens styles, hashes names, then compresses: brotli for the site's own, gzip for all.

    Brotli over the admin's and the editor's bundles would take more than a minute and only staff would gain.
    """

    manifest_name = "static-files.json"

    def __init__(self, *args: Any, **options: Any) -> None:
        """Keep the list of names outside of the folder that everybody can read."""
        super().__init__(*args, manifest_storage=FileSystemStorage(location=settings.VAR_DIR), **options)
        self.url_cache: dict[tuple[str, bool], str] = {}

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  Django's signature
        """Return the URL of a file, computed once per process: a page names a dozen."""
        key = name or "", force
        if key not in self.url_cache:
            self.url_cache[key] = super().url(*key)
        return self.url_cache[key]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002  Django's signature
        """Yield (name, hashed name, is processed) for each file, as Django's own storages do."""
        if dry_run:
            return
        if STYLESHEET in paths:
            built = {name: flatten(self._source(name, paths)) for name in paths if is_own_style(name)}
            built[STYLESHEET] = self.bundle(STYLESHEET, paths)
            for name, css in built.items():
                self.delete(name)
                self.save(name, ContentFile(css.encode()))
                paths[name] = (self, name)
        hashed_names: dict[str, str | None] = {}
        for name, hashed_name, processed in super().post_process(paths, dry_run=dry_run, **options):
            hashed_names[name] = hashed_name
            yield name, hashed_name, processed
        for name in paths:
            for final in {name, hashed_names.get(name) or name}:
                self._compress(final)

    def bundle(self, name: str, paths: dict[str, Any]) -> str:
        """The stylesheet with each `@import … layer(x)` replaced by the file itself, inside that layer.

        A comment before each says for pages with which classes or elements it is: those named behind the import, else
        the name of a file that lies in a folder; with none it is for every page.

        All are read where they were found: what lies in the static folder may be the bundle of an earlier run.
        """

        def inline(found: re.Match[str]) -> str:
            part = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1]))
            text = URL.sub(lambda url: f'url("{self._rebase_url(url[1], part, name)}")', self._source(part, paths))
            names = found[3] or (posixpath.basename(found[1]).removesuffix(".css") if "/" in found[1] else "")
            return f"/*{names}*/\n@layer {found[2]}{{{flatten(text)}}}\n"

        return IMPORT.sub(inline, self._source(name, paths))

    def _source(self, name: str, paths: dict[str, Any]) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            text: str = file.read().decode()
        return text

    def _rebase_url(self, url: str, part: str, whole: str) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(part), url))
        return posixpath.relpath(target, posixpath.dirname(whole))

    def _compress(self, name: str) -> None:
        compressor = Compressor(use_brotli=name.startswith(OWN_PREFIXES), quiet=True)
        path = self.path(name)
        if compressor.should_compress(path) and Path(path).exists():
            list(compressor.compress(path))


def minify(css: str) -> str:
    """Return `css` without comments, indentation and empty lines."""
    lines = (line.strip() for line in COMMENT.sub("", css).splitlines())
    return "\n".join(line for line in lines if line)


def is_own_style(name: str) -> bool:
    """Return whether the file is one of this site's own styles, other than the list of the stylesheet's files."""
    return name.startswith("css/") and name.endswith(".css") and name != STYLESHEET


def flatten(css: str) -> str:
    """Return `css` minified, in words that `OLDEST_BROWSERS` know; raises ValueError for what is no CSS."""
    return lightningcss.process_stylesheet(css, browsers_list=OLDEST_BROWSERS, minify=True)


def collect_if_changed() -> None:
    """Run collectstatic, unless neither the files nor this module have changed since the last run."""
    sources = {path: finders.find(path) for finder in finders.get_finders() for path, _ in finder.list([])}
    files = [__file__, lightningcss.__file__, *(str(sources[path]) for path in sorted(sources))]
    fingerprint = "\n".join(f"{file} {Path(file).stat().st_mtime_ns}" for file in files)
    stamp_file, public = Path(settings.VAR_DIR) / "static-files.stamp", Path(settings.STATIC_ROOT)
    if public.exists() and stamp_file.exists() and stamp_file.read_text() == fingerprint:
        return
    unfinished = Path(settings.VAR_DIR) / "static.unfinished"
    was_cut_short = unfinished.exists()
    with replacing(unfinished):
        pass
    # collectstatic keeps a file that looks new, so also one that a power cut has emptied.
    call_command("collectstatic", interactive=False, clear=was_cut_short, verbosity=0)
    for name in NAMES_OF_0_1:
        (public / name).unlink(missing_ok=True)
    os.sync()
    with replacing(stamp_file) as file:
        file.write(fingerprint.encode())
    unfinished.unlink()
