import { expect, test } from "@jest/globals";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { inBrowser, settled, type Session } from "../support/browser.ts";
import { BUILD } from "../support/server.ts";
import { faintTexts, layoutShift, namelessControls, overflowsSideways } from "../support/looks.ts";

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };

/** Views as they are opened, and a text that is there when they are ready to be looked at. */
const VIEWS = [
  { name: "compress", hash: "#/compress", ready: "Drop files anywhere on this page.", title: "Compress · Pith" },
  { name: "microscope", hash: "#/microscope", ready: "xylophone", title: "Microscope · Pith" },
  { name: "pairs", hash: "#/pairs", ready: "by letter pairs, guessed", title: "Letter pairs · Pith" },
  { name: "patterns-empty", hash: "#/patterns", ready: "Choose a file", title: "Patterns · Pith" },
  {
    name: "microscope-two",
    hash: "#/microscope?b=text-best&sample=program",
    ready: "smallestRun",
    title: "Microscope · Pith",
  },
] as const;

/** As browsers do, which keep the page. */
const KEPT = { serviceWorkers: "allow" } as const;

async function whenReady(page: Page, ready: string): Promise<void> {
  await page.getByRole("main").getByText(ready).first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".chart [role=img]")].every((place) => place.querySelector("svg") !== null),
  );
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".meter")].every((meter) => meter.getAttribute("aria-valuenow") === "100"),
  );
  // Charts whose data change are drawn again now and then.
  await page.waitForTimeout(600);
}

inBrowser("The page", (session) => {
  describeLooks(session);

  test("the first load is small, and none of it is charts or codecs", async () => {
    const page = await session.open();
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter(({ name }) => /\.(js|css)$/.test(name))
        .map(({ name }) => name),
    );
    let bytes = 0;
    for (const script of scripts) {
      bytes += gzipSync(Buffer.from(await (await fetch(script)).arrayBuffer()), { level: 9 }).length;
    }
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(40_000);
    // What measures in the microscope brings no model before one is wanted.
    const assets = join(BUILD, "assets");
    const sizes = readdirSync(assets)
      .filter((name) => name.startsWith("measure-worker-"))
      .map((name) => gzipSync(readFileSync(join(assets, name))).length);
    expect(sizes).toHaveLength(1);
    expect(sizes[0]).toBeLessThan(110_000);
  });

  test("once loaded it works without a network", async () => {
    const page = await session.open("", KEPT);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
    await page.reload();
    await page
      .locator("input[type=file]:not([webkitdirectory])")
      .setInputFiles([
        { name: "offline.txt", mimeType: "", buffer: Buffer.from("no network, no matter; ".repeat(500)) },
      ]);
    await page.getByRole("link", { name: "Save offline.txt.pith" }).waitFor();
    await page.getByRole("link", { name: "Microscope" }).click();
    await whenReady(page, "xylophone");
    await session.keep(page, "offline");
    await page.getByRole("link", { name: "Letter pairs" }).click();
    await page.getByText("brotli its library did not come: it takes a network, once").waitFor();
  });

  test("its service worker leaves to the server what is not the page's own", async () => {
    const page = await session.open("", KEPT);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    session.forgive(/404/);
    const { kept, status } = await page.evaluate(async () => {
      const response = await fetch("another/data.json");
      const names = await caches.keys();
      const caught = await Promise.all(names.map(async (name) => (await caches.open(name)).match("another/data.json")));
      return { kept: caught.some((match) => match !== undefined), status: response.status };
    });
    expect({ kept, status }).toEqual({ kept: false, status: 404 });
    // The server has nothing there, which a browser shows as an error of its own.
    await expect(page.goto(`${session.server.address}another/page`)).rejects.toThrow("ERR_HTTP_RESPONSE_CODE_FAILURE");
  });

  test("it may not send anything anywhere, and neither may its workers", async () => {
    const page = await session.open("", KEPT);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.reload();
    await page
      .locator("input[type=file]:not([webkitdirectory])")
      .setInputFiles([{ name: "a.txt", mimeType: "", buffer: Buffer.from("a") }]);
    await page.getByRole("link", { name: "Save a.txt.pith" }).waitFor();
    /** The rule that a request breaks: the policy refuses it before the network is asked. */
    const broken = (): Promise<string> =>
      new Promise((resolve) => {
        addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        fetch("https://example.org/").then(
          () => resolve("none: it was sent"),
          () => setTimeout(resolve, 1000, "none: the network was asked"),
        );
      });
    session.forgive(/Content Security Policy/);
    expect(await page.evaluate(broken)).toBe("connect-src");
    const [worker] = page.workers();
    expect(await worker.evaluate(broken)).toBe("connect-src");

    // Nor does it take a string for markup or for a program's address (Trusted Types).
    session.forgive(/Content Security Policy|TrustedHTML|program of another origin/);
    const refused = (act: string): Promise<string> =>
      page.evaluate((name) => {
        try {
          if (name === "markup") document.createElement("p").innerHTML = "<b>bold</b>";
          else new Worker("https://example.org/program.js");
          return "taken";
        } catch (error) {
          return String(error);
        }
      }, act);
    expect(await refused("markup")).toContain("TypeError");
    expect(await refused("program")).toContain("a program of another origin");
  });

  test("it goes where links and the history lead, and each view keeps its settings", async () => {
    const page = await session.open("#/compress?level=7");
    await page.getByRole("link", { name: "Microscope" }).click();
    await page.waitForFunction(() => document.title === "Microscope · Pith");
    await page.waitForFunction(() => document.activeElement?.tagName === "MAIN");
    await page.getByLabel("Predictor", { exact: true }).selectOption("text-fast");
    await page.getByRole("link", { name: "Compress" }).click();
    await settled(page);
    expect(await page.getByLabel("Level").inputValue()).toBe("7");
    await page.goBack();
    await settled(page);
    expect(await page.getByLabel("Predictor", { exact: true }).inputValue()).toBe("text-fast");
    await page.goto(`${session.server.address}#/nowhere`);
    await page.getByRole("heading", { name: "Compress", exact: true }).waitFor();
    // What an address says wrong does not stay in it.
    for (const [wrong, right] of [
      ["#/nowhere?level=3", "#/compress?level=3"],
      ["#/compress?level=99&method=none&more=1", "#/compress"],
      ["#/microscope?a=none&b=text-best&sample=none", "#/microscope?b=text-best"],
      ["#/pairs?pairing=none&decoder=small", "#/pairs?decoder=small"],
      ["#/patterns?block=7&signature=md5", "#/patterns?signature=md5"],
    ]) {
      await page.goto(session.server.address + wrong);
      await page.waitForFunction((hash) => location.hash === hash, right);
    }
  });

  test("opened as a file, it says what to do; where it cannot be kept, it does not promise to work offline", async () => {
    const page = await session.open();
    await page.getByText("it works with the network unplugged").waitFor();
    session.forgive(/file:\/\/|ERR_FAILED/);
    await page.goto(pathToFileURL(join(BUILD, "index.html")).href);
    await page.getByText("This page was opened as a file").waitFor();
    // As by plain http, where browsers have none.
    await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"));
    await page.goto(session.server.address);
    await page.getByText("This browser does not keep it for use without a network").waitFor();
  });

  test("a part of the program that does not come is told as that, with what to do", async () => {
    session.server.lack(/mix-text|resolver-small/);
    session.forgive(/404|not be kept|dynamically imported module/);
    try {
      const page = await session.open();
      await page
        .locator("input[type=file]:not([webkitdirectory])")
        .setInputFiles([{ name: "a.txt", mimeType: "", buffer: Buffer.from("words to compress ".repeat(20)) }]);
      await page.getByText("not loaded", { exact: true }).waitFor();
      await page
        .getByText(/^Mix-text[^ ]*\.js, a part of Pith that is loaded when it is first needed, did not come/i)
        .waitFor();
      await page.goto(`${session.server.address}#/pairs?decoder=small`);
      await page
        .getByText(/^resolver-small[^ ]*\.js, a part of Pith/)
        .first()
        .waitFor();
    } finally {
      session.server.lack(undefined);
    }
  });

  test("who has only fingers is not told to drop files", async () => {
    const page = await session.open("#/compress", { hasTouch: true, isMobile: true });
    await page.getByText("Choose files, and get them smaller.").waitFor();
    await page.getByRole("link", { name: "Patterns" }).click();
    await page.getByText("Choose a file, to see what repeats in it.").waitFor();
  });

  test("light or dark can be chosen, and stays so", async () => {
    const page = await session.open();
    const paper = async (): Promise<string> =>
      await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByLabel("dark").check();
    const isDark = (before: string): boolean => getComputedStyle(document.documentElement).backgroundColor !== before;
    await page.waitForFunction(isDark, light);
    await page.reload();
    await page.waitForFunction(isDark, light);
  });
});

