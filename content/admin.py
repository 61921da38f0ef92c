"""Index: what Django's admin shows."""

from content.clinic.admin import ClinicAdmin, ClinicianAdmin
from content.ledger.admin import EntryAdmin
from content.treatment.admin import TreatmentAdmin

__all__ = ["ClinicAdmin", "ClinicianAdmin", "EntryAdmin", "TreatmentAdmin"]
