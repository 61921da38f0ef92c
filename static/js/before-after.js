// Two pictures side by side, as they are without this; a reader may lay one over the other, with a slider between them.
const VIEWS = [["Before", 100], ["Half and half", 50], ["After", 0], ["Side by side", null]];

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
        this.stage.after(this.bar());
        this.dataset.mode = "pair"; // both whole first: a slider in the middle can hide what changed, or what did not
        this.show();
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
