// In a block's form that was refused: brings the first sentence that says why into view, after the CMS has placed the
// frame, and has it read out.
addEventListener("load", () => {
    const problem = document.querySelector(".errornote, .errorlist");
    if (!problem) return;
    problem.tabIndex = -1;
    const show = () => problem.scrollIntoView({ block: "center" });
    show();
    problem.focus({ preventScroll: true });
    for (const wait of [150, 600]) setTimeout(show, wait);
});
