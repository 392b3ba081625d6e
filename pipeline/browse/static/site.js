/* What pages do beyond links and forms: keys. Everything else works without this file. */
"use strict";
document.documentElement.classList.add("scripted");

function typing(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea");
}

function step(by) {
    const marks = [...document.querySelectorAll(".story mark[tabindex]")];
    const here = marks.indexOf(document.activeElement.closest("mark[tabindex]"));
    const next = marks[here < 0 ? (by > 0 ? 0 : marks.length - 1) : here + by];
    if (next) {
        next.focus();
        next.scrollIntoView({ block: "center" });
    }
}

document.addEventListener("keydown", (event) => {
    if (typing(event)) return;
    if (event.key === "]") step(1);
    if (event.key === "[") step(-1);
});
