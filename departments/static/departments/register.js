// The register: one box chooses all that are shown, the bar counts them. Without this module each row has its own box.

const boxes = () => [...document.querySelectorAll('.positions tbody input[type="checkbox"]')];

function show() {
  const all = document.getElementById("choose-all");
  if (!all) return;
  const chosen = boxes().filter((box) => box.checked).length;
  all.hidden = false;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

document.addEventListener("change", ({ target }) => {
  if (target.id === "choose-all") for (const box of boxes()) box.checked = target.checked;
  show();
});
document.addEventListener("htmx:afterSettle", show); // the filters brought another table
addEventListener("pageshow", show); // the browser may bring ticks back
