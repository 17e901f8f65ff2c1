import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect } from "@jest/globals";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
  type Page,
} from "playwright-core";
import { serveBuild, type Server } from "./server.ts";

const NAMED = process.env["CHROMIUM"];
/** Whoever names a browser wants these tests to run, so it has to be there; the usual place is only looked at. */
const CHROMIUM = NAMED ?? (existsSync("/usr/bin/chromium") ? "/usr/bin/chromium" : undefined);

/** What Chromium itself looks for now and then, whatever it is told; what pages ask for is also seen as they ask. */
const ITS_OWN = /^(http:\/\/)?((update|content-autofill|[a-z-]+-pa)\.googleapis|(accounts|clients\d)\.google)\.com[:/]/;

const ARTIFACTS = fileURLToPath(new URL("../../artifacts", import.meta.url));

/** What tests in a browser work with. */
export interface Session {
  readonly server: Server;
  /**
   * Opens the page, with what follows its address. What it then does wrong fails the test that is running. It is not kept for
   * use without a network, which would fetch all of it behind each test, unless the options allow service workers.
   */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  /** As a person's own browser, that keeps things on the disk: `folder`, which stands in its command line. */
  openOnDisk(hash: string): Promise<{ readonly page: Page; readonly folder: string }>;
  /** What the console says of this does not fail the test that is running. */
  forgive(messages: RegExp): void;
  /** Keeps a picture of the whole page for people to look at. */
  keep(page: Page, name: string): Promise<void>;
}

/** Tests that need a real browser; skipped, and said so, where there is none. */
export function inBrowser(name: string, define: (session: Session) => void): void {
  if (CHROMIUM === undefined) {
    const reason = "no Chromium here: apt-get install chromium, or name one in the variable CHROMIUM";
    console.warn(`${name}: its tests in a browser are skipped; ${reason}`);
  }
  const run = CHROMIUM === undefined ? describe.skip : describe;
  run(`${name} in a browser`, () => {
    let browser: Browser;
    let server: Server;
    let trap: Trap;
    /** What pages did wrong. */
    const faults: string[] = [];
    let forgiven: RegExp | undefined;
    const contexts: BrowserContext[] = [];
    const folders: string[] = [];

    beforeAll(async () => {
      mkdirSync(ARTIFACTS, { recursive: true });
      [server, trap] = await Promise.all([serveBuild(), setTrap()]);
      browser = await chromium.launch(launchOptions(trap));
    });
    afterAll(async () => {
      await browser.close();
      await Promise.all([server.close(), trap.close()]);
    });
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
      const sent = trap.requests.splice(0).filter((request) => !ITS_OWN.test(request));
      const told = faults.splice(0).filter((fault) => forgiven?.test(fault) !== true);
      forgiven = undefined;
      expect([...told, ...sent.map((request) => `sent to ${request}`)]).toEqual([]);
    });

    async function openIn(context: BrowserContext, hash: string): Promise<Page> {
      contexts.push(context);
      const page = await context.newPage();
      context.on("request", (request) => {
        const url = request.url();
        if (!/^(http:\/\/localhost:|blob:|data:)/.test(url)) faults.push(`asked for ${url}`);
      });
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (message) => {
        const text = message.text();
        if (/^(error|warning)$/.test(message.type()) && !UNKEPT.test(text)) faults.push(text);
      });
      await page.goto(server.address + hash);
      return page;
    }

    define({
      get server() {
        return server;
      },
      async open(hash = "", options = {}) {
        return await openIn(await browser.newContext({ ...USUAL, ...options }), hash);
      },
      async openOnDisk(hash) {
        const folder = mkdtempSync(join(tmpdir(), "pith-chromium-"));
        folders.push(folder);
        const context = await chromium.launchPersistentContext(folder, { ...launchOptions(trap), ...USUAL });
        return { page: await openIn(context, hash), folder };
      },
      forgive(messages) {
        forgiven = messages;
      },
      async keep(page, picture) {
        await page.screenshot({ path: `${ARTIFACTS}/${picture}.png`, fullPage: true });
      },
    });
  });
}

/** Waits until the page shows what was last done to it, and what follows from that is done too. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );
}

const USUAL: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, serviceWorkers: "block" };
/** What a page is told that wants to be kept all the same. */
const UNKEPT = /^Service Worker registration blocked by Playwright/;

function launchOptions(trap: Trap): LaunchOptions {
  return {
    executablePath: CHROMIUM ?? "",
    proxy: { server: trap.address, bypass: "localhost" },
    args: [
      // A sandbox needs a user other than root.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

/** A proxy that lets nothing through: whatever a page, a worker or a service worker sends elsewhere ends here. */
interface Trap {
  readonly address: string;
  readonly requests: string[];
  close(): Promise<void>;
}

async function setTrap(): Promise<Trap> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.writeHead(403).end();
  });
  server.on("connect", (request, socket) => {
    requests.push(request.url ?? "");
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
