// <photo-drop>: uploads the photographs of its form one after another, each with its own progress and answer; those
// that are chosen or dropped meanwhile join the queue.
// Without this file the form sends all of them at once.
customElements.define(
    "photo-drop",
    class extends HTMLElement {
        connectedCallback() {
            this.form = this.querySelector("form");
            this.input = this.form.querySelector("input[type=file]");
            this.form.querySelector("button").hidden = true;
            this.list = document.createElement("ul");
            this.list.className = "photo-drop-list";
            this.status = document.createElement("p");
            this.status.setAttribute("role", "status");
            this.append(this.list, this.status);
            this.queue = [];
            this.chosen = this.kept = 0;
            this.input.onchange = () => this.start([...this.input.files]);
            this.ondragover = (event) => {
                event.preventDefault();
                this.dataset.over = "";
            };
            this.ondragleave = () => delete this.dataset.over;
            this.ondrop = (event) => {
                event.preventDefault();
                delete this.dataset.over;
                this.start([...event.dataTransfer.files]);
            };
        }

        async start(files) {
            this.queue.push(...files.map((file) => [file, this.row(file)]));
            this.chosen += files.length;
            this.input.value = "";
            if (!files.length || this.isBusy) return;
            this.isBusy = true;
            for (let at = 1; this.queue.length; at += 1) {
                this.status.textContent = `Photograph ${at} of ${this.chosen} …`;
                if (await this.send(...this.queue.shift())) this.kept += 1;
            }
            this.isBusy = false;
            this.finish();
        }

        finish() {
            const [kept, chosen] = [this.kept, this.chosen];
            this.chosen = this.kept = 0;
            this.status.textContent = `${kept} of ${chosen} kept.`;
            if (!kept) return;
            if (kept === chosen) {
                location.reload();
                return;
            }
            const go = document.createElement("button");
            go.type = "button";
            go.className = "button";
            go.textContent = "Show those that were kept";
            go.onclick = () => location.reload();
            this.status.append(" ", go);
            go.focus();
        }

        row(file) {
            const item = document.createElement("li");
            const words = document.createElement("span");
            const bar = document.createElement("progress");
            words.textContent = file.name;
            bar.max = 1;
            bar.value = 0;
            bar.setAttribute("aria-label", `Upload of ${file.name}`);
            item.append(words, bar);
            this.list.append(item);
            return { item, words, bar };
        }

        send(file, { item, words, bar }) {
            const finish = (isKept, sentence) => {
                bar.remove();
                words.textContent = sentence;
                item.dataset.kept = isKept;
                return isKept;
            };
            return new Promise((resolve) => {
                const fields = new FormData(this.form);
                fields.delete("photographs");
                fields.append("photographs", file);
                const request = new XMLHttpRequest();
                request.open("POST", location.pathname);
                request.setRequestHeader("Accept", "application/json");
                request.upload.onprogress = (event) => {
                    if (event.lengthComputable && event.loaded < event.total) bar.value = event.loaded / event.total;
                    else bar.removeAttribute("value");
                };
                request.onerror = () => resolve(finish(false, `“${file.name}” did not arrive: check the connection and choose it again.`));
                request.onload = () => {
                    const isAnswer = request.getResponseHeader("Content-Type")?.startsWith("application/json");
                    if (request.status === 413) {
                        resolve(finish(false, `“${file.name}” was not kept: it is too large for the server. Choose a copy of at most 30 MB.`));
                        return;
                    }
                    if (request.status !== 200 || !isAnswer) {
                        resolve(finish(false, `“${file.name}” was not kept: sign in again, then choose it again.`));
                        return;
                    }
                    const [{ is_kept, sentence }] = JSON.parse(request.responseText).said;
                    resolve(finish(is_kept, sentence));
                };
                request.send(fields);
            });
        }
    },
);
