// Editing in place: keys in the forms, where the focus goes, menus that close, forms that outlive a swap of the sheet.

const sheet = () => document.getElementById("sheet");
const FIELDS = "input:not([type=hidden]), textarea, select";

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return; // a Chinese word is being chosen
  const form = event.target.closest("form.in-place");
  const menu = event.target.closest("details.more[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.key === "Escape" && form) {
    form.querySelector(".cancel").click();
  } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("[data-enter]")) {
    form.requestSubmit();
  } else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target) || event.target.closest(".menu a")) menu.open = false;
  }
});

// What is typed in other forms stays as it is when one of them is saved and the whole sheet comes anew.
let open = [];
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== sheet() || !event.detail.shouldSwap) return;
  const sent = event.detail.requestConfig.elt.closest("form.in-place");
  open = [...sheet().querySelectorAll("form.in-place")].filter((form) => form !== sent && isChanged(form));
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  for (const form of open.splice(0)) document.getElementById(form.dataset.where)?.replaceChildren(form);
  const next = sheet()?.querySelector("form.in-place[data-next]");
  if (next && event.detail.elt.id === "sheet") focusOn(next);
});

// A form that has come is entered; one that was left leaves the focus where it was opened.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const asked = event.detail.requestConfig?.elt;
  if (asked?.matches(".cancel")) {
    const where = asked.getAttribute("hx-target");
    document.querySelector(`${where} .change, ${where} a, ${where} summary`)?.focus();
  } else {
    const form = event.detail.target.querySelector(":scope > form.in-place");
    if (form) focusOn(form);
  }
});

function isChanged(form) {
  return [...form.querySelectorAll(FIELDS)].some((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT"
        ? [...field.options].some((option) => option.selected !== option.defaultSelected && field.value !== field.options[0].value)
        : field.value !== field.defaultValue,
  );
}

function focusOn(form) {
  const field =
    form.querySelector("[aria-invalid=true]") ?? form.querySelector(".clash input:checked") ?? form.querySelector(FIELDS);
  field?.focus();
  if (field?.matches("textarea, input[type=text]")) field.setSelectionRange(field.value.length, field.value.length);
}
