// <staff-bar>: reads itself anew when the editor has changed the page below it, opens the form that a link to this page
// names (#cms-plugin-12), and the form of the title where the title is pressed twice.
const READ_ANEW = ["staff-bar", "staff-notes"];
const PATIENCE = 400; // milliseconds: the editor changes a page in several steps
const TRIES = 50; // of a tenth of a second, until the editor's own scripts are ready
const TYPED_INTO = "input, select, textarea, [contenteditable]";

customElements.define(
    "staff-bar",
    class extends HTMLElement {
        connectedCallback() {
            this.watching = new MutationObserver(() => {
                clearTimeout(this.soon);
                this.soon = setTimeout(() => this.refresh(), PATIENCE);
            });
            for (const part of document.querySelectorAll("main")) this.watching.observe(part, { childList: true, subtree: true });
            this.ending = new AbortController();
            document.addEventListener("dblclick", (event) => this.openTitle(event), { signal: this.ending.signal });
            this.openNamed();
        }

        disconnectedCallback() {
            this.watching.disconnect();
            clearTimeout(this.soon);
            this.ending.abort();
        }

        async refresh() {
            const reply = await fetch(location.href).catch(() => null);
            if (!reply?.ok) return;
            const page = new DOMParser().parseFromString(await reply.text(), "text/html");
            const focused = this.contains(document.activeElement) && document.activeElement.getAttribute("href");
            for (const name of READ_ANEW) {
                const [fresh, shown] = [page.querySelector(name), document.querySelector(name)];
                if (fresh && shown && words(fresh) !== words(shown)) shown.replaceChildren(...fresh.childNodes);
            }
            if (focused) this.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
        }

        openTitle(event) {
            const { titleForm } = this.dataset;
            if (titleForm && event.target.closest("main h1") && !event.target.closest(".cms-plugin")) location.assign(titleForm);
        }

        openNamed() {
            const named = /^#cms-plugin-(\d+)$/.exec(location.hash);
            if (!named) return;
            history.replaceState(null, "", location.pathname + location.search); // once: not again after saving
            openBlock(Number(named[1]), TRIES);
        }
    },
);

function words(part) {
    return part.textContent.replace(/\s+/g, " ");
}

function openBlock(number, tries) {
    const block = window.CMS?._instances?.find((one) => Number(one.options?.plugin_id) === number);
    if (!block && tries > 0) setTimeout(() => openBlock(number, tries - 1), 100);
    if (!block) return;
    document.querySelector(`.cms-plugin-${number}:not(template)`)?.scrollIntoView({ block: "center" });
    const { urls, plugin_name: name } = block.options;
    block.editPlugin(`${urls.edit_plugin}?cms_path=${encodeURIComponent(location.pathname)}`, name, []);
}

// The editor's shortcuts are single letters that nobody can turn off: who speaks to the computer sets them off by chance.
function silence(event) {
    if (event.key?.length === 1 && !event.target.closest?.(TYPED_INTO)) event.stopPropagation();
}
addEventListener("keydown", silence, true);
addEventListener("keyup", silence, true);
