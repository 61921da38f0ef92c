"""The facts of a treatment, their limits, and which pages quote them."""

import pytest
from cms.models import Page, PageContent
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from content.models import Treatment
from content.signals import public_content_changed
from content.treatment.models import RANGES
from tests.factories import page_of_kind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("field", [field for field, _ in RANGES])
@pytest.mark.parametrize(("least", "most"), [(0, 3), (5, 4)])
def test_database_refuses_a_range_the_wrong_way_round_or_from_zero(field: str, least: int, most: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Treatment.objects.update(**{f"{field}_min": least, f"{field}_max": most})


def test_database_refuses_no_weeks_before_judging() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Treatment.objects.update(weeks_before_judging=0)


def test_clean_words_each_mistake_beside_its_field() -> None:
    treatment = Treatment.objects.get()
    treatment.weeks_between_min, treatment.weeks_between_max, treatment.weeks_before_judging = 7, 6, 0
    with pytest.raises(ValidationError) as refused:
        treatment.full_clean()
    said = {field: messages for field, messages in refused.value.message_dict.items() if field != "__all__"}
    assert said["weeks_between_max"] == ["The most weeks between sessions can't be fewer than the least (7)."]
    assert said["weeks_before_judging"] == ["The weeks before judging the result must be 1 or more."]


def test_a_page_quotes_the_treatment_nearest_above_it() -> None:
    first, page = Treatment.objects.get(), page_of_kind("treatment", title="Another treatment").page
    values = {field.attname: getattr(first, field.attname) for field in Treatment._meta.fields if not field.primary_key}
    other = Treatment.objects.create(**{**values, "name": "Another", "page_id": page.pk})
    below = page_of_kind("topic", title="Below", parent=page).page
    assert Treatment.objects.of_page(page) == other
    assert Treatment.objects.of_page(below) == other
    assert Treatment.objects.of_page(Page.objects.get(reverse_id="aftercare")) == first
    assert Treatment.objects.of_page(Page.objects.get(reverse_id="about")) == first
    assert Treatment.objects.of_page(None) == first


def test_one_change_of_a_fact_reaches_every_page_that_quotes_it() -> None:
    urls = [content.page.get_absolute_url() for content in PageContent.objects.all()]
    before = {url: Client().get(url).content.decode() for url in urls}
    quoting = {url for url, text in before.items() if "4 to 6 weeks" in text}
    assert len(quoting) >= 3
    treatment = Treatment.objects.get()
    treatment.weeks_between_min, treatment.weeks_between_max = 5, 9
    treatment.save()
    for url in urls:
        after = Client().get(url).content.decode()
        assert "4 to 6 weeks" not in after, url
        assert ("5 to 9 weeks" in after) == (url in quoting), url


def test_saving_a_fact_says_that_public_content_changed() -> None:
    heard = []
    public_content_changed.connect(hear := lambda sender, **kwargs: heard.append(sender))
    try:
        Treatment.objects.get().save()
    finally:
        public_content_changed.disconnect(hear)
    assert heard == [Treatment]


def test_the_admin_form_says_what_is_wrong_and_keeps_what_was_typed(staff: Client) -> None:
    treatment = Treatment.objects.get()
    data = {
        field.name: getattr(treatment, field.attname) or "" for field in Treatment._meta.fields if not field.primary_key
    } | {"weeks_between_min": "8"}
    response = staff.post(f"/admin/content/treatment/{treatment.pk}/change/", data)
    text = response.content.decode()
    assert "The most weeks between sessions can&#x27;t be fewer than the least (8)." in text
    assert 'name="weeks_between_min" value="8"' in text
    treatment.refresh_from_db()
    assert treatment.weeks_between_min == 4
