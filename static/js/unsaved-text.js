// Watches the forms of a staff page: asks before typed text is left, keeps it on the server meanwhile, and offers it
// again when its writer comes back. Other scripts ask and decide through `window.unsavedText` (see below); the window
// hears "unsaved-text:changed" (detail: is there unsaved text?) and "unsaved-text:not-kept" (detail: the HTTP status).
const page = JSON.parse(document.getElementById("unsaved-text").textContent);
const QUIET = 1000, OFTEN = 5000, ANSWER = 15000; // milliseconds: after the last key; at the longest; for a save
const KEEPALIVE = 60000; // letters that a browser still sends for a page that is gone
const NEVER = ["hidden", "password", "submit", "button", "reset", "image"];
const kept = new Set(page.names);

// A list of rows is kept as a whole: "rows-*" stands for its boxes "rows-0-text", "rows-0-order" …
const isKept = (name) => kept.has(name) || kept.has(name.replace(/-\d+-\w+$/, "-*"));
const editorOf = (control) => window.cms_editor_plugin?._editors?.[control.id];
const textOf = (control) => editorOf(control)?.getHTML() ?? control.value;

class WatchedForm {
    constructor(form, name) {
        Object.assign(this, { form, name, isSentBack: page.sentBack === name, asShown: new Map(), sending: Promise.resolve() });
    }

    get controls() {
        return [...this.form.elements].filter((one) => one.name && "value" in one && !one.disabled);
    }

    // The text editor writes its text in its own way, so what it made of the stored text is what counts as unchanged.
    watchEditors() {
        for (const control of this.controls) {
            const editor = editorOf(control);
            if (!editor || this.asShown.has(control)) continue;
            this.asShown.set(control, control.dataset.changed ? null : editor.getHTML());
            editor.on("update", () => this.touched());
        }
    }

    isChanged() {
        return !this.isSettled && (this.isSentBack || this.controls.some((one) => this.differs(one)));
    }

    differs(control) {
        if (NEVER.includes(control.type)) return false;
        if (this.asShown.has(control)) return textOf(control) !== this.asShown.get(control);
        if (control.type === "file") return control.files.length > 0;
        if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
        if (!control.options) return control.value !== control.defaultValue;
        const options = [...control.options];
        if (!control.multiple && !options.some((one) => one.defaultSelected)) return control.selectedIndex > 0;
        return options.some((one) => one.selected !== one.defaultSelected);
    }

    fields() {
        const controls = this.controls.filter((one) => isKept(one.name));
        return controls.flatMap((one) => {
            if (one.type === "checkbox" || one.type === "radio") return one.checked ? [[one.name, one.value]] : [];
            if (one.multiple) return [...one.selectedOptions].map((option) => [one.name, option.value]);
            return [[one.name, textOf(one)]];
        });
    }

    // Returns the texts for which the form has no box any more.
    fill(fields) {
        const left = [...fields];
        const take = (name, isIt) => {
            const at = left.findIndex(([key, value]) => key === name && isIt(value));
            return at < 0 ? undefined : left.splice(at, 1)[0][1];
        };
        for (const one of this.controls.filter((control) => isKept(control.name))) {
            if (one.type === "checkbox" || one.type === "radio") {
                one.checked = take(one.name, (value) => value === one.value) !== undefined;
            } else if (one.options) {
                for (const option of one.options) option.selected = take(one.name, (value) => value === option.value) !== undefined;
            } else {
                const text = take(one.name, () => true);
                if (text === undefined) continue;
                if (editorOf(one)) editorOf(one).commands.setContent(text, { emitUpdate: true });
                else one.value = text;
            }
            for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
        }
        return left.filter(([, text]) => text.trim());
    }

    touched() {
        const isChanged = this.isChanged();
        dispatchEvent(new CustomEvent("unsaved-text:changed", { detail: isChanged }));
        clearTimeout(this.timer);
        this.timer = null;
        if (!isChanged) {
            this.since = null;
            if (this.wasSent) this.discard();
            return;
        }
        this.since ??= performance.now();
        this.timer = setTimeout(() => this.keep(), performance.now() - this.since > OFTEN ? 0 : QUIET);
    }

    // For one that will not wait, such as a page that is about to go: what waits for a quiet second is sent at once.
    flush() {
        if (this.timer) this.send({ fields: this.fields() }, { isLast: true });
        clearTimeout(this.timer);
        this.timer = null;
    }

    keep() {
        clearTimeout(this.timer);
        this.timer = this.since = null;
        return this.inTurn(() => this.send({ fields: this.fields() }));
    }

    discard(edition) {
        clearTimeout(this.timer);
        this.timer = null;
        if (!edition) this.wasSent = false;
        return this.inTurn(() => this.send({ fields: null, edition }));
    }

    inTurn(step) {
        this.sending = this.sending.then(step);
        return this.sending;
    }

