"""A QR code as a picture that a page holds in itself: what it says goes to nobody else."""

import segno


def data_uri(text: str) -> str:
    """The address of the picture, for an `<img>`; dark on white also where the page is dark."""
    return str(segno.make(text, error="m").svg_data_uri(scale=5, border=4, light="#fff"))
