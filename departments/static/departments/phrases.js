// Phrases of other designs under a field for statements, for the line that is being typed. Tab leads to them, Enter takes one,
// Esc puts them away. Without this module the same phrases have a page. While an input method composes nothing is asked.

const PAUSE = 300; // milliseconds without a key before the server is asked
const SHORTEST = 2; // characters
let timer;
let asked = 0; // the number of the last question: answers that come late are dropped

document.addEventListener("input", (event) => event.isComposing || wait(event.target));
document.addEventListener("compositionend", (event) => wait(event.target));
document.addEventListener("keydown", (event) => {
  const list = document.querySelector(".phrases");
  if (event.key !== "Escape" || event.isComposing || !list) return;
  event.stopPropagation(); // it puts the phrases away, not what is typed
  if (list.contains(document.activeElement)) list.previousElementSibling.focus();
  away();
}, true);

function wait(field) {
  if (!field.matches('[data-phrases] textarea:is([name="lines"], [name="text"])')) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(field), PAUSE);
}

function line(field) {
  const { value, selectionStart: caret } = field;
  const start = value.lastIndexOf("\n", caret - 1) + 1;
  const end = value.indexOf("\n", caret);
  return [start, end < 0 ? value.length : end];
}

async function ask(field) {
  const words = field.value.slice(...line(field)).trim();
  const number = (asked += 1);
  if (words.length < SHORTEST) return away();
  const query = new URLSearchParams({ q: words, section: field.form?.elements.section?.value ?? "" });
  try {
    const answer = await fetch(`${field.closest("[data-phrases]").dataset.phrases}?${query}`, { headers: { "HX-Request": "true" } });
    if (number !== asked || document.activeElement !== field) return;
    show(field, answer.ok && !answer.redirected ? await answer.text() : "");
  } catch {
    away(); // no connection: what is typed is not touched
  }
}

function show(field, html) {
  away();
  const found = new DOMParser().parseFromString(html, "text/html").body;
  if (!found.querySelector("li")) return;
  const list = document.createElement("div");
  list.className = "phrases";
  list.append(...found.childNodes);
  for (const text of list.querySelectorAll("li .text")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text.textContent;
    button.addEventListener("click", () => take(field, button.textContent));
    text.replaceWith(button);
  }
  field.after(list);
}

function take(field, text) {
  const [start, end] = line(field);
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("change", { bubbles: true }));
  away();
  field.focus();
}

function away() {
  clearTimeout(timer);
  document.querySelector(".phrases")?.remove();
}
