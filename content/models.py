"""The models of all packages, collected where Django looks for them."""

from content.blocks.area_advice import AreaAdvice
from content.blocks.body_areas import BodyAreas
from content.blocks.callout import Callout
from content.blocks.care_card import CareCard
from content.blocks.case_gallery import CaseGallery
from content.blocks.contact import Contact
from content.blocks.do_and_dont import DoAndDont
from content.blocks.key_facts import KeyFacts
from content.blocks.mechanism import Mechanism
from content.blocks.options_table import OptionsTable
from content.blocks.picture import Picture
from content.blocks.prose import Prose
from content.blocks.questions import Questions
from content.blocks.questions_to_ask import QuestionsToAsk
from content.blocks.recovery_timeline import RecoveryTimeline
from content.blocks.right_for_me import RightForMe
from content.blocks.session_spacing import SessionSpacing
from content.blocks.session_steps import SessionSteps
from content.blocks.sources import Sources
from content.blocks.topic_links import TopicLink, TopicLinks
from content.blocks.who_should_wait import WhoShouldWait
from content.clinic.models import Clinic, Clinician
from content.comments.models import Comment, CommentAnswer
from content.consent.models import Consent
from content.feedback.models import Answer, Counter, DayKey
from content.gallery.models import Case, CasePhoto, EverPublic, Pair, Stamp
from content.idempotency import IdempotencyKey
from content.images.models import Photo
from content.ledger.models import Entry
from content.library.models import LibraryFile, LibraryPicture, Portrait
from content.outcomes.models import Outcome
from content.publishing.models import Address, Schedule, ShownHtml, Snapshot, SnapshotDue, Tick
from content.reviews.models import GivenReason, Hold, Reopened, Request, SignOff, Takeover
from content.reviews.practice import PracticePage, Practised
from content.search.models import IndexStamp, Passage, Term
from content.seed.models import SeededItem
from content.staff.accounts.models import SignInLink, Telephone
from content.staff.autosave.models import Autosave
from content.staff.sessions.models import InterruptedSave
from content.treatment.models import Treatment
from content.undo.models import BlockChange

__all__ = [
    "Address",
    "Answer",
    "AreaAdvice",
    "Autosave",
    "BlockChange",
    "BodyAreas",
    "Callout",
    "CareCard",
    "Case",
    "CaseGallery",
    "CasePhoto",
    "Clinic",
    "Clinician",
    "Comment",
    "CommentAnswer",
    "Consent",
    "Contact",
    "Counter",
    "DayKey",
    "DoAndDont",
    "Entry",
    "EverPublic",
    "GivenReason",
    "Hold",
    "IdempotencyKey",
    "IndexStamp",
    "InterruptedSave",
    "KeyFacts",
    "LibraryFile",
    "LibraryPicture",
    "Mechanism",
    "OptionsTable",
    "Outcome",
    "Pair",
    "Passage",
    "Photo",
    "Picture",
    "Portrait",
    "PracticePage",
    "Practised",
    "Prose",
    "Questions",
    "QuestionsToAsk",
    "RecoveryTimeline",
    "Reopened",
    "Request",
    "RightForMe",
    "Schedule",
    "SeededItem",
    "SessionSpacing",
    "SessionSteps",
    "ShownHtml",
    "SignInLink",
    "SignOff",
    "Snapshot",
    "SnapshotDue",
    "Sources",
    "Stamp",
    "Takeover",
    "Telephone",
    "Term",
    "Tick",
    "TopicLink",
    "TopicLinks",
    "Treatment",
    "WhoShouldWait",
]
