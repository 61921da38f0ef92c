"""The first content can be read by most people: US grade 8 or lower, by a library's measure."""

import pytest

from tests.bench.reading import grades, grades_of

pytestmark = pytest.mark.django_db


def test_every_page_reads_at_grade_eight_or_lower() -> None:
    found = grades()
    assert len(found) >= 8
    assert {path: grades for path, (_, *grades) in found.items() if max(grade or 0 for grade in grades) > 8} == {}


def test_the_measure_tells_easy_from_hard_and_a_point_in_a_number_ends_no_sentence() -> None:
    hard = ["Authorised representatives are encouraged to familiarise themselves with organisational documentation."]
    assert grades_of(["Press the pencil.", "The form opens."])[0] < 4
    assert grades_of(hard)[0] > 15
    assert grades_of(["It was 5.23 of 10."]) == grades_of(["It was 523 of 10."])
