"""The treatment's facts as the tests of the planner reckon with them."""

from content.models import Treatment

FACTS = Treatment(
    name="Microneedling for stretch marks",
    treatment_minutes_min=15, treatment_minutes_max=60, numbing_minutes_min=30, numbing_minutes_max=60,
    weeks_between_min=4, weeks_between_max=6, usual_sessions_min=3, usual_sessions_max=6,
    days_to_settle_min=1, days_to_settle_max=7, weeks_before_judging=12,
)  # fmt: skip
