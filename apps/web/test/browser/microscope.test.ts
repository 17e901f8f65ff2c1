import { expect, test } from "@jest/globals";
import { measure } from "@pith/entropy";
import { createMixPredictor } from "@pith/predictors";
import { PROBABILITY_TOTAL } from "@pith/core";
import type { Page } from "playwright-core";
import { inBrowser, settled } from "../support/browser.ts";
import { prose } from "../support/content.ts";

/** Puts a text in, as pasting does. */
async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel("Type, paste or drop a text").evaluate((area: HTMLTextAreaElement, content) => {
    area.value = content;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}

async function whenMeasured(page: Page, characters: number): Promise<void> {
  await page.getByText(`${characters.toLocaleString("en")} characters,`).waitFor();
  await page.waitForFunction(
    (count) =>
      [...document.querySelectorAll(".meter")].every((meter) => meter.getAttribute("aria-valuenow") === "100") &&
      [...document.querySelectorAll(".specimen")].every((text) => text.getAttribute("aria-valuemax") === String(count)),
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
    const page = await session.open("#/microscope");
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
    const page = await session.open("#/microscope");
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
    const text = `${prose(20_000).toString()} quincunx ${prose(4000, 2).toString()}`;
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

  test("a file that is dropped is measured; one that is too long is cut, one that is no text refused", async () => {
    const page = await session.open("#/microscope?a=text-fast");
    const input = page.locator("input[type=file]");
    const long = prose(120_000);
    await input.setInputFiles([{ name: "long.txt", mimeType: "", buffer: long }]);
    await page.getByText("long.txt is longer than 100 kB: this is its beginning.").waitFor();
    await whenMeasured(page, 100_000);
    await input.setInputFiles([{ name: "image.png", mimeType: "", buffer: Buffer.from([0x89, 0x50, 0xff, 0xfe]) }]);
    await page.getByText("image.png is not text in UTF-8").waitFor();
    await page.getByRole("button", { name: "a log" }).click();
    await page.getByText("tidehouse").first().waitFor();
    expect(await page.getByText("image.png").count()).toBe(0);
    await paste(page, "");
    await page.getByText("There is no text yet.").waitFor();
  });

  test("a text of one's own stays when the page is loaded again, and while a sample is looked at", async () => {
    const page = await session.open("#/microscope");
    await paste(page, "my own words");
    await page.reload();
    const area = page.getByLabel("Type, paste or drop a text");
    expect(await area.inputValue()).toBe("my own words");
    const samples = page.getByLabel("The text").getByRole("button");
    await samples.last().click();
    await page.waitForFunction(() => document.querySelector("textarea")?.value !== "my own words");
    await page.getByRole("button", { name: "Your text" }).click();
    await page.waitForFunction(() => document.querySelector("textarea")?.value === "my own words");
  });

  test("the scale of the chart holds what characters cost, also those of three bytes", async () => {
    const text = Array.from({ length: 400 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 6000))).join("");
    const page = await session.open("#/microscope");
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
