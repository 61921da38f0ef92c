// "Look closer": opens the largest picture in a dialog that scrolls. Without this file the links lead to the picture itself.
class PictureZoom extends HTMLElement {
    connectedCallback() {
        for (const link of this.querySelectorAll("a")) {
            const button = Object.assign(document.createElement("button"), { type: "button", innerHTML: link.innerHTML });
            button.setAttribute("aria-haspopup", "dialog");
            button.addEventListener("click", () => this.open(link, button.textContent));
            link.replaceWith(button);
        }
    }

    open(link, name) {
        const dialog = Object.assign(document.createElement("dialog"), { className: "zoom" });
        dialog.setAttribute("aria-label", name);
        const close = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: "Close" });
        close.addEventListener("click", () => dialog.close());
        const view = document.createElement("div");
        view.tabIndex = 0;
        view.setAttribute("role", "group");
        view.setAttribute("aria-label", "The picture. Scroll to see all of it.");
        view.append(this.picture(link.dataset.side));
        dialog.append(close, view);
        dialog.addEventListener("close", () => dialog.remove());
        document.body.append(dialog);
        dialog.showModal();
        view.scrollTo((view.scrollWidth - view.clientWidth) / 2, (view.scrollHeight - view.clientHeight) / 2);
    }

    // A copy that asks for the largest width; `sizes` in pixels of the picture itself.
    picture(side) {
        const picture = this.parentElement.querySelector(`[data-side="${side}"] picture`).cloneNode(true);
        const image = picture.querySelector("img");
        for (const one of picture.children) one.sizes = `${image.getAttribute("width")}px`;
        image.loading = "eager";
        return picture;
    }
}
customElements.define("picture-zoom", PictureZoom);
