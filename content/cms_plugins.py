"""Index: the plugins of all kinds of block, where the CMS looks for them."""

from content.blocks.area_advice import AreaAdvicePlugin
from content.blocks.body_areas import BodyAreasPlugin
from content.blocks.callout import CalloutPlugin
from content.blocks.care_card import CareCardPlugin
from content.blocks.case_gallery import CaseGalleryPlugin
from content.blocks.contact import ContactPlugin
from content.blocks.do_and_dont import DoAndDontPlugin
from content.blocks.key_facts import KeyFactsPlugin
from content.blocks.mechanism import MechanismPlugin
from content.blocks.options_table import OptionsTablePlugin
from content.blocks.picture import PicturePlugin
from content.blocks.prose import ProsePlugin
from content.blocks.questions import QuestionsPlugin
from content.blocks.questions_to_ask import QuestionsToAskPlugin
from content.blocks.recovery_timeline import RecoveryTimelinePlugin
from content.blocks.right_for_me import RightForMePlugin
from content.blocks.session_spacing import SessionSpacingPlugin
from content.blocks.session_steps import SessionStepsPlugin
from content.blocks.sources import SourcesPlugin
from content.blocks.topic_links import TopicLinkPlugin, TopicLinksPlugin
from content.blocks.who_should_wait import WhoShouldWaitPlugin

__all__ = [
    "AreaAdvicePlugin",
    "BodyAreasPlugin",
    "CalloutPlugin",
    "CareCardPlugin",
    "CaseGalleryPlugin",
    "ContactPlugin",
    "DoAndDontPlugin",
    "KeyFactsPlugin",
    "MechanismPlugin",
    "OptionsTablePlugin",
    "PicturePlugin",
    "ProsePlugin",
    "QuestionsPlugin",
    "QuestionsToAskPlugin",
    "RecoveryTimelinePlugin",
    "RightForMePlugin",
    "SessionSpacingPlugin",
    "SessionStepsPlugin",
    "SourcesPlugin",
    "TopicLinkPlugin",
    "TopicLinksPlugin",
    "WhoShouldWaitPlugin",
]
