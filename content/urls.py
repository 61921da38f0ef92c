"""Index: the site's own addresses, before the CMS's pattern for pages; some replace a view of the CMS or the admin."""

from django.urls import path, re_path

from content.cms_adapter import cms_pages, home_view
from content.feedback import views as feedback
from content.gallery import views as gallery
from content.gallery.public_code import CODE
from content.images import views as images
from content.planner import views as planner
from content.publishing import root_files, social_cards, whole_guide
from content.search import views as search
from content.staff.accounts import people_views, second_factor_views, sign_in_views
from content.staff.autosave import views as autosave_views
from content.staff.cases import approval_views, case_views, consent_views
from content.staff.dashboard import outcome_views, page_list_views, start_page
from content.staff.editing import (
    block_list_views,
    duplicate_views,
    editor_views,
    new_topic_views,
    page_kind,
    paste_views,
    patient_view,
    undo_views,
    versions,
)
from content.staff.help import guide_views, practice_views
from content.staff.pictures import portrait_views
from content.staff.pictures import views as pictures
from content.staff.placement import menu_order_views, title_views
from content.staff.records import feedback_views, history_views
from content.staff.search import views as search_views
from content.staff.sessions import views as session_views
from content.staff.signoff import (
    archive_views,
    ask_together_views,
    batch_sign_views,
    check_views,
    comment_views,
    offline_views,
    schedule_views,
    sign_views,
)
from content.suitability import views as suitability

READER_URLS = [
    path("", home_view.home),
    path("before-and-after/", gallery.index, {"show_page": cms_pages.show_page}, name="gallery"),
    re_path(rf"^before-and-after/(?P<code>{CODE.pattern})/$", gallery.case, name="case"),
    re_path(rf"^before-and-after/(?P<code>{CODE.pattern})/pictures/$", gallery.uncovered, name="case_uncovered"),
    path("is-it-right/answer/", suitability.answer, name="suitability_answer"),
    path("search/", search.search, name="search"),
    path("session-plan.ics", planner.calendar_file, name="session_plan"),
    path("was-this-clear/", feedback.answer, name="was_this_clear"),
    path("was-this-clear/words/", feedback.words, name="was_this_clear_words"),
    path("whole-guide/", whole_guide.whole_guide, name="whole_guide"),
]

#: Files that browsers, search engines and other sites ask for.
FILE_URLS = [
    path("robots.txt", root_files.robots, name="robots"),
    path("site.webmanifest", root_files.manifest, name="manifest"),
    path("sitemap.xml", root_files.show_sitemap, name="sitemap"),
    re_path(
        r"^cards/page-(?P<page_id>[0-9]{1,9})-(?P<digest>[0-9a-f]{16})\.png$", social_cards.page_card, name="page_card"
    ),
    re_path(rf"^cards/case-(?P<code>{CODE.pattern})\.png$", social_cards.case_card, name="case_card"),
    # Originals and previews are for staff only.
    path("photographs/<str:token>/original/", images.original, name="original"),
    path("photographs/<str:token>/whole/", images.whole, name="whole"),
    path("photographs/<str:token>/preview/", images.preview, name="preview"),
    re_path(
        r"^photographs/(?P<token>[^/]+)/(?P<width>[1-9][0-9]{1,4})\.(?P<suffix>\w+)$",
        images.rendition,
        name="rendition",
    ),
]

ACCOUNT_URLS = [
    path("staff/link/", sign_in_views.redeem_link, name="sign_in_link"),
    path("staff/autosave/", autosave_views.autosave, name="autosave"),
    path("staff/second-factor/", second_factor_views.second_factor_page, name="second_factor"),
    path("staff/recovery-codes/", second_factor_views.recovery_codes, name="recovery_codes"),
    path("staff/session/", session_views.time_left, name="session_left"),
    path("staff/session/stay/", session_views.stay, name="session_stay"),
    path("staff/go-on/<str:token>/", session_views.go_on, name="go_on"),
    path("staff/people/", people_views.index, name="people"),
    path("staff/people/add/", people_views.add, name="person_add"),
    path("staff/people/<int:pk>/", people_views.person, name="person"),
    path("staff/people/<int:pk>/active/", people_views.set_active, name="person_active"),
    path("staff/people/<int:pk>/link/", people_views.give_link, name="person_link"),
]

