import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import { formatBytes } from "../../src/shared/format.ts";
import { marksOn, overflowsSideways } from "../support/looks.ts";
import { inBrowser, settled } from "../support/browser.ts";
import { pith } from "../support/command.ts";
import { CAN_MEASURE, memoryOf } from "../support/memory.ts";
import { claiming, leadingOut, packed, withIndexOf } from "../support/archives.ts";
import { bases, noise, prose, records } from "../support/content.ts";

interface NamedContent {
  readonly name: string;
  readonly content: Buffer;
}

const input = (page: Page): Locator => page.locator("input[type=file]:not([webkitdirectory])");

/** Chooses files, as from the dialog. */
async function choose(page: Page, ...files: readonly NamedContent[]): Promise<void> {
  await input(page).setInputFiles(files.map(({ name, content }) => ({ name, mimeType: "", buffer: content })));
}

/** The file of a name, once it is done. */
async function done(page: Page, name: string): Promise<Locator> {
  const row = page.getByRole("listitem", { name, exact: true });
  await row.getByRole("link", { name: "Save" }).waitFor({ timeout: 90_000 });
  return row;
}

/** What a click on a link saves. */
async function saved(link: Locator): Promise<{ readonly name: string; readonly path: string }> {
  const download = link.page().waitForEvent("download");
  await link.click();
  const file = await download;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** More pixels than half of what is moved along the levels. */
const THUMB = 12;

/** Takes long: `npm run memory -w pith-web` has it run, where memory can be measured. */
const measured = CAN_MEASURE && process.env["PITH_MEMORY"] === "1" ? test : test.skip;

/** Runs with a folder that is there meanwhile. */
async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pith-web-"));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes a file of so many MiB, in which the same comes again and again; returns its path. */
function fileOfNoise(folder: string, name: string, parts: number): string {
  const part = noise(2 ** 20);
  const path = join(folder, name);
  const handle = openSync(path, "w");
  for (let i = 0; i < parts; i++) writeSync(handle, part);
  closeSync(handle);
  return path;
}

inBrowser("Compress", (session) => {
  test.each([
    ["text", "story.txt", prose(60_000)],
    ["a binary", "table.bin", records(4000)],
    ["DNA", "made-up.fna", bases(40_000)],
    ["nothing", "empty.txt", Buffer.alloc(0)],
    ["noise", "noise.bin", noise(30_000)],
    ["what comes again in another block", "again.bin", Buffer.concat([noise(3_000_000), noise(3_000_000)])],
  ])("%s goes from the page to the command and back, bit for bit", async (_, name, content) => {
    const page = await session.open("#/compress?level=2");
    await choose(page, { name, content });
    const compressed = await saved((await done(page, name)).getByRole("link"));
    expect(compressed.name).toBe(`${name}.pith`);
    const file = readFileSync(compressed.path);
    expect(pith(["-d"], file).equals(content)).toBe(true);
    // The same program, so the same file.
    const fromCommand = pith(["-2"], content);
    expect(fromCommand.equals(file)).toBe(true);

    await choose(page, { name: `${name}.pith`, content: fromCommand });
    const back = await saved(page.getByRole("link", { name: `Save ${name}`, exact: true }));
    expect(back.name).toBe(name);
    expect(readFileSync(back.path).equals(content)).toBe(true);
  });

  test("20 MB go to the command and back", async () => {
    await inFolder(async (folder) => {
      const { page } = await session.openOnDisk("#/compress?level=1&method=stored");
      await input(page).setInputFiles(fileOfNoise(folder, "large.bin", 20));
      const compressed = await saved((await done(page, "large.bin")).getByRole("link"));
      const content = pith(["-d"], readFileSync(compressed.path));
      expect(content.equals(readFileSync(join(folder, "large.bin")))).toBe(true);
      const again = join(folder, "again.pith");
      writeFileSync(again, pith(["-1", "-m", "stored"], content));
      await input(page).setInputFiles(again);
      const back = await saved((await done(page, "again")).getByRole("link"));
      expect(readFileSync(back.path).equals(content)).toBe(true);
    });
  });

  measured("200 MB pass in bounded memory", async () => {
    await inFolder(async (folder) => {
      const { page, folder: profile } = await session.openOnDisk("#/compress?level=1&method=stored");
      const before = memoryOf(profile);
      let peak = before;
      await input(page).setInputFiles(fileOfNoise(folder, "huge.bin", 200));
      const ended = done(page, "huge.bin");
      const watch = setInterval(() => (peak = Math.max(peak, memoryOf(profile))), 250);
      await ended.finally(() => clearInterval(watch));
      // However long the file is: blocks in work, and up to 32 MiB of memory that each thread keeps for the next ones.
      expect(peak - before).toBeLessThan(230e6);
    });
  });

  test("two files are in work at once, a third waits; one that is cancelled can be started again", async () => {
    const page = await session.open("#/compress?level=9");
    const names = ["one.bin", "two.bin", "three.bin"];
    await choose(page, ...names.map((name, seed) => ({ name, content: records(60_000, seed + 1) })));
    const row = (name: string): Locator => page.getByRole("listitem", { name, exact: true });
    await page.getByRole("progressbar").nth(1).waitFor();
    expect(await page.getByRole("progressbar").count()).toBe(2);
    expect(await row("three.bin").textContent()).toContain("waits");
    await page
      .getByText(/ left · /)
      .first()
      .waitFor();
    await session.keep(page, "compress-running");

    for (const name of ["one.bin", "two.bin"]) {
      await row(name).getByRole("button", { name: "Cancel" }).click();
      await row(name).getByText("cancelled").waitFor();
    }
    await row("three.bin").getByRole("progressbar").waitFor();
    await row("three.bin").getByRole("button", { name: "Cancel" }).click();
    await row("three.bin").getByText("cancelled").waitFor();

    await page.getByLabel("Level").fill("1");
    await row("two.bin").getByRole("button", { name: "Again at level 1" }).click();
    const again = row("two.bin");
    const link = again.getByRole("link", { name: "Save" });
    await link.waitFor({ timeout: 60_000 });
    expect(pith(["-d"], readFileSync((await saved(link)).path)).equals(records(60_000, 2))).toBe(true);
  });

  test("a file keeps its name, whatever the browser takes its content for", async () => {
    const page = await session.open("#/compress?level=1");
    await choose(page, { name: "Makefile.pith", content: pith(["-1"], Buffer.from("all:\n\techo text\n".repeat(50))) });
    expect((await saved(page.getByRole("link", { name: "Save Makefile", exact: true }))).name).toBe("Makefile");
    // Of nothing, there is no share to tell.
    await choose(page, { name: "empty.txt", content: Buffer.alloc(0) });
    const empty = await (await done(page, "empty.txt")).textContent();
    expect(empty).toContain("empty");
    expect(empty).not.toMatch(/–|of its size|gzip ·|than gzip/);
  });

  test("a .pith file under another name is given back, or compressed where that is wanted", async () => {
    const content = prose(5000);
    const file = pith(["-1"], content);
    const page = await session.open("#/compress?level=1");
    await choose(page, { name: "backup.bin", content: file });
    const back = await saved((await done(page, "backup.bin")).getByRole("link"));
    expect(back.name).toBe("backup.bin");
    expect(readFileSync(back.path).equals(content)).toBe(true);
    await page.getByRole("button", { name: "Compress it all the same" }).click();
    const twice = await saved(page.getByRole("link", { name: "Save backup.bin.pith" }));
    expect(pith(["-d"], readFileSync(twice.path)).equals(file)).toBe(true);
    expect(await page.getByRole("listitem").filter({ hasText: "backup.bin" }).count()).toBe(1);
  });

  test("leaving asks while files are in work; cancelling shows at once, and the focus stays in the list", async () => {
    const page = await session.open("#/compress?level=9");
    await choose(page, { name: "long.bin", content: records(200_000) });
    const row = page.getByRole("listitem", { name: "long.bin", exact: true });
    await row.getByRole("progressbar").waitFor();
    const asked = page.waitForEvent("dialog");
    const leaving = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await leaving;
    await row.getByRole("button", { name: "Cancel" }).click();
    await row.getByText("cancelled").waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest("li")?.getAttribute("aria-label"))).toBe(
      "long.bin",
    );
    await page.getByLabel("Level").fill("1");
    await row.getByRole("button", { name: "Again" }).click();
    expect((await saved((await done(page, "long.bin")).getByRole("link"))).name).toBe("long.bin.pith");
    await row.getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.closest(".intake") !== null)).toBe(true);
  });

  test("many small files have a line each, and come out as they would alone", async () => {
    const page = await session.open("#/compress?level=3");
    const files = Array.from({ length: 30 }, (_, i) => ({ name: `note-${i}.txt`, content: prose(2000, i + 1) }));
    await choose(page, ...files);
    await page.getByText("30 files together").waitFor({ timeout: 60_000 });
    for (const { name, content } of [files[0], files[29]]) {
      const { path } = await saved(page.getByRole("link", { name: `Save ${name}.pith`, exact: true }));
      expect(readFileSync(path).equals(pith(["-3"], content))).toBe(true);
    }
    expect(await page.evaluate(() => document.body.scrollHeight)).toBeLessThan(30 * 110 + 1500);
    await session.keep(page, "compress-many");
  });

  test("a damaged file is refused with the place of the damage; what stood before it can be saved", async () => {
    const content = noise(300_000);
    const file = pith(["-1", "--block-size", "64k"], content);
    const page = await session.open();
    const damaged = Buffer.from(file);
    damaged[200_000] ^= 4;
    const cut = file.subarray(0, 100_000);
    await choose(page, { name: "damaged.pith", content: damaged }, { name: "cut.pith", content: cut });
    await choose(page, { name: "other.pith", content: Buffer.from("this is a text") });

    const row = (name: string): Locator => page.getByRole("listitem", { name, exact: true });
    await row("damaged.pith").getByText("damaged", { exact: true }).waitFor();
    const [, from, to] =
      /between bytes (\d+) and (\d+)/.exec((await row("damaged.pith").textContent()) ?? "")?.map(Number) ?? [];
    // The block that the byte is in.
    expect(from).toBeGreaterThan(200_000 - 66_000);
    expect(from).toBeLessThanOrEqual(200_000);
    expect(to).toBeGreaterThan(200_000);
    expect(to).toBeLessThanOrEqual(from + 66_000);
    const part = readFileSync((await saved(row("damaged.pith").getByRole("link"))).path);
    expect(part.length).toBe(3 * 65_536);
    expect(part.equals(content.subarray(0, part.length))).toBe(true);

    await row("cut.pith").getByText("cut off or damaged").waitFor();
    expect(await row("cut.pith").textContent()).toContain("at byte 100000");
    const whole = readFileSync((await saved(row("cut.pith").getByRole("link"))).path);
    expect(whole.equals(content.subarray(0, 65_536))).toBe(true);
    await row("other.pith").getByText("not a .pith file", { exact: true }).waitFor();
    expect(await row("other.pith").textContent()).toContain("at byte 0: expected 8f 70, got 74 68");
    await session.keep(page, "compress-damaged");
  });

  test("files that are dropped or pasted anywhere are taken", async () => {
    const page = await session.open("#/compress?level=1");
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["dropped ".repeat(200)], "dropped.txt"));
      const target = document.querySelector("h1") ?? document.body;
      const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
      target.dispatchEvent(new DragEvent("dragenter", options));
      if (target.dispatchEvent(new DragEvent("dragover", options))) throw new Error("the drop is not wanted");
    });
    await page.getByText("Let go, and they are compressed.").waitFor();
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["dropped ".repeat(200)], "dropped.txt"));
      transfer.items.add(new File(["dropped as well ".repeat(200)], "too.txt"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(["pasted ".repeat(200)], "pasted.txt"));
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    });
    for (const name of ["dropped.txt", "too.txt", "pasted.txt"]) await done(page, name);
    await settled(page);
    expect(await page.getByText("Drop files anywhere on this page.").count()).toBe(1);
    expect(await page.getByText(/^3 files together/).count()).toBe(1);
  });

  test("an example is a click away, and pasted text is a file; the title says that there is work", async () => {
    const page = await session.open("#/compress?level=9");
    await page.getByRole("button", { name: "Try an example" }).click();
    await page.waitForFunction(() => document.title === "1 in work · Compress · Pith");
    await done(page, "prose.txt");
    await page.waitForFunction(() => document.title === "Compress · Pith");
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "pasted words");
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    });
    const { path } = await saved((await done(page, "pasted.txt")).getByRole("link"));
    expect(pith(["-d"], readFileSync(path)).toString()).toBe("pasted words");

    // On a phone too it is said what a percentage is of; and colours that the system forces leave the bars apart.
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.locator(".headline .caption", { hasText: "of its size" }).first().isVisible()).toBe(true);
    expect(await overflowsSideways(page)).toBe(false);
    await page.emulateMedia({ forcedColors: "active" });
    const grounds = await page.evaluate(() =>
      [".bars .pith .fill", ".bars .original .fill", "body"].map((selector) => {
        const element = document.querySelector(selector);
        return element === null ? "none" : getComputedStyle(element).backgroundColor;
      }),
    );
    expect(new Set(grounds).size).toBe(3);
    expect(grounds).not.toContain("none");
    expect(grounds).not.toContain("rgba(0, 0, 0, 0)");
  });

  test("the keyboard is enough, and screen readers are told", async () => {
    const page = await session.open();
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent.trim())).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    // Past the folder and the example.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await settled(page);
    expect(await page.getByLabel("Level").getAttribute("aria-valuetext")).toMatch(/^3, /);
    expect(new URL(page.url()).hash).toBe("#/compress?level=3");
    await (await chooser).setFiles([{ name: "told.txt", mimeType: "", buffer: prose(5000) }]);
    await page
      .getByRole("status")
      .getByText(/^told.txt: \d+\.\d % of its size$/)
      .waitFor();
    expect(await page.getByRole("link", { name: "Save told.txt.pith" }).count()).toBe(1);
  });

  test("what was found inside a file is told, of a compressed one that comes back too", async () => {
    const page = await session.open("#/compress?level=2");
    const name = "report.txt.gz";
    await choose(page, { name, content: gzipSync(prose(20_000)) });
    const row = await done(page, name);
    // By others as well, where that is asked.
    await row.getByRole("button", { name: /^Compare/ }).click();
    const shownBy = async (other: string): Promise<string | null> => {
      const bytes = row.locator(".bar", { hasText: other }).locator(".bytes");
      await bytes.getByText(/B$/).waitFor();
      return await bytes.textContent();
    };
    expect(await shownBy("brotli -11")).toBe(formatBytes(brotliCompressSync(gzipSync(prose(20_000))).length));
    expect(await shownBy("zstd -19")).toMatch(/^\d/);
    // What is compressed already comes through, with xz's own header, index and checksums around it.
    const around = Number.parseFloat((await shownBy("xz -6")) ?? "") * 1000 - gzipSync(prose(20_000)).length;
    expect(around).toBeGreaterThan(50);
    expect(around).toBeLessThan(150);
    const told = /^a gzip file: one stream of deflate opened \([\d.]+ kB, 20\.0 kB inside\)$/;
    expect(await row.getByText(told).count()).toBe(1);
    const compressed = await saved(row.getByRole("link"));
    await choose(page, { name: `${name}.pith`, content: readFileSync(compressed.path) });
    await page.getByText("restored", { exact: true }).waitFor();
    expect(await page.getByText(told).count()).toBe(2);
  });

  test("settings stand in the address, and are those of whoever opens it", async () => {
    const page = await session.open("#/compress?level=8&method=dna");
    await settled(page);
    expect(await page.getByLabel("Level").inputValue()).toBe("8");
    expect(await page.getByLabel("Method").inputValue()).toBe("dna");
    await page.getByLabel("Method").selectOption("auto");
    // A mark for each level, as far from each other; what is set hides one.
    const marks = async (level: string): Promise<number[]> => {
      await page.getByLabel("Level").fill(level);
      await settled(page);
      return await marksOn(page.getByLabel("Level"), 3);
    };
    const last = (await marks("1")).at(-1) ?? NaN;
    const places = [...(await marks("10")).filter((place) => place < last - THUMB), last];
    const [first] = places;
    expect(places).toHaveLength(10);
    for (const [i, place] of places.entries()) expect((9 * (place - first)) / (last - first)).toBeCloseTo(i, 1);
    await page.getByLabel("Level").fill("5");
    await settled(page);
    expect(new URL(page.url()).hash).toBe("#/compress");
    // What is known beforehand makes short files smaller: the same bytes as the command's, which the page gives back.
    await page.getByLabel("Known beforehand").selectOption("auto");
    await settled(page);
    expect(new URL(page.url()).hash).toBe("#/compress?prior=auto");
    const message = Buffer.from("Hi, I am running late, see you at the station in ten minutes!");
    await choose(page, { name: "message.txt", content: message });
    const short = readFileSync((await saved((await done(page, "message.txt")).getByRole("link"))).path);
    expect(short.equals(pith(["-5", "--prior", "auto"], message))).toBe(true);
    await choose(page, { name: "message.txt.pith", content: short });
    const back = await saved(page.getByRole("link", { name: "Save message.txt", exact: true }));
    expect(readFileSync(back.path).equals(message)).toBe(true);
  });

  test("all results can be saved in a folder, where the browser lets one choose it", async () => {
    const page = await session.open("#/compress?level=1");
    // A person cannot be asked here; the page's own private folder stands for theirs.
    await page.evaluate(() => {
      Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() });
    });
    await choose(page, { name: "a.txt", content: prose(3000) }, { name: "b.txt", content: prose(2000) });
    await done(page, "a.txt");
    await done(page, "b.txt");
    await page.getByRole("button", { name: "Save all in a folder" }).click();
    await page.getByRole("status").getByText("2 files saved").waitFor();
    const written = await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      const file = await (await folder.getFileHandle("b.txt.pith")).getFile();
      return [...new Uint8Array(await file.arrayBuffer())];
    });
    expect(pith(["-d"], Buffer.from(written)).equals(prose(2000))).toBe(true);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all as one file" }).click();
    const zip = await (await download).path();
    expect(readFileSync(zip).includes(Buffer.from(written))).toBe(true);
    await page.getByRole("button", { name: "Remove what is done" }).click();
    expect(await page.getByRole("listitem", { name: "a.txt" }).count()).toBe(0);
  });

  test("a folder becomes one archive, whose files can be saved one by one", async () => {
    const page = await session.open("#/compress?level=2");
    const folder = mkdtempSync(join(tmpdir(), "pith-folder-"));
    try {
      mkdirSync(join(folder, "notes/old"), { recursive: true });
      writeFileSync(join(folder, "notes/new.txt"), prose(3000));
      writeFileSync(join(folder, "notes/old/log.txt"), prose(5000, 2));
      await page.locator("input[webkitdirectory]").setInputFiles(join(folder, "notes"));
      const archive = await saved((await done(page, "notes")).getByRole("link"));
      expect(archive.name).toBe("notes.tar.pith");
      const inside = spawnSync("tar", ["-t"], { input: pith(["-d"], readFileSync(archive.path)) });
      expect(inside.stdout.toString().trim().split("\n").sort()).toEqual(["notes/new.txt", "notes/old/log.txt"]);

      await choose(page, { name: "again.tar.pith", content: readFileSync(archive.path) });
      const row = page.getByRole("listitem", { name: "again.tar", exact: true });
      await row.getByText("2 files in it").click();
      await row.getByLabel("Find").fill("LOG");
      const download = page.waitForEvent("download");
      await row.getByRole("button", { name: "Save notes/old/log.txt" }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe("log.txt");
      expect(readFileSync(await file.path()).equals(prose(5000, 2))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("an archive whose names lead elsewhere reaches nothing outside of the folder, and one that lies is an error", async () => {
    const page = await session.open("#/compress");
    await page.evaluate(() => {
      Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() });
    });
    await choose(page, { name: "names.tar.pith", content: await leadingOut() });
    const names = page.getByRole("listitem", { name: "names.tar", exact: true });
    await names.getByText("5 files in it").click();
    const download = page.waitForEvent("download");
    await names.getByRole("button", { name: "Save ../../evil.sh" }).click();
    expect((await download).suggestedFilename()).toBe("evil.sh");
    await names.getByRole("button", { name: "Save these in a folder" }).click();
    await names.getByText("4 files left out").waitFor();
    const kept = await page.evaluate(async () => {
      const found: string[] = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) found.push(name);
      return found.filter((name) => name !== "pith-results");
    });
    expect(kept).toEqual(["inside"]);

    const content = noise(2 ** 21);
    const honest = await packed({ name: "b.txt", content });
    const row = (name: string): Locator => page.getByRole("listitem", { name, exact: true });
    const another = await withIndexOf(await packed({ name: "a.txt", content }), honest);
    await choose(page, { name: "another.tar.pith", content: another });
    await row("another.tar").getByText("one file in it").click();
    await row("another.tar").getByRole("button", { name: "Save b.txt" }).click();
    await row("another.tar").getByText("Take the file again from where it came.").waitFor();
    // An index that claims more than there is, and one that is not where it says: the tar is whole, and is given back.
    for (const [name, archive] of [
      ["huge", await claiming(honest, 2 ** 28 - 1)],
      ["joined", Buffer.concat([honest, honest.subarray(-44)])],
    ] as const) {
      await choose(page, { name: `${name}.tar.pith`, content: archive });
      await row(`${name}.tar`).getByText("The list of its files cannot be read: ").waitFor();
      await row(`${name}.tar`).getByRole("link", { name: "Save" }).waitFor();
    }
    // A byte of a file is another: what comes before it can be saved, and of the file itself nothing is.
    const damaged = Buffer.from(honest);
    damaged[2 ** 20] ^= 1;
    await choose(page, { name: "damaged.tar.pith", content: damaged });
    await row("damaged.tar.pith").getByText("Take the file again from where it came.").waitFor();
  });

  test("results stand in a table that can be sorted and saved, and a file at all levels in a chart", async () => {
    const page = await session.open("#/compress?level=2");
    await choose(page, { name: "b.txt", content: prose(3000) }, { name: "a.txt", content: prose(9000) });
    await done(page, "a.txt");
    await done(page, "b.txt");
    await page.getByText("All results in a table").click();
    const names = (): Promise<string[]> => page.locator(".results tbody td:first-child").allTextContents();
    const sortBy = (column: string): Promise<void> =>
      page.locator(".results").getByRole("button", { name: column, exact: true }).click();
    await sortBy("File");
    await settled(page);
    expect(await names()).toEqual(["a.txt", "b.txt"]);
    await sortBy("Size");
    await sortBy("Size");
    await settled(page);
    expect(await names()).toEqual(["b.txt", "a.txt"]);
    expect(await page.locator("th[aria-sort=ascending]").textContent()).toContain("Size");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the table as CSV" }).click();
    const [head, first] = readFileSync(await (await download).path(), "utf8").split("\r\n");
    expect(head).toBe("name,bytes,gzip,pith,share,level,seconds");
    expect(first).toMatch(/^b\.txt,3000,\d+,\d+,0\.\d+,2,/);

    await page.getByRole("button", { name: "All levels of b.txt" }).click();
    await page.getByText(/^Of 3\.00 kB, level \d+ makes the least: [^.]*\.$|^Of 3\.00 kB.*\.$/).waitFor();
    await page.locator(".levels").getByRole("button", { name: "Close" }).waitFor({ timeout: 60_000 });
    await page.waitForFunction(() => document.querySelectorAll(".levels svg [aria-label=dot] circle").length === 10);
    await session.keep(page, "compress-levels");
  });

  measured("five runs leave no memory behind", async () => {
    const { page, folder } = await session.openOnDisk("#/compress?level=2");
    const run = async (): Promise<void> => {
      await choose(page, { name: "run.bin", content: records(20_000) });
      const row = await done(page, "run.bin");
      await row.getByRole("button", { name: "Remove" }).click();
      await row.waitFor({ state: "detached" });
    };
    const settle = async (): Promise<number> => {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send("HeapProfiler.collectGarbage");
      await page.waitForTimeout(1500);
      return memoryOf(folder);
    };
    for (let i = 0; i < 2; i++) await run();
    const before = await settle();
    for (let i = 0; i < 5; i++) await run();
    // Each run takes about 40 MB while it lasts.
    expect((await settle()) - before).toBeLessThan(60e6);
  });
});
