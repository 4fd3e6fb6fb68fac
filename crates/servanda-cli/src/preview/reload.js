// Reloads the page when the site has changed. `servanda serve` adds this script to its responses.
"use strict";
(() => {
  const version = document.currentScript.src.split("?")[1];
  let asked = null;

  // A browser opens only six connections to a host, so hidden pages close theirs.
  async function ask() {
    if (document.hidden || asked) {
      return;
    }
    asked = new AbortController();
    let pause = 1000;
    try {
      // The preview answers when the site has another version, or after 20 seconds.
      const answer = await fetch("/servanda-reload?" + version, { signal: asked.signal });
      if (answer.ok && (await answer.text()) !== version) {
        location.reload();
        return;
      }
      pause = answer.ok ? 0 : pause;
    } catch {
      // The page is hidden, or the preview has ended. It may be started again.
    }
    asked = null;
    setTimeout(ask, pause);
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? asked?.abort() : ask()));
  ask();
})();
