// <session-notice>: says ten minutes before a session ends that it does, above all that is open on the page. The page in a
// window of the editor leaves it to the page around it. The time is asked for anew before anything is said: other tabs
// prolong the session too.
const SAID = 4_000; // milliseconds that "You stay signed in" is shown
const LONGEST_WAIT = 2 ** 31 - 1; // milliseconds that a timer can wait

customElements.define(
    "session-notice",
    class extends HTMLElement {
        connectedCallback() {
            this.form = this.querySelector("form");
            this.quiet = this.querySelector("[data-quiet]");
            if (window !== window.top) {
                this.hidden = true;
                return;
            }
            this.notice = Number(this.dataset.notice);
            this.form.addEventListener("submit", (event) => this.stay(event));
            this.quiet.addEventListener("click", () => (this.hidden = true));
            this.onVisible = () => document.visibilityState === "visible" && !this.hasEnded && this.look();
            document.addEventListener("visibilitychange", this.onVisible); // timers stand still while a computer sleeps
            this.quiet.hidden = false;
            this.plan(Number(this.dataset.seconds));
        }

        disconnectedCallback() {
            clearTimeout(this.soon);
            document.removeEventListener("visibilitychange", this.onVisible);
        }

        plan(seconds) {
            clearTimeout(this.soon);
            const wait = seconds > this.notice ? seconds - this.notice : seconds;
            this.soon = setTimeout(() => this.look(), Math.min(wait * 1000 + 500, LONGEST_WAIT));
        }

        async look() {
            this.show(await this.ask(this.dataset.left));
        }

        async stay(event) {
            event.preventDefault();
            const left = await this.ask(this.form.action, { method: "POST", body: new FormData(this.form) });
            if (left?.seconds > this.notice) {
                this.say("stays");
                setTimeout(() => (this.hidden = true), SAID);
                this.plan(left.seconds);
            } else await this.look();
        }

        // What the site says of the session: null once it has ended, undefined without an answer.
        async ask(address, how = {}) {
            const reply = await fetch(address, { redirect: "manual", ...how }).catch(() => undefined);
            if (reply?.type === "opaqueredirect") return null;
            return reply?.ok ? reply.json() : undefined;
        }

        show(left) {
            if (left === undefined) this.plan(60);
            else if (left === null || left.seconds === 0) {
                this.hasEnded = true;
                this.say("ended");
            } else {
                for (const time of this.querySelectorAll("time")) time.textContent = left.at;
                if (left.seconds > this.notice + 1) this.hidden = true;
                else this.say(left.may_stay ? "soon" : "limit");
                this.plan(left.seconds);
            }
        }

        say(what) {
            if (this.said === what && what === "ended") return;
            this.said = what;
            this.hidden = false;
            for (const words of this.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== what;
            this.form.hidden = what !== "soon";
        }
    },
);
