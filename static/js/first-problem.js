// In a block's form that was refused: brings the first sentence that says why into view, after the CMS has placed the frame.
addEventListener("load", () => {
    const problem = document.querySelector(".errornote, .errorlist");
    if (!problem) return;
    const show = () => problem.scrollIntoView({ block: "center" });
    show();
    for (const wait of [150, 600]) setTimeout(show, wait);
});
