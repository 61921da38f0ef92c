// The question whether to delete a block, in the editor's window: the window's own button that closes it says "Keep it",
// and has the focus, so that Enter deletes nothing by mistake.
const frame = window.frameElement;
if (frame) {
    document.querySelector(".keep-it")?.remove(); // opened by itself, the page has a link instead
    const footer = parent.document.querySelector(".cms-modal-buttons");
    const rename = () => {
        const close = [...(footer?.querySelectorAll("a") ?? [])].findLast((button) => !button.matches(".deletelink"));
        if (!close || close.textContent === "Keep it") return;
        close.textContent = "Keep it";
        for (const button of footer.querySelectorAll("a")) button.setAttribute("role", "button");
        close.focus();
    };
    if (footer) {
        const watching = new MutationObserver(rename);
        watching.observe(footer, { childList: true, subtree: true });
        addEventListener("pagehide", () => watching.disconnect());
    }
}
