// Pages under a content security policy, a service worker and an extension, in Chromium.
/* global document */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { attempt, expect } from "./attempts.mjs";
import { BUNDLERS, QUICK } from "./bundlers.mjs";
import { bundle, installed, load, scratch } from "./scratch.mjs";

const SELF = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
/** Those that write scripts into the page itself: Next.js its data, which it also asks its server for, Parcel its map. */
const INLINE = SELF.replace("'self'", "'self' 'unsafe-inline'");
const POLICIES = { "Next.js": `${INLINE}; connect-src 'self'`, Parcel: INLINE };

const PROGRAM = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] };
const TYPES = { ".js": "text/javascript", ".html": "text/html", ".wasm": "application/wasm" };

export async function tryPages(quick) {
  const { chromium } = await load("playwright-core/index.mjs");
  const browser = await chromium.launch(PROGRAM);
  for (const name of quick ? QUICK : Object.keys(BUNDLERS)) {
    await attempt(`${name}: a page under a strict policy`, async () => {
      await BUNDLERS[name](`out-${name}`);
      expect(await titleOf(browser, `out-${name}`, POLICIES[name] ?? SELF), "coded and back");
    });
  }
  await attempt("a page that may not compile: an error says so", async () => {
    const title = await titleOf(browser, "out-esbuild", SELF.replace(" 'wasm-unsafe-eval'", ""));
    expect(title, "KernelError forbidden");
    expect(title, "'wasm-unsafe-eval'");
  });
  await attempt("a page whose server lost the workers' program: an error says so", async () => {
    rmSync(join(scratch, "out-esbuild/worker.js"));
    const policy = `${SELF}; connect-src 'self'`;
    expect(await titleOf(browser, "out-esbuild", policy), "the program of the workers is not at http");
  });
  await attempt("a page that reads 5 MB of JSON with the decoder by itself", async () => {
    const { compressSync } = await import(pathToFileURL(installed("@pith/codec/dist/index.js")).href);
    const rows = Array.from({ length: 60_000 }, (_, id) => ({
      id,
      name: `sensor ${(id * 7919) % 1009}`,
      at: new Date(1_700_000_000_000 + id * 60_000).toISOString(),
      values: [id % 17, (id * id) % 101, (id * 31) % 255],
    }));
    const json = Buffer.from(JSON.stringify(rows));
    await bundle({ entryPoints: { page: "json-page.mjs" }, splitting: true, minify: true, outdir: "out-json" });
    writeFileSync(join(scratch, "out-json/table.json.pith"), compressSync(json, { level: 1 }));
    const title = await titleOf(browser, "out-json", `${SELF}; connect-src 'self'`);
    expect(title, `decoded ${rows.length} rows of ${json.length} bytes`);
  });
  await attempt("a service worker, without import()", async () => {
    await bundle({ entryPoints: ["service-worker.mjs"], format: "iife", outdir: "out-service" });
    await bundle({ entryPoints: { page: "asks-service.mjs" }, outdir: "out-service" });
    expect(await titleOf(browser, "out-service", SELF), "coded and back");
  });
  await browser.close();
}

/** An extension of the third version of manifests: its page with workers, its background without `import()`. */
export async function tryExtension() {
  const { chromium } = await load("playwright-core/index.mjs");
  await attempt("an extension of Chromium: its page and its background", async () => {
    const folder = join(scratch, "out-extension");
    await BUNDLERS.esbuild("out-extension");
    await bundle({ entryPoints: { background: "service-worker.mjs" }, format: "iife", outdir: "out-extension" });
    const manifest = {
      manifest_version: 3,
      name: "Pith",
      version: "1",
      background: { service_worker: "background.js" },
      content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" },
    };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    for (const [name, script] of [
      ["page", "page.js"],
      ["background", "asks.js"],
    ]) {
      writeFileSync(join(folder, `${name}.html`), `<!doctype html><script type="module" src="${script}"></script>`);
    }
    await bundle({ entryPoints: { asks: "asks-background.mjs" }, outdir: "out-extension" });
    const context = await chromium.launchPersistentContext(mkdtempSync(join(scratch, "profile-")), {
      ...PROGRAM,
      headless: false,
      args: [...PROGRAM.args, "--headless=new", `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
    });
    try {
      const [worker = await context.waitForEvent("serviceworker")] = context.serviceWorkers();
      for (const name of ["page", "background"]) {
        expect(await titleAt(context, new URL(`${name}.html`, worker.url()).href), "coded and back");
      }
    } finally {
      await context.close();
    }
  });
}

/** What a page of a folder says in the end. */
async function titleOf(browser, folder, policy) {
  const server = createServer(({ url }, response) => {
    const path = join(scratch, folder, url === "/" ? "index.html" : new URL(url, "http://localhost").pathname);
    response.setHeader("content-security-policy", policy);
    if (url === "/" && !existsSync(path)) {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><title>waits</title><script type="module" src="page.js"></script>');
    } else if (existsSync(path)) {
      response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(readFileSync(path));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const context = await browser.newContext();
  try {
    return await titleAt(context, `http://127.0.0.1:${server.address().port}/`);
  } finally {
    await context.close();
    server.close();
  }
}

async function titleAt(context, url) {
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  try {
    await page.goto(url);
    await page.waitForFunction(() => /coded|other|Error/.test(document.title), undefined, { timeout: 180_000 });
    return await page.title();
  } catch (error) {
    throw new Error(`the page did not come to an end: ${errors.join("; ")}`, { cause: error });
  } finally {
    await page.close();
  }
}
