// Asks before the window of a block or of a page's settings is closed over typed text, however it is closed: the X, Esc,
// Cancel, or another form that is opened in it. The form's own page asks before a browser leaves it (unsaved-text.js).
(() => {
    const formPage = () => {
        try {
            return document.querySelector(".cms-modal-frame iframe")?.contentWindow ?? null;
        } catch {
            return null;
        }
    };
    let open = null; // the question that is on the screen

    function guard(prototype, name) {
        const own = prototype[name];
        prototype[name] = function (...args) {
            const typed = formPage()?.unsavedText;
            if (!typed?.isChanged()) return own.apply(this, args);
            ask(typed).then((mayGo) => mayGo && own.apply(this, args));
            return name === "open" ? this : false;
        };
    }

    function ask(typed) {
        if (open) return Promise.resolve(false);
        const place = formPage()?.document.activeElement; // a modal question takes it away from the frame
        return new Promise((resolve) => {
            open = build(typed, (mayGo) => {
                if (!open) return;
                const box = open;
                open = null;
                box.remove();
                if (mayGo) typed.settle();
                else (place ?? formPage())?.focus();
                resolve(mayGo);
            });
            document.body.append(open);
            open.showModal();
        });
    }

    function build(typed, decide) {
        const box = document.createElement("dialog");
        const canKeep = typed.canKeep();
        box.className = "unsaved-text-question";
        box.setAttribute("aria-labelledby", "unsaved-text-title");
        box.setAttribute("aria-describedby", "unsaved-text-words");
        const title = Object.assign(document.createElement("h2"), { id: "unsaved-text-title", textContent: "This is not saved yet" });
        const words = Object.assign(document.createElement("p"), { id: "unsaved-text-words" });
        words.setAttribute("role", "status");
        words.textContent = canKeep
            ? "You can go on later: what you typed then waits here for you alone, for 14 days."
            : "Not everything that you typed can be kept for later: go on, and save it.";
        const keep = async () => {
            if (await typed.keep()) decide(true);
            else words.textContent = "It could not be kept just now. Go on writing, and save it, or copy what you need.";
        };
        const throwAway = () => typed.discard().then(() => decide(true));
        const choices = [
            ["Go on writing", () => decide(false)],
            ...(canKeep ? [["Close, and keep it for later", keep]] : []),
            ["Throw it away", throwAway],
        ];
        const buttons = document.createElement("p");
        buttons.className = "unsaved-text-choice";
        for (const [label, act] of choices) {
            const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
            button.addEventListener("click", act);
            buttons.append(button);
        }
        box.append(title, words, buttons);
        box.addEventListener("close", () => decide(false)); // Esc
        for (const kind of ["keydown", "keyup", "click", "pointerdown"])
            box.addEventListener(kind, (event) => event.stopPropagation()); // the editor's own keys
        return box;
    }

    addEventListener("load", () => {
        const prototype = window.CMS?.Modal?.prototype;
        if (!prototype || prototype.asksBeforeClosing) return;
        prototype.asksBeforeClosing = true;
        for (const name of ["open", "close", "_cancelHandler", "_loadIframe"]) guard(prototype, name);
        prototype._confirmDirtyEscCancel = () => true; // the editor's own questions, which miss most changes
        prototype._beforeUnloadHandler = () => undefined;
    });
})();
