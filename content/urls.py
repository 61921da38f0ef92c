"""Index: addresses that stand in front of the CMS's own."""

from django.urls import path, re_path

from content.gallery import views as gallery
from content.gallery.models import CODE
from content.images import views as images
from content.staff import home, keep_to_slots, page_kind

urlpatterns = [
    path("", home.show),
    path("photographs/<str:token>/original/", images.original, name="original"),
    path("photographs/<str:token>/preview/", images.preview, name="preview"),
    path("photographs/<str:token>/<int:width>.<str:suffix>", images.rendition, name="rendition"),
    path("before-and-after/", gallery.index, name="gallery"),
    re_path(rf"^before-and-after/(?P<code>{CODE.pattern})/$", gallery.case, name="case"),
    re_path(rf"^before-and-after/(?P<code>{CODE.pattern})/pictures/$", gallery.uncovered, name="case_uncovered"),
    path("admin/cms/pagecontent/<int:page_content_id>/change-template/", page_kind.refuse),
    path("admin/cms/placeholder/cms_wizard/create/", page_kind.refuse_wizard),
    path("admin/cms/placeholder/add-plugin/", keep_to_slots.watched("add_plugin")),
    path("admin/cms/placeholder/move-plugin/", keep_to_slots.watched("move_plugin")),
    path("admin/cms/placeholder/copy-plugins/", keep_to_slots.watched("copy_plugins")),
]
