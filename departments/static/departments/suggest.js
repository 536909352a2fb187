// Suggestions under every search field. Without this module the field is a plain form that sends what was typed.
// While an input method composes nothing is asked: what stands in the field then is not yet what is meant.

const PAUSE = 160; // milliseconds without a key before the server is asked
let lists = 0;

const fields = () => document.querySelectorAll('form[data-suggestions] input[name="q"]:not([role])');
const attachAll = () => fields().forEach(attach);

attachAll();
document.addEventListener("htmx:load", attachAll); // a part of the page was put in anew

function attach(input) {
  const form = input.form;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${(lists += 1)}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  const box = document.createElement("div");
  box.className = "suggesting";
  input.replaceWith(box);
  box.append(input, list);
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let timer;
  let asked = 0; // the number of the last question: answers that come late are dropped
  let active = -1;
  const options = () => [...list.children];

  function show(open) {
    list.hidden = !open || !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (list.hidden) choose(-1);
  }

  function choose(index) {
    options()[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options()[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const words = input.value.trim();
    const number = (asked += 1);
    if (!words) {
      list.replaceChildren();
      show(false);
      return;
    }
    const query = new URLSearchParams({ q: words });
    if (form.elements.design?.value) query.set("design", form.elements.design.value);
    try {
      const answer = await fetch(`${form.dataset.suggestions}?${query}`);
      const html = answer.ok && !answer.redirected ? await answer.text() : "";
      if (number !== asked || document.activeElement !== input) return;
      const page = new DOMParser().parseFromString(html, "text/html");
      list.replaceChildren(...page.querySelectorAll("li"));
      for (const option of options()) option.id = `${list.id}-${option.id}`;
      active = -1;
      show(true);
    } catch {
      show(false); // no connection: the form still works when there is one again
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    show(false);
  }

  input.addEventListener("input", (event) => {
    if (!event.isComposing) soon();
  });
  input.addEventListener("compositionstart", () => clearTimeout(timer));
  input.addEventListener("compositionend", soon);
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // the keys belong to the input method
    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      const opened = !list.hidden;
      show(true);
      // From the field to the first or the last; from either end back to the field.
      if (opened || active < 0) choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.href);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // what was typed stays; a second Escape empties the field
      close();
    }
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.href);
  });
}
