// <session-planner>: asks the server again when a box changes, and puts its answer in place; the form works without it.
customElements.define(
    "session-planner",
    class extends HTMLElement {
        connectedCallback() {
            this.form = this.querySelector("form");
            this.form.addEventListener("change", () => this.form.checkValidity() && this.update());
        }

        disconnectedCallback() {
            this.asking?.abort();
        }

        async update() {
            this.asking?.abort();
            const asking = (this.asking = new AbortController());
            const address = new URL(this.form.action);
            address.search = new URLSearchParams(new FormData(this.form));
            try {
                const reply = await fetch(address, { signal: asking.signal });
                const page = new DOMParser().parseFromString(await reply.text(), "text/html");
                const fresh = page.querySelector("session-planner");
                if (asking !== this.asking || !fresh?.hasAttribute("data-planned")) return;
                this.show(fresh);
                history.replaceState(history.state, "", address);
            } catch {
                // The button still asks the server.
            }
        }

        // Only what is below the form changes; the status is read out because its element stays.
        show(fresh) {
            for (const problem of this.querySelectorAll(".problems, .problem")) problem.remove();
            for (const box of this.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid");
            const [old, next] = [this, fresh].map((one) => one.querySelector("[data-swap=answer]"));
            const status = old.querySelector("[role=status]");
            const said = next.querySelector("[role=status]");
            if (!status) return old.replaceChildren(...next.childNodes);
            const parts = [...next.children];
            const at = parts.indexOf(said);
            old.replaceChildren(...parts.slice(0, at), status, ...parts.slice(at + 1));
            status.replaceChildren(...said.childNodes);
        }
    },
);
