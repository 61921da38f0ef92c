"""A nurse edits in the CMS, and a patient reads exactly that."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, on_each_screen, violations
from tests.browser.editor import (
    PLAIN_FORM,
    add_block,
    edit_block,
    edit_in_place,
    form,
    is_form_open,
    new_draft,
    offered,
    open_list,
    open_page,
    press_save,
    save,
)
from tests.images.samples import saved, skin

AFTERCARE = "/microneedling-for-stretch-marks/aftercare/"
SPACING = "/microneedling-for-stretch-marks/spacing-your-sessions/"


def test_a_nurse_changes_the_aftercare_page_and_a_visitor_sees_exactly_that(
    nurse: Page, doctor: Page, visitor: Page, site: Site
) -> None:
    visitor.goto(AFTERCARE)
    before = visitor.locator("main").inner_text()
    old_row = visitor.locator(".dont li").first.inner_text()

    new_draft(nurse, AFTERCARE)
    fields = edit_block(nurse, "Do and do not")
    fields.locator("input[name=dont_rows-0-text]").fill("put perfume on the area while it is warm")
    save(nurse)
    fields = add_block(nurse, "This topic", "ProsePlugin")
    fields.locator("input[name=heading]").fill("New clothes")
    editor = fields.locator("[contenteditable=true]")
    expect(editor).to_be_visible()
    editor.press("Control+End")
    editor.press("Enter")
    editor.press("Enter")
    nurse.keyboard.type("Wash new clothes once, [[days-to-settle]] before.")
    save(nurse)
    fields = add_block(nurse, "When to get help", "CareCardPlugin")
    fields.locator("input[name=heading]").fill("Send us a message if:")
    fields.locator("select[name=level]").select_option("NON_URGENT")
    fields.locator("input[name=signs-0-text]").fill("you wonder when to come back")
    save(nurse)

    visitor.goto(AFTERCARE)
    assert visitor.locator("main").inner_text() == before

    nurse.get_by_role("link", name="As patients see it").click()
    expect(nurse.locator("main")).to_contain_text("do not put perfume on the area while it is warm")
    expect(nurse.locator(".staff-bar, .cms-toolbar, .staff-notes")).to_have_count(0)
    nurse.go_back()
    nurse.get_by_role("link", name="Ask the doctor").click()
    nurse.get_by_role("button", name="Ask the doctor").click()
    doctor.reload()
    doctor.get_by_role("link", name=re.compile("Read and sign")).first.click()
    doctor.locator("main input[type=password]").fill(site.password("doctor"))
    doctor.get_by_role("button", name="Sign and publish").click()
    expect(doctor.locator(".messagelist")).to_contain_text("is live")

    visitor.goto(AFTERCARE)
    assert visitor.locator(".dont li").first.inner_text() == "do not put perfume on the area while it is warm"
    expect(visitor.locator("main")).not_to_contain_text(old_row)
    expect(visitor.locator("main")).to_contain_text("Wash new clothes once, 1 to 7 days before.")
    card = visitor.locator("section.care-card", has_text="Send us a message if:")
    expect(card.locator("li")).to_have_text(["you wonder when to come back"])
    added = ["do not put perfume", "Wash new clothes once", "Send us a message if:", "you wonder when to come back"]
    untouched = [line for line in before.splitlines() if line.strip() and line.strip() != old_row.strip()]
    now = visitor.locator("main").inner_text()
    assert [line for line in untouched if line not in now] == []
    assert all(words in now for words in added)


def test_bad_input_gets_its_sentence_and_keeps_what_was_typed(nurse: Page) -> None:
    new_draft(nurse, SPACING)
    fields = add_block(nurse, "When to get help", "CareCardPlugin")
    fields.locator("input[name=heading]").fill("When you should call")
    fields.locator("input[name=signs-0-text]").fill("Wait [[weeks]] first")
    press_save(nurse)
    problems = form(nurse).locator(".errorlist")
    expect(problems.first).to_be_visible()
    expect(form(nurse).locator(".errornote")).to_be_focused()
    said = " ".join(problems.all_inner_texts())
    assert "The facts are: [[treatment-minutes]]" in said
    assert form(nurse).locator("input[name=heading]").input_value() == "When you should call"
    assert form(nurse).locator("input[name=signs-0-text]").input_value() == "Wait [[weeks]] first"
    form(nurse).locator("input[name=signs-0-text]").fill("you are not sure")
    press_save(nurse)
    expect(form(nurse).locator(".errorlist").first).to_contain_text("End the heading with “if:”")


def test_the_owner_puts_a_team_photograph_on_the_about_page_in_ten_presses(
    owner: Page, visitor: Page, tmp_path: Path
) -> None:
    """Every press counts, and the file that is chosen; not the two for a shape, which may be left as it is."""
    file = tmp_path / "team.jpg"
    file.write_bytes(saved(skin((900, 600)), "JPEG"))
    owner.add_init_script("addEventListener('click', event => event.isTrusted && console.debug('press'), true)")
    presses = ["the file"]
    owner.on("console", lambda said: presses.append(owner.url) if said.text == "press" else None)
    new_draft(owner, "/about/")
    fields = add_block(owner, "This page", "PicturePlugin")
    fields.locator("input[type=file]").set_input_files(file)
    fields.get_by_role("checkbox", name="It shows a room").check()
    fields.locator("[name=alt]").click()
    owner.keyboard.type("Three members of our team stand side by side in the waiting room.")
    fields.locator("[name=shape][value=WIDE]").check()
    fields.locator("focal-point button").click(position={"x": 20, "y": 100})
    assert int(fields.locator("[name=focus_x]").input_value()) < 20
    save(owner)
    owner.get_by_role("link", name="Read and publish").first.click()
    owner.get_by_role("button", name=re.compile("ublish")).first.click()
    expect(owner.locator(".messagelist")).to_contain_text("is live")
    assert len(presses) - 2 <= 10, presses
    visitor.goto("/about/")
    picture = visitor.get_by_role("img", name=re.compile("^Three members"))
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth > 300)")
    assert picture.evaluate("one => getComputedStyle(one).objectPosition").split()[0] != "50%"


def test_the_list_of_blocks_speaks_plainly_and_offers_only_what_belongs(nurse: Page) -> None:
    new_draft(nurse, "/contact/")
    open_list(nurse)
    assert nurse.locator(".block-list-part h2").all_inner_texts() == ["This page", "Closing band"]
    assert offered(nurse, "This page") == [
        f"{kind}Plugin" for kind in ("Callout", "Contact", "TopicLinks", "Picture", "Questions", "Prose")
    ]


def test_one_change_of_a_fact_is_found_on_every_page_that_says_it(doctor: Page, visitor: Page) -> None:
    paths = ["/", "/microneedling-for-stretch-marks/", SPACING]
    for path in paths:
        visitor.goto(path)
        expect(visitor.locator("main")).to_contain_text("4 to 6 weeks")

    def set_weeks(least: str, most: str) -> None:
        doctor.goto("/admin/content/treatment/")
        doctor.get_by_role("link", name="Microneedling for stretch marks").first.click()
        doctor.locator("input[name=weeks_between_min]").fill(least)
        doctor.locator("input[name=weeks_between_max]").fill(most)
        doctor.locator(".submit-row [name=_save]").click()
        doctor.get_by_role("button", name="Change the facts").click()
        doctor.wait_for_url("**/admin/content/treatment/")

    set_weeks("5", "9")
    try:
        for path in paths:
            visitor.goto(path)
            expect(visitor.locator("main")).to_contain_text("5 to 9 weeks")
            expect(visitor.locator("main")).not_to_contain_text("4 to 6 weeks")
        expect(visitor.locator(".course li").nth(3)).to_contain_text("Weeks 15 to 27")
    finally:
        set_weeks("4", "6")


def test_staff_pages_fit_a_phone(doctor: Page) -> None:
    doctor.set_viewport_size({"width": 390, "height": 800})
    doctor.goto("/admin/content/treatment/1/change/")
    assert doctor.evaluate("document.documentElement.scrollWidth") <= 390


def test_words_are_linked_to_a_page_that_the_link_box_finds(nurse: Page) -> None:
    new_draft(nurse, "/privacy/")
    fields = add_block(nurse, "This page", "ProsePlugin")
    editor = fields.locator("[contenteditable=true]")
    expect(editor).to_be_visible()
    editor.click()
    nurse.keyboard.type("ring or visit us")
    editor.press("Control+a")
    fields.locator("button[data-action=Link]").click()
    box = fields.locator("input.cms-linkfield-input").last
    box.fill("cont")
    fields.locator(".cms-linkfield-option", has_text="Contact us").click()
    fields.locator(".Link-form .cms-form-buttons .submit").click()
    expect(editor.locator("a")).to_have_text("ring or visit us")
    save(nurse)
    open_page(nurse)
    expect(nurse.locator("main .prose a", has_text="ring or visit us")).to_have_attribute("href", "/contact/")


PHONE = {"width": 390, "height": 844}
PHOTOGRAPHS = "/your-photographs/"
HIDDEN_BY_THE_BAR = """() => {
    const bar = document.querySelector('.staff-bar'), one = document.activeElement.getBoundingClientRect();
    return !bar.contains(document.activeElement) && one.height > 0 && one.top < bar.getBoundingClientRect().bottom - 1;
}"""


def test_one_bar_stays_in_sight_hides_nothing_and_is_low_on_a_telephone(nurse: Page) -> None:
    nurse.emulate_media(reduced_motion="reduce")  # a page that still scrolls is where nobody reads it
    new_draft(nurse, PHOTOGRAPHS)
    bar = nurse.locator(".staff-bar")
    for part in (".cms-toolbar", ".cms-structure"):
        expect(nurse.locator(part)).to_be_hidden()
    nurse.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    nurse.locator("footer a").last.focus()
    for _ in range(25):
        nurse.keyboard.press("Shift+Tab")
        assert not nurse.evaluate(HIDDEN_BY_THE_BAR), nurse.evaluate("document.activeElement.outerHTML")
    expect(bar).to_be_in_viewport(ratio=1)
    for key in ("?", "Space", "Alt+t"):
        nurse.keyboard.press(key)
    for part in (".cms-modal", ".cms-structure"):
        expect(nurse.locator(part)).to_be_hidden()
    for screen in on_each_screen(nurse):
        assert violations(nurse, "staff-bar") == [], screen
        assert bar.bounding_box()["height"] <= 64, screen
        assert nurse.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
    nurse.get_by_role("button", name="More").click()
    expect(nurse.locator("#staff-bar-more").get_by_role("link", name="Title and address")).to_be_in_viewport()
    assert violations(nurse, "#staff-bar-more") == []
    nurse.keyboard.press("Escape")
    expect(nurse.locator("#staff-bar-more")).to_be_hidden()


def test_the_window_of_a_block_fits_a_telephone_and_says_what_is_wrong(nurse: Page) -> None:
    nurse.set_viewport_size(PHONE)
    new_draft(nurse, PHOTOGRAPHS)
    fields = edit_in_place(nurse, nurse.locator("main .prose").first)
    expect(fields.locator("[contenteditable=true]")).to_be_in_viewport()
    inside = nurse.frames[-1]
    assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut_off = "[...document.querySelectorAll('input, textarea, .help, .tiptap')].filter(e => e.getBoundingClientRect().right > innerWidth).length"
    assert inside.evaluate(cut_off) == 0
    assert violations(nurse, ".cms-modal") == []
    fields.locator("input[name=heading]").fill("Wait [[weeks]] first")
    press_save(nurse)
    note = form(nurse).locator(".errornote")
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    form(nurse).locator("input[name=heading]").fill("Before you decide")
    save(nurse)
    expect(nurse.locator("main h2", has_text="Before you decide")).to_be_visible()


def test_the_list_of_blocks_is_used_by_keyboard_alone(nurse: Page) -> None:
    new_draft(nurse, "/about/")
    reach(nurse, "Blocks")
    nurse.wait_for_url(re.compile("/blocks/"))
    for screen in on_each_screen(nurse):
        assert violations(nurse) == [], screen
        assert nurse.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
    nurse.set_viewport_size({"width": 1280, "height": 900})
    body = nurse.locator(".block-list-part").first
    names = body.locator("> .block-list > li > .block-list-row .block-list-name")
    before = names.all_inner_texts()
    reach(nurse, re.compile(f"^Move down: .*1 of {len(before)}$"))
    expect(nurse.locator(".messagelist")).to_contain_text("one place lower")
    assert names.all_inner_texts() == [before[1], before[0], *before[2:]]
    expect(nurse.locator("[id^=down-]:focus")).to_have_count(1)
    reach(nurse, re.compile(f"^More: .*1 of {len(before)}"))
    assert violations(nurse) == []
    reach(nurse, "Copy")
    expect(names).to_have_text([before[1], before[1], before[0], *before[2:]])
    reach(nurse, re.compile(r"^More: .*2 of "))
    reach(nurse, "Delete…")
    expect(nurse.get_by_role("heading", level=1)).to_contain_text("Delete")
    assert violations(nurse) == []
    reach(nurse, "Delete it")
    expect(names).to_have_text([before[1], before[0], *before[2:]])
    reach(nurse, re.compile("^Add a block: "))
    reach(nurse, "Text")
    nurse.wait_for_url(PLAIN_FORM)
    fields = form(nurse)
    is_form_open(fields, nurse)
    assert violations(nurse) == []
    fields.locator("input[name=heading]").focus()
    nurse.keyboard.type("Typed with keys")
    nurse.keyboard.press("Tab")
    fields.locator("[contenteditable=true]").focus()
    nurse.keyboard.type("And nothing else.")
    reach(nurse, "Save")
    nurse.wait_for_url(re.compile("/blocks/"))
    expect(names.last).to_contain_text("Typed with keys")


def test_the_title_is_pressed_twice_and_the_menu_is_put_in_order_in_three_presses(nurse: Page) -> None:
    new_draft(nurse, PHOTOGRAPHS)
    nurse.locator("main h1").dblclick()
    nurse.wait_for_url("**/title/")
    expect(nurse.get_by_label("Title", exact=True)).to_have_value("Your photographs, your choice")
    for screen in on_each_screen(nurse):
        assert violations(nurse) == [], screen
    nurse.set_viewport_size({"width": 1280, "height": 900})
    nurse.goto("/contact/")
    menu = nurse.locator("#menu a")
    before = menu.all_inner_texts()
    nurse.get_by_role("button", name="More").click()  # 1
    nurse.get_by_role("link", name="Menu order").click()  # 2
    nurse.get_by_role("button", name=re.compile("^Move up: Contact")).click()  # 3
    nurse.wait_for_url("**/menu-order/#up-*")
    expect(nurse.locator("[id^=up-]:focus")).to_have_count(1)
    for screen in on_each_screen(nurse):
        assert violations(nurse) == [], screen
        assert nurse.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen
    nurse.set_viewport_size({"width": 1280, "height": 900})
    handles = {name: nurse.locator("li", has_text=name).locator(".sort-handle") for name in ("Contact", "Planner")}
    handles["Contact"].hover()
    nurse.mouse.down()
    there = handles["Planner"].bounding_box()
    assert there is not None
    nurse.mouse.move(there["x"] + 10, there["y"] + there["height"] - 2, steps=5)
    nurse.mouse.up()
    nurse.wait_for_url("**/menu-order/#down-*")
    nurse.goto("/contact/")
    assert menu.all_inner_texts() == before
    boxes = [link.bounding_box() for link in menu.all()]
    assert len({box["y"] for box in boxes if box}) == 1, "the menu is more than one line at 1280 px"


def reach(page: Page, name: str | re.Pattern[str]) -> None:
    """Tab to what has this name, and press it with Enter; what can't be reached fails."""
    pressed = page.get_by_role("link", name=name, exact=True).or_(page.get_by_role("button", name=name, exact=True))
    wanted = page.locator("summary").filter(has_text=name).or_(pressed) if isinstance(name, re.Pattern) else pressed
    target = wanted.first.element_handle()
    for _ in range(120):
        if target.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"no Tab leads to {name}")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
