/** Hostile text in every field does nothing. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { hostile } from "./support/sites.js";
import { visit } from "./support/visitor.js";

const MISDEED = `<!doctype html><title>A page that misbehaves</title><link rel="icon" href="icon.svg">
<script>document.hostile = 1</script><img src="https://hostile.example/a.png" onerror="alert(1)">`;

describe("hostile text", () => {
  let visitor;
  before(async () => (visitor = await visit(hostile, { pages: { "/misdeed.html": MISDEED } })));
  after(() => visitor.leave());

  test("a page that misbehaves is noticed", async () => {
    await visitor.open("misdeed.html");
    const noted = visitor.misdeeds.join("\n");
    assert.match(noted, /inline script/);
    assert.match(noted, /hostile\.example/);
    assert.ok((await visitor.run(injected)).length > 0);
  });

  test("no page runs it, asks another host for it, or has an element of it", async () => {
    for (const page of hostile.pages) {
      await visitor.open(page);
      assert.deepEqual(await visitor.run(injected), [], page);
      assert.deepEqual(visitor.misdeeds, [], page);
    }
  });

  test("nothing runs when a reader filters the list and asks for another day", async () => {
    await visitor.open("index.html");
    await visitor.tab.type("[data-words]", "<script>");
    await visitor.tab.click(".any-day > summary");
    await visitor.tab.waitForSelector("[data-tally] li");
    await visitor.tab.focus("[data-day-slider]");
    await visitor.tab.keyboard.press("Home");
    assert.deepEqual(await visitor.run(injected), []);
    assert.deepEqual(visitor.misdeeds, []);
  });

  test("it is shown as it is written", async () => {
    await visitor.open("commitments/promise-0/index.html");
    for (const selector of ["h1", "blockquote"]) {
      const text = await visitor.run((selector) => document.querySelector(selector).innerText, selector);
      assert.equal(text.trim(), "<script>document.hostile = 1</script>");
    }
  });
});

/** What hostile text has put into the page. */
function injected() {
  const found = document.hostile === undefined ? [] : [`a script ran: ${document.hostile}`];
  for (const element of document.querySelectorAll("*")) {
    const shown = element.outerHTML.slice(0, 200);
    const isOurScript = /^(\.\.\/)*(site|days\/states-\d+)\.js$/.test(element.getAttribute("src") ?? "");
    const isData = /^application\/(ld\+)?json$/.test(element.type ?? "");
    if (element.localName === "script" && !isOurScript && !isData) found.push(shown);
    if (element.matches("iframe, object, embed, base, form, style, img, foreignObject, meta[http-equiv=refresh]")) {
      found.push(shown);
    }
    for (const { name, value } of element.attributes) {
      const isAddress = ["href", "src", "xlink:href", "action", "data"].includes(name);
      const isHostile = /^(javascript|data|vbscript):/i.test(value.trim()) || value.includes("hostile.example");
      const isForbidden = name.startsWith("on") || name === "style" || name === "autofocus";
      if (isForbidden || (isAddress && isHostile)) found.push(`${name}: ${shown}`);
    }
  }
  return found;
}
