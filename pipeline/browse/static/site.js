/* What pages do beyond links and forms: keys, words selected in the article, copying. All else works without this file. */
"use strict";
document.documentElement.classList.add("scripted");

function typing(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea");
}

/* To the next mention of the article, or the one before. */
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
    else if (event.key === "[") step(-1);
    else {
        const all = [...document.querySelectorAll("[data-key]")].filter((each) => each.dataset.key === event.key);
        if (all.length) {
            event.preventDefault();
            all.at(-1).click(); /* of two that take back, the one of the record that is shown */
        }
    }
});

/* A citation to the clipboard; where the browser does not let us, it is selected to be copied by hand. */
document.addEventListener("click", async (event) => {
    if (!event.target.matches("[data-copy]")) return;
    const citation = event.target.closest(".cite").querySelector(".citation");
    getSelection().selectAllChildren(citation);
    try {
        await navigator.clipboard.writeText(citation.textContent);
        event.target.textContent = "Copied";
    } catch {
        event.target.textContent = "Selected: press Ctrl+C";
    }
});

/* The place of a point of a selection in the text of the article: the letters before it, hints left out. */
function place(body, node, offset) {
    const paragraph = (node.nodeType === 1 ? node : node.parentElement).closest("p[data-at]");
    if (!paragraph || !body.contains(paragraph)) return null;
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    range.setEnd(node, offset);
    const before = range.cloneContents();
    before.querySelectorAll(".tip").forEach((tip) => tip.remove());
    return Number(paragraph.dataset.at) + [...before.textContent].length;
}

let field = null;
document.addEventListener("focusin", (event) => {
    if (event.target.matches(".words textarea")) field = event.target;
});
document.addEventListener("input", (event) => {
    if (event.target.matches(".words textarea")) fill(event.target, event.target.value, "", "");
});

function fill(area, text, start, end) {
    const name = area.name.replace(/\.words$/, "");
    if (area.value !== text) area.value = text;
    area.form.elements[`${name}.start`].value = start;
    area.form.elements[`${name}.end`].value = end;
}

/* Words selected in the article go to the field that was in use last, or to the first one. */
document.addEventListener("pointerup", () => {
    const body = document.querySelector(".wide-form .body");
    const selection = document.getSelection();
    const area = field || document.querySelector(".words textarea");
    if (!body || !area || selection.isCollapsed || !body.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const start = place(body, range.startContainer, range.startOffset);
    const end = place(body, range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return;
    const copy = range.cloneContents();
    copy.querySelectorAll?.(".tip").forEach((tip) => tip.remove());
    fill(area, copy.textContent.trim(), start, end);
});
