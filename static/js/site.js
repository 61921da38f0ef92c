// Pages are whole without this file.

// Marks in "On this page" the section being read.
class OnThisPage extends HTMLElement {
    connectedCallback() {
        this.mark = () => requestAnimationFrame(() => this.pick());
        addEventListener("scroll", this.mark, { passive: true });
        this.pick();
    }

    disconnectedCallback() {
        removeEventListener("scroll", this.mark);
    }

    pick() {
        const line = innerHeight * 0.3;
        const links = [...this.querySelectorAll("a")];
        const current = links.findLast((link) => {
            const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
            return section && section.getBoundingClientRect().top < line;
        });
        for (const link of links) {
            if (link === current) link.setAttribute("aria-current", "true");
            else link.removeAttribute("aria-current");
        }
    }
}
customElements.define("on-this-page", OnThisPage);

// Opens the answer that a link leads into, where the browser doesn't.
function openTarget() {
    const answer = document.querySelector(".qa:not([open]) :target");
    if (!answer) return;
    answer.closest(".qa").open = true;
    answer.scrollIntoView();
}
addEventListener("hashchange", openTarget);
openTarget();

// Opens the questions for printing, where the browser's own style can't.
let opened = [];
addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".qa:not([open])")];
    for (const question of opened) question.open = true;
});
addEventListener("afterprint", () => {
    for (const question of opened) question.open = false;
});
