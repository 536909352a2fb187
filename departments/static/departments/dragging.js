// Dragging with the mouse: statements within the page and onto the tree, positions and departments too. Keys have the menus.

let dragged = null;
let mark = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".handle")?.closest("[data-uid]") ?? null; // not the text, which can be selected
  if (!dragged) return;
  event.dataTransfer.setDragImage(dragged, 0, 0);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.innerText.trim());
  dragged.classList.add("dragged");
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  unmark();
});

document.addEventListener("dragover", (event) => {
  const place = dragged && placeAt(event);
  if (!place) return unmark();
  event.preventDefault();
  show(place);
});

document.addEventListener("drop", (event) => {
  const place = dragged && placeAt(event);
  unmark();
  if (!place) return;
  event.preventDefault();
  drop(dragged, place);
});

// Where it would go: before an item of a list, at the end of a list, or into a department or position of the tree.
function placeAt(event) {
  const inTree = event.target.closest("#tree li.department, #tree li.position");
  if (inTree) {
    const link = inTree.querySelector(":scope > a");
    return link && { list: null, item: inTree, under: link.pathname.split("/").at(-2), before: "" };
  }
  const list = event.target.closest(".sortable");
  if (!list || dragged.contains(list) || list.classList.contains("duties") !== !!dragged.closest(".duties")) return null;
  const items = [...list.children].filter((item) => item !== dragged);
  const item = items.find((one) => {
    const { top, height } = one.getBoundingClientRect();
    return event.clientY < top + height / 2;
  });
  return { list, item, under: list.dataset.under, before: item?.dataset.uid ?? "" };
}

function show({ list, item }) {
  unmark();
  mark = item ?? list;
  mark.classList.add(!list ? "drop-into" : item ? "drop-before" : "drop-last");
}

function unmark() {
  mark?.classList.remove("drop-into", "drop-before", "drop-last");
  mark = null;
}

function drop(item, { list, under, before }) {
  const acts = document.getElementById("acts");
  const values = { ...Object.fromEntries(new FormData(acts)), do: "drop", under, before };
  if (list?.dataset.section) Object.assign(values, { section: list.dataset.section, weight: list.dataset.weight });
  htmx.ajax("POST", item.dataset.acts, { source: acts, target: "#sheet", swap: "outerHTML", values });
}
