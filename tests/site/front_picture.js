/**
 * Draws the front page of a site, in light and dark, into a folder.
 *
 * `cargo xtask pictures` runs this. It makes the pictures of the README.
 */

import { join } from "node:path";

import { variable } from "./support/environment.js";
import { visit } from "./support/visitor.js";

/** In pixels of the page. The scale keeps text sharp on fine screens. */
const SIZE = { width: 920, height: 780, deviceScaleFactor: 1.5 };

const visitor = await visit({ folder: variable("SERVANDA_PICTURE_SITE") });
for (const theme of ["light", "dark"]) {
  await visitor.open("index.html", { theme });
  await visitor.tab.setViewport(SIZE);
  const path = join(variable("SERVANDA_PICTURE_FOLDER"), `front-${theme}.png`);
  await visitor.tab.screenshot({ path, optimizeForSpeed: false });
}
await visitor.leave();
if (visitor.misdeeds.length > 0) throw new Error(visitor.misdeeds.join("\n"));
