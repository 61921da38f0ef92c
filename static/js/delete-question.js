// The question whether to delete a block, in the editor's window. The window draws buttons of its own far below, from
// those of the form; the form's stand right under the question instead, and press the window's for its work.
const frame = window.frameElement;
const row = document.querySelector(".delete-question .submit-row");

const arrange = (footer) => {
    const own = [...footer.querySelectorAll("a")];
    const remove = own.find((button) => button.matches(".deletelink"));
    const close = own.findLast((button) => !button.matches(".deletelink"));
    if (!remove || !close || footer.style.display === "none") return;
    footer.style.display = "none";
    row.style.display = "";
    for (const [name, button] of [[".deletelink", remove], [".keep-it", close]]) {
        row.querySelector(name).addEventListener("click", (event) => {
            event.preventDefault();
            button.click();
        });
    }
    row.querySelector(".keep-it").focus(); // so that Enter deletes nothing by mistake
};

if (frame && row) {
    frame.title = document.querySelector(".delete-question p").textContent;
    const footer = frame.closest(".cms-modal")?.querySelector(".cms-modal-buttons");
    if (footer) {
        const watching = new MutationObserver(() => arrange(footer));
        watching.observe(footer, { childList: true, subtree: true });
        addEventListener("pagehide", () => {
            watching.disconnect();
            footer.style.display = "";
        });
    }
}
