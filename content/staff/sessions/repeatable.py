"""Which forms may be sent again after a new sign-in, by the route of their address.

Every address of the staff's that takes a form is in one of the two tables. An address that is in neither is asked
again, as are all of the CMS's own.
"""

from django.http import HttpRequest
from django.urls import Resolver404, resolve

#: Forms whose text is kept and saved after the sign-in, and what staff call them.
REPEATED = {
    "staff/new-topic/": "the new topic page",
    "staff/pages/<int:pk>/ask/": "your request",
    "staff/pages/<int:pk>/checks/": "your reason for a word",
    "staff/pages/<int:pk>/comment/": "your comment",
    "staff/pages/<int:pk>/title/": "the page’s title and address",
    "staff/pictures/": "the new picture",
    "admin/content/case/add/": "the new case",
    "admin/content/case/<path:object_id>/change/": "the case",
    "admin/content/case/<int:pk>/photographs/": "the photographs of a case",
    "admin/content/consent/add/": "the new consent",
    "admin/content/consent/<path:object_id>/change/": "the consent",
    "admin/content/clinic/<path:object_id>/change/": "the clinic’s record",
    "admin/content/clinician/add/": "the new clinician",
    "admin/content/clinician/<path:object_id>/change/": "the clinician",
    "admin/content/treatment/add/": "the new treatment",
    "admin/content/treatment/<path:object_id>/change/": "the facts of the treatment",
    "admin/cms/pagecontent/add/": "the new page",
    "admin/cms/pagecontent/<int:object_id>/change/": "the page’s title and address",
    "admin/cms/placeholder/add-plugin/": "the new block",
    "admin/cms/placeholder/edit-plugin/<int:pk>/": "the block",
}

#: What is never done without being asked for again: it signs, approves, publishes, withdraws, deletes, takes a draft,
#: or is about an account. Its fields are not kept either: there are passwords and codes among them.
ASKED_AGAIN = {
    "staff/link/",
    "staff/go-on/<str:token>/",
    "staff/session/stay/",
    "staff/second-factor/",
    "staff/recovery-codes/",
    "staff/people/add/",
    "staff/people/<int:pk>/",
    "staff/people/<int:pk>/active/",
    "staff/people/<int:pk>/link/",
    "staff/pages/<int:pk>/change/",
    "staff/pages/<int:pk>/unlock/",
    "staff/taken-over/<int:pk>/seen/",
    "staff/pages/<int:pk>/sign/",
    "staff/pages/<int:pk>/schedule/",
    "staff/pages/<int:pk>/offline/",
    "staff/reopened/",
    "staff/ask-together/",
    "staff/outcomes/<int:pk>/dismiss/",
    "staff/pages/<int:pk>/blocks/",
    "staff/pages/<int:pk>/blocks/<int:number>/delete/",
    "staff/pages/<int:pk>/duplicate/",
    "staff/pages/<int:pk>/undo/",
    "staff/pages/<int:pk>/put-back/",
    "staff/menu-order/",
    "staff/pictures/<int:pk>/",
    "staff/pictures/<int:pk>/take-down/",
    "staff/portraits/<int:pk>/",
    "staff/autosave/",
    "staff/pasted/",
    "staff/feedback/words/<int:pk>/delete/",
    "staff/practice/",
    "admin/content/case/<int:pk>/approve/",
    "admin/content/case/<int:pk>/ask-again/",
    "admin/content/consent/withdraw/",
    "admin/content/consent/<int:pk>/withdraw/",
}

#: Fields that say "yes, do it": the question is asked again after the sign-in.
CONFIRMATIONS = frozenset({"confirmed"})


def subject(request: HttpRequest) -> str:
    """Return what staff call the form that was sent, or "" if it is one that is asked for again."""
    try:
        return REPEATED.get(resolve(request.path_info).route, "")
    except Resolver404:
        return ""
