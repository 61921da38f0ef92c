// <checks-panel>: come here by a finding's link (#cms-plugin-12), the editor shows that block and opens its form.
const TRIES = 50; // of a tenth of a second, until the editor's own scripts know the block

customElements.define(
    "checks-panel",
    class extends HTMLElement {
        connectedCallback() {
            const asked = /^#cms-plugin-(\d+)$/.exec(location.hash);
            if (asked) {
                history.replaceState(null, "", location.pathname + location.search); // once: not again after saving
                this.open(Number(asked[1]), TRIES);
            }
        }

        open(number, tries) {
            const block = document.querySelector(`.cms-plugin-${number}:not(template)`);
            block?.scrollIntoView({ block: "center" });
            const known = window.CMS?._instances?.find((one) => Number(one.options?.plugin_id) === number);
            if (known && block) {
                const { urls, plugin_name: name } = known.options;
                known.editPlugin(`${urls.edit_plugin}?cms_path=${encodeURIComponent(location.pathname)}`, name, []);
            } else if (tries > 0) {
                setTimeout(() => this.open(number, tries - 1), 100);
            }
        }
    },
);
