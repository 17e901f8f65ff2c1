// npm run speed -w pith-web [PART …]: how long people wait for the page, beside what it has to reach. Of the page as it was
// built, in Chromium, served compressed; takes some minutes, and the machine for itself. The parts:
//
//   usable       each view from its address to the first control that answers, on slow 4G, a processor four times slower
//   microscope   100 kB of text: until the first colours, and until all is measured
//   cancel       a file of 200 MB in each state, from the click to the row that says so, and to a next file that is done
//   small        200 files of 2 kB, beside the command, by turns
//
// --rounds N     times that each is done, of which the middle counts; default 3
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const PARTS = ["usable", "microscope", "cancel", "small"];
const BUILD = fileURLToPath(new URL("../dist/", import.meta.url));
const COMMAND = fileURLToPath(new URL("../../cli/bin/pith.js", import.meta.url));
/** Bits a second, and milliseconds of a journey, as Lighthouse has them. */
const SLOW_4G = { downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, latency: 150, offline: false };
const SLOWER = 4;
const PATIENCE = 300_000;
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "3" } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
const unknown = positionals.filter((name) => !PARTS.includes(name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`usage: npm run speed -w pith-web [${PARTS.join("] [")}] [-- --rounds N]`);
  process.exit(1);
}

/** The build on a server that compresses, as servers do; each file once. */
async function serve() {
  const packed = new Map();
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://localhost").pathname.slice(1) || "index.html";
    try {
      if (!packed.has(name)) packed.set(name, gzipSync(readFileSync(join(BUILD, name)), { level: 9 }));
      const headers = { "Content-Type": TYPES[extname(name)] ?? "text/plain", "Content-Encoding": "gzip" };
      response.writeHead(200, headers).end(packed.get(name));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://localhost:${server.address().port}/`, close: () => server.close() };
}

const rows = [];
/** @param numbers of the rounds @param goal the most that it may be; undefined where there is none */
function say(what, numbers, unit, goal) {
  const middle = [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  rows.push({
    what,
    value: `${middle.toFixed(2)} ${unit}`,
    goal: goal === undefined ? "" : `${goal} ${unit}`,
    met: goal === undefined ? "" : middle <= goal ? "yes" : "NO",
  });
  console.log(`${what}: ${middle.toFixed(2)} ${unit} (${numbers.map((n) => n.toFixed(2)).join(", ")})`);
}

/** What a part finds in each round, by the name of what was measured. */
async function inRounds(once) {
  const found = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const [what, number] of await once(round)) found.set(what, [...(found.get(what) ?? []), number]);
  }
  return found;
}

const folder = mkdtempSync(join(tmpdir(), "pith-speed-"));
const server = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // A sandbox needs a user other than root.
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

async function open(hash, before = async () => undefined) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await before(page);
  await page.goto(server.address + hash, { waitUntil: "commit" });
  return page;
}
const close = (page) => page.context().close();
const input = (page) => page.locator("input[type=file]:not([webkitdirectory])");
/** Milliseconds of the page's clock when it first shows a selector and has drawn it; the clock begins with the address. */
const shownAt = (page, selector) =>
  page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (document.querySelector(wanted) === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        };
        look();
      }),
    selector,
  );
const clock = (page) => page.evaluate(() => performance.now());

async function usable() {
  const views = {
    Compress: ["#/compress", "main input[type=file]"],
    Microscope: ["#/microscope", "main .specimen"],
    "Letter pairs": ["#/pairs", "main textarea"],
    Patterns: ["#/patterns", "main input[type=file]"],
  };
  const found = await inRounds(async () => {
    const times = [];
    for (const [name, [hash, control]] of Object.entries(views)) {
      const page = await open(hash, async (fresh) => {
        const cdp = await fresh.context().newCDPSession(fresh);
        await cdp.send("Network.enable");
        await cdp.send("Network.emulateNetworkConditions", SLOW_4G);
        await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
      });
      times.push([name, (await shownAt(page, control)) / 1000]);
      await close(page);
    }
    return times;
  });
  for (const [name, numbers] of found) say(`${name}, usable on slow 4G, 4 × slower`, numbers, "s", 2);
}

/** English of this repository, of so many bytes. */
function english(length) {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const files = ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"].map((name) => readFileSync(join(root, name)));
  for (const name of readdirSync(join(root, "docs"))) {
    if (name.endsWith(".md")) files.push(readFileSync(join(root, "docs", name)));
  }
  return Buffer.concat(files).subarray(0, length);
}

async function microscope() {
  const text = english(100_000);
  const found = await inRounds(async () => {
    const page = await open("#/microscope");
    await page.locator(".meter[aria-valuenow='100']").waitFor();
    const start = await clock(page);
    await input(page).setInputFiles([{ name: "text.txt", mimeType: "", buffer: text }]);
    const times = await page.evaluate(
      (begun) =>
        new Promise((resolve) => {
          let first;
          const look = () => {
            const meter = document.querySelector(".meter");
            const whole = document.querySelector(".specimen")?.textContent.length > 3000;
            const coloured = whole && document.querySelector(".specimen [class*=tint-]") !== null;
            if (coloured) first ??= performance.now() - begun;
            if (first !== undefined && meter?.getAttribute("aria-valuenow") === "100") {
              resolve([first, performance.now() - begun]);
            } else requestAnimationFrame(look);
          };
          look();
        }),
      start,
    );
    await close(page);
    return [
      ["first", times[0] / 1000],
      ["all", times[1] / 1000],
    ];
  });
  say("Microscope, 100 kB, the first colours", found.get("first"), "s", 0.3);
  say("Microscope, 100 kB, all of it", found.get("all"), "s", 4);
}

