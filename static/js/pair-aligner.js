// <pair-aligner>: crops, straightens and aligns the two photographs of its pair by hand, in one frame of one shape,
// each with the other laid over it on request. What it does goes into the number fields of the form, which saves it;
// without this file those are the way.
const LEAST = 0.2; // of a side that has to stay: MAX_CUT in content/images/models.py
const MAX_TILT = 15; // degrees
const SHAPES = [
    ["As the one before", 0],
    ["Square", 1],
    ["Upright, 4 to 5", 4 / 5],
    ["Upright, 3 to 4", 3 / 4],
    ["Wide, 4 to 3", 4 / 3],
];
const MOVES = [
    ["←", "to the left", -1, 0],
    ["↑", "up", 0, -1],
    ["↓", "down", 0, 1],
    ["→", "to the right", 1, 0],
];
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.005; // of the frame's side, for one press of an arrow
const clamp = (value, least, most) => Math.min(Math.max(value, Math.min(least, most)), most);
const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
};

// One photograph and the part of it that is shown: left, top and width are fractions of the whole picture.
class Side {
    constructor(fieldset, onChange) {
        this.name = fieldset.querySelector("legend").textContent.trim().toLowerCase();
        this.small = fieldset.querySelector("img");
        this.size = [Number(this.small.dataset.width), Number(this.small.dataset.height)];
        const field = (name) => fieldset.querySelector(`[name$=-${name}]`);
        this.fields = Object.fromEntries(["cut_left", "cut_top", "cut_right", "cut_bottom", "tilt"].map((name) => [name, field(name)]));
        this.onChange = onChange;
        this.fingers = new Map();
        this.read();
    }

    read() {
        const { cut_left, cut_top, cut_right, cut_bottom, tilt } = this.fields;
        const part = (input) => Number(input.value) / 100;
        this.left = part(cut_left);
        this.top = part(cut_top);
        this.width = 1 - this.left - part(cut_right);
        this.tilt = Number(tilt.value);
        const [width, height] = this.size;
        this.shape = (this.width * width) / ((1 - this.top - part(cut_bottom)) * height);
    }

    get height() {
        return (this.width * this.size[0]) / (this.shape * this.size[1]);
    }

    get widest() {
        return Math.min(1, (this.shape * this.size[1]) / this.size[0]);
    }

    get narrowest() {
        return Math.max(LEAST, (LEAST * this.shape * this.size[1]) / this.size[0]);
    }

    // How much a tilted picture is enlarged so that it fills its outline: `tilt_scale` in content/images/specs.py.
    get enlarged() {
        const angle = (Math.abs(this.tilt) * Math.PI) / 180;
        const [width, height] = this.size;
        return Math.cos(angle) + Math.max(width / height, height / width) * Math.sin(angle);
    }

    get centre() {
        return [this.left + this.width / 2, this.top + this.height / 2];
    }

    place([x, y], width) {
        this.width = clamp(width, this.narrowest, this.widest);
        this.left = clamp(x - this.width / 2, 0, 1 - this.width);
        this.top = clamp(y - this.height / 2, 0, 1 - this.height);
    }

    reshape(shape) {
        const centre = this.centre;
        this.shape = shape;
        this.place(centre, this.width);
    }

    // Move the picture by fractions of the frame.
    move(across, down) {
        const [x, y] = this.centre;
        this.place([x - across * this.width, y - down * this.height], this.width);
    }

    enlarge(times) {
        this.place(this.centre, this.width / times);
    }

    // Tilt around the middle of the frame, where the same spot stays at the same size.
    tiltTo(tilt) {
        const [width, height] = this.size;
        const [x, y] = this.centre;
        const spot = this.turned([(x - 0.5) * width, (y - 0.5) * height], -this.tilt, 1 / this.enlarged);
        const before = this.enlarged;
        this.tilt = clamp(tilt, -MAX_TILT, MAX_TILT);
        const [across, down] = this.turned(spot, this.tilt, this.enlarged);
        this.place([0.5 + across / width, 0.5 + down / height], (this.width * this.enlarged) / before);
    }

