"""Entries of the ledger. No foreign key leaves this table: people and subjects are copied as text."""

from typing import Any

from django.db import models

GENESIS_HASH = "0" * 64  # `previous_hash` of the first entry


class Event(models.TextChoices):
    """What can happen."""

    FACT_CHANGED = "FACT_CHANGED", "a fact of a treatment was changed"
    ORIGINAL_VIEWED = "ORIGINAL_VIEWED", "the original of a photograph was viewed"
    PHOTO_ADDED = "PHOTO_ADDED", "a photograph was added to a case"
    PHOTO_CHANGED = "PHOTO_CHANGED", "a photograph’s words, day or crop were changed"
    PHOTO_REMOVED = "PHOTO_REMOVED", "a photograph was deleted"
    PHOTO_QUARANTINED = "PHOTO_QUARANTINED", "a photograph was taken out of reach"
    PICTURE_ADDED = "PICTURE_ADDED", "a picture was added to the library"
    PICTURE_REPLACED = "PICTURE_REPLACED", "a picture of the library was replaced"
    PICTURE_TAKEN_DOWN = "PICTURE_TAKEN_DOWN", "a picture of the library was taken down"
    PICTURE_DELETED = "PICTURE_DELETED", "a picture that was not in use was deleted"
    PORTRAIT_CHANGED = "PORTRAIT_CHANGED", "a clinician’s portrait was changed"
    CONSENT_RECORDED = "CONSENT_RECORDED", "a consent was recorded"
    CONSENT_CHANGED = "CONSENT_CHANGED", "a consent was corrected"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN", "a consent was withdrawn"
    CONSENT_EXPIRED = "CONSENT_EXPIRED", "a consent ended"
    CONSENT_EXPORTED = "CONSENT_EXPORTED", "everything held under a reference code was given out"
    FORM_VIEWED = "FORM_VIEWED", "a signed form was viewed"
    CASE_CHANGED = "CASE_CHANGED", "a case was changed"
    CASE_APPROVED = "CASE_APPROVED", "a case was approved"
    CASE_TAKEN_DOWN = "CASE_TAKEN_DOWN", "a case lost its approval"
    CASE_DELETED = "CASE_DELETED", "a case was deleted"
    CASE_SENT_BACK = "CASE_SENT_BACK", "a case was sent back to whoever prepared it"
    CASE_ASKED_AGAIN = "CASE_ASKED_AGAIN", "a case that was sent back was put before the doctor again"
    PAGE_SENT_BACK = "PAGE_SENT_BACK", "a page was sent back to whoever asked"
    COMMENT_LEFT = "COMMENT_LEFT", "a comment was left on a page"
    COMMENT_ANSWERED = "COMMENT_ANSWERED", "a comment was answered"
    COMMENT_SETTLED = "COMMENT_SETTLED", "a comment was settled"
    COMMENT_DELETED = "COMMENT_DELETED", "a comment was deleted"
    PAGE_SIGNED = "PAGE_SIGNED", "a page was signed"
    PAGE_PUBLISHED = "PAGE_PUBLISHED", "a page went live"
    PAGE_SCHEDULED = "PAGE_SCHEDULED", "a page was given a time to go live"
    PAGE_UNSCHEDULED = "PAGE_UNSCHEDULED", "a page's time to go live was taken away"
    PAGE_NOT_PUBLISHED = "PAGE_NOT_PUBLISHED", "a page did not go live at its time"
    PAGE_OFFLINE = "PAGE_OFFLINE", "a page was taken offline"
    PAGE_PUT_BACK = "PAGE_PUT_BACK", "a page taken offline was made a draft again"
    PAGE_PLACEMENT_CHANGED = "PAGE_PLACEMENT_CHANGED", "a page’s address, menu word or place in the menu was changed"
    MENU_REORDERED = "MENU_REORDERED", "the order of the menu was changed"
    DRAFT_UNLOCKED = "DRAFT_UNLOCKED", "a draft was taken over from whoever was changing it"
    BLOCK_PUT_BACK = "BLOCK_PUT_BACK", "a block that was deleted or moved was put back into a draft"
    DRAFT_CHANGED = "DRAFT_CHANGED", "a draft was changed"
    CLINIC_CHANGED = "CLINIC_CHANGED", "the clinic's record was changed"
    SIGNED_IN = "SIGNED_IN", "someone signed in"
    SIGNED_OUT = "SIGNED_OUT", "someone signed out"
    SIGN_IN_LOCKED = "SIGN_IN_LOCKED", "a sign-in was locked after wrong guesses"
    PASSWORD_CHANGED = "PASSWORD_CHANGED", "a password was changed"
    SECOND_FACTOR_SET_UP = "SECOND_FACTOR_SET_UP", "a telephone was set up for signing in"
    SECOND_FACTOR_RESET = "SECOND_FACTOR_RESET", "a telephone was forgotten"
    RECOVERY_CODE_USED = "RECOVERY_CODE_USED", "a recovery code was used"
    RECOVERY_CODES_MADE = "RECOVERY_CODES_MADE", "new recovery codes were made"
    LINK_MADE = "LINK_MADE", "a one-time link was made"
    LINK_USED = "LINK_USED", "a one-time link was used"
    PERSON_ADDED = "PERSON_ADDED", "a person was given an account"
    PERSON_CHANGED = "PERSON_CHANGED", "a person’s name or roles were changed"
    PERSON_DEACTIVATED = "PERSON_DEACTIVATED", "a person’s account was shut"
    PERSON_REACTIVATED = "PERSON_REACTIVATED", "a person’s account was opened again"
    WORDING_REASON_GIVEN = "WORDING_REASON_GIVEN", "a reason was given for a word that needs one"


class Entry(models.Model):
    """An entry and its place in the chain: `hash` covers everything else in it, `previous_hash` included.

    `previous_hash` is unique, so that the chain can't fork. Created by `record()` alone; the database refuses to change
    or delete it (`triggers`).
    """

    happened_at = models.DateTimeField()
    event = models.CharField(max_length=40, choices=Event)
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=150)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.actor}: {self.get_event_display()} ({self.subject})"

    def hashed_content(self) -> dict[str, Any]:
        """Return what the hash covers."""
        return {
            "happened_at": self.happened_at.isoformat(),
            "event": self.event,
            "subject": self.subject,
            "actor": self.actor,
            "detail": self.detail,
            "previous_hash": self.previous_hash,
        }
