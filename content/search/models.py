"""The index: passages of live pages and showable cases, and the words of each. It can always be made anew."""

from django.db import models
from django.db.models import Q


class Passage(models.Model):
    """Words that stand together under one heading of a page, or a case in words.

    `page_id` and its version's `content_id` are plain numbers, `case_code` is a public code: whether it may be shown is
    asked when it is found. `digest` is of all that was read for it.
    """

    page_id = models.PositiveIntegerField(null=True, db_index=True)
    content_id = models.PositiveIntegerField(null=True)
    case_code = models.CharField(max_length=10, blank=True, db_index=True)
    anchor = models.CharField(max_length=140, blank=True)
    heading = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=32, default="")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(page_id__isnull=False, case_code="") | (Q(page_id__isnull=True) & ~Q(case_code="")),
                name="passage_is_of_a_page_or_a_case",
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading or self.text[:40]}"


class Term(models.Model):
    """A word of a passage by its stem, how it was `spelled` there, and how much it weighs: more in a heading."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="terms")
    word = models.CharField(max_length=60)
    spelled = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["word", "-weight", "passage"], name="term_heaviest_first")]

    def __str__(self) -> str:
        return f"{self.word} ({self.weight})"


class IndexStamp(models.Model):
    """One random word that is another after every change of the index; `shape` is the one that this code writes."""

    word = models.CharField(max_length=32)
    shape = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="index_stamp_is_one")]

    def __str__(self) -> str:
        return self.word
