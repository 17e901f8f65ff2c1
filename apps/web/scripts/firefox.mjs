// npm run firefox -w pith-web: the page's main ways in Firefox, by WebDriver BiDi: files are compressed, saved and given back,
// the same bytes as the command's; a text is measured, a message read, a file analysed. Of the page as it was built; FIREFOX
// names the browser, by default /usr/bin/firefox-esr (on Debian: apt-get install firefox-esr).
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { preview } from "vite";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const COMMAND = fileURLToPath(new URL("../../cli/bin/pith.js", import.meta.url));
/** Milliseconds for anything that a page does. */
const PATIENCE = 120_000;

if (!existsSync(FIREFOX)) {
  console.error(`there is no ${FIREFOX}: apt-get install firefox-esr, or name a Firefox in the variable FIREFOX`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "pith-firefox-"));
const downloads = join(folder, "downloads");
const server = await preview({ root: fileURLToPath(new URL("..", import.meta.url)), preview: { port: 0 } });
const address = server.resolvedUrls.local[0];
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: FIREFOX,
  headless: true,
  protocolTimeout: PATIENCE,
  extraPrefsFirefox: {
    "browser.download.folderList": 2,
    "browser.download.dir": downloads,
    "browser.download.useDownloadDir": true,
    "browser.download.always_ask_before_handling_new_types": false,
  },
});

/** What pages said on their consoles, and threw. */
const faults = [];
let passed = 0;

function holds(what, isTrue) {
  if (!isTrue) throw new Error(`this does not hold: ${what}`);
  passed++;
  console.log(`  ${what}`);
}

async function open(hash) {
  const page = await browser.newPage();
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(address + hash);
  return page;
}

/** Waits until the page has a text. */
async function sees(page, text) {
  await page.waitForFunction(
    (wanted) => document.querySelector("main")?.innerText.includes(wanted),
    { timeout: PATIENCE },
    text,
  );
}

async function choose(page, path) {
  const input = await page.waitForSelector("input[type=file]:not([webkitdirectory])", { timeout: PATIENCE });
  await input.uploadFile(path);
}

/** What a click on the link that saves a file leaves in the folder for downloads. */
async function saved(page, name) {
  const link = await page.waitForSelector(`a[download="${name}"]`, { timeout: PATIENCE });
  await link.evaluate((element) => element.click());
  const path = join(downloads, name);
  for (let waited = 0; waited < PATIENCE; waited += 100) {
    // While it is written, another stands beside it.
    if (existsSync(path) && statSync(path).size > 0 && !existsSync(`${path}.part`)) return readFileSync(path);
    await sleep(100);
  }
  throw new Error(`${name} was not saved`);
}

function pith(args, input) {
  const isVerb = !args[0].startsWith("-");
  const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND, ...args, ...(isVerb ? [] : ["-c"])], {
    input,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`pith ${args.join(" ")}: ${String(stderr)}`);
  return stdout;
}

async function compress() {
  console.log("Compress");
  const files = {
    "readme.md": readFileSync(fileURLToPath(new URL("../README.md", import.meta.url))),
    "numbers.bin": Buffer.from(Uint32Array.from({ length: 20_000 }, (_, i) => 4096 + 12 * i).buffer),
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    writeFileSync(path, content);
    for (const level of [2, 5]) {
      const page = await open(`#/compress?level=${level}`);
      await choose(page, path);
      const file = await saved(page, `${name}.pith`);
      rmSync(join(downloads, `${name}.pith`));
      holds(
        `${name} at level ${level} is saved with the bytes that the command writes`,
        file.equals(pith([`-${level}`], content)),
      );
      const compressed = join(folder, `${name}.pith`);
      writeFileSync(compressed, file);
      await choose(page, compressed);
      const back = await saved(page, name);
      rmSync(join(downloads, name));
      holds("and is given back, bit for bit", back.equals(content));
      await page.close();
    }
  }
}

async function microscope() {
  console.log("Microscope");
  const page = await open("#/microscope");
  await page.waitForFunction(() => document.querySelector(".meter")?.getAttribute("aria-valuenow") === "100", {
    timeout: PATIENCE,
  });
  holds(
    "the sample is measured and coloured",
    await page.evaluate(() => document.querySelectorAll(".specimen [class*=tint-]").length > 100),
  );
  await page.waitForFunction(() => document.querySelectorAll(".chart svg").length === 2, { timeout: PATIENCE });
  holds("both charts are drawn", true);
  await page.close();
}

async function pairs() {
  console.log("Letter pairs");
  const page = await open("#/pairs");
  await sees(page, "all of them were told apart");
  holds("the message is read without an error", true);
  const letters = await page.waitForFunction(
    () =>
      /^[\w-]{4,}$/.test(document.querySelector(".letters")?.textContent ?? "") &&
      document.querySelector(".letters").textContent,
    { timeout: PATIENCE },
  );
  const text = String(await letters.jsonValue());
  const message = String(await page.$eval("textarea", ({ value }) => value));
  holds(
    "the command reads what is to be sent",
    pith(["message", "-d"], Buffer.from(text, "base64url")).toString() === message,
  );
  await page.close();
}

async function patterns() {
  console.log("Patterns");
  const page = await open("#/patterns");
  await choose(page, join(folder, "numbers.bin"));
  await sees(page, "Save its figures as JSON");
  const figures = JSON.parse(String(await saved(page, "numbers.bin.patterns.json")));
  holds("a file is analysed, and its figures are saved", figures.analysis.levels.length === 3);
  await page.close();
}

try {
  console.log(await browser.version());
  for (const view of [compress, microscope, pairs, patterns]) await view();
  if (faults.length > 0) throw new Error(`pages said: ${[...new Set(faults)].join("; ")}`);
  console.log(`${passed} passed`);
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
  rmSync(folder, { recursive: true, force: true });
}
