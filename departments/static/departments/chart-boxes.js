// The boxes of a chart, read from its SVG: { link, leaders, fold, above, below, x, y, width, height }. `leaders` are the links
// of the heads in a box, `fold` the sign that closes or opens its branch, `above` and `below` the boxes of the tree.

const BOXES = "a.department, a.position";

// Return all boxes in the order in which they are drawn, the root first.
export function read(svg) {
  const boxes = [...svg.querySelectorAll(BOXES)].map((link) => ({ link, leaders: [], below: [], ...rectangle(link) }));
  const byLink = new Map(boxes.map((box) => [box.link, box]));
  for (const box of boxes) {
    box.above = boxes[box.link.dataset.above] ?? null;
    box.above?.below.push(box);
  }
  let last = null;
  for (const link of svg.querySelectorAll("a")) {
    if (byLink.has(link)) last = byLink.get(link);
    else if (link.classList.contains("leader")) last.leaders.push(link);
  }
  const folds = new Map([...svg.querySelectorAll("a.fold")].map((link) => [link.getAttribute("href").split("#")[1], link]));
  for (const box of boxes) box.fold = folds.get(box.link.id);
  return boxes;
}

// Return where the first box stands, without reading the others; null in an empty chart.
export function first(svg) {
  const link = svg.querySelector(BOXES);
  return link && rectangle(link);
}

// Return the rectangle around a box and all below it.
export function branch(top) {
  const members = [top];
  for (const box of members) members.push(...box.below);
  const left = Math.min(...members.map((box) => box.x));
  const right = Math.max(...members.map((box) => box.x + box.width));
  const bottom = Math.max(...members.map((box) => box.y + box.height));
  return { x: left, y: top.y, width: right - left, height: bottom - top.y };
}

function rectangle(link) {
  const { x, y, width, height } = link.querySelector("rect.frame");
  return { x: x.baseVal.value, y: y.baseVal.value, width: width.baseVal.value, height: height.baseVal.value };
}
