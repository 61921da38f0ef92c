"""The choices of a case: stored as keys, shown in words that patients use."""

from django.db import models


class BodyArea(models.TextChoices):
    """The body area."""

    ABDOMEN = "ABDOMEN", "Belly"
    HIPS = "HIPS", "Hips"
    THIGHS = "THIGHS", "Thighs"
    UPPER_ARMS = "UPPER_ARMS", "Upper arms"
    BACK = "BACK", "Back"
    BREASTS = "BREASTS", "Breasts and chest"
    BOTTOM = "BOTTOM", "Bottom"
    GROIN = "GROIN", "Groin"


#: Areas whose pictures are covered everywhere until the reader chooses to see them.
SENSITIVE = frozenset({BodyArea.BREASTS, BodyArea.BOTTOM, BodyArea.GROIN})


class Cause(models.TextChoices):
    """What the marks came with, in the person's view."""

    PREGNANCY = "PREGNANCY", "Pregnancy"
    PUBERTY = "PUBERTY", "Growing up"
    WEIGHT = "WEIGHT", "Weight change"
    MUSCLE = "MUSCLE", "Muscle gain"
    STEROIDS = "STEROIDS", "Steroid cream or tablets"
    UNKNOWN = "UNKNOWN", "Not known"


#: What the pictures show, for the text before they are uncovered.
AREA_PHRASES = {
    BodyArea.ABDOMEN: "the belly",
    BodyArea.HIPS: "the hips",
    BodyArea.THIGHS: "the thighs",
    BodyArea.UPPER_ARMS: "the upper arms",
    BodyArea.BACK: "the back",
    BodyArea.BREASTS: "the breast area",
    BodyArea.BOTTOM: "the bottom",
    BodyArea.GROIN: "the groin",
}

#: The cause as it stands after a comma or on a case's card.
CAUSE_PHRASES = {
    Cause.PREGNANCY: "after pregnancy",
    Cause.PUBERTY: "from growing up",
    Cause.WEIGHT: "after weight change",
    Cause.MUSCLE: "after muscle gain",
    Cause.STEROIDS: "after steroid cream or tablets",
    Cause.UNKNOWN: "cause not known",
}


class MarkColour(models.TextChoices):
    """The colour of the marks before treatment: newer marks are coloured, older ones pale."""

    PINK = "PINK", "Pink"
    RED = "RED", "Red"
    PURPLE = "PURPLE", "Purple"
    BROWN = "BROWN", "Brown"
    SILVER = "SILVER", "Pale or silvery"


class SkinTone(models.TextChoices):
    """Skin in plain words, lightest first; never by number alone."""

    VERY_PALE = "VERY_PALE", "Very pale white"
    WHITE = "WHITE", "White"
    LIGHT_BROWN = "LIGHT_BROWN", "Light brown"
    MEDIUM_BROWN = "MEDIUM_BROWN", "Medium brown"
    DARK_BROWN = "DARK_BROWN", "Dark brown"
    BLACK = "BLACK", "Black"


class AgeBand(models.TextChoices):
    """The age, from 18: nobody younger is treated or shown."""

    FROM_18 = "FROM_18", "18 to 24"
    FROM_25 = "FROM_25", "25 to 34"
    FROM_35 = "FROM_35", "35 to 44"
    FROM_45 = "FROM_45", "45 to 54"
    FROM_55 = "FROM_55", "55 or over"


class Gender(models.TextChoices):
    """The gender, shown only if the case states one."""

    WOMAN = "WOMAN", "Woman"
    MAN = "MAN", "Man"
    NON_BINARY = "NON_BINARY", "Non-binary person"


class View(models.TextChoices):
    """The direction from which both photographs of a pair were taken."""

    FRONT = "FRONT", "Front view"
    LEFT = "LEFT", "Left side"
    RIGHT = "RIGHT", "Right side"
    BACK = "BACK", "Back view"
    CLOSE = "CLOSE", "Close-up"


class Outcome(models.TextChoices):
    """How much has changed, as graded by a clinician, most first."""

    LARGE = "LARGE", "Large change"
    MODERATE = "MODERATE", "Moderate change"
    SMALL = "SMALL", "Small change"
    NONE = "NONE", "No visible change"


class CaseState(models.TextChoices):
    """The state of a case, in the order in which it is reached."""

    INCOMPLETE = "INCOMPLETE", "Incomplete"
    READY = "READY", "Ready for the doctor"
    APPROVED = "APPROVED", "Approved"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"
    EXPIRED = "EXPIRED", "Consent has ended"
