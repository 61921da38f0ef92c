// <undo-notice>: after the editor has changed the page, asks what can be undone now and shows it.
const PATIENCE = 250; // milliseconds: the editor changes a page in several steps

customElements.define(
    "undo-notice",
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
            const query = new URLSearchParams({ next: location.pathname });
            const reply = await fetch(`${this.dataset.url}?${query}`).catch(() => null);
            if (!reply?.ok) return;
            const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("undo-notice");
            if (!fresh || this.shows === this.keysOf(fresh)) return;
            this.replaceChildren(...fresh.childNodes);
        }

        get shows() {
            return this.keysOf(this);
        }

        keysOf(notice) {
            return [...notice.querySelectorAll("button[name=undo]")].map((button) => button.value).join();
        }
    },
);
