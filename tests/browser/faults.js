// Return a sentence for everything on the page that is not where it should be: the page scrolls sideways, a text is
// cut by a box that hides what does not fit, or leaves the box it stands in. A text that can be scrolled to is not cut.
() => {
  const faults = [];
  const slack = 1; // pixels: boxes lie on fractions
  const visible = { opacityProperty: true, visibilityProperty: true };

  const name = (element) => {
    const kind = element.tagName.toLowerCase();
    const mark = element.id ? `#${element.id}` : element.classList.length ? `.${element.classList[0]}` : "";
    return `<${kind}${mark}>`;
  };
  const report = (what, text, element, pixels) =>
    faults.push(`${what} ${name(element)} by ${Math.round(pixels)} px: ${text.trim().slice(0, 40)}`);
  const inline = (style) => /^(inline|contents|ruby.*)$/.test(style.display);

  // Read aloud but not seen, or waiting outside the window until it has the focus.
  const unseen = (element, rect) => {
    if (rect.right <= 0 || rect.bottom + scrollY <= 0) return true;
    for (let box = element; box; box = box.parentElement) {
      if (box.offsetWidth <= 1 && box.offsetHeight <= 1 && !inline(getComputedStyle(box))) return true;
    }
    return false;
  };

  const checkHtml = (node) => {
    const element = node.parentElement;
    const own = getComputedStyle(element);
    const line = parseFloat(own.lineHeight) || 1.2 * parseFloat(own.fontSize);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (!rect.width || unseen(element, rect)) continue;
      const slackY = slack + Math.max(0, (rect.height - line) / 2); // a glyph's box is taller than a tight line
      let nearest = true;
      let scrollsX = false;
      let scrollsY = false;
      for (let box = element; box && box !== document.body; ) {
        const style = getComputedStyle(box);
        if (!inline(style)) {
          const edge = box.getBoundingClientRect();
          const beyondX = Math.max(edge.left - rect.left, rect.right - edge.right);
          const beyondY = Math.max(edge.top - rect.top, rect.bottom - edge.bottom);
          scrollsX ||= /auto|scroll/.test(style.overflowX);
          scrollsY ||= /auto|scroll/.test(style.overflowY);
          const cutX = /hidden|clip/.test(style.overflowX);
          const cutY = /hidden|clip/.test(style.overflowY);
          if (!scrollsX && beyondX > slack && (nearest || cutX)) {
            return report(cutX ? "cut by" : "leaves", node.data, box, beyondX);
          }
          if (!scrollsY && beyondY > slackY && (nearest || cutY)) {
            return report(cutY ? "cut by" : "leaves", node.data, box, beyondY);
          }
          nearest = false;
        }
        if (style.position === "fixed") break;
        box = style.position === "absolute" ? box.offsetParent : box.parentElement;
      }
    }
  };

  // A text in a drawing stands in the largest rectangle of its group, if the group has one.
  const checkSvg = (node) => {
    const text = node.parentElement.closest("text");
    const group = text?.closest("g:has(> rect), a:has(> rect)");
    if (!group) return;
    const boxes = [...group.children].filter((child) => child.tagName === "rect").map((r) => r.getBoundingClientRect());
    const edge = boxes.reduce((a, b) => (a.width * a.height >= b.width * b.height ? a : b));
    const rect = text.getBoundingClientRect();
    const pixel = rect.height / text.getBBox().height; // how large the drawing's unit is shown
    const spare = Math.max(0, (rect.height - pixel * parseFloat(getComputedStyle(text).fontSize)) / 2);
    const beyondX = Math.max(edge.left - rect.left, rect.right - edge.right);
    const beyondY = Math.max(edge.top - rect.top, rect.bottom - edge.bottom) - spare;
    const beyond = Math.max(beyondX, beyondY);
    if (beyond > slack) report("leaves its box in", node.data, group, beyond);
  };

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + slack,
    );
    const culprits = wide.slice(0, 4).map(name).join(" ");
    faults.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth} px: ${culprits}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, template, noscript, option")) continue;
    if (!element.checkVisibility(visible)) continue;
    if (element.ownerSVGElement) checkSvg(node);
    else checkHtml(node);
  }
  return [...new Set(faults)];
}
