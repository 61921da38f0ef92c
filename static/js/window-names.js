// The editor's window: a dialog with a name, whose frame has the same name, and whose signs are buttons.
(() => {
    const modal = document.querySelector(".cms-modal");
    const frame = modal?.querySelector(".cms-modal-frame");
    if (!frame) return;
    modal.setAttribute("role", "dialog");
    modal.setAttribute("aria-label", "Form");
    for (const sign of modal.querySelectorAll(".cms-modal-minimize, .cms-modal-maximize, .cms-modal-close")) {
        sign.setAttribute("role", "button");
        sign.setAttribute("aria-label", sign.title);
    }
    new MutationObserver(() => {
        const form = frame.querySelector("iframe");
        const name = modal.querySelector(".cms-modal-title-prefix").textContent.trim() || "Form";
        if (form && form.title !== name) form.title = name;
        if (modal.getAttribute("aria-label") !== name) modal.setAttribute("aria-label", name);
    }).observe(frame, { childList: true });
})();
