"""The answer to the questions, built from the published page and stored nowhere."""

from types import SimpleNamespace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clinic_site.http.origin_check import require_same_origin

from . import answers, page


@require_same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Return one of three outcomes, or the questions with errors; a GET is redirected to the questions."""
    suitability = page.of_request(request)
    if suitability is None:
        raise Http404
    if request.method != "POST":
        return redirect(suitability.page.url)
    digest = request.POST.get("asked")
    block = suitability.questions_block(digest or "")
    block.questions = answers.parse_answers(block.questions, request.POST.getlist)
    has_changed = digest is not None and digest != block.asked
    problems = [row for row in block.questions if row["problem"]]
    if has_changed or problems:
        return render(
            request,
            "suitability/form_errors.html",
            {"question_block": block, "problems": problems, "has_changed": has_changed},
        )
    context = {"suitability": suitability, "question_block": block, **_outcome(block)}
    return render(request, "suitability/answer.html", context)


def _outcome(block: SimpleNamespace) -> dict[str, object]:
    """Return the context of the outcome, with the clinic's local date."""
    outcome = answers.outcome(block.questions).lower()
    return {
        "heading": getattr(block, f"{outcome}_heading"),
        "text": getattr(block, f"{outcome}_text"),
        "reasons": answers.reasons(block.questions),
        "on": timezone.localdate(),
    }
