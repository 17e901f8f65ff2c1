import type { FileInfo, OpenedKind } from "@pith/codec";
import { formatBytes, formatCounted } from "../shared/format.ts";

/** What was found inside a file and taken apart. Lengths are in bytes. */
export interface Opened {
  readonly kinds: readonly OpenedKind[];
  /** JPEGs that have a method of their own inside something else. */
  readonly pictures: { readonly count: number; readonly length: number };
}

/** Kinds that people know, in the order in which they are told: what is only a frame around them is left out. */
const NAMES: Readonly<Record<string, readonly [one: string, many: string]>> = {
  deflate: ["stream of deflate", "streams of deflate"],
  png: ["PNG image", "PNG images"],
  base64: ["text in base64", "texts in base64"],
  hex: ["hexadecimal text", "hexadecimal texts"],
  characters: ["text of wide letters", "texts of wide letters"],
};

export function openedIn({ opened, frames }: FileInfo): Opened {
  const parts = frames.flatMap(({ blocks }) => blocks.flatMap((block) => block.parts));
  const pictures = parts.filter(({ method }) => method === "jpeg");
  const length = pictures.reduce((sum, { contentLength }) => sum + contentLength, 0);
  return { kinds: opened, pictures: { count: pictures.length, length } };
}

/** `inside: 91 streams of deflate (362 kB, opened 1.11 MB), 2 JPEGs (240 kB)`; empty if nothing was found. */
export function openedText({ kinds, pictures }: Opened): string {
  const found = Object.entries(NAMES).flatMap(([name, [one, many]]) =>
    kinds
      .filter(({ kind }) => kind === name)
      .map(
        ({ count, length, insideLength }) =>
          `${formatCounted(count, one, many)} (${formatBytes(length)}, opened ${formatBytes(insideLength)})`,
      ),
  );
  const { count, length } = pictures;
  if (count > 0) found.push(`${formatCounted(count, "JPEG")} (${formatBytes(length)})`);
  return found.length === 0 ? "" : `inside: ${found.join(", ")}`;
}
