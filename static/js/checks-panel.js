// <checks-panel>: come here by a finding's link (#cms-plugin-12, #page-settings), and the editor opens that form.
const TRIES = 50; // of a tenth of a second, until the editor's own scripts are ready

customElements.define(
    "checks-panel",
    class extends HTMLElement {
        connectedCallback() {
            const asked = /^#(?:cms-plugin-(\d+)|page-settings)$/.exec(location.hash);
            if (asked) {
                history.replaceState(null, "", location.pathname + location.search); // once: not again after saving
                this.open(asked[1] ? () => openBlock(Number(asked[1])) : openSettings, TRIES);
            }
        }

        open(form, tries) {
            if (!form() && tries > 0) setTimeout(() => this.open(form, tries - 1), 100);
        }
    },
);

function openBlock(number) {
    document.querySelector(`.cms-plugin-${number}:not(template)`)?.scrollIntoView({ block: "center" });
    const known = window.CMS?._instances?.find((one) => Number(one.options?.plugin_id) === number);
    known?.editPlugin(
        `${known.options.urls.edit_plugin}?cms_path=${encodeURIComponent(location.pathname)}`,
        known.options.plugin_name,
        [],
    );
    return known;
}

function openSettings() {
    const link = document.querySelector('.cms-toolbar a[data-rel="modal"][href*="/cms/pagecontent/"][href*="/change/"]');
    if (window.CMS?.API?.Toolbar) link?.click();
    return window.CMS?.API?.Toolbar && link;
}
