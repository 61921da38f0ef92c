"""Readers' feedback on each page: how many found it clear, before and since the last change, and what they wrote."""

from collections import Counter
from dataclasses import dataclass

from cms.models import PageContent
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from content.feedback.models import Answer
from content.staff.dashboard.page_list import LANGUAGE, titles
from content.staff.views import render_page, staff_view

DELETE_PERMISSION = "content.delete_words"
PAGE_SIZE = 20
MIN_ANSWERS = 10  # a percentage of fewer answers would mislead


@dataclass(frozen=True)
class Tally:
    """How many of all answers found a page clear."""

    clear: int
    answers: int

    def __str__(self) -> str:
        if not self.answers:
            return "no answers"
        share = f" ({round(100 * self.clear / self.answers)}%)" if self.answers >= MIN_ANSWERS else ""
        return f"{self.clear} of {self.answers} clear{share}"


@dataclass(frozen=True)
class Row:
    """A page with the answers on its live version (`now`), on earlier ones (`before`), and the number with words."""

    page_id: int
    title: str
    live: PageContent | None
    now: Tally
    before: Tally
    words: int


def rows() -> list[Row]:
    """Return a row for every live page that asks for feedback, in menu order, then for other pages with answers."""
    counts = Answer.objects.order_by().values_list("page_id", "content_id", "is_clear").annotate(number=Count("pk"))
    answers = {(page_id, content_id, is_clear): number for page_id, content_id, is_clear, number in counts}
    with_words = Answer.objects.order_by().exclude(words="").values_list("page_id").annotate(number=Count("pk"))
    words = dict(with_words)
    live = {content.page_id: content for content in _live()}
    others = {page_id for page_id, _, _ in answers} - set(live)
    titles_by_page = {page_id: content.title for page_id, content in live.items()} | titles(others)
    return [
        Row(page_id, title, live.get(page_id), *_tallies(answers, page_id, live.get(page_id)), words.get(page_id, 0))
        for page_id, title in titles_by_page.items()
    ]


def _live() -> QuerySet[PageContent]:
    contents: QuerySet[PageContent] = PageContent.objects.filter(language=LANGUAGE, page__is_home=False)
    return contents.order_by("page__path")


def _tallies(answers: dict[tuple[int, int, bool], int], page_id: int, live: PageContent | None) -> tuple[Tally, Tally]:
    counts: Counter[tuple[bool, bool]] = Counter()
    for (answered_page_id, content_id, is_clear), number in answers.items():
        if answered_page_id == page_id:
            counts[live is not None and content_id == live.pk, is_clear] += number
    now, before = (
        Tally(counts[is_now, True], counts[is_now, True] + counts[is_now, False]) for is_now in (True, False)
    )
    return now, before


@staff_view("view_answer")
def index(request: HttpRequest) -> HttpResponse:
    """List every page with its counts."""
    return render_page(request, "staff/feedback.html", "What readers say", help="what-readers-say", rows=rows())


@staff_view("view_answer")
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what readers wrote about one page, newest first."""
    row = next((row for row in rows() if row.page_id == pk), None)
    if row is None:
        raise Http404
    answers = Paginator(Answer.objects.filter(page_id=pk).exclude(words=""), PAGE_SIZE)
    return render_page(
        request,
        "staff/feedback_words.html",
        f"What readers say: {row.title}",
        help="what-readers-say",
        row=row,
        answers=answers.get_page(request.GET.get("page")),
        may_delete=request.user.has_perm(DELETE_PERMISSION),
    )


@staff_view("delete_words")
def delete_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask; on POST, delete the words of one answer, for they may name somebody; the answer still counts."""
    answer = get_object_or_404(Answer, pk=pk)
    if request.method != "POST":
        return render_page(request, "staff/feedback_delete.html", "Delete these words?", answer=answer)
    answer.words = ""
    answer.save(update_fields=["words"])
    return redirect("feedback_words", answer.page_id)
