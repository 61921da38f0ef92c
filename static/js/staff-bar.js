// <staff-bar>: reads what stands above a page anew when the editor has changed the page below it.
const ABOVE = ["staff-bar", "checks-panel"];
const PATIENCE = 400; // milliseconds: the editor changes a page in several steps

customElements.define(
    "staff-bar",
    class extends HTMLElement {
        connectedCallback() {
            this.watching = new MutationObserver(() => {
                clearTimeout(this.soon);
                this.soon = setTimeout(() => this.refresh(), PATIENCE);
            });
            for (const part of document.querySelectorAll("main, .cms-structure"))
                this.watching.observe(part, { childList: true, subtree: true });
        }

        disconnectedCallback() {
            this.watching.disconnect();
            clearTimeout(this.soon);
        }

        async refresh() {
            const reply = await fetch(location.href).catch(() => null);
            if (!reply?.ok) return;
            const page = new DOMParser().parseFromString(await reply.text(), "text/html");
            for (const name of ABOVE) {
                const fresh = page.querySelector(name);
                if (fresh) document.querySelector(name)?.replaceChildren(...fresh.childNodes);
            }
        }
    },
);
