// Two pictures side by side, as they are without this; a reader may lay one over the other, with a slider between them.
const VIEWS = [["Before", 100], ["Half and half", 50], ["After", 0], ["Side by side", null]];
const SLIP = 8; // pixels that a finger moves without meaning to

class BeforeAfter extends HTMLElement {
    connectedCallback() {
        if (this.range) return;
        this.stage = this.querySelector(".stage");
        this.range = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 100, step: 1, value: 50 });
        this.range.setAttribute("aria-label", `How much of the picture before: ${this.dataset.name}`);
        this.range.addEventListener("input", () => this.show());
        const knob = Object.assign(document.createElement("span"), { className: "knob" });
        knob.setAttribute("aria-hidden", "true");
        this.stage.append(this.range, knob);
        this.listen();
        this.stage.after(this.bar());
        this.dataset.mode = "pair"; // both whole first: a slider in the middle can hide what changed, or what did not
        this.show();
    }

    // The range itself takes keys and screen readers only: it would jump to a finger that wants to scroll the page.
    // A mouse moves the slider at once, a finger when it is lifted where it was put down or goes sideways.
    listen() {
        let start = null;
        const move = (event) => {
            const { left, width } = this.stage.getBoundingClientRect();
            this.range.value = (100 * (event.clientX - left)) / width;
            this.show();
        };
        this.stage.addEventListener("pointerdown", (event) => {
            if (this.dataset.mode !== "slide" || !event.isPrimary || event.button) return;
            start = { x: event.clientX, y: event.clientY, moves: event.pointerType === "mouse" };
            this.range.focus({ preventScroll: true });
            if (!start.moves) return;
            event.preventDefault(); // a mouse would take the focus away again, and select words
            this.stage.setPointerCapture(event.pointerId);
            move(event);
        });
        this.stage.addEventListener("pointermove", (event) => {
            if (!start || !event.isPrimary) return;
            const [sideways, down] = [Math.abs(event.clientX - start.x), Math.abs(event.clientY - start.y)];
            if (!start.moves && Math.max(sideways, down) < SLIP) return;
            if (!start.moves && down > sideways) start = null;
            else {
                start.moves = true;
                move(event);
            }
        });
        this.stage.addEventListener("pointerup", (event) => {
            if (start && event.isPrimary) move(event);
            start = null;
        });
        this.stage.addEventListener("pointercancel", () => (start = null)); // the browser scrolls or zooms with it
    }

    bar() {
        const bar = Object.assign(document.createElement("div"), { className: "bar" });
        bar.setAttribute("role", "group");
        bar.setAttribute("aria-label", `View: ${this.dataset.name}`);
        this.buttons = VIEWS.map(([text, at]) => {
            const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
            button.addEventListener("click", () => {
                this.dataset.mode = at === null ? "pair" : "slide";
                if (at !== null) this.range.value = at;
                this.show();
            });
            return button;
        });
        bar.append(...this.buttons);
        return bar;
    }

    show() {
        const before = Number(this.range.value);
        const slides = this.dataset.mode === "slide";
        this.stage.style.setProperty("--pos", `${before}%`);
        this.range.setAttribute("aria-valuetext", `${before}% before, ${100 - before}% after`);
        VIEWS.forEach(([, at], i) => this.buttons[i].setAttribute("aria-pressed", slides ? at === before : at === null));
    }
}
customElements.define("before-after", BeforeAfter);
