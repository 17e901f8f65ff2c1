import { expect, test } from "@jest/globals";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { countText, tableOf, writeStatistics } from "@pith/statistics";
import type { Page } from "playwright-core";
import { inBrowser, settled } from "../support/browser.ts";
import { pith } from "../support/command.ts";
import { prose } from "../support/content.ts";

const read = (page: Page): ReturnType<Page["locator"]> => page.getByRole("region", { name: "What is read" });

async function type(page: Page, message: string): Promise<void> {
  await page.getByLabel("Type a message").fill(message);
}

inBrowser("Letter pairs", (session) => {
  test("a message is shown as it is written, byte by byte, and as it is read", async () => {
    const page = await session.open("#/pairs?decoder=trained");
    await type(page, "it was a dark and stormy night");
    const bytes = page.getByRole("region", { name: "What is written" }).getByRole("listitem");
    await page.getByText("20 B: text as it is").waitFor();
    expect(await bytes.count()).toBe(20);
    expect(await bytes.nth(4).textContent()).toBe("FFbreak");
    expect(await bytes.nth(5).textContent()).toBe("58az is");
    await read(page)
      .getByText(/\d+ letters were left open/)
      .waitFor();
    await page.getByText("by letter pairs, guessed").waitFor();
    const bytesOf = async (row: string): Promise<number> => {
      const text = await page.locator(".message-sizes .bar", { hasText: row }).locator(".bytes").textContent();
      return Number.parseInt(text ?? "", 10);
    };
    expect(await bytesOf("exact: guesses")).toBeLessThan(20);
    expect(await bytesOf("gzip")).toBe(gzipSync("it was a dark and stormy night").length);
    expect(await bytesOf("brotli")).toBe(brotliCompressSync("it was a dark and stormy night").length);
  });

  test("pairs, decoder, activation and multipliers can be changed, and stand in the address", async () => {
    const page = await session.open("#/pairs?decoder=statistics");
    const groups = page.locator(".groups");
    await groups.getByText("fd pk cl go").waitFor();
    await page.getByLabel("Pairs", { exact: true }).selectOption("alphabetical");
    await groups.getByText("ab cd ef gh").waitFor();
    await page.getByLabel("Activation").selectOption("sigmoid");
    await settled(page);
    expect(new URL(page.url()).hash).toBe("#/pairs?pairing=alphabetical&decoder=statistics&activation=sigmoid");
    await page.getByLabel("Multipliers").selectOption("own");
    await page.getByLabel(/^Multipliers of the distances/).fill("1 2 3");
    await page.getByText("multipliers: expected 7, as many as distances, got 3").waitFor();
    // What was read by the settings before does not pass for their result.
    await page.locator(".outdated").getByRole("region", { name: "What is read" }).waitFor();
    await page.getByLabel("Told apart by").selectOption("medium");
    await settled(page);
    expect(await page.getByLabel("Pairs", { exact: true }).inputValue()).toBe("resolver");
    expect(await page.getByLabel("Activation").isDisabled()).toBe(true);
    await read(page).getByText("100.0 %").waitFor();
    await page.getByLabel("Pairs", { exact: true }).selectOption("own");
    await page.getByLabel(/^Groups of letters/).fill("ab cd");
    await page.getByText("code table: expected 7 or 15 groups with spaces between them, got 2").waitFor();
  });

  test("what is there at first is read without an error; a message goes as letters, or as a link, and comes back", async () => {
    const page = await session.open("#/pairs");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await read(page).getByText("all of them were told apart").waitFor();
    await type(page, "see you at the station at ten, under the clock");
    const letters = page.locator(".letters");
    await page.waitForFunction(() => (document.querySelector(".letters")?.textContent.length ?? 0) > 3);
    await page.locator(".message-costs .char").nth(45).waitFor();
    const sent = async (which: number): Promise<string> => {
      const button = page.getByRole("region", { name: "Send it" }).getByRole("button").nth(which);
      await button.click();
      await button.getByText("Copied").waitFor();
      return await page.evaluate(() => navigator.clipboard.readText());
    };
    // The answer to what was typed, and not to what stood there before.
    await page.waitForFunction(() => (document.querySelector(".letters")?.textContent.length ?? 99) < 30);
    const text = await sent(0);
    expect(text).toBe(await letters.textContent());
    expect(pith(["message", "-d"], Buffer.from(text, "base64url")).toString()).toBe(
      "see you at the station at ten, under the clock",
    );
    const link = await sent(1);
    await page.goto(link);
    await page
      .getByLabel("Send it")
      .getByRole("status")
      .getByText("see you at the station at ten, under the clock")
      .waitFor();
    await page.getByLabel("Read a message").fill("no message?");
    await page.getByText("a message has the letters A to Z").waitFor();
    await page.getByLabel("Read a message").fill("H_8");
    await page.getByLabel("Send it").getByRole("status").locator("xpath=self::*[contains(@class,'notice')]").waitFor();
  });

  test("statistics come from an HDF5 file, or from a text that is counted", async () => {
    const counts = await countText([prose(60_000)]);
    const file = Buffer.from(await writeStatistics({ counts, table: tableOf(counts, { normalised: "all" }) }));
    const page = await session.open("#/pairs");
    const input = page.locator("input[type=file]");
    const choose = (name: string, buffer: Buffer): Promise<void> =>
      input.setInputFiles([{ name, mimeType: "", buffer }]);
    await choose("prose.h5", file);
    await page
      .getByText("prose.h5: 60,000 characters counted, with a table of probability, normalised: all")
      .waitFor({ timeout: 60_000 });
    await choose("damaged.h5", file.subarray(0, 5000));
    await page.getByText(/damaged\.h5: .*Choose an HDF5 file that pith stats made, or a text to count\./).waitFor();
    await choose("counted.txt", prose(9000));
    await page.getByText("counted.txt: 9,000 characters counted").waitFor();
    await page.getByLabel("Neighbours of").selectOption("t");
    await page.getByRole("img", { name: /^What stands around t\. .* Next comes h/ }).waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("English: 85 million characters").waitFor();
  });

  test("says what it does not take: the end of a long text, further files, what is no text", async () => {
    const page = await session.open("#/pairs");
    await page.getByLabel("Type a message").fill("word ".repeat(1000));
    await page.getByText("this is its beginning").waitFor();
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      for (const name of ["first.txt", "second.txt"])
        transfer.items.add(new File(["words to count ".repeat(50)], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await page.getByText("One file is taken at a time: this is first.txt.").waitFor();
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([], "novels"));
      DataTransferItem.prototype.webkitGetAsEntry = () => ({ isDirectory: true, name: "novels" }) as FileSystemEntry;
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await page.getByText("novels: drop a file with statistics or text in it, not a folder.").waitFor();
    for (const [name, buffer, problem] of [
      ["empty.txt", Buffer.alloc(0), "there is no letter in it to count"],
      ["binary.bin", Buffer.from([0xff, 0x00, 0xd8]), "it is neither text in UTF-8 nor an HDF5 file"],
    ] as const) {
      await page.locator("input[type=file]").setInputFiles([{ name, mimeType: "", buffer }]);
      await page.getByText(`${name}: ${problem}.`).waitFor();
    }
    await page.getByText("first.txt: ").waitFor();
  });
});
