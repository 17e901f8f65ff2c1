/** Charts as files: what they take from the page, its colours and type, goes with them. */

/** What of a style is drawn, as attributes of SVG have it too. */
const DRAWN = ["fill", "stroke", "color", "font-family", "font-size", "font-variant"] as const;

/** Dots of a picture for each CSS pixel. */
const DENSITY = 2;

/** A chart that needs no page. */
export function standAlone(chart: SVGSVGElement): Blob {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = [chart, ...chart.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const name of DRAWN) copies[i].setAttribute(name, style.getPropertyValue(name));
    copies[i].removeAttribute("style");
  });
  for (const sheet of copy.querySelectorAll("style")) sheet.remove();
  const { width, height } = sizeOf(chart);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  for (const [name, value] of Object.entries({ width, height, fill: paper })) ground.setAttribute(name, String(value));
  copy.prepend(ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

function sizeOf(chart: SVGSVGElement): { readonly width: number; readonly height: number } {
  return { width: Number(chart.getAttribute("width")), height: Number(chart.getAttribute("height")) };
}

/** A stand-alone drawing as a PNG. @throws Error where the browser cannot draw it */
export async function pictureOf(drawing: Blob, chart: SVGSVGElement): Promise<Blob> {
  const { width, height } = sizeOf(chart);
  const address = URL.createObjectURL(drawing);
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(DENSITY * width, DENSITY * height);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("there is no canvas");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: "image/png" });
  } finally {
    URL.revokeObjectURL(address);
  }
}
