// What is typed and not saved yet is kept in this browser, for the account that typed it, and offered again on the page.

const box = document.getElementById("kept");
const PREFIX = "unsaved:";
const keyOf = (form) => `${PREFIX}${form.dataset.keep}:${form.getAttribute("action")}:${form.dataset.where}`;
const formOf = (event) => event.target.closest?.("form.in-place");

document.addEventListener("input", (event) => {
  const form = formOf(event);
  if (form) remember(form);
});
document.addEventListener("click", (event) => {
  const cancel = event.target.closest(".cancel");
  if (cancel) forget(keyOf(cancel.closest("form.in-place")));
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.requestConfig?.elt;
  if (form?.matches?.("form.in-place") && event.detail.successful) forget(keyOf(form));
});

for (const [name, words] of [
  ["htmx:sendError", "offline"],
  ["htmx:timeout", "offline"],
  ["htmx:responseError", "refused"],
]) {
  document.body.addEventListener(name, (event) => {
    const form = event.detail.requestConfig?.elt?.closest?.("form");
    if (!form || event.detail.xhr?.getResponseHeader("HX-Redirect")) return;
    const place = form.matches(".in-place") ? form.querySelector(".actions") : document.getElementById("said");
    document.querySelector(".problem")?.remove();
    const said = document.createElement("p");
    said.className = "problem";
    said.setAttribute("role", "alert");
    said.textContent = box.dataset[words];
    place.before(said);
  });
}

offer();

function remember(form) {
  const sent = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const kept = { page: form.dataset.page, where: form.dataset.where, ask: askOf(form), sent };
  try {
    localStorage.setItem(keyOf(form), JSON.stringify(kept));
  } catch {
    // storage is off or full: the form itself still holds the words
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // storage is off: nothing was kept
  }
}

// The address at which the form is asked for again: its own, with what it is about.
function askOf(form) {
  const about = [...form.querySelectorAll("input[type=hidden]")].filter(
    (field) => field.name !== "csrfmiddlewaretoken" && !field.name.startsWith("initial-"),
  );
  return `${form.getAttribute("action")}?${new URLSearchParams(about.map((field) => [field.name, field.value]))}`;
}

function offer() {
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${box.dataset.account}:`));
  } catch {
    return; // storage is off
  }
  for (const key of keys) {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept.page === box.dataset.page && !document.querySelector(`form.in-place[data-where="${kept.where}"]`)) show(key, kept);
  }
}

function show(key, kept) {
  const line = document.createElement("p");
  line.className = "notice";
  const words = kept.sent.filter(([name]) => !/^(initial-|page$|section$|weight$|kind$|which$)/.test(name));
  line.append(`${box.dataset.found}${words.map(([, value]) => value).filter(Boolean).join("、").slice(0, 200)} `);
  if (document.getElementById(kept.where)) line.append(button(box.dataset.go, () => reopen(kept, line)));
  line.append(
    button(box.dataset.drop, () => {
      forget(key);
      line.remove();
    }),
  );
  box.append(line);
  box.hidden = false;
}

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

async function reopen(kept, line) {
  await htmx.ajax("GET", kept.ask, { target: `#${kept.where}`, swap: "innerHTML" });
  const form = document.querySelector(`#${kept.where} > form.in-place`);
  if (!form) return;
  fill(form, kept.sent);
  line.remove();
}

// What was typed, and beside it what was seen when it was typed: so that a save compares with that.
function fill(form, sent) {
  const values = new Map();
  for (const [name, value] of sent) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    const given = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (given.length && field.name !== "csrfmiddlewaretoken") field.value = given.shift();
  }
}
