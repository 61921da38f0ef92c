"""Before and after in a patient's browser: filters, slider, cover and dialog, with a keyboard, on a phone, on paper."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from tests.browser.conftest import Site, on_each_screen, violations

# Cases of 11 sessions, so that they are told from whatever else the gallery holds.
MAKE = """
import io, json
from datetime import timedelta
from PIL import Image
from django.core.files.base import ContentFile
from django.utils import timezone
from content import models as m
from content.images.ingest import ingest

now, today, made = timezone.now(), timezone.localdate(), {}
def picture(colour, alt, days):
    out = io.BytesIO()
    Image.new("RGB", (1000, 750), colour).save(out, "JPEG")
    photo = ingest(ContentFile(out.getvalue(), name="picture.jpg"), now=now)
    photo.alt, photo.captured_on = alt, today - timedelta(days=days)
    photo.save()
    return photo

vouches = m.Clinician.objects.get_or_create(shown_name="Dr V. Ouch", title="Dermatologist")[0]

def add(name, area, skin, colour):
    consent = m.Consent.objects.create(
        for_website=True, adult_on=today - timedelta(days=2000), given_on=today - timedelta(days=1),
        expires_on=today + timedelta(days=300), is_not_a_condition=True, has_copy=True)
    case = m.Case.objects.create(
        treatment=m.Treatment.objects.first(), consent=consent, body_area=area, cause="PREGNANCY", mark_colour="SILVER",
        skin_tone=skin, age_band="FROM_25", sessions=11, weeks_between=5, weeks_after=12, device="A pen",
        other_treatments="none", outcome="SMALL", attested_by=vouches, is_own_patient=True,
        is_this_treatment_only=True, is_unretouched=True, approved_at=now)
    photos = [picture(colour, f"{name}, {side}.", days) for side, days in (("before", 900), ("after", 9))]
    for photo in photos:
        m.CasePhoto.objects.create(case=case, photo=photo)
    m.Pair.objects.create(case=case, view="FRONT", before=photos[0], after=photos[1])
    names = [case.code, *(photo.token for photo in photos)]
    m.EverPublic.objects.bulk_create([m.EverPublic(name=one) for one in names])
    made[name] = names

