import type { Locator, Page } from "playwright-core";

/** A text that is hard to read. */
export interface Faint {
  readonly text: string;
  readonly contrast: number;
}

/**
 * Texts in sight whose contrast is less than it has to be (WCAG 2, AA): 4.5, or 3 for large ones.
 *
 * @param within a selector
 */
export async function faintTexts(page: Page, within = "body"): Promise<Faint[]> {
  return await page.evaluate((selector) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (canvas === null) throw new Error("no canvas");
    type Colour = readonly [number, number, number, number];
    const parse = (colour: string): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = (above: Colour, below: Colour): Colour => {
      const mix = (i: 0 | 1 | 2): number => above[3] * above[i] + (1 - above[3]) * below[i];
      return [mix(0), mix(1), mix(2), 1];
    };
    const background = (element: Element): Colour => {
      const layers: Colour[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        layers.push(parse(getComputedStyle(at).backgroundColor));
      }
      return layers.reduceRight((below, above) => over(above, below), [255, 255, 255, 1]);
    };
    const luminance = (colour: Colour): number => {
      const linear = (i: 0 | 1 | 2): number => {
        const c = colour[i] / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2);
    };
    const found: { text: string; contrast: number }[] = [];
    const root = document.querySelector(selector) ?? document.body;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (
        element === null ||
        text === "" ||
        !element.checkVisibility() ||
        element.closest(".unseen, option, script") !== null
      )
        continue;
      const style = getComputedStyle(element);
      const below = background(element);
      const above = over(parse(element instanceof SVGElement ? style.fill : style.color), below);
      const [light, dark] = [luminance(above), luminance(below)].sort((a, b) => b - a);
      const contrast = (light + 0.05) / (dark + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (contrast < (large ? 3 : 4.5))
        found.push({ text: text.slice(0, 40), contrast: Math.round(100 * contrast) / 100 });
    }
    return found;
  }, within);
}

/** Things to click on or to type into that a screen reader has no name for. */
export async function namelessControls(page: Page): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  const roles = new Set([
    "button",
    "link",
    "slider",
    "combobox",
    "textbox",
    "radio",
    "checkbox",
    "progressbar",
    "image",
  ]);
  return nodes
    .filter(({ ignored, role, name }) => !ignored && roles.has(String(role?.value)) && String(name?.value ?? "") === "")
    .map(({ role }) => String(role?.value));
}

/** How much what is in sight has jumped since the page was opened: the sum of its layout shifts. */
export async function layoutShift(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
            if (!entry.hadRecentInput) sum += entry.value;
          }
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );
}

/** Whether the page can be scrolled sideways, which it never should. */
export async function overflowsSideways(page: Page): Promise<boolean> {
  return await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/**
 * Where marks stand on a horizontal rule, as it is drawn: places in pixels from its left, of what differs from the ground some
 * pixels above the middle.
 *
 * @param above pixels above the middle where it is looked
 */
export async function marksOn(rule: Locator, above: number): Promise<number[]> {
  const picture = await rule.screenshot();
  return await rule.evaluate(
    async (_, [base64, up]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", {
        willReadFrequently: true,
      });
      canvas?.drawImage(bitmap, 0, 0);
      const row = canvas?.getImageData(0, Math.floor(bitmap.height / 2) - up, bitmap.width, 1).data ?? [];
      const ground = canvas?.getImageData(0, 0, 1, 1).data ?? [];
      const differs = (x: number): boolean =>
        [0, 1, 2].some((channel) => Math.abs(row[4 * x + channel] - ground[channel]) > 40);
      return Array.from({ length: bitmap.width }, (__, x) => x).filter(
        (x) => differs(x) && (x === 0 || !differs(x - 1)),
      );
    },
    [picture.toString("base64"), above] as const,
  );
}