function describeLooks(session: Session): void {
  const cases = VIEWS.flatMap((view) => [WIDE, NARROW].map((viewport) => ({ ...view, viewport })));
  test.each(cases)(
    "$name, $viewport.width wide: can be read, has names for everything, does not jump",
    async ({ name, hash, ready, title, viewport }) => {
      const page = await session.open(hash, { colorScheme: "light", viewport, reducedMotion: "reduce" });
      await whenReady(page, ready);
      await settled(page);
      expect(await page.title()).toBe(title);
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
      expect(await namelessControls(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      expect(await layoutShift(page)).toBeLessThan(0.1);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.getByLabel("auto", { exact: true }).check();
        await settled(page);
        await session.keep(page, `${name}-${colorScheme}-${viewport === NARROW ? "phone" : "desktop"}`);
        expect(await faintTexts(page)).toEqual([]);
        // Also where the page has other colours than the system.
        await page.getByLabel(colorScheme === "light" ? "dark" : "light", { exact: true }).check();
        await settled(page);
        expect(await faintTexts(page)).toEqual([]);
      }
    },
  );

  test("the view that an address names is fetched beside the page's own program", async () => {
    const page = await session.open("#/patterns");
    await page.getByText("Choose a file").waitFor();
    const [own, view] = await page.evaluate(() => {
      const find = (name: RegExp): PerformanceResourceTiming | undefined =>
        performance.getEntriesByType("resource").find((entry) => name.test(entry.name)) as
          PerformanceResourceTiming | undefined;
      return [find(/index-[^/]*\.js$/)?.responseEnd, find(/patterns-view-[^/]*\.js$/)?.startTime];
    });
    expect(view).toBeLessThan(own ?? 0);
  });
}
