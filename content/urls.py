"""Index: addresses that stand in front of the CMS's own."""

from django.urls import path, re_path

from content.gallery import views as gallery
from content.gallery.models import CODE
from content.images import views as images
from content.staff import (
    case_pages,
    check_pages,
    consent_pages,
    home,
    keep_to_slots,
    page_kind,
    people_pages,
    second_factor_pages,
    sign_in_pages,
    sign_pages,
)

urlpatterns = [
    path("", home.show),
    path("photographs/<str:token>/original/", images.original, name="original"),
    path("photographs/<str:token>/preview/", images.preview, name="preview"),
    re_path(
        r"^photographs/(?P<token>[^/]+)/(?P<width>[1-9][0-9]{1,4})\.(?P<suffix>\w+)$",
        images.rendition,
        name="rendition",
    ),
    path("before-and-after/", gallery.index, name="gallery"),
    re_path(rf"^before-and-after/(?P<code>{CODE.pattern})/$", gallery.case, name="case"),
    re_path(rf"^before-and-after/(?P<code>{CODE.pattern})/pictures/$", gallery.uncovered, name="case_uncovered"),
    path("admin/login/", sign_in_pages.SignIn.as_view()),
    path("admin/password_change/", sign_in_pages.change_password),
    path("staff/link/", sign_in_pages.link, name="sign_in_link"),
    path("staff/second-factor/", second_factor_pages.show, name="second_factor"),
    path("staff/recovery-codes/", second_factor_pages.recovery_codes, name="recovery_codes"),
    path("staff/people/", people_pages.index, name="people"),
    path("staff/people/add/", people_pages.add, name="person_add"),
    path("staff/people/<int:pk>/", people_pages.person, name="person"),
    path("staff/people/<int:pk>/active/", people_pages.set_active, name="person_active"),
    path("staff/people/<int:pk>/link/", people_pages.give_link, name="person_link"),
    path("admin/content/case/<int:pk>/photographs/", case_pages.photographs_of, name="case_photographs"),
    path("admin/content/case/<int:pk>/approve/", case_pages.approve, name="case_approve"),
    path("admin/content/consent/blank-form/", consent_pages.blank_form, name="consent_blank_form"),
    path("admin/content/consent/withdraw/", consent_pages.find, name="consent_find"),
    path("admin/content/consent/<int:pk>/withdraw/", consent_pages.withdraw_one, name="consent_withdraw"),
    path("admin/content/consent/<int:pk>/receipt/", consent_pages.show_receipt, name="consent_receipt"),
    path("admin/content/consent/<int:pk>/signed-form/", consent_pages.signed_form, name="consent_signed_form"),
    path("admin/content/consent/<int:pk>/everything/", consent_pages.give_out, name="consent_everything"),
    path("staff/pages/<int:pk>/checks/", check_pages.show, name="page_checks"),
    path("staff/pages/<int:pk>/changes/", sign_pages.changes, name="page_changes"),
    path("staff/pages/<int:pk>/ask/", sign_pages.ask, name="page_ask"),
    path("staff/pages/<int:pk>/sign/", sign_pages.sign, name="page_sign"),
    path("admin/cms/pagecontent/<int:page_content_id>/change-template/", page_kind.refuse),
    path("admin/cms/placeholder/cms_wizard/create/", page_kind.refuse_wizard),
    path("admin/cms/placeholder/add-plugin/", keep_to_slots.watched("add_plugin")),
    path("admin/cms/placeholder/move-plugin/", keep_to_slots.watched("move_plugin")),
    path("admin/cms/placeholder/copy-plugins/", keep_to_slots.watched("copy_plugins")),
]
