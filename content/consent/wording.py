"""The wording that a patient signs, as data for the printed form and the record of a consent.

It must state the uses, each on its own; that care does not depend on it; that it can be withdrawn at any time,
as easily as it was given; how long it lasts; a copy for the patient. Sources: UK GDPR, articles 4(11), 7 and 9(2)(a);
General Medical Council, “Making and using visual and audio recordings of patients” (2011), paragraphs 27 to 39.
A version is never edited once it has been signed: a new one is added.
"""

import hashlib
from dataclasses import dataclass

from django.db import models


class Scope(models.TextChoices):
    """What photographs may be used for; each is consented to on its own."""

    WEBSITE = "WEBSITE", "on this website"
    LEAFLET = "LEAFLET", "in printed leaflets"
    SEARCH = "SEARCH", "in search engines"
    SOCIAL = "SOCIAL", "on social media"
    TEACHING = "TEACHING", "for teaching"


@dataclass(frozen=True)
class Wording:
    """One version: the text before the uses, a sentence for each use, and what the person confirms."""

    version: int
    opening: tuple[str, ...]
    uses: dict[Scope, str]
    statements: tuple[str, ...]

    def text(self) -> str:
        """Return all of it as plain text, in the order of the form."""
        return "\n".join((*self.opening, *self.uses.values(), *self.statements))

    @property
    def sha256(self) -> str:
        """The digest of the text, 64 hexadecimal digits."""
        return hashlib.sha256(self.text().encode()).hexdigest()


VERSIONS = {
    1: Wording(
        version=1,
        opening=(
            "We ask you whether we may show photographs of your skin to other people. You are free to say no.",
            "This form is about the photographs that are named on it, and about no others.",
            "Your name is not shown. Someone who knows your skin well might still recognise it.",
            "Say yes or no to each use. You can say yes to some and no to others.",
        ),
        uses={
            Scope.WEBSITE: "You may show my photographs on the clinic’s website, where anyone can see and copy them.",
            Scope.LEAFLET: "You may print my photographs in the clinic’s leaflets.",
            Scope.SEARCH: "You may let search engines list my photographs from the website.",
            Scope.SOCIAL: "You may post my photographs on the clinic’s social media pages.",
            Scope.TEACHING: "You may show my photographs to health professionals when teaching.",
        },
        statements=(
            "I was 18 or over on the day each photograph was taken.",
            "My care does not depend on this. I will be treated the same if I say no or change my mind.",
            "I can withdraw at any time, in person, by telephone or in writing, with the code on this form. I need "
            "give no reason. The clinic then takes the photographs down at once. Copies that other people made, or "
            "that are printed already, may be out of its reach.",
            "The clinic asks me again before the last day written on this form; if it does not, the photographs are "
            "taken down on the day after.",
            "I have had time to read this and to ask questions, and I have been given a copy.",
        ),
    ),
}
CURRENT = VERSIONS[max(VERSIONS)]
