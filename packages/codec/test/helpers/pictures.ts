/** Small JPEG files of many forms, of a picture that was computed; libjpeg-turbo's and ImageMagick's tools made them. */
import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../pictures/", import.meta.url);

/** Forms that no method takes apart. */
const CLOSED = ["arithmetic"];

export function picture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.jpg`, folder)));
}

/** Names of all that are taken apart. */
export const PICTURES = readdirSync(folder)
  .map((file) => file.replace(/\.jpg$/, ""))
  .filter((name) => !CLOSED.includes(name));
