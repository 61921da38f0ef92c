// <session-planner>: asks the server again when a box changes, and puts its answer in place; the form works without it.
// What stands on the page is the server's answer to what the boxes hold, or it is taken away.
customElements.define(
    "session-planner",
    class extends HTMLElement {
        connectedCallback() {
            this.form = this.querySelector("form");
            this.answer = this.querySelector("[data-swap=answer]");
            this.form.addEventListener("change", () => {
                if (this.hasAttribute("data-asked") || this.form.checkValidity()) this.update();
            });
        }

        disconnectedCallback() {
            this.asking?.abort();
        }

        async update() {
            this.asking?.abort();
            const asking = (this.asking = new AbortController());
            const address = new URL(this.form.action);
            address.search = new URLSearchParams(new FormData(this.form));
            for (const part of this.parts()) part.inert = true; // until the reply is there: no download of the plan before
            let fresh = null;
            try {
                const reply = await fetch(address, { signal: asking.signal });
                const page = new DOMParser().parseFromString(await reply.text(), "text/html");
                if (reply.ok) fresh = page.querySelector("session-planner");
            } catch {
                // No reply is an answer to nothing, as is a page of another kind.
            }
            if (asking !== this.asking || asking.signal.aborted) return;
            this.keepInView(() => this.show(fresh));
            history.replaceState(history.state, "", address);
        }

        // Of what is below the form, all but the status, whose element stays so that its new words are read out.
        parts() {
            return [...this.answer.children].filter((part) => !part.matches("[role=status]"));
        }

        // The box that the reader is at stays where it is, though what stands above it comes and goes.
        keepInView(change) {
            const box = this.form.contains(document.activeElement) ? document.activeElement : this.form;
            const before = box.getBoundingClientRect().top;
            change();
            if (box.isConnected) scrollBy({ top: box.getBoundingClientRect().top - before, behavior: "instant" });
        }

        show(fresh) {
            this.toggleAttribute("data-planned", Boolean(fresh?.hasAttribute("data-planned")));
            this.toggleAttribute("data-asked", true);
            this.mark(fresh?.querySelector("form"));
            const status = this.answer.querySelector("[role=status]");
            const next = fresh?.querySelector("[data-swap=answer]");
            if (!next) {
                for (const part of this.parts()) part.remove();
                status.textContent = this.dataset.failed;
                return;
            }
            const said = next.querySelector("[role=status]");
            const parts = [...next.children];
            const at = parts.indexOf(said);
            this.answer.replaceChildren(...parts.slice(0, at), status, ...parts.slice(at + 1));
            status.replaceChildren(...said.childNodes);
        }

        // What the server says about the boxes; the boxes themselves stay, with what is typed and the focus.
        mark(fresh) {
            this.form.querySelector(".problems")?.remove();
            const problems = fresh?.querySelector(".problems");
            problems?.removeAttribute("autofocus"); // it would take the focus out of the box
            if (problems) this.form.prepend(problems);
            const fields = fresh?.querySelectorAll(".field") ?? [];
            this.form.querySelectorAll(".field").forEach((field, number) => {
                for (const old of own(field, ".problem, .understood")) old.remove();
                field.firstElementChild.after(...own(fields[number], ".problem"));
                field.append(...own(fields[number], ".understood"));
                const boxes = own(fields[number], "input, select");
                [field, ...own(field, "input, select")].forEach((box, at) => {
                    const said = [fields[number], ...boxes][at];
                    for (const name of ["aria-invalid", "aria-describedby"]) {
                        if (said?.hasAttribute(name)) box.setAttribute(name, said.getAttribute(name));
                        else box.removeAttribute(name);
                    }
                });
            });
        }
    },
);

function own(field, selector) {
    return [...(field?.children ?? [])].filter((part) => part.matches(selector));
}