add("hips", "HIPS", "WHITE", "#e5bca0")
add("abdomen", "ABDOMEN", "DARK_BROWN", "#764d37")
add("back", "BACK", "DARK_BROWN", "#6a4532")
add("breasts", "BREASTS", "BLACK", "#503429")
print("MADE" + json.dumps(made))
"""
LIST = "/before-and-after/?sessions=11"
Made = dict[str, list[str]]


@pytest.fixture(scope="module")
def made(site: Site) -> Made:
    """Four cases: each name with its code and the tokens of its two photographs."""
    found: Made = json.loads(site.shell(MAKE).split("MADE", 1)[1])
    return found


def address(made: Made, name: str) -> str:
    return f"/before-and-after/{made[name][0]}/"


@pytest.fixture
def without_scripts(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("checkbox", name=name).press("Space")


def cards(page: Page) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('.card h3 a')].map(a => a.pathname.split('/')[2])")
    return found


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.value || document.activeElement.textContent")
    return found


def test_a_filter_works_at_once_and_keeps_the_focus(visitor: Page, made: Made) -> None:
    visitor.goto(LIST)
    assert set(cards(visitor)) == {names[0] for names in made.values()}
    press(visitor, "Hips")
    status = visitor.get_by_role("status")
    expect(status).to_contain_text("1 of ")
    assert visitor.url.endswith("/before-and-after/?area=hips&sessions=11")
    assert cards(visitor) == [made["hips"][0]]
    assert focused(visitor) == "hips"
    expect(visitor.get_by_role("checkbox", name="Dark brown")).to_have_accessible_name("Dark brown 0 cases")
    press(visitor, "Belly")
    expect(status).to_contain_text("2 of ")
    assert set(cards(visitor)) == {made["hips"][0], made["abdomen"][0]}


def test_the_last_of_several_quick_presses_wins(visitor: Page, made: Made) -> None:
    visitor.goto(LIST)
    for name in ("Hips", "Back", "Belly", "Hips", "Belly"):
        press(visitor, name)
    expect(visitor.get_by_role("status")).to_contain_text("1 of ")
    visitor.wait_for_load_state("networkidle")
    assert cards(visitor) == [made["back"][0]]
    assert visitor.url.endswith("?area=back&sessions=11")


def test_filters_can_be_cleared_and_the_focus_goes_to_the_count(visitor: Page, made: Made) -> None:
    visitor.goto(LIST)
    visitor.get_by_role("link", name="Clear filters").click()
    expect(visitor.get_by_role("link", name="Clear filters")).to_have_count(0)
    assert visitor.url.endswith("/before-and-after/")
    assert visitor.get_by_role("checkbox", checked=True).count() == 0
    assert visitor.evaluate("document.activeElement.getAttribute('role')") == "status"


def test_no_result_says_so_and_offers_a_way_back(visitor: Page, made: Made) -> None:
    visitor.goto(f"{LIST}&area=hips")
    press(visitor, "Black")
    expect(visitor.get_by_role("status")).to_have_text("No case matches all of these filters.")
    visitor.locator(".panel").get_by_role("link", name="Clear filters").click()
    expect(visitor.locator(".card").first).to_be_visible()


def test_back_leads_to_the_filtered_list_and_then_out_of_it(visitor: Page, made: Made) -> None:
    visitor.goto("/about/")
    visitor.goto(LIST)
    press(visitor, "Hips")
    expect(visitor.get_by_role("status")).to_contain_text("1 of ")
    visitor.locator(".card h3 a").click()
    visitor.wait_for_url(f"**{address(made, 'hips')}")
    visitor.go_back()
    expect(visitor.get_by_role("status")).to_contain_text("1 of ")
    expect(visitor.get_by_role("checkbox", name="Hips")).to_be_checked()
    visitor.go_back()
    assert visitor.url.endswith("/about/")


def test_where_fetching_fails_the_form_is_sent(chromium: Browser, site: Site, made: Made) -> None:
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    page.goto(LIST)
    with page.expect_navigation():
        press(page, "Hips")
    assert cards(page) == [made["hips"][0]]
    context.close()


@pytest.mark.parametrize(("status", "body"), [(503, "<case-filters><p role=status>4 of 4"), (200, "<p>Sign in first")])
def test_a_reply_that_is_no_answer_is_asked_for_as_a_page(
    chromium: Browser, site: Site, made: Made, status: int, body: str
) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=status, body=body) if route.request.resource_type == "fetch" else route.continue_()

    page = chromium.new_page(base_url=site.url)
    page.route("**/*", answer)
    page.goto(LIST)
    with page.expect_navigation():
        press(page, "Hips")
    assert cards(page) == [made["hips"][0]]
    page.close()


def test_cases_of_the_filters_before_are_out_of_reach_until_the_answer_is_there_and_a_late_one_is_left_out(
    chromium: Browser, site: Site, made: Made
) -> None:
    page = chromium.new_page(base_url=site.url)
    held: list[Route] = []
    page.route("**/*area=hips&sess*", lambda route: held.append(route))  # noqa: PLW0108  the browser library marks the function
    page.goto(LIST)
    press(page, "Hips")
    expect(page.locator("[data-swap=results][inert]")).to_have_count(1)
    press(page, "Hips")
    press(page, "Back")
    expect(page.get_by_role("status")).to_contain_text("1 of ")
    for route in held:
        with suppress(Error):  # the browser gave up waiting
            route.continue_()
    page.wait_for_load_state("networkidle")
    assert len(held) == 1
    assert cards(page) == [made["back"][0]]
    expect(page.locator("[inert]")).to_have_count(0)
    page.close()


def test_a_choice_that_the_server_knows_no_more_is_taken_away(chromium: Browser, site: Site, made: Made) -> None:
    page = chromium.new_page(base_url=site.url)
    page.goto(LIST)
    page.evaluate("""document.querySelector('[name=area]').closest('label').insertAdjacentHTML('afterend',
        '<label class=chip><input type=checkbox name=area value=old><span data-swap=area-old>Old <b>7</b></span></label>')""")
    press(page, "Hips")
    expect(page.get_by_role("checkbox", name="Old 7")).to_have_count(0)
    page.close()


def test_on_a_phone_the_pictures_come_before_the_filters_are_opened(chromium: Browser, site: Site, made: Made) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/before-and-after/")
    box = page.locator(".card").first.bounding_box()
    assert box is not None
    assert box["y"] < 2 * 844
    expect(page.get_by_role("checkbox", name="Hips")).not_to_be_visible()
    page.get_by_text("Filter the cases").click()
    press(page, "Hips")
    expect(page.get_by_role("status")).to_contain_text(" of ")
    page.get_by_role("button", name="Show matching cases").click()
    expect(page.get_by_role("status")).to_be_in_viewport()
    context.close()


def test_filters_work_without_scripts(without_scripts: Page, made: Made) -> None:
    page = without_scripts
    page.goto("/before-and-after/")
    page.get_by_text("Filter the cases").click()
    page.locator("input[value=hips]").check()
    page.locator("input[name=sessions][value='11']").check()
    page.get_by_role("button", name="Show matching cases").click()
    assert page.url.endswith("?area=hips&sessions=11#results")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("input[value=hips]")).to_be_checked()


def test_the_slider_moves_by_keyboard_and_says_where_it_is(visitor: Page, made: Made) -> None:
    visitor.goto(address(made, "hips"))
    assert side_by_side(visitor), "both whole, before anyone slides"
    visitor.get_by_role("button", name="Half and half").click()
    slider = visitor.get_by_role("slider", name="How much of the picture before: hips, front view")
    expect(slider).to_have_attribute("aria-valuetext", "50% before, 50% after")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "51% before, 49% after")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "0% before, 100% after")
    slider.press("End")
    assert visitor.evaluate("document.querySelector('.stage').style.getPropertyValue('--pos')") == "100%"
    expect(visitor.get_by_role("button", name="Before", exact=True)).to_have_attribute("aria-pressed", "true")


def test_the_slider_moves_by_a_click_and_by_dragging(visitor: Page, made: Made) -> None:
    visitor.goto(address(made, "hips"))
    visitor.get_by_role("button", name="Half and half").click()
    box = visitor.locator(".stage").bounding_box()
    assert box is not None
    visitor.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + 60)
    value = int(visitor.get_by_role("slider").input_value())
    assert 20 <= value <= 30
    visitor.mouse.move(box["x"] + box["width"] * value / 100, box["y"] + 60)
    visitor.mouse.down()
    visitor.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 60, steps=5)
    visitor.mouse.up()
    assert 72 <= int(visitor.get_by_role("slider").input_value()) <= 88


def swipe(page: Page, x: float, y: float, *, right: float = 0, down: float = 0) -> None:
    """Put a finger down there, move it so many pixels and lift it."""
    session, steps = page.context.new_cdp_session(page), 8
    places = [{"x": x + right * step / steps, "y": y + down * step / steps} for step in range(steps + 1)]
    for number, place in enumerate(places):
        event = {"type": "touchMove" if number else "touchStart", "touchPoints": [place]}
        session.send("Input.dispatchTouchEvent", event)
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_that_scrolls_the_page_leaves_the_slider_where_it_is(
    chromium: Browser, site: Site, made: Made
) -> None:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address(made, "hips"))
    page.get_by_role("button", name="Half and half").click()
    stage, slider = page.locator(".stage"), page.get_by_role("slider")
    stage.scroll_into_view_if_needed()
    before, box = page.evaluate("scrollY"), stage.bounding_box()
    assert box is not None
    left, middle = box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2
    swipe(page, left, middle, down=-150)
    assert page.evaluate("scrollY") > before + 50
    assert slider.input_value() == "50"
    page.evaluate("y => scrollTo({top: y, behavior: 'instant'})", before)
    page.touchscreen.tap(left, middle)
    assert 15 <= int(slider.input_value()) <= 25
    swipe(page, left, middle, right=box["width"] * 0.5)
    assert 55 <= int(slider.input_value()) <= 75
    context.close()


def test_four_buttons_set_the_view(visitor: Page, made: Made) -> None:
    visitor.goto(address(made, "hips"))
    slider = visitor.get_by_role("slider")
    for name, said in (
        ("Before", "100% before, 0% after"),
        ("After", "0% before, 100% after"),
        ("Half and half", "50% before, 50% after"),
    ):
        visitor.get_by_role("button", name=name, exact=True).click()
        expect(slider).to_have_attribute("aria-valuetext", said)
        pressed = visitor.locator(".bar [aria-pressed=true]").all_inner_texts()
        assert pressed == [name]
    visitor.get_by_role("button", name="Side by side").click()
    expect(slider).to_have_count(0)
    assert side_by_side(visitor)


def side_by_side(page: Page) -> bool:
    """Whether the two pictures stand beside each other, both whole."""
    before, after = (page.locator(f"figure[data-side={side}]").bounding_box() for side in ("before", "after"))
    assert before is not None
    assert after is not None
    return before["y"] == after["y"] and before["x"] + before["width"] <= after["x"]


def test_a_case_is_side_by_side_without_scripts_and_its_links_lead_to_the_pictures(
    without_scripts: Page, made: Made
) -> None:
    page = without_scripts
    page.goto(address(made, "hips"))
    assert side_by_side(page)
    assert page.locator("figcaption").all_inner_texts() == ["Before", "After"]
    assert page.get_by_role("slider").count() == 0
    page.get_by_role("link", name="Look closer: after").click()
    assert page.url.endswith(f"/photographs/{made['hips'][2]}/960.jpg")


def test_a_case_prints_side_by_side_with_words_for_each(visitor: Page, made: Made) -> None:
    visitor.goto(address(made, "hips"))
    visitor.emulate_media(media="print")
    assert side_by_side(visitor)
    assert visitor.locator("figcaption:visible").all_inner_texts() == ["Before", "After"]
    assert visitor.locator(".bar:visible, .looks:visible, .knob:visible, input:visible").count() == 0
    expect(visitor.locator(".note")).to_be_visible()


def test_the_comparison_works_again_when_the_page_is_swapped(visitor: Page, made: Made) -> None:
    visitor.goto(address(made, "hips"))
    visitor.evaluate("""async () => {
        const html = await (await fetch(location.href)).text();
        const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
        document.querySelector('main').replaceWith(document.adoptNode(fresh));
        const moved = document.querySelector('before-after');
        moved.parentElement.append(moved);
    }""")
    visitor.get_by_role("button", name="After", exact=True).click()
    expect(visitor.get_by_role("slider")).to_have_count(1)
    expect(visitor.get_by_role("slider")).to_have_attribute("aria-valuetext", "0% before, 100% after")
    expect(visitor.locator(".looks button")).to_have_count(2)


@pytest.mark.parametrize("by", ["Escape", "button"])
def test_a_picture_opens_in_a_dialog_and_the_focus_comes_back(visitor: Page, made: Made, by: str) -> None:
    visitor.goto(address(made, "hips"))
    opener = visitor.get_by_role("button", name="Look closer: after")
    opener.press("Enter")
    dialog = visitor.get_by_role("dialog", name="Look closer: after")
    expect(dialog).to_be_visible()
    image = dialog.get_by_role("img", name="hips, after.")
    expect(image).to_be_visible()
    image.evaluate("image => image.decode()")
    assert f"/{made['hips'][2]}/960." in image.evaluate("image => image.currentSrc")
    if by == "Escape":
        visitor.keyboard.press("Escape")
    else:
        dialog.get_by_role("button", name="Close", exact=True).click()
    expect(visitor.get_by_role("dialog")).to_have_count(0)
    assert focused(visitor) == "Look closer: after"


def test_a_large_picture_is_moved_by_scrolling(chromium: Browser, site: Site, made: Made) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 390, "height": 700})
    page = context.new_page()
    page.goto(address(made, "hips"))
    page.get_by_role("button", name="Look closer: before").click()
    view = page.get_by_role("group", name="The picture.")
    view.get_by_role("img").evaluate("image => image.decode()")
    width, start = view.evaluate("view => [view.scrollWidth - view.clientWidth, view.scrollLeft]")
    assert start == pytest.approx(width / 2, abs=1)
    assert width > 390
    view.evaluate("view => { view.moved = new Promise(done => view.addEventListener('scroll', done, { once: true })) }")
    view.press("ArrowRight")
    view.evaluate("view => view.moved.then(() => null)")
    assert view.evaluate("view => view.scrollLeft") > start
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_in_viewport()
    context.close()


def test_a_cover_stays_until_the_reader_chooses(visitor: Page, made: Made) -> None:
    code, *tokens = made["breasts"]
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.goto(f"{LIST}&area=breasts")
    visitor.locator(".card h3 a").click()
    visitor.wait_for_url(f"**/{code}/")
    assert not [url for url in asked if tokens[0] in url or tokens[1] in url]
    assert not [token for token in tokens if token in visitor.content()]
    visitor.get_by_role("link", name="Show pictures").click()
    visitor.wait_for_url("**/pictures/#pictures")
    expect(visitor.get_by_role("img", name="breasts, before.")).to_be_visible()
    visitor.get_by_role("link", name="Cover the pictures").click()
    visitor.wait_for_url(f"**/{code}/")
    expect(visitor.get_by_role("img", name="breasts, before.")).to_have_count(0)


def addresses(made: Made) -> list[str]:
    covered = address(made, "breasts")
    return [LIST, f"{LIST}&area=hips&skin=black", address(made, "hips"), covered, f"{covered}pictures/"]


def test_gallery_has_no_axe_violation(visitor: Page, made: Made) -> None:
    visitor.emulate_media(reduced_motion="reduce")
    for path in addresses(made):
        visitor.goto(path)
        for screen in on_each_screen(visitor):
            assert violations(visitor) == [], (path, screen)
    visitor.goto(address(made, "hips"))
    visitor.get_by_role("button", name="Look closer: before").click()
    for screen in on_each_screen(visitor):
        assert violations(visitor) == [], screen


@pytest.mark.parametrize(("size", "width"), [("100%", 320), ("200%", 640)])
def test_gallery_does_not_scroll_sideways_and_its_targets_are_large(
    visitor: Page, made: Made, size: str, width: int
) -> None:
    visitor.emulate_media(reduced_motion="reduce")
    visitor.set_viewport_size({"width": width, "height": 900})
    for path in addresses(made):
        visitor.goto(path)
        visitor.evaluate("size => document.documentElement.style.fontSize = size", size)
        assert visitor.evaluate("document.documentElement.scrollWidth") <= width, path
        small = visitor.evaluate("""[...document.querySelectorAll('main :is(.btn, .chip, summary, button, .looks *, .bar *)')]
            .filter(e => e.checkVisibility() && !e.classList.contains('vh') && e.getBoundingClientRect().height < 44)
            .map(e => e.outerHTML.slice(0, 80))""")
        assert small == [], path


def test_wide_filters_stand_open_and_a_keyboard_reaches_them(visitor: Page, made: Made) -> None:
    visitor.set_viewport_size({"width": 1280, "height": 900})
    visitor.goto("/before-and-after/")
    expect(visitor.get_by_role("checkbox", name="Hips")).to_be_visible()
    visitor.locator("#main").focus()
    reached = set()
    for _ in range(12):
        visitor.keyboard.press("Tab")
        reached.add(visitor.evaluate("document.activeElement.name || ''"))
    assert "area" in reached
