"""The admin classes of all packages, collected where Django looks for them."""

from content.ledger.admin import EntryAdmin
from content.staff.accounts import admin as accounts_admin
from content.staff.cases.admin import CaseAdmin
from content.staff.cases.consent_admin import ConsentAdmin
from content.staff.records.clinic_admin import ClinicAdmin, ClinicianAdmin
from content.staff.records.treatment_admin import TreatmentAdmin

__all__ = [
    "CaseAdmin",
    "ClinicAdmin",
    "ClinicianAdmin",
    "ConsentAdmin",
    "EntryAdmin",
    "TreatmentAdmin",
    "accounts_admin",
]
