"""Compresses what gets smaller by it: text. Pictures are compressed already, and would lose their length."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class TextCompressionMiddleware(GZipMiddleware):
    """Django's own, for anything but pictures and archives."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave alone what has its own compression."""
        if response.get("Content-Type", "").startswith(("image/", "application/zip", "application/pdf")):
            return response
        return super().process_response(request, response)
