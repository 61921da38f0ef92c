"""The views that take a reader's answer, then their words."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from clinic_site.http import proxies
from clinic_site.http.headers import mark_no_store
from clinic_site.http.origin_check import require_same_origin
from content import idempotency

from . import answers, limits
from .forms import PAGE_CHANGED, AnswerForm, WordsForm

TOO_MANY = "We have had many answers about our pages, so we can’t count more just now. Thank you all the same."
STILL_COUNTING = "We are still counting your answer. You need not press again."
TOO_LATE = "Your words could not be added. You can add words once, within an hour of pressing Yes or No."

NOT_SAVED = "Your answer could not be saved just now. Please press again in a minute."
WORDS_NOT_SAVED = "Your words could not be saved just now. They are still here: please send them again in a minute."


@require_same_origin
def answer(request: HttpRequest) -> HttpResponse:
    """Record yes or no, then redirect to the form for words, which can be reloaded without counting again.

    The same button pressed again by the same browser within two minutes leads to the same form.
    """
    if request.method != "POST":
        return redirect("/")
    now = timezone.now()
    form = AnswerForm(request.POST)
    is_valid = form.is_valid()
    pk = form.cleaned_data.get("page")
    content = answers.answerable_version(pk, now) if pk else None
    if content is None:
        return _problem(request, PAGE_CHANGED, 400)
    if not is_valid:
        return _problem(request, str(form.errors["clear"][0]), 400, asks_again=content.pk)
    is_clear = form.cleaned_data["clear"] == "yes"
    address, browser = proxies.client_ip(request), request.headers.get("User-Agent", "")

    def record() -> str:
        receipt = answers.record_answer(content, is_clear=is_clear, address=address, now=now)
        return reverse("was_this_clear_words", query={"receipt": receipt})

    try:
        digest = limits.press_digest(address, browser, content.pk, is_clear=is_clear, now=now)
        return HttpResponseRedirect(idempotency.run_once(digest, record, now=now), status=303)
    except limits.TooManyError:
        return _problem(request, TOO_MANY, 429)
    except idempotency.StillRunningError:
        return _problem(request, STILL_COUNTING, 503, heading="One moment")
    except OperationalError:
        return _problem(request, NOT_SAVED, 503, asks_again=content.pk)


@require_same_origin
def words(request: HttpRequest) -> HttpResponse:
    """Show the form for words, and add what was written, if anything, to the answer of the receipt."""
    if request.method != "POST":
        mark_no_store(request)
        receipt = request.GET.get("receipt")
        return _words_form(request, WordsForm(initial={"receipt": receipt}), 200) if receipt else redirect("/")
    form = WordsForm(request.POST)
    try:
        if (
            form.is_valid()
            and form.cleaned_data["words"]
            and not answers.add_words(form.cleaned_data["receipt"], form.cleaned_data["words"])
        ):
            form.add_error("words", TOO_LATE)
    except OperationalError:
        form.add_error("words", WORDS_NOT_SAVED)
        return _words_form(request, form, 503)
    if form.is_valid():
        return render(request, "feedback/thanks.html", {"words": form.cleaned_data["words"]})
    return _words_form(request, form, 400)


def _words_form(request: HttpRequest, form: WordsForm, status: int) -> HttpResponse:
    return render(request, "feedback/words.html", {"form": form}, status=status)


def _problem(request: HttpRequest, sentence: str, status: int, **context: object) -> HttpResponse:
    return render(request, "feedback/problem.html", {"sentence": sentence, **context}, status=status)
