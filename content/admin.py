"""Index: what Django's admin shows."""

from content.clinic.admin import ClinicAdmin, ClinicianAdmin
from content.ledger.admin import EntryAdmin
from content.staff import accounts_admin
from content.staff.case_admin import CaseAdmin, ConsentAdmin
from content.staff.fact_admin import TreatmentAdmin

__all__ = [
    "CaseAdmin",
    "ClinicAdmin",
    "ClinicianAdmin",
    "ConsentAdmin",
    "EntryAdmin",
    "TreatmentAdmin",
    "accounts_admin",
]
