"""Who did what, in words: the ledger's entries as sentences, each about a page, case or person by its name."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from cms.models import PageContent
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from content.consent.models import Consent
from content.gallery.models import Case
from content.ledger.models import Entry, Event
from content.ledger.writer import SYSTEM_ACTOR
from content.library.models import LibraryPicture
from content.reviews.draft_locks import display_name
from content.staff.dashboard.page_list import LANGUAGE
from content.staff.records.history_phrases import KINDS, PHRASES, kind_of

PAGE = re.compile(r"^(?:(?P<title>.*) \()?page (?P<id>\d{1,9})\)?$", re.DOTALL)
TOGETHER = timedelta(minutes=15)  # edits of one person on one page, no further apart, are one row


@dataclass(frozen=True)
class Subject:
    """What an entry is about; `url` is "" if there is nothing to open, or not for this person."""

    label: str
    url: str = ""


@dataclass
class HistoryRow:
    """A sentence in three parts, and when; `edits` are lines about a draft, `details` what was stored, as text."""

    who: str
    before: str
    subject: Subject
    after: str
    happened_at: datetime
    since: datetime
    edits: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)


def entries(*, actor: str = "", page_id: int | None = None, kind: str = "", on: date | None = None) -> QuerySet[Entry]:
    """Return the entries that fit all that is given, the newest first; `on` is a day of the clinic's."""
    found = Entry.objects.order_by("-pk")
    if actor:
        found = found.filter(actor=actor)
    if page_id:
        found = found.filter(Q(subject__endswith=f" (page {page_id})") | Q(subject=f"page {page_id}"))
    if kind:
        found = found.filter(event__in=[event for event in Event if kind_of(event) == kind])
    if on:
        begin = timezone.make_aware(datetime.combine(on, time.min))
        end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
        found = found.filter(happened_at__gte=begin, happened_at__lt=end)
    return found


def people() -> list[tuple[str, str]]:
    """Return everybody who has done something: user name and name, sorted by name."""
    names = _names()
    actors = Entry.objects.order_by().values_list("actor", flat=True).distinct()
    return sorted(((actor, names.get(actor, actor)) for actor in actors), key=lambda pair: pair[1].casefold())


