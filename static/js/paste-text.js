// In a block's form: what is pasted into a rich text from Word, Google Docs or a web page is converted by the site first,
// so that lists stay lists and no words are joined, and what was left out is said in a line below the box.
{
    const ADDRESS = "/staff/pasted/";
    const PICTURE = /data:image\/[^"')\s>]*/g; // never kept, and large

    const say = (box, words) => {
        const row = box.closest(".form-row, .fieldBox, .field-box") ?? box.parentElement;
        let line = row.querySelector(".pasted-note");
        if (!line) {
            line = Object.assign(document.createElement("p"), { className: "pasted-note" });
            line.setAttribute("role", "status");
            row.append(line);
        }
        line.textContent = words;
    };

    const converted = async (html) => {
        const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
        const body = new URLSearchParams({ html, csrfmiddlewaretoken: token });
        const reply = await fetch(ADDRESS, { method: "POST", body });
        const isAnswer = reply.headers.get("Content-Type")?.includes("json");
        if (!isAnswer) throw new Error(String(reply.status));
        return reply.json();
    };

    addEventListener(
        "paste",
        async (event) => {
            const box = event.target.closest?.(".tiptap");
            const html = event.clipboardData?.getData("text/html").replace(PICTURE, "");
            if (!box || !event.isTrusted || !html || html.includes("data-pm-slice")) return; // the editor's own copy
            event.preventDefault();
            event.stopImmediatePropagation();
            say(box, "");
            // Without an answer it goes in as it is: saving converts it as well.
            const answer = await converted(html).catch(() => ({ html, left_out: "" }));
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", answer.html);
            if (answer.html) box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            say(box, answer.left_out);
        },
        { capture: true },
    );
}
