// Reads pages aloud from the first word of their main part to its last, as a screen reader does
// that follows the specifications of the W3C. Given on standard input: a JSON list of HTML; what is
// said of each comes as a JSON list of phrases.

import { text } from "node:stream/consumers";
import { JSDOM } from "jsdom";

async function listen(html) {
  const { window } = new JSDOM(html);
  for (const name of ["window", "document", "Node", "Element", "HTMLElement", "Event"]) {
    globalThis[name] = window[name] ?? window;
  }
  const { Virtual } = await import("@guidepup/virtual-screen-reader");
  const reader = new Virtual();
  const container = window.document.querySelector("main");
  await reader.start({ container });
  const first = await reader.lastSpokenPhrase();
  do await reader.next();
  while ((await reader.lastSpokenPhrase()) !== `end of ${first}`);
  const phrases = await reader.spokenPhraseLog();
  await reader.stop();
  return phrases;
}

const said = [];
for (const html of JSON.parse(await text(process.stdin))) said.push(await listen(html));
console.log(JSON.stringify(said));
