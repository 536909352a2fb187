// The chart's window: zoom, drag, pinch, fit, keys, branches that close and open. Without this module the chart is an SVG of
// links in a window that scrolls. The picture is laid out once, at its own size; all that ever changes is a CSS transform.
// While a gesture lasts the picture is a layer of its own, which is only moved; when it ends, it is drawn once, sharp.

import { branch, first, read } from "./chart-boxes.js";
import { walk } from "./chart-keys.js";

const SMALLEST = 0.1;
const LARGEST = 3;
const READABLE = 0.8; // a chart opens no smaller than this, and shows what it opened for
const GLANCE = 0.5; // nor smaller than this, if it opens for one branch
const MARGIN = 16; // px that stay between a branch and the window's edge
const STILL = 160; // ms after the last turn of the wheel
const SLIP = 5; // px a finger may move in a click

const chart = document.getElementById("chart");
const narrow = matchMedia("(max-width: 599px)");

if (chart) {
  const figure = chart.querySelector(".chart-figure");
  const view = chart.querySelector(".chart-view");
  const stage = chart.querySelector(".chart-stage");
  const list = chart.querySelector(".chart-list");
  const fingers = new Map();
  let svg, size, known;
  let scale = 1;
  let x = 0; // where its corner is shown in the window
  let y = 0;
  let frame = 0;
  let timer = 0;
  let travelled = 0;
  let roving = false;

  // What is drawn

  function take() {
    svg = stage.querySelector("svg");
    size = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
    known = null;
    roving = false;
  }

  // A thousand boxes are not read before somebody goes from one to the next.
  const boxes = () => (known ??= read(svg));

  // One stop for the Tab key, from the first time the focus comes here: a thousand links are not touched before.
  function enter(link) {
    const others = roving ? svg.querySelectorAll('a[tabindex="0"]') : svg.querySelectorAll("a");
    for (const other of others) other.setAttribute("tabindex", "-1");
    link.setAttribute("tabindex", "0");
    roving = true;
  }

  const aim = () => (location.hash ? boxes().find((box) => location.hash === `#${box.link.id}`) : undefined);

  // Where it is shown

  function show() {
    frame = 0;
    stage.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }

  function move() {
    if (!frame) {
      view.classList.add("moving");
      frame = requestAnimationFrame(show);
    }
  }

  function settle() {
    clearTimeout(timer);
    keep();
    x = Math.round(x);
    y = Math.round(y);
    cancelAnimationFrame(frame);
    show();
    view.classList.remove("moving");
  }

  // Some of the picture always stays in the window; what fits, stays in it whole.
  function keep() {
    const held = (at, length, room) => {
      const slack = room - length;
      const [least, most] = slack > 0 ? [0, slack] : [slack - room / 2, room / 2];
      return Math.min(Math.max(at, least), most);
    };
    x = held(x, size.width * scale, view.clientWidth);
    y = held(y, size.height * scale, view.clientHeight);
  }

  function zoom(factor, at = { x: view.clientWidth / 2, y: view.clientHeight / 2 }) {
    const next = Math.min(Math.max(scale * factor, SMALLEST), LARGEST);
    x = at.x - ((at.x - x) * next) / scale;
    y = at.y - ((at.y - y) * next) / scale;
    scale = next;
    move();
  }

  // Show a rectangle of the picture, in the middle and at the top, at most at its own size.
  function fit(part = { x: 0, y: 0, ...size }, least = SMALLEST) {
    const room = { width: view.clientWidth, height: view.clientHeight };
    const across = (room.width - 2 * MARGIN) / part.width;
    const along = (room.height - 2 * MARGIN) / part.height;
    scale = Math.max(Math.min(across, along, 1), least);
    x = room.width / 2 - (part.x + part.width / 2) * scale;
    y = Math.max((room.height - part.height * scale) / 2, MARGIN) - part.y * scale;
    settle();
  }

  function open() {
    const top = aim();
    view.style.height = "";
    const enough = size.height + 2 * MARGIN;
    if (!figure.closest("dialog") && enough < view.clientHeight) view.style.height = `${enough}px`;
    const whole = { x: 0, y: 0, ...size };
    const least = top ? GLANCE : READABLE;
    fit(top ? branch(top) : whole, least);
    const root = top ?? first(svg);
    if (!root || scale > least) return;
    // It is larger than the window: begin where the chart begins.
    if (chart.dataset.direction === "down") x = view.clientWidth / 2 - (root.x + root.width / 2) * scale;
    else {
      x = top ? MARGIN - root.x * scale : 0;
      y = view.clientHeight / 2 - (root.y + root.height / 2) * scale;
    }
    settle();
  }

  function reveal(part) {
    const room = { width: view.clientWidth, height: view.clientHeight };
    const near = (at, from, length, space) => {
      if (at + from * scale < MARGIN) return MARGIN - from * scale;
      if (at + (from + length) * scale > space - MARGIN) return space - MARGIN - (from + length) * scale;
      return at;
    };
    x = near(x, part.x, part.width, room.width);
    y = near(y, part.y, part.height, room.height);
    settle();
  }

  // Hands

  const within = (event) => {
    const edge = view.getBoundingClientRect();
    return { x: event.clientX - edge.left, y: event.clientY - edge.top };
  };

  view.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    fingers.set(event.pointerId, within(event));
    if (fingers.size === 1) travelled = 0;
  });
  view.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = within(event);
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    fingers.set(event.pointerId, now);
    if (travelled < SLIP) return;
    if (!view.hasPointerCapture(event.pointerId)) view.setPointerCapture(event.pointerId);
    if (others.length === 0) {
      x += now.x - before.x;
      y += now.y - before.y;
    } else {
      const other = others[0];
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      x += (now.x - before.x) / 2;
      y += (now.y - before.y) / 2;
      const apart = (at) => Math.max(Math.hypot(at.x - other.x, at.y - other.y), 1);
      zoom(apart(now) / apart(before), middle);
    }
    move();
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    view.addEventListener(kind, (event) => {
      if (!fingers.delete(event.pointerId) || fingers.size) return;
      if (travelled >= SLIP) settle();
    });
  }
  view.addEventListener("click", (event) => travelled >= SLIP && event.preventDefault(), true);
  view.addEventListener("dragstart", (event) => event.preventDefault());
  view.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit = [1, 16, view.clientHeight][event.deltaMode];
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        x -= (event.deltaX || event.deltaY) * unit;
        move();
      } else {
        zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.002)), within(event));
      }
      clearTimeout(timer);
      timer = setTimeout(settle, STILL);
    },
    { passive: false },
  );

  // Buttons and keys

  const doings = {
    in: () => (zoom(1.3), settle()),
    out: () => (zoom(1 / 1.3), settle()),
    fit: () => fit(),
    close: () => figure.closest("dialog")?.close(),
  };
  chart.querySelector(".chart-opener").addEventListener("click", spread);
  figure.addEventListener("click", (event) => {
    doings[event.target.closest("[data-do]")?.dataset.do]?.();
    const sign = event.target.closest("a.fold");
    if (sign && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      fold(sign);
    }
  });
  figure.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const zooming = { "+": doings.in, "=": doings.in, "-": doings.out, 0: doings.fit }[event.key];
    const link = event.target.closest?.("svg a");
    const box = link && boxes().find((one) => one.link === link || one.leaders.includes(link));
    const next = box && walk(event.key, link, box, boxes(), chart.dataset.direction);
    if (next) {
      next.link.focus({ preventScroll: true });
      reveal(next.box);
    } else if (event.key === " " && box?.fold) fold(box.fold);
    else if (zooming) zooming();
    if (next || zooming || (event.key === " " && box)) event.preventDefault();
  });
  figure.addEventListener("focusin", (event) => {
    if (!event.target.closest("svg")) return;
    enter(event.target);
    const box = boxes().find((one) => one.link === event.target);
    if (box && event.target.matches(":focus-visible")) reveal(box);
  });

  // Branches

  async function fold(sign) {
    const address = new URL(sign.getAttribute("href"), location);
    const id = address.hash.slice(1);
    const before = boxes().find((box) => box.link.id === id);
    const focused = figure.contains(document.activeElement);
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(response.statusText);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const replaced = [".chart-stage", ".chart-legend", ".chart-list", ".chart-options"];
      for (const part of replaced) {
        const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
        old.replaceChildren(...fresh.childNodes);
      }
      for (const button of document.querySelectorAll(".chart-head .button")) {
        button.search = address.search;
      }
      history.replaceState(history.state, "", address);
    } catch {
      location.href = address;
      return;
    }
    take();
    const after = boxes().find((box) => box.link.id === id);
    x += (before.x - after.x) * scale;
    y += (before.y - after.y) * scale;
    settle();
    if (focused) after.link.focus({ preventScroll: true });
  }

  // Phones: the chart opens over the page

  function spread() {
    const sheet = document.createElement("dialog");
    sheet.className = "chart-sheet live";
    sheet.setAttribute("aria-label", figure.getAttribute("aria-label"));
    const place = document.createComment("");
    figure.replaceWith(place);
    sheet.append(figure);
    document.body.append(sheet);
    sheet.addEventListener("close", () => {
      place.replaceWith(figure);
      sheet.remove();
    });
    sheet.showModal();
    open();
  }

  function arrange() {
    list.open = narrow.matches;
    list.classList.add("asked");
    if (!narrow.matches) figure.closest("dialog")?.close();
    if (!narrow.matches) {
      open();
      if (aim()) scrollTo(0, 0); // the browser went for the box itself
    }
  }

  chart.classList.add("live");
  take();
  arrange();
  narrow.addEventListener("change", arrange);
  addEventListener("hashchange", () => aim() && open());
}
