"""The index: passages of live pages and showable cases, and the words of each; it can always be rebuilt."""

from django.db import models
from django.db.models import Q


class Passage(models.Model):
    """Text under one heading of a page, or a case in words.

    `page_id` and `content_id` (of the version) are plain numbers, `case_code` is a public code: whether the passage may
    be shown is checked when it is found. `digest` covers everything that was indexed.
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
    """A word of a passage by its stem, its spelling there, and its weight, which is higher in a heading."""

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
    """A random word that changes with every change of the index, and the format in which it was written."""

    word = models.CharField(max_length=32)
    shape = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="index_stamp_is_one")]

    def __str__(self) -> str:
        return self.word