#: The start page, the list of pages, and all that is done with one version of a page, whose id is `pk`.
PAGE_URLS = [
    path("staff/", start_page.start_page, name="staff_home"),
    path("staff/taken-over/<int:pk>/seen/", start_page.takeover_seen, name="takeover_seen"),
    path("staff/search/", search_views.search, name="staff_search"),
    path("staff/new-topic/", new_topic_views.new_topic, name="new_topic"),
    path("staff/pages/", page_list_views.all_pages, name="page_list"),
    path("staff/menu-order/", menu_order_views.show, name="menu_order"),
    path("staff/pages/<int:pk>/change/", page_list_views.edit_page, name="page_change"),
    path("staff/pages/<int:pk>/as-patients-see-it/", patient_view.show, name="page_as_patients_see_it"),
    path("staff/pages/<int:pk>/blocks/", block_list_views.blocks, name="page_blocks"),
    path("staff/pages/<int:pk>/blocks/<int:number>/delete/", block_list_views.delete_block, name="block_delete"),
    path("staff/pages/<int:pk>/title/", title_views.edit_title, name="page_title"),
    path("staff/pages/<int:pk>/unlock/", editor_views.unlock, name="page_unlock"),
    path("staff/pages/<int:pk>/duplicate/", duplicate_views.duplicate, name="page_duplicate"),
    path("staff/pages/<int:pk>/checks/", check_views.show, name="page_checks"),
    path("staff/pages/<int:pk>/changes/", sign_views.changes, name="page_changes"),
    path("staff/pages/<int:pk>/undo/", undo_views.undo, name="page_undo"),
    path("staff/pages/<int:pk>/put-back/", undo_views.put_back, name="page_put_back"),
    path("staff/pages/<int:pk>/ask/", sign_views.request_review, name="page_ask"),
    path("staff/pages/<int:pk>/comment/", comment_views.comment, name="page_comment"),
    path("staff/pages/<int:pk>/sign/", sign_views.sign, name="page_sign"),
    path("staff/pages/<int:pk>/schedule/", schedule_views.schedule_page, name="page_schedule"),
    path("staff/pages/<int:pk>/offline/", offline_views.offline_page, name="page_offline"),
    path("staff/ask-together/", ask_together_views.ask_together, name="ask_together"),
    path("staff/outcomes/<int:pk>/dismiss/", outcome_views.dismiss, name="outcome_dismiss"),
    path("staff/pasted/", paste_views.convert_pasted, name="pasted"),
    path("staff/reopened/", batch_sign_views.reopened_pages, name="staff_reopened"),
]

ARCHIVE_URLS = [
    path("staff/archive/", archive_views.archive_index, name="staff_archive"),
    path("staff/archive/<int:pk>/", archive_views.snapshot, name="archive_moment"),
    path("staff/archive/<int:pk>/shown/", archive_views.snapshot_document, name="archive_shown"),
]

FEEDBACK_URLS = [
    path("staff/feedback/", feedback_views.index, name="staff_feedback"),
    path("staff/feedback/<int:pk>/", feedback_views.words, name="feedback_words"),
    path("staff/feedback/words/<int:pk>/delete/", feedback_views.delete_words, name="feedback_delete"),
]

#: The library of pictures; `pk` is a picture's, and for a portrait the clinician's.
PICTURE_URLS = [
    path("staff/pictures/", pictures.index, name="pictures"),
    path("staff/pictures/<int:pk>/", pictures.show, name="picture"),
    path("staff/pictures/<int:pk>/take-down/", pictures.take_down_picture, name="picture_take_down"),
    path("staff/portraits/<int:pk>/", portrait_views.portrait, name="portrait"),
]

RECORD_URLS = [
    path("staff/history/", history_views.index, name="staff_history"),
]

HELP_URLS = [
    path("staff/help/", guide_views.contents, name="staff_help"),
    path("staff/help/<slug:slug>/", guide_views.topic, name="staff_help_topic"),
    path("staff/practice/", practice_views.show, name="staff_practice"),
]

