// A form is sent once: while its first press is on its way, a second does nothing. A press that got no answer may be repeated.
const PATIENCE = 15_000; // milliseconds
let sent = new WeakMap();

addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
    const now = performance.now();
    if (now - (sent.get(form) ?? -PATIENCE) < PATIENCE) event.preventDefault();
    else sent.set(form, now);
});
addEventListener("pageshow", () => (sent = new WeakMap()));