def pages() -> list[tuple[int, str]]:
    """Return every page with its last title, in menu order."""
    versions = PageContent.admin_manager.filter(language=LANGUAGE, page__practice=None).order_by("page__path", "pk")
    return list(dict(versions.values_list("page_id", "title")).items())


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of entry by which the list can be narrowed."""
    return list(KINDS.items())


def rows(found: Sequence[Entry], viewer: Any) -> list[HistoryRow]:
    """Return these entries, the newest first, as rows that `viewer` may read; edits of one draft are put together."""
    subjects, names = _Subjects(found, viewer), _names()
    done: list[HistoryRow] = []
    open_rows: dict[tuple[str, str], HistoryRow] = {}
    for entry in found:
        key = (entry.actor, entry.subject)
        row = open_rows.get(key) if entry.event == Event.DRAFT_CHANGED else None
        if row is None or row.since - entry.happened_at > TOGETHER:
            row = _row(entry, subjects, names)
            done.append(row)
            if entry.event == Event.DRAFT_CHANGED:
                open_rows[key] = row
            else:
                open_rows.pop(key, None)  # what was done before, say, a signature stands below it
        row.since = entry.happened_at
        row.edits += [line for line in _edits(entry) if line not in row.edits]
        row.details += _details(entry)
    return done


def _row(entry: Entry, subjects: "_Subjects", names: dict[str, str]) -> HistoryRow:
    phrase = PHRASES.get(entry.event, f"{entry.get_event_display()}: {{}}")
    before, _, after = phrase.partition("{}")
    about = subjects.of(entry, names) if "{}" in phrase else Subject("")
    who = names.get(entry.actor, entry.actor)
    return HistoryRow(who, before.strip(), about, after.strip(), entry.happened_at, entry.happened_at)


def _names() -> dict[str, str]:
    return {user.username: display_name(user) for user in User.objects.all()} | {SYSTEM_ACTOR: "The site itself"}


def _edits(entry: Entry) -> list[str]:
    """Return a line for each thing that was changed in a draft."""
    lines = []
    for edit in entry.detail.get("edits", []) if isinstance(entry.detail, dict) else []:
        words, part = edit.get("words"), edit.get("part")
        where = f" in “{part}”" if part else ""
        lines.append(f"{edit['did'].capitalize()}: {edit['what']}{where}{f', “{words}”' if words else ''}")
    return lines


def _details(entry: Entry) -> list[str]:
    """Return what is stored with an entry, a line for each thing; a change with its value before and after."""
    when = f"{timezone.localtime(entry.happened_at):%-d %B %Y, %H:%M:%S}"
    lines = [f"Entry {entry.pk}, {when}, {entry.actor}: {entry.get_event_display()} ({entry.subject})"]
    for name, value in entry.detail.items() if isinstance(entry.detail, dict) else []:
        if name == "edits":
            continue
        label = name.replace("_", " ").capitalize()
        if isinstance(value, list) and len(value) == 2 and entry.event != Event.CASE_DELETED:
            lines.append(f"{label}: {_shown(value[0])} → {_shown(value[1])}")
        else:
            lines.append(f"{label}: {_shown(value)}")
    return lines


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "(empty)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class _Subjects:
    """The names and addresses of what some entries are about, read with a few queries for all of them."""

    def __init__(self, found: Sequence[Entry], viewer: Any) -> None:
        self.viewer = viewer
        texts = {entry.subject for entry in found}
        page_ids = {int(match["id"]) for text in texts if (match := PAGE.match(text))}
        versions = PageContent.admin_manager.filter(page__in=page_ids, language=LANGUAGE).order_by("pk")
        self.pages = {page_id: (pk, title) for page_id, pk, title in versions.values_list("page_id", "pk", "title")}
        may_see = viewer.has_perm
        cases = Case.objects.select_related("treatment") if may_see("content.view_case") else Case.objects.none()
        self.cases = {case.code: case for case in cases.filter(code__in=texts)}
        of_photos = cases.filter(case_photos__photo__token__in=texts).values_list("case_photos__photo__token", "pk")
        self.photos = dict(of_photos)
        self.case_titles = {case.pk: case for case in cases.filter(pk__in=set(self.photos.values()))}
        of_pictures = {entry.detail.get("picture") for entry in found if kind_of(entry.event) == "pictures"}
        pictures = LibraryPicture.objects if may_see("content.view_librarypicture") else LibraryPicture.objects.none()
        self.pictures: dict[object, str] = dict(pictures.filter(pk__in=of_pictures).values_list("pk", "name"))
        consents = Consent.objects.all() if may_see("content.view_consent") else Consent.objects.none()
        self.consents = dict(consents.filter(reference__in=texts).values_list("reference", "pk"))

    def of(self, entry: Entry, names: dict[str, str]) -> Subject:
        """Return the subject of this entry."""
        kind = kind_of(entry.event)
        if match := PAGE.match(entry.subject):
            return self._page(int(match["id"]), match["title"] or "a page that was deleted")
        if kind == "pictures":
            return self._picture(entry.detail.get("picture"))
        if kind == "cases":
            return self._case(entry.subject)
        if kind == "consents":
            return self._consent(entry.subject)
        return Subject(names.get(entry.subject, entry.subject))

    def _page(self, page_id: int, last_title: str) -> Subject:
        if page_id not in self.pages:
            return Subject(f"“{last_title}”")
        pk, title = self.pages[page_id]
        may_open = self.viewer.has_perm("cms.change_page")
        return Subject(f"“{title}”", reverse("page_changes", args=[pk]) if may_open else "")

    def _picture(self, pk: object) -> Subject:
        if pk not in self.pictures:
            return Subject("a picture that is gone")
        return Subject(f"the picture “{self.pictures[pk]}”", reverse("picture", args=[pk]))

    def _case(self, code: str) -> Subject:
        case = self.cases.get(code) or self.case_titles.get(self.photos.get(code, 0))
        if case is None:
            return Subject("a case" if self.photos or not self.viewer.has_perm("content.view_case") else f"case {code}")
        return Subject(f"case {case}", reverse("admin:content_case_change", args=[case.pk]))

    def _consent(self, reference: str) -> Subject:
        if reference not in self.consents:
            return Subject(f"consent {reference}" if self.viewer.has_perm("content.view_consent") else "a consent")
        return Subject(f"consent {reference}", reverse("admin:content_consent_change", args=[self.consents[reference]]))
