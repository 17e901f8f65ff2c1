import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { inBrowser, settled } from "../support/browser.ts";
import { pith } from "../support/command.ts";
import { noise, prose } from "../support/content.ts";
import { faintTexts, namelessControls, overflowsSideways } from "../support/looks.ts";

/** A file in which blocks, and pieces of blocks, come again. */
const REPETITIVE = Buffer.concat([
  noise(20_000),
  prose(40_000),
  noise(20_000),
  prose(20_000, 2),
  noise(7000).subarray(0, 5000),
]);

async function analyse(page: Page, name: string, content: Buffer): Promise<void> {
  await page.locator("input[type=file]").setInputFiles([{ name, mimeType: "", buffer: content }]);
}

inBrowser("Patterns", (session) => {
  test.each([1280, 390])(
    "a file's report is shown and can be saved, %d wide, in all combinations of themes",
    async (width) => {
      const page = await session.open("#/patterns", { colorScheme: "light", viewport: { width, height: 900 } });
      await analyse(page, "again.bin", REPETITIVE);
      const report = page.locator(".report");
      await report.waitFor({ timeout: 60_000 });
      for (const heading of [
        "again.bin",
        "What the paper claims",
        "Where patterns repeat",
        "Pattern tree",
        "Entropy",
      ]) {
        await report.getByRole("heading", { name: heading, exact: true }).waitFor();
      }
      expect(await namelessControls(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      // On a phone all parts are folded, and a table of contents leads to each.
      const fold = report.locator(".fold", { has: page.getByRole("heading", { name: "Entropy", exact: true }) });
      expect(await fold.evaluate((element: HTMLDetailsElement) => element.open)).toBe(width !== 390);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const theme of ["auto", colorScheme === "light" ? "dark" : "light"]) {
          await page.getByLabel(theme, { exact: true }).check();
          await settled(page);
          await session.keep(
            page,
            `patterns-${colorScheme}-${theme === "auto" ? "" : "crossed-"}${width === 390 ? "phone" : "desktop"}`,
          );
          expect(await faintTexts(page)).toEqual([]);
        }
      }
      await page
        .getByRole("navigation", { name: "Parts of the report" })
        .getByRole("button", { name: "Entropy" })
        .click();
      expect(await fold.evaluate((element: HTMLDetailsElement) => element.open)).toBe(true);
    },
  );

  test("the verdict comes first; a repeat is shown where it stands", async () => {
    const page = await session.open("#/patterns?block=100");
    await page.getByRole("button", { name: "Try an example" }).click();
    await page
      .getByText(/^Pith makes \d+ B of these [\d.]+ kB, and all of it comes back; \d+\.\d % of its blocks/)
      .waitFor();
    const repeats = page.getByRole("region", { name: "What comes again" });
    await repeats.getByRole("button").first().click();
    await repeats.getByText(/^at byte [\d, ]+/).waitFor();
    expect(await repeats.locator(".source").textContent()).toContain("tidehouse");
  });

  test("its figures are those of the command", async () => {
    const page = await session.open("#/patterns?block=100");
    await analyse(page, "again.bin", REPETITIVE);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save its figures as JSON" }).click({ timeout: 60_000 });
    const figures = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    expect(figures.name).toBe("again.bin");
    expect(figures.analysis.size).toBe(REPETITIVE.length);
    expect(figures.pith.size).toBe(pith(["-5"], REPETITIVE).length);
    expect(figures.analysis.levels[0].repeats.value).toBeGreaterThan(100);

    const changed = page.getByText(/kB, blocks of 1,000 bytes/);
    await page.getByLabel("Bytes of a coarse pattern").selectOption("1000");
    await changed.waitFor({ timeout: 60_000 });
    expect(new URL(page.url()).hash).toBe("#/patterns");
  });

  test("a file that is too short is refused with what to do; a long one can be cancelled", async () => {
    const page = await session.open("#/patterns");
    await analyse(page, "tiny.txt", Buffer.from("a few bytes"));
    await page.getByText("Choose smaller patterns, or a file of 100 bytes and more.").waitFor();
    await page.locator("input[type=file]").evaluate((field: HTMLInputElement) => {
      const piece = crypto.getRandomValues(new Uint8Array(2 ** 16));
      const transfer = new DataTransfer();
      transfer.items.add(new File(new Array<Uint8Array<ArrayBuffer>>(600).fill(piece), "long.bin"));
      field.files = transfer.files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await page.getByRole("progressbar").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("progressbar").waitFor({ state: "detached" });
    await analyse(page, "short.bin", noise(2000));
    await page.locator(".report").getByRole("heading", { name: "short.bin" }).waitFor({ timeout: 60_000 });
  });
});
