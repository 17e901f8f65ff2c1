// npm run screenshots -w pith-web: pictures of every view, wide, in between and on a phone, light and dark, in
// artifacts/screens. Of the page as it was built; CHROMIUM names the browser, as for the tests.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";

const WIDTHS = { wide: [1440, 900], between: [768, 1024], phone: [390, 844] };
const THEMES = ["light", "dark"];
const FOLDER = fileURLToPath(new URL("../artifacts/screens/", import.meta.url));

/** Presses buttons by their names, one after the other. */
const press =
  (...names) =>
  async (page) => {
    for (const name of names) await page.getByRole("button", { name }).first().click();
  };

/** Views, what is done in them, and a text that is there when all is. */
const VIEWS = [
  { name: "compress", hash: "#/compress", ready: "Drop files" },
  { name: "compress-done", hash: "#/compress", act: press("Try an example", "All levels of"), ready: "Close" },
  { name: "microscope", hash: "#/microscope", ready: "Ranks" },
  { name: "microscope-two", hash: "#/microscope?b=level-10&sample=program&colours=word", ready: "Ranks" },
  { name: "microscope-rank", hash: "#/microscope?colours=rank&sample=log", ready: "Ranks" },
  { name: "microscope-bytes", hash: "#/microscope?show=bytes&sample=log", ready: "Ranks" },
  { name: "embedded", hash: "#embed?sample=prose", ready: "Open it in" },
  { name: "pairs", hash: "#/pairs", ready: "by letter pairs, guessed" },
  { name: "pairs-thesis", hash: "#/pairs?decoder=statistics", ready: "by letter pairs, guessed" },
  { name: "patterns", hash: "#/patterns", act: press("Try an example"), ready: "Save its figures as JSON" },
];

mkdirSync(FOLDER, { recursive: true });
const only = process.argv.slice(2);
const server = await preview({ root: fileURLToPath(new URL("..", import.meta.url)), preview: { port: 0 } });
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // A sandbox needs a user other than root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const { name, hash, act, ready } of VIEWS) {
  if (only.length > 0 && !only.includes(name)) continue;
  const page = await browser.newPage({ reducedMotion: "reduce", serviceWorkers: "allow" });
  await page.goto(address + hash);
  await act?.(page);
  await page.getByText(ready).first().waitFor({ timeout: 60_000 });
  for (const [width, [pixels, height]] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: pixels, height });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      // Charts are drawn again now and then.
      await page.waitForTimeout(900);
      await page.screenshot({ path: `${FOLDER}${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.close();
  console.log(name);
}
await browser.close();
await new Promise((resolve) => server.httpServer.close(resolve));