    turned([x, y], degrees, times) {
        const angle = (degrees * Math.PI) / 180;
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
        return [times * (cosine * x - sine * y), times * (sine * x + cosine * y)];
    }

    write() {
        const percent = (value) => String(Math.round(clamp(value, 0, 1) * 1000) / 10);
        this.fields.cut_left.value = percent(this.left);
        this.fields.cut_top.value = percent(this.top);
        this.fields.cut_right.value = percent(1 - this.left - this.width);
        this.fields.cut_bottom.value = percent(1 - this.top - this.height);
        this.fields.tilt.value = String(Math.round(this.tilt * 10) / 10);
        this.fields.tilt.dispatchEvent(new Event("input", { bubbles: true }));
    }

    // Lay a whole picture under the frame, so that the frame shows its part.
    paint(image) {
        const style = image.style;
        style.inlineSize = `${100 / this.width}%`;
        style.insetInlineStart = "auto";
        style.left = `${(-100 * this.left) / this.width}%`;
        style.top = `${(-100 * this.top) / this.height}%`;
        style.transform = `rotate(${this.tilt}deg) scale(${this.enlarged})`;
    }

    build(partner) {
        this.whole = element("img", { src: this.small.dataset.whole, alt: "", draggable: false });
        this.ghost = element("canvas", { className: "align-ghost", hidden: true });
        this.frame = element("div", { className: "align-frame", tabIndex: 0 }, this.whole, this.ghost);
        this.frame.setAttribute("role", "group");
        this.frame.setAttribute("aria-label", `Photograph ${this.name}: drag it, or use the arrow keys, plus and minus`);
        this.zoom = this.slider("Larger", 100, 500, 1, (value) => this.place(this.centre, this.widest / (value / 100)));
        this.angle = this.slider("Straighten", -MAX_TILT, MAX_TILT, 0.1, (value) => this.tiltTo(value));
        const lay = element("input", { type: "checkbox" });
        lay.onchange = () => (this.ghost.hidden = !lay.checked);
        const moves = MOVES.map(([sign, words, across, down]) => {
            const button = element("button", { type: "button", className: "button quiet", textContent: sign, ariaLabel: `Move the photograph ${this.name} ${words}` });
            button.onclick = () => this.change(() => this.move(across * STEP, down * STEP));
            return button;
        });
        this.panel = element("div", { className: "align-side" }, this.frame, this.zoom.label, this.angle.label);
        this.panel.append(element("p", { className: "align-moves" }, ...moves));
        this.panel.append(element("label", { className: "align-lay" }, lay, ` Lay the one ${partner.name} over it`));
        this.small.after(this.panel);
        this.listen();
    }

    // Draw the whole picture over the partner's frame: asked for twice, it would be on record as seen twice.
    async lend(partner) {
        await this.whole.decode();
        partner.ghost.width = this.whole.naturalWidth;
        partner.ghost.height = this.whole.naturalHeight;
        partner.ghost.getContext("2d").drawImage(this.whole, 0, 0);
    }

    slider(words, least, most, step, act) {
        const input = element("input", { type: "range", min: least, max: most, step });
        input.oninput = () => this.change(() => act(Number(input.value)));
        return { input, label: element("label", { className: "align-slider" }, `${words} `, element("span", { className: "visually-hidden", textContent: `the photograph ${this.name}` }), input) };
    }

    change(act) {
        act();
        this.write();
        this.onChange();
    }