    async send(what, { isLast = false } = {}) {
        if (!page.ticket) return false;
        if (what.fields) this.wasSent = true;
        const body = JSON.stringify({ ticket: page.ticket, form: this.name, ...what });
        const reply = await fetch(page.address, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "" },
            body,
            redirect: "manual", // to the sign-in
            keepalive: isLast && body.length < KEEPALIVE,
        }).catch(() => null);
        const isDone = reply?.status === 204;
        if (!isDone) dispatchEvent(new CustomEvent("unsaved-text:not-kept", { detail: reply?.status ?? 0 }));
        return isDone;
    }

    // Tells the server, with the form itself, what has nothing to be kept for once it is saved.
    mark() {
        const field = this.form.elements[page.sentField] ?? this.form.appendChild(document.createElement("input"));
        Object.assign(field, { type: "hidden", name: page.sentField, value: `${page.edition} ${this.name}` });
    }
}

const isWatched = (form) => form.getAttribute("method")?.toLowerCase() === "post" && form.getAttribute("id") !== "changelist-form";
const watched = [...document.forms]
    .filter(isWatched)
    .map((form, at) => new WatchedForm(form, form.getAttribute("id") || `form ${at}`))
    .filter((one) => one.controls.some((control) => !NEVER.includes(control.type)));
let sent = null; // the form that is on its way to be saved

const formOf = (target) => (target.tagName === "FORM" ? target : target.form ?? target.closest?.("form"));
const of = (target) => watched.find((one) => one.form === formOf(target));
const changed = () => watched.filter((one) => one !== sent && one.isChanged());

for (const kind of ["input", "change"]) addEventListener(kind, (event) => of(event.target)?.touched());
addEventListener(
    "submit",
    (event) => {
        sent = of(event.target) ?? null;
        sent?.flush();
        sent?.mark();
        setTimeout(() => (sent = null), ANSWER);
    },
    { capture: true }, // the editor's window sends its forms by an event that doesn't bubble
);
addEventListener("submit", (event) => {
    if (event.defaultPrevented) sent = null;
});
addEventListener("beforeunload", (event) => {
    if (changed().length) event.preventDefault();
});
addEventListener("pagehide", () => watched.forEach((one) => one.flush()));
document.addEventListener("visibilitychange", () => document.hidden && watched.forEach((one) => one.flush()));
addEventListener("pageshow", () => (sent = null));

const begin = () => {
    watched.forEach((one) => one.watchEditors());
    for (const offer of page.offers) {
        const form = watched.find((one) => one.name === offer.form);
        if (form) propose(form, offer);
    }
};
if (document.readyState === "complete") begin();
else addEventListener("load", begin);

function propose(form, { edition, when, fields }) {
    const typed = (pairs) => JSON.stringify(pairs.filter(([name]) => !name.endsWith("opened_as")));
    if (typed(fields) === typed(form.fields())) {
        form.discard(edition); // it stands there already, saved or put back by the browser
        if (form.isChanged()) form.keep();
        return;
    }
    const box = document.createElement("section");
    const words = document.createElement("p");
    box.className = "unsaved-text";
    box.setAttribute("aria-label", "Text that was not saved");
    words.setAttribute("role", "status");
    words.tabIndex = -1;
    words.textContent = `You typed here on ${when} and didn’t save.`;
    const finish = (sentence, leftOver = []) => {
        box.replaceChildren(words);
        words.textContent = sentence;
        for (const [, text] of leftOver) box.append(Object.assign(document.createElement("pre"), { textContent: text }));
        words.focus();
    };
    const takeUp = async () => {
        const leftOver = form.fill(fields);
        finish("It is in the form again. Save when you are done.", leftOver);
        if (leftOver.length) box.append(Object.assign(document.createElement("p"), { textContent: "The form has no box for this any more: copy what you need." }));
        if (await form.keep()) form.discard(edition);
    };
    const throwAway = () => {
        form.discard(edition);
        finish("It is thrown away.");
    };
    const buttons = document.createElement("p");
    buttons.className = "unsaved-text-choice";
    for (const [label, act] of [["Take it up again", takeUp], ["Throw it away", throwAway]]) {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label, onclick: act });
        if (act === throwAway) button.classList.add("quiet");
        buttons.append(button);
    }
    box.append(words, buttons);
    form.form.before(box);
}

// For other scripts: is there unsaved text; may it be kept; keep it now (a promise: was it?); throw it away; ask no more,
// of one form or of all, since somebody else has saved it.
window.unsavedText = {
    isChanged: () => changed().length > 0,
    canKeep: () => Boolean(page.ticket) && changed().every((one) => one.controls.every((control) => isKept(control.name) || !one.differs(control))),
    keep: async () => (await Promise.all(changed().map((one) => one.keep()))).every(Boolean),
    discard: () => Promise.all(watched.filter((one) => one.wasSent || one.timer).map((one) => one.discard())),
    settle: (form) => watched.filter((one) => !form || one.form === form).forEach((one) => {
        clearTimeout(one.timer);
        Object.assign(one, { timer: null, isSettled: true });
    }),
};
