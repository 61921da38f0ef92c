"""The words of *Who did what*: for each kind of entry what somebody did, `{}` standing for what it was about."""

from content.ledger.models import Event

KINDS = {
    "drafts": "Changes in drafts",
    "pages": "Pages: signed, live, offline",
    "cases": "Cases and photographs",
    "consents": "Consents",
    "facts": "Facts and the clinic’s record",
    "people": "People and signing in",
}
#: By the beginning of an event's name; whatever is not listed is about people.
KIND_BY_PREFIX = {
    "DRAFT_CHANGED": "drafts",
    "DRAFT": "pages",
    "PAGE": "pages",
    "WORDING": "pages",
    "CASE": "cases",
    "PHOTO": "cases",
    "ORIGINAL": "cases",
    "CONSENT": "consents",
    "FORM": "consents",
    "FACT": "facts",
    "CLINIC": "facts",
}
PHRASES: dict[str, str] = {
    Event.FACT_CHANGED: "changed the facts of {}",
    Event.ORIGINAL_VIEWED: "looked at the original of a photograph of {}",
    Event.PHOTO_ADDED: "added a photograph to {}",
    Event.PHOTO_CHANGED: "changed the words, day or crop of a photograph of {}",
    Event.PHOTO_REMOVED: "deleted a photograph of {}",
    Event.PHOTO_QUARANTINED: "took a photograph of {} out of reach",
    Event.CONSENT_RECORDED: "recorded {}",
    Event.CONSENT_CHANGED: "corrected {}",
    Event.CONSENT_WITHDRAWN: "withdrew {}",
    Event.CONSENT_EXPIRED: "noted the end of {}",
    Event.CONSENT_EXPORTED: "gave out everything held under {}",
    Event.FORM_VIEWED: "looked at the signed form of {}",
    Event.CASE_CHANGED: "changed {}",
    Event.CASE_APPROVED: "approved {}",
    Event.CASE_TAKEN_DOWN: "ended the approval of {}",
    Event.CASE_DELETED: "deleted {}",
    Event.PAGE_SIGNED: "signed {}",
    Event.PAGE_PUBLISHED: "made {} live",
    Event.PAGE_SCHEDULED: "set a time for {} to go live",
    Event.PAGE_UNSCHEDULED: "took away the time at which {} was to go live",
    Event.PAGE_NOT_PUBLISHED: "could not make {} live at its time",
    Event.PAGE_OFFLINE: "took {} offline",
    Event.PAGE_PUT_BACK: "made a draft of {} again, which was offline",
    Event.DRAFT_UNLOCKED: "took over the draft of {}",
    Event.DRAFT_CHANGED: "changed the draft of {}",
    Event.CLINIC_CHANGED: "changed the record of {}",
    Event.SIGNED_IN: "signed in",
    Event.SIGNED_OUT: "signed out",
    Event.SIGN_IN_LOCKED: "could not sign in for a while, after wrong guesses",
    Event.PASSWORD_CHANGED: "changed the password of {}",
    Event.SECOND_FACTOR_SET_UP: "set up a telephone for signing in",
    Event.SECOND_FACTOR_RESET: "forgot the telephone of {}",
    Event.RECOVERY_CODE_USED: "signed in with a recovery code",
    Event.RECOVERY_CODES_MADE: "made new recovery codes",
    Event.LINK_MADE: "made a one-time link for {}",
    Event.LINK_USED: "used a one-time link",
    Event.PERSON_ADDED: "gave {} an account",
    Event.PERSON_CHANGED: "changed the name or roles of {}",
    Event.PERSON_DEACTIVATED: "shut the account of {}",
    Event.PERSON_REACTIVATED: "opened the account of {} again",
    Event.WORDING_REASON_GIVEN: "gave a reason for a word on {}",
}


def kind_of(event: str) -> str:
    """Return the key in `KINDS` of an event."""
    return next((kind for prefix, kind in KIND_BY_PREFIX.items() if event.startswith(prefix)), "people")
