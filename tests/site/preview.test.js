/** `servanda serve` shows the published pages, and an open page reloads when the ledger changes. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { preview } from "./support/preview.js";
import { alliance } from "./support/sites.js";
import { visit } from "./support/visitor.js";

describe("the preview", () => {
  let visitor;
  before(async () => (visitor = await visit(alliance, { server: await preview(alliance) })));
  after(() => visitor.leave());

  const text = () => visitor.run(() => document.body.innerText);

  for (const page of alliance.kinds) {
    test(`${page} does nothing that the published page does not do`, async () => {
      await visitor.open(page);
      assert.deepEqual(visitor.misdeeds, []);
    });
  }

  test("a page reloads after each change", async () => {
    await visitor.open("commitments/us/senkaku/");
    for (const title of ["A first remark", "A second remark"]) {
      assert.ok(!(await text()).includes(title));
      const loaded = visitor.tab.waitForNavigation();
      visitor.server.remark("us/senkaku", title);
      await loaded;
      assert.ok((await text()).includes(title));
    }
    assert.deepEqual(visitor.misdeeds, []);
  });
});
