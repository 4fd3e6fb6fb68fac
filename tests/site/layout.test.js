/** Pages fit on any screen. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { alliance, hostile, invented } from "./support/sites.js";
import { visit } from "./support/visitor.js";

const WIDTHS = [320, 768, 1440];

for (const site of [alliance, invented, hostile]) {
  describe(`layout of ${site.name}`, () => {
    let visitor;
    before(async () => (visitor = await visit(site)));
    after(() => visitor.leave());

    for (const page of site.kinds) {
      test(`nothing on ${page} moves after it was drawn`, async () => {
        for (const width of WIDTHS) {
          await visitor.open(page, { width });
          assert.deepEqual(await visitor.run(moved), [], `${width} pixels`);
        }
      });

      test(`nothing on ${page} overflows at any width, in light and dark`, async () => {
        await visitor.open(page);
        await visitor.run(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        for (const theme of ["light", "dark"]) {
          await visitor.theme(theme);
          for (const width of WIDTHS) {
            await visitor.width(width);
            assert.deepEqual(await visitor.run(overflowing), [], `${width} pixels, ${theme}`);
          }
        }
      });
    }
  });
}

describe("space between parts of a page", () => {
  test("recent changes have the whole width if nothing is due and nothing is overdue", async () => {
    const visitor = await visit(alliance);
    await visitor.open("index.html");
    const width = (id) => document.querySelector(id).getBoundingClientRect().width;
    assert.equal(await visitor.run(width, "#recent"), await visitor.run(width, "#list"));
    await visitor.leave();
  });

  test("a page without corrections says so in a paragraph of its own", async () => {
    const visitor = await visit(alliance);
    await visitor.open("corrections.html");
    assert.ok((await visitor.run(gapAbove, ".lead + p")) >= 16);
    await visitor.leave();
  });

  test("a correction has space above its sources and above the day of recording", async () => {
    const visitor = await visit(invented);
    await visitor.open("corrections.html");
    for (const part of [".corrections .sources", ".corrections .recorded"]) {
      assert.ok((await visitor.run(gapAbove, part)) >= 8, part);
    }
    await visitor.leave();
  });
});

/** The elements that moved while the page was loaded. */
function moved() {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  const described = ({ node }) => node?.outerHTML?.slice(0, 100);
  return observer.takeRecords().map(({ value, sources }) => [value, ...sources.map(described)]);
}

/** The pixels between an element and the one before it. */
function gapAbove(selector) {
  const element = document.querySelector(selector);
  return element.getBoundingClientRect().top - element.previousElementSibling.getBoundingClientRect().bottom;
}

/** The elements that reach beyond the window, and texts that reach beyond their picture. */
function overflowing() {
  const described = (element, box) =>
    `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ` +
    `from ${Math.round(box.left)} to ${Math.round(box.right)}: ${element.textContent.trim().slice(0, 60)}`;
  const window = document.documentElement.clientWidth;
  const found = [];
  // Long tables scroll in a box of their own, and the link that skips the head waits on the left.
  for (const element of document.querySelectorAll("body *:not(.scroll *, .scroll, pre *, .skip, svg *)")) {
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.right > window + 0.5 || box.left < -0.5)) found.push(described(element, box));
  }
  for (const picture of document.querySelectorAll("svg")) {
    const outer = picture.getBoundingClientRect();
    for (const text of outer.width > 0 ? picture.querySelectorAll("text") : []) {
      const box = text.getBoundingClientRect();
      if (box.left < outer.left - 1 || box.right > outer.right + 1) found.push(described(text, box));
    }
  }
  if (document.documentElement.scrollWidth > window) found.push(`the page: ${document.documentElement.scrollWidth}`);
  return found.slice(0, 5);
}
