import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { measure } from "@pith/entropy";
import { createMixPredictor } from "@pith/predictors";
import { PROBABILITY_TOTAL } from "@pith/core";
import type { Page } from "playwright-core";
import { SAMPLES } from "../../src/microscope/samples.ts";
import { inBrowser, settled } from "../support/browser.ts";
import { pith } from "../support/command.ts";
import { noise, prose } from "../support/content.ts";

/** Puts a text in, as pasting does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("Type, paste or drop a text").evaluate((area: HTMLTextAreaElement, content) => {
    area.value = content;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}

async function whenMeasured(page: Page, characters: number): Promise<void> {
  await page.waitForFunction(
    (count) =>
      [...document.querySelectorAll(".meter")].every((meter) => meter.getAttribute("aria-valuenow") === "100") &&
      document.querySelector(`.specimen[aria-valuemax="${count}"]`) !== null,
    characters,
    { timeout: 90_000 },
  );
}

/** Bits that the model needs for the last byte of a text. */
function costOfLast(text: string): number {
  const bytes = Buffer.from(text);
  const predictor = createMixPredictor({ model: "text", capacity: bytes.length });
  const probabilities = new Uint32Array(256);
  for (const byte of bytes.subarray(0, -1)) predictor.update(byte);
  predictor.predict(probabilities);
  return Math.log2(PROBABILITY_TOTAL / probabilities[bytes[bytes.length - 1]]);
}

