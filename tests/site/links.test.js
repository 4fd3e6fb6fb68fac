/** All links inside a site lead somewhere, and every page states the same strict policy. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { alliance, hostile, invented } from "./support/sites.js";
import { visit } from "./support/visitor.js";

for (const site of [alliance, invented, hostile]) {
  describe(`links of ${site.name}`, () => {
    let visitor, pages;
    before(async () => {
      visitor = await visit(site);
      await visitor.open("index.html");
      pages = new Map(await visitor.run(readPages, site.pages));
    });
    after(() => visitor.leave());

    test("all internal links resolve, to an element where they name one", () => {
      const files = new Set(site.files);
      const broken = [];
      for (const [page, { links }] of pages) {
        for (const [file, fragment] of links) {
          const target = pages.get(file);
          const resolves = files.has(file) && (!fragment || !target || target.ids.includes(fragment));
          if (!resolves) broken.push(`${page}: ${file}#${fragment}`);
        }
      }
      assert.deepEqual(broken, []);
    });

    test("every page states a policy that allows only files of the site", () => {
      for (const [page, { policy }] of pages) {
        assert.match(policy ?? "", /default-src 'none'/, page);
        assert.doesNotMatch(policy, /unsafe|https?:|data:|\*/, page);
      }
    });

    test("no page violates the policy", async () => {
      for (const page of site.kinds) {
        await visitor.open(page);
        assert.deepEqual(visitor.misdeeds, [], page);
      }
    });
  });
}

/** The internal links, the ids and the policy of each page. */
async function readPages(paths) {
  const root = `${location.origin}/`;
  const read = async (path) => {
    const text = await (await fetch(`/${path}`)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const attributes = ["href", "src"];
    const linked = [...page.querySelectorAll("[href], [src]")].flatMap((element) =>
      attributes.map((name) => element.getAttribute(name)).filter((value) => value !== null),
    );
    const loaded = [...page.querySelectorAll("[data-src]")].flatMap(({ dataset }) => dataset.src.split(" "));
    const addresses = [...linked, ...loaded];
    const resolved = addresses.map((address) => new URL(address, root + path));
    const internal = resolved.filter((address) => address.href.startsWith(root));
    return {
      links: internal.map(({ pathname, hash }) => [pathname, hash].map((part) => decodeURIComponent(part.slice(1)))),
      ids: [...page.querySelectorAll("[id]")].map(({ id }) => id),
      policy: page.querySelector("meta[http-equiv=Content-Security-Policy]")?.content,
    };
  };
  const found = [];
  const together = 16;
  for (let start = 0; start < paths.length; start += together) {
    const some = paths.slice(start, start + together);
    found.push(...(await Promise.all(some.map(async (path) => [path, await read(path)]))));
  }
  return found;
}
