// The tree beside the page: nested lists of links become a WAI-ARIA tree view. Without this module they stay lists of links.

const panel = document.getElementById("tree");
let stop; // the item that Tab reaches

grow();
// Editing in place brings a new list where titles or places changed.
document.body.addEventListener("htmx:oobAfterSwap", (event) => event.detail.target === panel && grow());

// The drawer of narrow screens is opened by its address (#tree); Escape goes back to the page.
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#tree") location.hash = "#main";
});
addEventListener("hashchange", () => {
  if (location.hash === "#tree") stop?.focus();
});

function grow() {
  const tree = panel?.querySelector(":scope > ul");
  if (!tree) return;
  const store = `tree:${panel.dataset.design}`;
  const closed = new Set(read());
  const items = [...tree.querySelectorAll("li")];
  const label = (item) => item.querySelector(":scope > a, :scope > span").textContent;
  const group = (item) => item.querySelector(":scope > ul");
  const parent = (item) => item.parentElement.closest("li");
  const key = (item) => item.querySelector(":scope > a")?.getAttribute("href") ?? label(item);

  function read() {
    try {
      return JSON.parse(localStorage.getItem(store)) ?? [];
    } catch {
      return []; // storage is off: the tree starts open
    }
  }

  function remember() {
    try {
      localStorage.setItem(store, JSON.stringify([...closed]));
    } catch {
      // storage is off: nothing to remember with
    }
  }

  tree.setAttribute("role", "tree");
  tree.setAttribute("aria-label", panel.getAttribute("aria-label"));
  for (const item of items) {
    item.setAttribute("role", "treeitem");
    item.tabIndex = -1;
    item.querySelector(":scope > a")?.setAttribute("tabindex", "-1");
    const below = group(item);
    if (below) {
      below.setAttribute("role", "group");
      item.setAttribute("aria-expanded", String(!closed.has(key(item))));
      const twist = document.createElement("span");
      twist.className = "twist";
      twist.setAttribute("aria-hidden", "true");
      twist.addEventListener("click", () => toggle(item));
      item.prepend(twist);
    }
    if (item.querySelector(":scope > [aria-current]")) {
      item.setAttribute("aria-current", "page");
      for (let above = parent(item); above; above = parent(above)) above.setAttribute("aria-expanded", "true");
    }
  }
  stop = tree.querySelector("li[aria-current]") ?? items[0];
  stop.tabIndex = 0;
  scrollTo(stop);

  function scrollTo(item) {
    const { top, bottom } = item.getBoundingClientRect();
    const frame = panel.getBoundingClientRect();
    if (top < frame.top || top + 30 > frame.bottom) panel.scrollTop += top - frame.top - frame.height / 3;
    return bottom;
  }

  function toggle(item, open = item.getAttribute("aria-expanded") === "false") {
    item.setAttribute("aria-expanded", String(open));
    closed[open ? "delete" : "add"](key(item));
    remember();
    if (!open && item !== stop && item.contains(stop)) go(item);
  }

  function go(item) {
    if (!item) return;
    stop.tabIndex = -1;
    stop = item;
    stop.tabIndex = 0;
    stop.focus();
  }

  const visible = () => items.filter((item) => !item.parentElement.closest('li[aria-expanded="false"]'));

  // Typing ahead by what a title starts with, or by its pinyin initials; keys within half a second belong together.
  let typed = "";
  let typing;
  function ahead(letter) {
    clearTimeout(typing);
    typing = setTimeout(() => (typed = ""), 500);
    typed += letter.toLowerCase();
    const shown = visible();
    const from = shown.indexOf(stop) + (typed.length === 1 ? 1 : 0);
    const order = [...shown.slice(from), ...shown.slice(0, from)];
    go(order.find((item) => label(item).toLowerCase().startsWith(typed) || item.dataset.initials?.startsWith(typed)));
  }

  tree.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const shown = visible();
    const at = shown.indexOf(stop);
    const expanded = stop.getAttribute("aria-expanded");
    const keys = {
      ArrowDown: () => go(shown[at + 1]),
      ArrowUp: () => go(shown[at - 1]),
      ArrowRight: () => (expanded === "false" ? toggle(stop, true) : expanded && go(group(stop).querySelector("li"))),
      ArrowLeft: () => (expanded === "true" ? toggle(stop, false) : go(parent(stop))),
      Home: () => go(shown[0]),
      End: () => go(shown.at(-1)),
      Enter: () => stop.querySelector(":scope > a")?.click(),
      "*": () => {
        for (const sibling of stop.parentElement.children) if (group(sibling)) toggle(sibling, true);
      },
    };
    if (keys[event.key]) keys[event.key]();
    else if (event.key.length === 1 && event.key !== " ") ahead(event.key);
    else return;
    event.preventDefault();
  });

  tree.addEventListener("focusin", (event) => {
    const item = event.target.closest("li");
    if (item && item !== stop) {
      stop.tabIndex = -1;
      stop = item;
      stop.tabIndex = 0;
    }
  });
}
