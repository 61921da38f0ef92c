"""Files with fixed names: the sitemap, robots.txt and the web app manifest."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from content.clinic import current as current_clinic
from content.pages import absolute_url

from . import sitemap

BACKGROUND, THEME = "#f6f9f8", "#0d3b3e"  # --bg and --deep of static/css/tokens.css
DISALLOWED_PATHS = ("/admin/", "/cms_login/")


@require_safe
def show_sitemap(request: HttpRequest) -> HttpResponse:
    """Return the sitemap, revalidated each time, so that what is withdrawn is gone from it at once."""
    context = {"entries": sitemap.entries(timezone.localdate())}
    response = render(request, "sitemap.xml", context, content_type="application/xml")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return what crawlers must leave alone, and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in DISALLOWED_PATHS),
        "",
        f"Sitemap: {absolute_url('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain", headers={"Cache-Control": "max-age=3600"})


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Return the clinic's name, colours and icons for a phone's home screen."""
    clinic = current_clinic.of_request(request)
    icons = [
        {"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("img/icon-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    content = {
        "name": clinic.full_name,
        "short_name": clinic.name,
        "lang": "en-GB",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": BACKGROUND,
        "theme_color": THEME,
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})
