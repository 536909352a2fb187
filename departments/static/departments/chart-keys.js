// Which box an arrow key leads to. A box is one of chart-boxes.js; `leaders` are the links of its
// heads, passed on the way down and up.

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

// Return { link, box } for a key pressed at a link of a box, or null where there is nothing that way.
export function walk(key, link, box, boxes, direction) {
  const to = (found, target = found?.link) => (found ? { link: target, box: found } : null);
  if (key === "Home") return to(boxes[0]);
  if (key === "End") return to(boxes.at(-1));
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const stops = [box.link, ...box.leaders];
  const stop = stops.indexOf(link) + arrow[1];
  if (arrow[1] && stop in stops) return to(box, stops[stop]);
  const down = direction === "down";
  const along = down ? arrow[1] : arrow[0];
  const stacked = down && along ? neighbour(box, along) : null;
  if (stacked) return to(stacked);
  if (along < 0) return to(box.above) ?? to(aside(box, boxes, arrow));
  if (along > 0) return to(nearest(box, box.below, down ? "x" : "y"));
  return to(aside(box, boxes, arrow));
}

const middle = (box, axis) => box[axis] + (axis === "x" ? box.width : box.height) / 2;

function nearest(box, others, axis) {
  const away = (other) => Math.abs(middle(other, axis) - middle(box, axis));
  return others.reduce((best, other) => (best && away(best) <= away(other) ? best : other), null);
}

// The brother above or below in the same stack.
function neighbour(box, step) {
  const brothers = box.above?.below ?? [];
  const other = brothers[brothers.indexOf(box) + step];
  return other && other.x === box.x && Math.sign(other.y - box.y) === step ? other : null;
}

// The nearest box wholly to that side: at the same height if there is one, else the one least off.
function aside(box, boxes, [stepX, stepY]) {
  const [axis, length, cross, breadth] = stepX ? ["x", "width", "y", "height"] : ["y", "height", "x", "width"];
  const ahead = (other) => (stepX + stepY > 0 ? other[axis] - box[axis] - box[length] : box[axis] - other[axis] - other[length]);
  const off = (other) => Math.max(other[cross] - box[cross] - box[breadth], box[cross] - other[cross] - other[breadth], 0);
  const cost = (other) => ahead(other) + 4 * off(other);
  const there = boxes.filter((other) => ahead(other) >= 0);
  return there.reduce((best, other) => (best && cost(best) <= cost(other) ? best : other), null);
}
