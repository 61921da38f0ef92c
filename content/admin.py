"""Index: what Django's admin shows."""

from content.clinic.admin import ClinicAdmin, ClinicianAdmin
from content.treatment.admin import TreatmentAdmin

__all__ = ["ClinicAdmin", "ClinicianAdmin", "TreatmentAdmin"]