#: Beside the admin's own pages of cases and consents.
CASE_URLS = [
    path("admin/content/case/<int:pk>/photographs/", case_views.manage_photographs, name="case_photographs"),
    path("admin/content/case/<int:pk>/approve/", approval_views.approve, name="case_approve"),
    path("admin/content/case/<int:pk>/ask-again/", approval_views.ask_again, name="case_ask_again"),
    path("admin/content/consent/blank-form/", consent_views.blank_form, name="consent_blank_form"),
    path("admin/content/consent/withdraw/", consent_views.find, name="consent_find"),
    path("admin/content/consent/<int:pk>/withdraw/", consent_views.withdraw_consent, name="consent_withdraw"),
    path("admin/content/consent/<int:pk>/receipt/", consent_views.show_receipt, name="consent_receipt"),
    path("admin/content/consent/<int:pk>/signed-form/", consent_views.signed_form, name="consent_signed_form"),
    path("admin/content/consent/<int:pk>/everything/", consent_views.export_consent, name="consent_everything"),
]

#: In place of a view of the admin at the same address.
ADMIN_OVERRIDES = [
    re_path(
        r"^admin/(?:(?P<app_label>auth|cms|content|djangocms_versioning|sites)/)?$", start_page.override_admin_index
    ),
    path("admin/content/entry/", history_views.override_entry_list),
    path("admin/login/", sign_in_views.SignInView.as_view()),
    path("admin/password_change/", sign_in_views.change_password),
]

#: In place of a view of django CMS at the same address.
CMS_OVERRIDES = [
    path("admin/cms/page/", offline_views.override_page_changelist),
    path("admin/cms/page/<int:pk>/delete/", offline_views.override_delete_page),
    path("admin/cms/pagecontent/", page_list_views.override_page_tree),
    path("admin/cms/pagecontent/<int:object_id>/change/", editor_views.edit_settings),
    path("admin/cms/pagecontent/<int:page_content_id>/change-template/", page_kind.refuse_template_change),
    path("admin/cms/pagecontent/<int:pk>/delete/", offline_views.override_delete_content),
    path("admin/cms/placeholder/add-plugin/", block_list_views.add_block),
    path("admin/cms/placeholder/edit-plugin/<int:pk>/", block_list_views.edit_block),
    path("admin/cms/placeholder/delete-plugin/<int:pk>/", editor_views.delete_block),
    path("admin/cms/placeholder/clear-placeholder/<int:pk>/", editor_views.clear_slot),
    path("admin/cms/placeholder/move-plugin/", editor_views.move_block),
    path("admin/cms/placeholder/copy-plugins/", editor_views.copy_blocks),
    path("admin/cms/placeholder/object/<int:content_type_id>/structure/<int:pk>/", block_list_views.override_structure),
    path("admin/cms/placeholder/cms_wizard/create/", page_kind.refuse_wizard),
    path("cms_wizard/create/", page_kind.refuse_wizard),
]

#: In place of a view of djangocms-versioning at the same address; `pk` is a version's.
VERSIONING_OVERRIDES = [
    path("admin/djangocms_versioning/pagecontentversion/", versions.list_versions),
    path("admin/djangocms_versioning/pagecontentversion/<int:pk>/edit-redirect/", editor_views.start_editing),
    path("admin/djangocms_versioning/pagecontentversion/<int:pk>/archive/", editor_views.archive),
    path("admin/djangocms_versioning/pagecontentversion/<int:pk>/discard/", editor_views.discard),
    path("admin/djangocms_versioning/pagecontentversion/<int:pk>/revert/", editor_views.revert),
    path("admin/djangocms_versioning/pagecontentversion/<int:pk>/unlock/", editor_views.redirect_to_unlock),
    path("admin/djangocms_versioning/pagecontentversion/<int:pk>/publish/", sign_views.override_publish),
    path("admin/djangocms_versioning/pagecontentversion/<int:pk>/unpublish/", offline_views.override_unpublish),
]

urlpatterns = [
    *READER_URLS,
    *FILE_URLS,
    *ACCOUNT_URLS,
    *PAGE_URLS,
    *ARCHIVE_URLS,
    *FEEDBACK_URLS,
    *PICTURE_URLS,
    *RECORD_URLS,
    *HELP_URLS,
    *CASE_URLS,
    *ADMIN_OVERRIDES,
    *CMS_OVERRIDES,
    *VERSIONING_OVERRIDES,
]
