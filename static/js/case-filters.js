// Filters the cases at once: fetches the same address with what is ticked, and puts the server's answer in place.
class CaseFilters extends HTMLElement {
    connectedCallback() {
        this.form = this.querySelector("form");
        this.form.addEventListener("change", () => this.update());
        this.form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.update().then(() => this.lead());
        });
        this.addEventListener("click", (event) => {
            const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
            if (!plain || !event.target.closest("[data-clear]")) return;
            event.preventDefault();
            for (const box of this.form.querySelectorAll(":checked")) box.checked = false;
            this.update();
        });
    }

    disconnectedCallback() {
        this.asking?.abort();
    }

    async update() {
        this.asking?.abort();
        const asking = (this.asking = new AbortController());
        const address = new URL(this.form.action);
        address.hash = "";
        address.search = new URLSearchParams(new FormData(this.form));
        const had = document.activeElement;
        this.querySelector("[data-swap=results]").inert = true; // they answer the filters before
        try {
            const reply = await fetch(address, { signal: asking.signal });
            if (!reply.ok) throw new Error(`${reply.status}`);
            const page = new DOMParser().parseFromString(await reply.text(), "text/html");
            const fresh = page.querySelector("case-filters");
            if (asking !== this.asking) return;
            this.swap(fresh, had);
            history.replaceState(history.state, "", address);
        } catch {
            if (!asking.signal.aborted) this.form.submit();
        }
    }

    // Boxes stay, so that the one just pressed keeps its focus; the status stays, so that its new words are read out.
    swap(fresh, had) {
        for (const old of this.querySelectorAll("[data-swap]")) {
            const part = fresh.querySelector(`[data-swap="${CSS.escape(old.dataset.swap)}"]`);
            if (part) old.replaceWith(document.adoptNode(part));
            else (old.closest("label") ?? old).remove(); // the server says nothing of it
        }
        const status = this.querySelector("[role=status]");
        status.textContent = fresh.querySelector("[role=status]").textContent;
        if (!had.isConnected) status.focus();
    }

    // Past the filters to the cases, where the reader asked to see them.
    lead() {
        const status = this.querySelector("[role=status]");
        status.scrollIntoView();
        status.focus({ preventScroll: true });
    }
}
customElements.define("case-filters", CaseFilters);
