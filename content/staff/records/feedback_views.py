"""What readers say of each page: how many found it clear, before and since the last change, and what they missed."""

from collections import Counter
from dataclasses import dataclass

from cms.models import PageContent
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from content.feedback.models import Answer
from content.staff.dashboard.page_list import LANGUAGE, titles
from content.staff.views import render_page, staff_view

DELETE_PERMISSION = "content.delete_words"
PAGE_SIZE = 20
MIN_ANSWERS = 10  # of fewer answers a share in per cent would say more than they do


@dataclass(frozen=True)
class Tally:
    """How many of all found a version, or several, clear."""

    clear: int
    answers: int

    def __str__(self) -> str:
        if not self.answers:
            return "no answers"
        share = f" ({round(100 * self.clear / self.answers)}%)" if self.answers >= MIN_ANSWERS else ""
        return f"{self.clear} of {self.answers} clear{share}"


@dataclass(frozen=True)
class Row:
    """A page: what was said of the version that is live, if one is, and of those before it."""

    page_id: int
    title: str
    live: PageContent | None
    now: Tally
    before: Tally
    words: int


def rows() -> list[Row]:
    """Every live page that readers are asked about, in the order of the tree; then others that have answers."""
    counts = Answer.objects.order_by().values_list("page_id", "content_id", "is_clear").annotate(number=Count("pk"))
    answers = {(page_id, content_id, is_clear): number for page_id, content_id, is_clear, number in counts}
    with_words = Answer.objects.order_by().exclude(words="").values_list("page_id").annotate(number=Count("pk"))
    words = dict(with_words)
    live = {one.page_id: one for one in _live()}
    others = {page_id for page_id, _, _ in answers} - set(live)
    called = {page_id: one.title for page_id, one in live.items()} | titles(others)
    return [
        Row(page_id, title, live.get(page_id), *_tallies(answers, page_id, live.get(page_id)), words.get(page_id, 0))
        for page_id, title in called.items()
    ]


def _live() -> QuerySet[PageContent]:
    found: QuerySet[PageContent] = PageContent.objects.filter(language=LANGUAGE, page__is_home=False)
    return found.order_by("page__path")


def _tallies(answers: dict[tuple[int, int, bool], int], page_id: int, live: PageContent | None) -> tuple[Tally, Tally]:
    counted: Counter[tuple[bool, bool]] = Counter()
    for (of_page, content_id, is_clear), number in answers.items():
        if of_page == page_id:
            counted[live is not None and content_id == live.pk, is_clear] += number
    now, before = (
        Tally(counted[is_now, True], counted[is_now, True] + counted[is_now, False]) for is_now in (True, False)
    )
    return now, before


@staff_view("view_answer")
def index(request: HttpRequest) -> HttpResponse:
    """Every page with its counts."""
    return render_page(request, "staff/feedback.html", "What readers say", help="what-readers-say", rows=rows())


@staff_view("view_answer")
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What readers wrote of one page, newest first."""
    row = next((one for one in rows() if one.page_id == pk), None)
    if row is None:
        raise Http404
    told = Paginator(Answer.objects.filter(page_id=pk).exclude(words=""), PAGE_SIZE)
    return render_page(
        request,
        "staff/feedback_words.html",
        f"What readers say: {row.title}",
        help="what-readers-say",
        row=row,
        told=told.get_page(request.GET.get("page")),
        may_delete=request.user.has_perm(DELETE_PERMISSION),
    )


@require_POST
@staff_view("delete_words")
def delete_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the words of one answer, for they may name somebody; the answer stays counted."""
    answer = get_object_or_404(Answer, pk=pk)
    answer.words = ""
    answer.save(update_fields=["words"])
    return redirect("feedback_words", answer.page_id)
