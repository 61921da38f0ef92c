// <given-answer>: when an answer is changed below the outcome, takes away what was said of the answers before.
customElements.define(
    "given-answer",
    class extends HTMLElement {
        connectedCallback() {
            this.addEventListener("change", () => this.withdraw(), { once: true });
        }

        withdraw() {
            const box = document.activeElement;
            const before = box.getBoundingClientRect().top;
            document.querySelector("h1").textContent = document.title = this.dataset.changed;
            for (const part of document.querySelectorAll("[data-given]")) part.remove();
            this.querySelector("[role=status]").textContent = `${this.dataset.changed}. ${this.dataset.next}`;
            scrollBy({ top: box.getBoundingClientRect().top - before, behavior: "instant" });
        }
    },
);