    listen() {
        this.frame.onkeydown = (event) => {
            const step = event.shiftKey ? 10 * STEP : STEP;
            const times = { "+": 1.02, "=": 1.02, "-": 1 / 1.02 }[event.key];
            const move = KEYS[event.key];
            if ((!move && !times) || event.ctrlKey || event.metaKey || event.altKey) return;
            event.preventDefault();
            this.change(() => (move ? this.move(move[0] * step, move[1] * step) : this.enlarge(times)));
        };
        this.frame.onpointerdown = (event) => {
            this.frame.setPointerCapture(event.pointerId);
            this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
        };
        this.frame.onpointerup = this.frame.onpointercancel = (event) => this.fingers.delete(event.pointerId);
        this.frame.onpointermove = (event) => this.drag(event);
    }

    drag(event) {
        if (!this.fingers.has(event.pointerId)) return;
        const before = [...this.fingers.values()];
        this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
        const after = [...this.fingers.values()];
        const { width, height } = this.frame.getBoundingClientRect();
        const middle = (all) => [0, 1].map((at) => all.reduce((sum, one) => sum + one[at], 0) / all.length);
        const [from, to] = [middle(before), middle(after)];
        this.change(() => {
            this.move((to[0] - from[0]) / width, (to[1] - from[1]) / height);
            if (after.length < 2) return;
            const [was, is] = [before, after].map(([one, other]) => [other[0] - one[0], other[1] - one[1]]);
            this.enlarge(Math.hypot(...is) / Math.max(Math.hypot(...was), 1));
            const turned = ((Math.atan2(is[1], is[0]) - Math.atan2(was[1], was[0])) * 180) / Math.PI;
            this.tiltTo(this.tilt + ((turned + 540) % 360) - 180);
        });
    }

    show(partner) {
        this.frame.style.aspectRatio = String(this.shape);
        this.paint(this.whole);
        partner.paint(this.ghost);
        this.zoom.input.max = Math.floor((100 * this.widest) / this.narrowest);
        this.zoom.input.value = String((100 * this.widest) / this.width);
        this.zoom.input.setAttribute("aria-valuetext", `${Math.round((100 * this.widest) / this.width)} %`);
        this.angle.input.value = String(this.tilt);
        this.angle.input.setAttribute("aria-valuetext", `${Math.round(this.tilt * 10) / 10} degrees`);
    }
}

customElements.define(
    "pair-aligner",
    class extends HTMLElement {
        connectedCallback() {
            this.start = element("button", { type: "button", className: "button", textContent: "Crop and align by hand" });
            this.start.onclick = () => this.open();
            this.prepend(element("p", {}, this.start));
        }

        open() {
            this.sides = [...this.querySelectorAll("fieldset")].map((one) => new Side(one, () => this.show()));
            const [before, after] = this.sides;
            this.was = this.sides.map(({ fields }) => Object.values(fields).map((field) => field.value));
            before.build(after);
            after.build(before);
            before.lend(after);
            after.lend(before);
            this.dataset.open = "";
            this.firstShape = before.shape;
            this.start.parentElement.replaceChildren(this.shapes(), this.back());
            if (Math.abs(after.shape / before.shape - 1) > 0.015) this.reshape(before.shape);
            this.show();
            after.frame.focus({ preventScroll: true });
        }

        shapes() {
            const select = element("select", {}, ...SHAPES.map(([words, value]) => element("option", { value, textContent: words })));
            select.onchange = () => this.reshape(Number(select.value) || this.firstShape);
            return element("label", {}, "Shape of both ", select);
        }

        back() {
            const button = element("button", { type: "button", className: "button quiet", textContent: "Put both back as they were" });
            button.onclick = () => {
                this.sides.forEach((side, at) => {
                    Object.values(side.fields).forEach((field, number) => (field.value = this.was[at][number]));
                    side.read();
                    side.write();
                });
                this.querySelector("select").value = "0";
                this.show();
            };
            return button;
        }

        reshape(shape) {
            for (const side of this.sides) {
                side.reshape(shape);
                side.write();
            }
            this.show();
        }

        show() {
            const [before, after] = this.sides;
            before.show(after);
            after.show(before);
        }
    },
);
