"""What readers say of each page: how many found it clear, before and since the last change, and what they missed."""

from collections import Counter
from dataclasses import dataclass

from cms.models import PageContent
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from content.feedback.models import Answer

from .page_list import LANGUAGE
from .pages import needs, page

DELETE = "content.delete_words"
ROWS = 20
ENOUGH = 10  # of fewer answers a share in per cent would say more than they do


@dataclass(frozen=True)
class Tally:
    """How many of all found a version, or several, clear."""

    clear: int
    answers: int

    def __str__(self) -> str:
        if not self.answers:
            return "no answers"
        share = f" ({round(100 * self.clear / self.answers)} %)" if self.answers >= ENOUGH else ""
        return f"{self.clear} of {self.answers} clear{share}"


@dataclass(frozen=True)
class Row:
    """A live page: what was said of the version that is live, and of those before it."""

    content: PageContent
    now: Tally
    before: Tally
    words: int


def rows() -> list[Row]:
    """Every live page that readers are asked about, in the order of the tree."""
    counts = Answer.objects.order_by().values_list("page_id", "content_id", "is_clear").annotate(number=Count("pk"))
    answers = {(page_id, content_id, is_clear): number for page_id, content_id, is_clear, number in counts}
    with_words = Answer.objects.order_by().exclude(words="").values_list("page_id").annotate(number=Count("pk"))
    words = dict(with_words)
    live = PageContent.objects.filter(language=LANGUAGE, page__is_home=False).select_related("page")
    return [Row(one, *_tallies(answers, one), words.get(one.page_id, 0)) for one in live.order_by("page__path")]


def _tallies(answers: dict[tuple[int, int, bool], int], live: PageContent) -> tuple[Tally, Tally]:
    counted: Counter[tuple[bool, bool]] = Counter()
    for (page_id, content_id, is_clear), number in answers.items():
        if page_id == live.page_id:
            counted[content_id == live.pk, is_clear] += number
    now, before = (
        Tally(counted[is_now, True], counted[is_now, True] + counted[is_now, False]) for is_now in (True, False)
    )
    return now, before


@needs("view_answer")
def index(request: HttpRequest) -> HttpResponse:
    """Every live page with its counts."""
    return page(request, "staff/feedback.html", "What readers say", help="what-readers-say", rows=rows())


@needs("view_answer")
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What readers wrote of one page, newest first."""
    row = next((one for one in rows() if one.content.page_id == pk), None)
    if row is None:
        raise Http404
    told = Paginator(Answer.objects.filter(page_id=pk).exclude(words=""), ROWS)
    return page(
        request,
        "staff/feedback_words.html",
        f"What readers say: {row.content.title}",
        help="what-readers-say",
        row=row,
        told=told.get_page(request.GET.get("page")),
        may_delete=request.user.has_perm(DELETE),
    )


@require_POST
@needs("delete_words")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the words of one answer, for they may name somebody; the answer stays counted."""
    answer = get_object_or_404(Answer, pk=pk)
    answer.words = ""
    answer.save(update_fields=["words"])
    return redirect("feedback_words", answer.page_id)
