// A form that its person pressed a moment ago, before signing in again, is sent on by itself.
document.querySelector("form[data-sends-itself]")?.requestSubmit();
