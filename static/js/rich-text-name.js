// In a block's form: gives each box for rich text the name of its label, and its row of buttons the role of a toolbar.
addEventListener("load", () => {
    const name = () => {
        for (const box of document.querySelectorAll("[contenteditable][role=textbox]:not([aria-label])")) {
            const label = box.closest(".form-row")?.querySelector("label")?.textContent.replace(/:\s*$/, "").trim() || "Text";
            box.setAttribute("aria-label", label);
        }
        for (const row of document.querySelectorAll(".form-row [role=menubar]")) {
            row.setAttribute("role", "toolbar");
            row.setAttribute("aria-label", "How the words look");
        }
    };
    name();
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
