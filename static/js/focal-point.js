// <focal-point data-x data-y data-choice data-file data-source>: shows a picture that is pressed where it matters, and
// writes the place, in hundredths, into the two number fields of those names. The picture is the file chosen in
// `data-file`, else the thumbnail chosen in the radio buttons `data-choice`, else the address `data-source`.
// Without this file the two numbers are typed.
customElements.define(
    "focal-point",
    class extends HTMLElement {
        connectedCallback() {
            if (this.stage) return;
            this.form = this.closest("form");
            this.fields = [this.dataset.x, this.dataset.y].map((name) => this.form.elements[name]);
            this.stage = document.createElement("button");
            this.stage.type = "button";
            this.canvas = document.createElement("canvas");
            this.mark = document.createElement("span");
            this.stage.append(this.canvas, this.mark);
            this.words = document.createElement("p");
            this.words.className = "help";
            this.words.id = `${this.dataset.x}-focal-help`;
            this.words.textContent = "Press on what matters in the picture, or use the arrow keys.";
            this.stage.setAttribute("aria-describedby", this.words.id);
            this.append(this.words, this.stage);
            this.stage.addEventListener("click", (event) => this.press(event));
            this.stage.addEventListener("keydown", (event) => this.step(event));
            this.form.addEventListener("change", (event) => this.follow(event.target));
            for (const field of this.fields) field.addEventListener("input", () => this.place());
            this.show();
        }

        follow(field) {
            if (field.name !== this.dataset.choice && field.name !== this.dataset.file) return;
            // A file that was chosen goes before a thumbnail, here as on the server.
            this.show();
        }

        async show() {
            const turn = (this.turn = (this.turn ?? 0) + 1);
            this.hidden = true;
            const picture = await this.picture().catch(() => null);
            if (!picture || turn !== this.turn) return;
            const scale = Math.min(1, 640 / Math.max(picture.width, picture.height));
            this.canvas.width = Math.round(picture.width * scale);
            this.canvas.height = Math.round(picture.height * scale);
            this.canvas.getContext("2d").drawImage(picture, 0, 0, this.canvas.width, this.canvas.height);
            this.hidden = false;
            this.place();
        }

        async picture() {
            const file = this.form.elements[this.dataset.file]?.files?.[0];
            if (file) return createImageBitmap(file);
            const radio = this.dataset.choice && this.form.querySelector(`[name="${this.dataset.choice}"]:checked`);
            const address = radio ? radio.value.startsWith("photo-") && radio.closest("label").querySelector("img")?.src : this.dataset.source;
            if (!address) return null;
            const image = new Image();
            image.src = address;
            await image.decode();
            return image;
        }

        press(event) {
            if (!event.detail) return; // Enter or the space bar, which names no place
            const box = this.canvas.getBoundingClientRect();
            this.set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
        }

        step(event) {
            const way = { ArrowLeft: [-0.05, 0], ArrowRight: [0.05, 0], ArrowUp: [0, -0.05], ArrowDown: [0, 0.05] }[event.key];
            if (!way) return;
            event.preventDefault();
            const [x, y] = this.read();
            this.set(x / 100 + way[0], y / 100 + way[1]);
        }

        read() {
            return this.fields.map((field) => Math.min(100, Math.max(0, Number(field.value) || 0)));
        }

        set(...place) {
            this.fields.forEach((field, at) => {
                field.value = Math.round(Math.min(1, Math.max(0, place[at])) * 100);
                field.dispatchEvent(new Event("input", { bubbles: true }));
            });
        }

        place() {
            const [x, y] = this.read();
            this.mark.style.insetInlineStart = "auto";
            this.mark.style.left = `${x}%`;
            this.mark.style.top = `${y}%`;
            this.stage.setAttribute("aria-label", `What matters: ${x} % from the left, ${y} % from the top`);
        }
    },
);
