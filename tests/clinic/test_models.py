"""The clinic's one record and its people."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from content.models import Clinic, Clinician
from content.signals import public_content_changed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_there_is_one_clinic_whatever_is_saved(staff: Client) -> None:
    Clinic(name="Second").save()
    assert Clinic.objects.count() == 1
    assert staff.get("/admin/content/clinic/add/").status_code == 403
    assert staff.post("/admin/content/clinic/1/delete/", {"post": "yes"}).status_code == 403


def test_database_refuses_a_second_clinic() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.bulk_create([Clinic(pk=2, name="Second")])


@pytest.mark.parametrize("number", ["call us", "", "12", "+4416", "01632<960123>", "1" * 30, "javascript:1"])
def test_a_telephone_that_cannot_be_dialled_is_refused(number: str) -> None:
    clinic = Clinic.objects.get()
    clinic.telephone = number
    with pytest.raises(ValidationError):
        clinic.full_clean()


def test_every_page_follows_the_record() -> None:
    clinic = Clinic.objects.get()
    clinic.name, clinic.telephone = "Newname", "+44 1632 960555"
    clinic.save()
    for url in ("/", "/contact/", "/microneedling-for-stretch-marks/aftercare/", "/no-such-page/"):
        text = Client().get(url).content.decode()
        assert "Newname" in text, url
        assert "tel:+441632960555" in text, url
        assert "01632 960123" not in text, url


def test_the_sample_notice_stands_once_on_every_page_and_goes_with_its_tick_from_pages_nobody_signs() -> None:
    notice = "awaits the clinic’s own clinical review"
    for url in ("/", "/about/", "/microneedling-for-stretch-marks/"):
        assert Client().get(url).content.decode().count(notice) == 1
    Clinic.objects.update(has_sample_content=False)
    assert notice not in Client().get("/about/").content.decode()
    for url in ("/", "/microneedling-for-stretch-marks/"):  # a doctor signs these: the first shows the course
        assert Client().get(url).content.decode().count(notice) == 1


def test_remove_samples_takes_sample_people_and_leaves_real_ones(capsys: pytest.CaptureFixture[str]) -> None:
    Clinician.objects.create(shown_name="Dr Real", title="Dermatologist")
    assert Clinician.objects.filter(is_sample=True).count() == 2
    call_command("remove_samples")
    assert "Sample people taken away: 2.\n" in capsys.readouterr().out
    assert [person.shown_name for person in Clinician.objects.all()] == ["Dr Real"]
    about = Client().get("/about/").content.decode()
    assert "Dr Real" in about
    assert "A. Example" not in about
    call_command("seed")
    assert Clinician.objects.count() == 1


def test_changes_of_clinic_and_people_are_heard_of() -> None:
    heard = []
    public_content_changed.connect(hear := lambda sender, **kwargs: heard.append(sender))
    try:
        Clinic.objects.get().save()
        Clinician.objects.filter(is_sample=True)[0].delete()
    finally:
        public_content_changed.disconnect(hear)
    assert heard == [Clinic, Clinician]


@pytest.mark.parametrize("record", [Clinic, Clinician])
def test_records_shown_as_they_are_quote_no_facts(record: type[Clinic | Clinician]) -> None:
    one = record.objects.all()[0]
    texts = [f.name for f in record._meta.fields if f.get_internal_type() in {"CharField", "TextField"}]
    for name in texts:
        if not name.endswith(("telephone", "_line")):
            setattr(one, name, "Every [[weeks-between-sessions]]")
    with pytest.raises(ValidationError) as refused:
        one.full_clean()
    assert set(refused.value.message_dict) == {name for name in texts if not name.endswith(("telephone", "_line"))}
