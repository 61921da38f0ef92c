// <print-button>: a button that prints the page; without this file the browser's own does.
customElements.define(
    "print-button",
    class extends HTMLElement {
        connectedCallback() {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "button";
            button.textContent = "Print";
            button.onclick = () => print();
            this.replaceChildren(button);
        }
    },
);
