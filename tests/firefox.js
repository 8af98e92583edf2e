// Opens pages in Firefox and answers, as JSON, what a question finds there at first and after each
// act. Given on standard input: {"prefs": {…}, "question": "…", "visits": [{"url", "acts"}]}, where
// an act is {"run": "…"} or {"press": "…"}. Each visit has a browsing context of its own.

import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { executable, prefs, question, visits } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: executable,
  extraPrefsFirefox: prefs,
});

/** The question's answer once the page has come to rest. */
async function ask(page) {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))",
  );
  return page.evaluate(question);
}

async function visit({ url, acts }) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 720 });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForFunction("document.documentElement.dataset.ppView");
  const answers = [await ask(page)];
  for (const { run, press } of acts) {
    if (run) await page.evaluate(run);
    if (press) await page.keyboard.press(press);
    answers.push(await ask(page));
  }
  await page.close();
  return answers;
}

try {
  const answers = [];
  for (const one of visits) answers.push(await visit(one));
  console.log(JSON.stringify(answers));
} finally {
  await browser.close();
}
