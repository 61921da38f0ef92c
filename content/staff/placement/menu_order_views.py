"""The page on which the menu's order is changed: with buttons, by keyboard, without a script, or by dragging."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from clinic_site.http.whole_number import whole_number
from content.staff.placement import menu_order
from content.staff.placement.menu_order import MenuRow
from content.staff.views import render_page, staff_view

NOT_MOVED = "That page can’t be moved there: pages change places with those that stand below the same page."


@staff_view("publish_page", app="cms")
def show(request: HttpRequest) -> HttpResponseBase:
    """List the pages of the menu; on POST, move one, for readers at once."""
    listed = menu_order.rows(request)
    if request.method == "POST":
        return _move(request, listed)
    return render_page(request, "staff/menu_order.html", "Menu order", help="change-a-page", rows=listed)


def _move(request: HttpRequest, listed: list[MenuRow]) -> HttpResponseBase:
    verb = request.POST.get("do", "")
    row, is_above = _row(listed, request.POST.get("page")), verb in {"up", "above"}
    if row and verb in {"above", "below"}:
        other = _row(listed, request.POST.get("beside"))
    else:
        other = menu_order.neighbour(listed, row, is_above=is_above) if row and verb in {"up", "down"} else None
    here = reverse("menu_order")
    if row is None or other is None or other.group != row.group or other == row:
        messages.error(request, NOT_MOVED)
        return redirect(here)
    menu_order.move(request, row, other, is_above=is_above, now=timezone.now())
    moved = _row(menu_order.rows(request), str(row.page.page_id)) or row
    messages.success(request, f"“{row.label}” is now {moved.place} of {moved.count}. Patients see it at once.")
    return redirect(f"{here}#{'up' if is_above else 'down'}-{row.page.page_id}")


def _row(listed: list[MenuRow], number: str | None) -> MenuRow | None:
    page_id = whole_number(number)
    return next((row for row in listed if row.page.page_id == page_id), None)
