// What can be measured of how a page looks. The functions run in the page.

"use strict";

/** The elements that reach beyond the right edge of the window, apart from what scrolls inside a box of its own. */
exports.sticksOut = () => {
  const clipped = (element) => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible" && box !== document.documentElement && box !== document.body) return true;
    }
    return false;
  };
  const width = document.documentElement.clientWidth;
  const out = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > width + 1 && !clipped(element),
  );
  if (document.documentElement.scrollWidth > width) out.push(document.documentElement);
  return out.map((element) => element.outerHTML.slice(0, 100));
};

/** The visible texts below an element whose contrast is less than WCAG 2.2 asks for (1.4.3, level AA: 4.5, 3 if large). */
exports.contrasts = (root) => {
  const rgba = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((channel, i) => channel * a + below[i] * (1 - a));
  const background = (element) => {
    const layers = [];
    for (let box = element; box; box = box.parentElement) layers.push(rgba(getComputedStyle(box).backgroundColor));
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
    return layers.reverse().reduce((below, layer) => over(layer, below), canvas);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((channel) => {
      const c = channel / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    const style = getComputedStyle(element);
    if (!text || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const behind = background(element);
    const [one, other] = [over(rgba(style.color), behind), behind].map(luminance).sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(1)} ${element.tagName}.${element.className} ${text.slice(0, 30)}`);
  }
  return [...new Set(found)];
};
