"""Compresses text responses; pictures are compressed already, and would lose their Content-Length."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class TextCompressionMiddleware(GZipMiddleware):
    """Django's gzip middleware, for everything but pictures, archives and PDFs."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the response unless its format has compression of its own."""
        if response.get("Content-Type", "").startswith(("image/", "application/zip", "application/pdf")):
            return response
        return super().process_response(request, response)
