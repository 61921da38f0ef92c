"""Index: addresses that stand in front of the CMS's own."""

from django.urls import path

from content.staff import page_kind

urlpatterns = [path("admin/cms/pagecontent/<int:page_content_id>/change-template/", page_kind.refuse)]