inBrowser("Microscope", (session) => {
  test("a character says what it cost, its rank and what was expected, under the pointer and under the arrow keys", async () => {
    const text = "one by one, two by two, one by one, two by xylophone";
    const page = await session.open("#/microscope?a=text");
    await paste(page, text);
    await whenMeasured(page, text.length);
    const inspector = page.getByLabel("The character that is looked at");
    const at = text.indexOf("x");
    await page.locator(`[data-i="${at}"]`).hover();
    const cost = costOfLast(text.slice(0, at + 1));
    expect(cost).toBeGreaterThan(5);
    expect(await inspector.textContent()).toContain(`${cost.toFixed(2)} bits`);
    expect(await inspector.textContent()).toContain(`character ${at + 1}, U+0078`);
    expect(await inspector.getByRole("listitem").first().textContent()).toMatch(/^t\d+\.\d %/);

    // Of what stood before, it is the end that is seen.
    const [right, end] = await page.locator(".specimen-letter .before").evaluate((box) => {
      const context = document.createTreeWalker(box, NodeFilter.SHOW_TEXT).nextNode() as Text;
      const last = document.createRange();
      last.setStart(context, context.length - 1);
      last.setEnd(context, context.length);
      return [box.getBoundingClientRect().right, last.getBoundingClientRect().right];
    });
    expect(end).toBeGreaterThan(right - 3);
    expect(end).toBeLessThan(right + 1);

    const specimen = page.getByRole("slider", { name: /character by character/ });
    await specimen.focus();
    await page.keyboard.press("ArrowLeft");
    await settled(page);
    expect(await specimen.getAttribute("aria-valuetext")).toMatch(/^space, \d\.\d bits$/);
    await page.keyboard.press("Control+Home");
    await settled(page);
    expect(await specimen.getAttribute("aria-valuenow")).toBe("1");
    await page.keyboard.press("Control+End");
    await settled(page);
    expect(await specimen.getAttribute("aria-valuenow")).toBe(String(text.length));
  });

  test("what is not ASCII is one character, however many bytes it has", async () => {
    const text = "naïve — 🇨🇭 naïve — 🇨🇭";
    const page = await session.open("#/microscope?a=text");
    await paste(page, text);
    await whenMeasured(page, 19);
    await page.locator('[data-i="2"]').hover();
    const inspector = page.getByLabel("The character that is looked at");
    expect(await inspector.textContent()).toContain("U+00EF");
    expect(await inspector.textContent()).toContain("byte 2 of 2 (AF)");
    await page.locator('[data-i="18"]').hover();
    expect(await inspector.textContent()).toContain("U+1F1E8 U+1F1ED");
    expect(await inspector.textContent()).toContain("byte 8 of 8 (AD)");
  });

  test("two predictors stand side by side, and what is dear leads to its place", async () => {
    const text = `${prose(7000).toString()} quincunx ${prose(2000, 2).toString()}`;
    const page = await session.open("#/microscope?a=text-fast&b=text-strong");
    await paste(page, text);
    await whenMeasured(page, text.length);
    const texts = page.getByRole("slider", { name: /character by character/ });
    expect(await texts.count()).toBe(2);
    await page.getByRole("button", { name: /^quincunx/ }).click();
    const place = page.locator(`[data-i="${text.indexOf("quincunx")}"]`);
    await place.nth(1).waitFor();
    await settled(page);
    expect(await place.first().evaluate((element) => element.classList.contains("at"))).toBe(true);
    const tops = await texts.evaluateAll((all) => all.map(({ scrollTop }) => scrollTop));
    expect(tops[0]).toBeGreaterThan(1000);
    expect(tops[1]).toBe(tops[0]);
    // The figures are those of the models themselves.
    const bytes = Buffer.from(text);
    for (const [series, model] of (["text-fast", "text-strong"] as const).entries()) {
      const { bitsPerSymbol } = measure(createMixPredictor({ model, capacity: bytes.length }), bytes);
      const shown = await page.locator(".summary .headline").nth(series).textContent();
      expect(Number.parseFloat(shown ?? "")).toBeCloseTo(bitsPerSymbol, 3);
    }
    expect(new URL(page.url()).hash).toBe("#/microscope?a=text-fast&b=text-strong");
    await session.keep(page, "microscope-words");
  });

  test("a file is measured; one that is too long is cut, one that is no text is shown as bytes", async () => {
    const page = await session.open("#/microscope?a=text-fast");
    const input = page.locator("input[type=file]");
    const choose = (name: string, buffer: Buffer): Promise<void> =>
      input.setInputFiles([{ name, mimeType: "", buffer }]);
    await choose("long.txt", prose(120_000));
    await page.getByText("long.txt is longer than 100 kB: this is its beginning.").waitFor();
    await whenMeasured(page, 100_000);

    const content = Buffer.concat([Buffer.alloc(2000, 7), noise(2000)]);
    await choose("image.png", content);
    const map = page.getByRole("slider", { name: /byte by byte/ });
    await map.waitFor();
    await whenMeasured(page, content.length);
    await map.focus();
    await page.keyboard.press("Control+End");
    await page.getByText("byte 4,000, at offset 0xF9F").waitFor();
    expect(await map.getAttribute("aria-valuetext")).toMatch(
      new RegExp(`^${content[3999].toString(16).toUpperCase().padStart(2, "0")}, \\d+\\.\\d bits$`),
    );
    // What repeats is of one colour, what does not of others.
    const colours = await map.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const words = new Uint32Array(Uint8Array.from(data).buffer);
      return [1000, 2100].map((from) => new Set(words.slice(from, from + 900)).size);
    });
    expect(colours[0]).toBe(1);
    expect(colours[1]).toBeGreaterThan(2);
    await session.keep(page, "microscope-bytes");

    await page.getByLabel("Text", { exact: true }).selectOption("log");
    await page.getByText("tidehouse").first().waitFor();
    await page.getByLabel("Shown as").selectOption("bytes");
    await map.waitFor();
    expect(new URL(page.url()).hash).toBe("#/microscope?a=text-fast&sample=log&show=bytes");
    await paste(page, "");
    await page.getByText("There is no text yet.").waitFor();
  });

  test("a text of one's own stays when the page is loaded again, and while a sample is looked at", async () => {
    const page = await session.open("#/microscope?a=text-fast");
    await page.getByRole("button", { name: "Write" }).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("my own words");
    await page.reload();
    const area = page.getByLabel("Type, paste or drop a text");
    expect(await area.inputValue()).toBe("my own words");
    const texts = page.getByLabel("Text", { exact: true });
    await texts.selectOption("log");
    await page.waitForFunction(() => document.querySelector("textarea")?.value !== "my own words");
    await texts.selectOption("own");
    await page.waitForFunction(() => document.querySelector("textarea")?.value === "my own words");
  });

  test("as shipped, it is what Compress makes of the text, word by word, in sight at once", async () => {
    const page = await session.open("#/microscope", { viewport: { width: 1440, height: 900 } });
    const text = "The cat that had the fish was not the cat that had the soup, as far as anybody could tell. ".repeat(
      3,
    );
    await paste(page, text);
    await whenMeasured(page, text.length);
    const facts = (await page.locator(".summary .facts").textContent()) ?? "";
    const [, bytes] = /^(\d+) B for 273 B/.exec(facts) ?? [];
    const file = pith(["-5"], Buffer.from(text));
    // A file has a header and a checksum beside it.
    expect(Number(bytes)).toBeLessThan(file.length);
    expect(Number(bytes)).toBeGreaterThan(file.length - 32);
    expect(facts).toContain("behind a dictionary of English words");

    await page.locator(`[data-i="${text.lastIndexOf("fish")}"]`).hover();
    await page.getByText("its share of “ fish”").waitFor();
    expect(await page.locator(".guesses .came .guess").last().textContent()).toContain("fish");
    for (const [width, height] of [
      [1440, 900],
      [768, 1024],
      [390, 844],
    ]) {
      await page.setViewportSize({ width, height });
      const box = await page.locator(".specimen").boundingBox();
      expect(box?.y).toBeLessThan(0.75 * height);
      // What a character cost stands beside the text, or is as wide.
      const beside = await page.locator(".thoughts").boundingBox();
      if (width > 1152) expect(beside?.x).toBeGreaterThan((box?.x ?? NaN) + (box?.width ?? NaN));
      else expect(beside?.width).toBeCloseTo(box?.width ?? NaN, 0);
    }
  });

  test("colours tell costs of words, or ranks; figures and charts can be saved", async () => {
    const page = await session.open("#/microscope?a=text-fast&colours=rank", { forcedColors: "active" });
    await page.getByText("none of these").waitFor();
    await whenMeasured(page, SAMPLES[0].text.length);
    // Also where the system forces its own colours, which would leave nothing of a tint.
    const grounds = await page.evaluate(() =>
      [".specimen .tint-5", ".specimen .tint-8", ".specimen"].map((selector) => {
        const element = document.querySelector(selector);
        return element === null ? "none" : getComputedStyle(element).backgroundColor;
      }),
    );
    expect(new Set(grounds).size).toBe(3);
    expect(grounds).not.toContain("none");
    expect(grounds).not.toContain("rgba(0, 0, 0, 0)");
    const tints = async (): Promise<string> =>
      await page
        .locator(".specimen [data-i]")
        .evaluateAll((all) => all.map((element) => element.getAttribute("class") ?? "").join());
    const byRank = await tints();
    await page.getByLabel("Colours tell").selectOption("word");
    await page.getByText("bits a word: a surprise").waitFor();
    // Of one word, all characters have one colour.
    const place = SAMPLES[0].text.indexOf("xylophone");
    const word = await page
      .locator(".specimen [data-i]")
      .evaluateAll((all, from) => all.slice(from, from + 9).map((each) => each.getAttribute("class") ?? ""), place);
    expect(new Set(word.map((classes) => classes.replace(" at", ""))).size).toBe(1);
    expect(await tints()).not.toBe(byRank);

    const download = async (name: string | RegExp): Promise<Buffer> => {
      const started = page.waitForEvent("download");
      await page.getByRole("button", { name }).click();
      return readFileSync(await (await started).path());
    };
    const lines = (await download("Save every character as CSV")).toString().trim().split("\r\n");
    expect(lines[0]).toBe("place,character,code,bits,probability,rank");
    expect(lines.at(1)).toMatch(/^0,T,U\+0054,\d+\.\d{4},/);
    const drawing = (await download(/^SVG ?: Ranks/)).toString();
    expect(drawing).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(drawing).not.toContain("var(");
    const picture = await download(/^PNG ?: Ranks/);
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect(picture.length).toBeGreaterThan(2000);
  });

  test("a link carries text and settings; within another page, there is only what there is to look at", async () => {
    const page = await session.open("#/microscope?a=text-fast&colours=word");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await paste(page, "carried along");
    await whenMeasured(page, 13);
    const copied = async (which: number): Promise<string> => {
      const button = page.getByRole("region", { name: "A link to this" }).getByRole("button").nth(which);
      await button.click();
      await button.getByText("Copied").waitFor();
      return await page.evaluate(() => navigator.clipboard.readText());
    };
    const link = await copied(0);
    expect(link).toContain("#/microscope?a=text-fast&colours=word&text=");
    const [, frame = ""] = /^<iframe src="([^"]+)"/.exec(await copied(1)) ?? [];
    await page.evaluate(() => sessionStorage.clear());

    await page.goto("about:blank");
    await page.goto(link);
    await whenMeasured(page, 13);
    expect(new URL(page.url()).hash).toBe("#/microscope?a=text-fast&colours=word");
    expect(await page.getByLabel("Type, paste or drop a text").inputValue()).toBe("carried along");

    await page.goto("about:blank");
    await page.goto(frame);
    await whenMeasured(page, 13);
    expect(await page.locator(".specimen").textContent()).toBe("carried along");
    expect(await page.getByRole("navigation").count()).toBe(0);
    expect(await page.locator("textarea, .chart").count()).toBe(0);
    await session.keep(page, "microscope-embedded");
  });

  test("the scale of the chart holds what characters cost, also those of three bytes", async () => {
    const text = Array.from({ length: 400 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 6000))).join("");
    const page = await session.open("#/microscope?a=text");
    await paste(page, text);
    await whenMeasured(page, text.length);
    const headline = await page.locator(".summary .headline").first().textContent();
    const mean = parseFloat(headline ?? "");
    expect(mean).toBeGreaterThan(9);
    // It is drawn again now and then. A label every so often: the highest is a step below the top at most.
    await page.waitForFunction((cost) => {
      const labels = document.querySelectorAll(
        "[role=img][aria-label^='Bits a char'] [aria-label='y-axis tick label'] text",
      );
      const [below = NaN, top = NaN] = [...labels].slice(-2).map(({ textContent }) => Number(textContent));
      return 2 * top - below > cost;
    }, mean);
  });
});