async function cancel() {
  const path = join(folder, "large.txt");
  const part = Buffer.concat(Array.from({ length: 11 }, () => english(100_000)));
  const handle = openSync(path, "w");
  // Numbers between them, so that nothing is the same as what was before.
  for (let written = 0, i = 0; written < 200e6; i++) {
    const piece = Buffer.from(part);
    for (let at = i % 7; at < piece.length; at += 97) piece[at] = 48 + ((at * 31 + i * 7) % 10);
    written += writeSync(handle, piece);
  }
  closeSync(handle);
  const packed = join(folder, "packed.txt.pith");
  spawnSync(process.execPath, [COMMAND, "-1", "-m", "stored", "-q", path, "-o", packed]);
  const small = { name: "next.txt", mimeType: "", buffer: english(2000) };
  const states = [
    ["as it is added", path, 0, 1],
    ["0.3 s in work", path, 300, 1],
    ["3 s in work, level 1", path, 3000, 1],
    ["3 s in work, level 5", path, 3000, 5],
    ["given back, 0.3 s in work", packed, 300, 1],
  ];
  const found = await inRounds(async () => {
    const times = [];
    for (const [state, file, after, level] of states) {
      const page = await open(`#/compress?level=${level}`);
      await input(page).setInputFiles(file);
      await page.locator(".job").waitFor();
      await page.waitForTimeout(after);
      const shown = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const button = [...document.querySelectorAll(".job button")].find(({ textContent }) =>
              textContent.startsWith("Cancel"),
            );
            if (button === undefined) return resolve(undefined);
            const begun = performance.now();
            button.click();
            const look = () => {
              if (document.querySelector(".job.cancelled") === null) requestAnimationFrame(look);
              else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
            };
            look();
          }),
      );
      const begun = await clock(page);
      await input(page).setInputFiles([small]);
      const next = (await shownAt(page, ".job.done")) - begun;
      if (shown !== undefined) times.push([`Cancel, 200 MB, ${state}`, shown / 1000]);
      times.push([`A small file after it, ${state}`, next / 1000]);
      await close(page);
    }
    // One that waits behind two in work.
    const page = await open("#/compress?level=5");
    await input(page).setInputFiles([path]);
    await input(page).setInputFiles([packed]);
    await input(page).setInputFiles([path]);
    await page.waitForTimeout(1000);
    const waiting = page.locator(".job.waiting");
    const begun = await clock(page);
    await waiting.getByRole("button", { name: "Cancel" }).click();
    await page.locator(".job.cancelled").waitFor();
    times.push(["Cancel, 200 MB, that waits behind two", ((await clock(page)) - begun) / 1000]);
    await close(page);
    return times;
  });
  for (const [what, numbers] of found) say(what, numbers, "s", what.startsWith("Cancel") ? 0.5 : undefined);
}

async function small() {
  const place = join(folder, "small");
  mkdirSync(place);
  const text = english(400_000);
  const files = Array.from({ length: 200 }, (_, i) => {
    const content = text.subarray((i * 1931) % (text.length - 2000), ((i * 1931) % (text.length - 2000)) + 2000);
    writeFileSync(join(place, `${i}.txt`), content);
    return { name: `${i}.txt`, mimeType: "", buffer: content };
  });
  const found = await inRounds(async () => {
    const begun = performance.now();
    const paths = files.map(({ name }) => join(place, name));
    const { status, stderr } = spawnSync(process.execPath, [COMMAND, "-5", "-k", "-f", "-q", ...paths]);
    if (status !== 0) throw new Error(String(stderr));
    const command = (performance.now() - begun) / 1000;
    const page = await open("#/compress?level=5");
    await input(page).waitFor({ state: "attached" });
    const start = await clock(page);
    await input(page).setInputFiles(files);
    const end = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const look = () => {
            if (document.querySelectorAll(".job.done").length === 200) resolve(performance.now());
            else setTimeout(look, 20);
          };
          look();
        }),
    );
    await close(page);
    return [
      ["command", command],
      ["page", (end - start) / 1000],
    ];
  });
  say("200 files of 2 kB, the command", found.get("command"), "s");
  say("200 files of 2 kB, the page", found.get("page"), "s");
  const ratios = found.get("page").map((seconds, i) => seconds / found.get("command")[i]);
  say("200 files of 2 kB, page ÷ command", ratios, "×", 2);
}

const busy = loadavg()[0];
if (busy > 0.5) console.log(`The machine is busy: load ${busy.toFixed(1)}. These are no quiet figures.`);
try {
  const run = { usable, microscope, cancel, small };
  for (const part of PARTS) if (positionals.length === 0 || positionals.includes(part)) await run[part]();
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);
