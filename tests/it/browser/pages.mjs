// Opens every page of a folder in a headless Chromium, as a reader would: light and dark, wide and narrow, with scripts
// and without, by keyboard, on paper. Prints one line a finding, then how many pages were looked at.
//
//   node pages.mjs FOLDER_WITH_NODE_MODULES CHROMIUM FOLDER_WITH_PAGES
import { createRequire } from "node:module";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chromium, folder] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "package.json"));
const { chromium: engine } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 740 };

let findings = 0;
function found(name, what) {
  findings += 1;
  console.log(`FOUND ${name}: ${what}`);
}

// A page whose requests, messages and dialogs are written down.
async function open(browser, file, options) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const seen = [];
  page.on("request", (request) => {
    const asked = request.url();
    if (asked.split("#")[0] !== url && !asked.startsWith("data:")) {
      seen.push(`asks for ${asked.slice(0, 200)}`);
    }
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      seen.push(`the console says: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => seen.push(`a script failed: ${error.message}`));
  page.on("dialog", (dialog) => {
    seen.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(url, { waitUntil: "load" });
  return { context, page, seen };
}

async function accessible(page, name, how) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of result.violations) {
    const nodes = violation.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3);
    found(name, `axe-core, ${how}: ${violation.id} (${violation.help}): ${nodes.join(" | ")}`);
  }
  return result.passes.length;
}

async function withScripts(browser, file, name) {
  const { context, page, seen } = await open(browser, file, {});
  const text = await page.evaluate(() => document.body.innerText);
  await structure(page, name);
  await keyboard(page, name);
  await pointer(page, name);
  writeFileSync(file.replace(/html$/, "print.pdf"), await page.pdf({ preferCSSPageSize: true, printBackground: false }));

  // A picture with a name is one thing to a screen reader. Without the marks inside, axe-core takes seconds, not minutes.
  await page.evaluate(() => document.querySelectorAll("svg[role=img] > g").forEach((group) => group.remove()));
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  let checks = await accessible(page, name, "light");
  await page.emulateMedia({ colorScheme: "dark" });
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  if (paper !== "rgb(20, 23, 26)") {
    found(name, `the dark page is ${paper}`);
  }
  checks += await accessible(page, name, "dark");
  if (checks < 30) {
    found(name, `axe-core checked next to nothing (${checks} rules)`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE);
  const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
  if (width > PHONE.width) {
    found(name, `on a phone the page is ${width} px wide`);
  }
  await accessible(page, name, "on a phone");
  seen.forEach((what) => found(name, what));
  await context.close();
  return text;
}

// Headings in order; every chart with a name, a description and a table.
async function structure(page, name) {
  const order = await page.evaluate(() => [...document.querySelectorAll("h1, h2, h3, h4")].map((h) => Number(h.nodeName[1])));
  order.forEach((level, at) => {
    if (at === 0 ? level !== 1 : level > order[at - 1] + 1) {
      found(name, `heading ${at + 1} is of level ${level}`);
    }
  });
  const charts = await page.evaluate(() => [...document.querySelectorAll(".chart")].map((chart) => ({
    heading: chart.getAttribute("aria-label"),
    named: Boolean(chart.querySelector("svg[role=img] > title")?.textContent && chart.querySelector("svg > desc")?.textContent),
    rows: chart.parentElement.querySelectorAll("details table tbody tr").length,
  })));
  for (const chart of charts) {
    if (!chart.named || chart.rows === 0) {
      found(name, `the chart ${chart.heading} has no words or no table (${chart.rows} rows)`);
    }
  }
}

// The first stop is the link past the contents, and it leads there.
async function keyboard(page, name) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const at = document.activeElement.getBoundingClientRect();
    return { is: document.activeElement.className, left: at.left, top: at.top };
  });
  if (first.is !== "skip" || first.left < 0 || first.top < 0) {
    found(name, `the first stop of the keyboard is ${JSON.stringify(first)}`);
  }
  await page.keyboard.press("Enter");
  const target = await page.evaluate(() => document.getElementById(location.hash.slice(1))?.id);
  if (target !== "glance") {
    found(name, "the skip link leads nowhere");
  }
}

// A value shows where the pointer rests, and goes with it.
async function pointer(page, name) {
  const at = await page.evaluate(() => {
    const marks = [...document.querySelectorAll(".chart svg g:has(> title) > :not(title)")];
    for (const mark of marks) {
      mark.scrollIntoView({ block: "center" });
      const box = mark.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      // Marks may lie on each other: the topmost is the one whose value shows.
      if (document.elementFromPoint(x, y) === mark) {
        return { x, y, value: mark.parentElement.firstElementChild.textContent };
      }
    }
    return marks.length > 0 ? { none: true } : null;
  });
  if (at === null) {
    return;
  }
  if (at.none) {
    found(name, "no mark of a chart can be pointed at");
    return;
  }
  // Scrolling hides the value, and its event comes a frame late.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))));
  await page.mouse.move(at.x, at.y);
  const tip = page.locator(".tip");
  if (!(await tip.isVisible()) || (await tip.textContent()) !== at.value) {
    found(name, `no value shows under the pointer: ${at.value}`);
  }
  await page.mouse.move(2, 2);
  if (await tip.isVisible()) {
    found(name, "the value stays when the pointer has gone");
  }
}

async function withoutScripts(browser, file, name, text) {
  const { context, page, seen } = await open(browser, file, { javaScriptEnabled: false });
  const still = await page.locator("body").innerText();
  // Tables are folded here and open there: what stands outside them must be the same.
  const lines = still.split("\n").map((line) => line.trim()).filter((line) => line.length > 0);
  const others = new Set(text.split("\n").map((line) => line.trim()));
  const lost = lines.filter((line) => !others.has(line));
  if (lines.length < 40 || lost.length > 0) {
    found(name, `without scripts there are ${lines.length} lines, unlike with them: ${lost.slice(0, 3).join(" | ")}`);
  }
  const summary = page.locator("summary").first();
  if (await summary.count()) {
    await summary.click();
    if (!(await page.locator("details table").first().isVisible())) {
      found(name, "without scripts a table does not open");
    }
  }
  seen.forEach((what) => found(name, `without scripts: ${what}`));
  await context.close();
}

const browser = await engine.launch({ executablePath: chromium, args: flags });
const names = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
// Several pages at a time: much of a page's time is waiting.
const waiting = [...names];
async function next() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const file = resolve(folder, name);
    const text = await withScripts(browser, file, name);
    await withoutScripts(browser, file, name, text);
  }
}
await Promise.all([next(), next(), next()]);
await browser.close();
console.log(`LOOKED AT ${names.length} PAGES, ${findings} FINDINGS`);
