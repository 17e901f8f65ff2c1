// npm run screenshots -w pith-web [VIEW …]: pictures of every view, wide, in between and on a phone, light and dark, in
// artifacts/screens. Of the page as it was built; CHROMIUM names the browser, as for the tests.
import { mkdirSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";

const WIDTHS = { wide: [1440, 900], between: [768, 1024], phone: [390, 844] };
const THEMES = ["light", "dark"];
const FOLDER = fileURLToPath(new URL("../artifacts/screens/", import.meta.url));
/** Views that are pictured at a time. */
const AT_ONCE = 3;
/** Milliseconds until a view that changed its width has drawn its charts again; see `shared/chart.tsx`. */
const REDRAWN = 600;

const sees = (text) => (page) => page.getByText(text).first().waitFor({ timeout: 60_000 });
const chartOf = (title) => (page) => page.getByRole("img", { name: title }).locator("svg").waitFor({ timeout: 60_000 });
/** Presses buttons by their names, one after the other. */
const press =
  (...names) =>
  async (page) => {
    for (const name of names) await page.getByRole("button", { name }).first().click();
  };

/** Views, what is done in them, and what is there when all is. */
const VIEWS = [
  { name: "compress", hash: "#/compress", ready: sees("Drop files") },
  { name: "compress-done", hash: "#/compress", act: press("Try an example", "All levels of"), ready: sees("Close") },
  { name: "microscope", hash: "#/microscope", ready: chartOf(/^Ranks/) },
  { name: "microscope-two", hash: "#/microscope?b=level-10&sample=program&colours=word", ready: chartOf(/^Ranks/) },
  { name: "microscope-rank", hash: "#/microscope?colours=rank&sample=log", ready: chartOf(/^Ranks/) },
  { name: "microscope-bytes", hash: "#/microscope?show=bytes&sample=log", ready: chartOf(/^Ranks/) },
  { name: "embedded", hash: "#embed?sample=prose", ready: sees("Open it in") },
  { name: "pairs", hash: "#/pairs", ready: sees("by letter pairs, guessed") },
  { name: "pairs-thesis", hash: "#/pairs?decoder=statistics", ready: sees("by letter pairs, guessed") },
  { name: "patterns", hash: "#/patterns", act: press("Try an example"), ready: sees("Save its figures as JSON") },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !VIEWS.some((view) => view.name === name));
if (unknown.length > 0) {
  console.error(`expected views among ${VIEWS.map(({ name }) => name).join(", ")}, got ${unknown.join(", ")}`);
  process.exit(1);
}

mkdirSync(FOLDER, { recursive: true });
const server = await preview({ root: fileURLToPath(new URL("..", import.meta.url)), preview: { port: 0 } });
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // A sandbox needs a user other than root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

/** Until all that goes on in a view has come to its end. */
const settled = (page) =>
  page.waitForFunction(
    () =>
      [...document.querySelectorAll(".chart [role=img]")].every((place) => place.querySelector("svg") !== null) &&
      [...document.querySelectorAll(".meter")].every((meter) => meter.getAttribute("aria-valuenow") === "100"),
    undefined,
    { timeout: 60_000 },
  );

let count = 0;
async function picture({ name, hash, act, ready }) {
  const page = await browser.newPage({ reducedMotion: "reduce", serviceWorkers: "allow" });
  await page.goto(address + hash);
  await act?.(page);
  await ready(page);
  await settled(page);
  for (const [width, [pixels, height]] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: pixels, height });
    // What stands still while the page is scrolled belongs at its top.
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(REDRAWN);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${FOLDER}${name}-${width}-${colorScheme}.png`, fullPage: true });
      count++;
    }
  }
  await page.close();
}

try {
  const queue = VIEWS.filter(({ name }) => asked.length === 0 || asked.includes(name));
  const work = async () => {
    for (let view = queue.shift(); view !== undefined; view = queue.shift()) await picture(view);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
}
console.log(`${count} pictures in ${relative(fileURLToPath(new URL("../../..", import.meta.url)), FOLDER)}`);
