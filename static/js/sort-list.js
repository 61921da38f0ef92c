// <sort-list>: drags an entry above or below another of its group and sends the form; its buttons do without this file.
customElements.define(
    "sort-list",
    class extends HTMLElement {
        connectedCallback() {
            for (const handle of this.querySelectorAll(".sort-handle")) {
                handle.hidden = false;
                handle.addEventListener("pointerdown", (event) => this.take(event, handle));
            }
        }

        take(event, handle) {
            event.preventDefault();
            const entry = handle.closest("li");
            const others = [...this.querySelectorAll("li[data-group]")].filter((one) => one !== entry && one.dataset.group === entry.dataset.group);
            const ending = new AbortController();
            const end = (isDropped) => {
                const target = others.find((one) => one.dataset.drop);
                const where = target?.dataset.drop;
                ending.abort();
                for (const one of others) delete one.dataset.drop;
                delete entry.dataset.dragged;
                if (isDropped && target) this.send(entry.dataset.page, target.dataset.page, where);
            };
            handle.setPointerCapture(event.pointerId);
            entry.dataset.dragged = "";
            const { signal } = ending;
            handle.addEventListener("pointermove", (move) => this.mark(others, move.clientY), { signal });
            handle.addEventListener("pointerup", () => end(true), { signal });
            handle.addEventListener("pointercancel", () => end(false), { signal });
            addEventListener("keydown", (key) => key.key === "Escape" && end(false), { signal });
        }

        mark(others, y) {
            let nearest = null;
            for (const one of others) {
                const { top, bottom } = one.getBoundingClientRect();
                const middle = (top + bottom) / 2;
                const distance = Math.abs(y - middle);
                if (!nearest || distance < nearest.distance) nearest = { one, distance, where: y < middle ? "above" : "below" };
                delete one.dataset.drop;
            }
            if (nearest) nearest.one.dataset.drop = nearest.where;
        }

        send(page, beside, where) {
            const form = this.querySelector("form");
            form.elements.page.value = page;
            form.elements.beside.value = beside;
            form.elements.do.value = where;
            form.requestSubmit();
        }
    },
);
