/** What compresses pictures, and nothing else: sizes beside which those of PNG and JPEG stand. */
import { join } from "node:path";

/** A program that compresses pictures without loss. */
export interface PicturePeer {
  readonly id: string;
  readonly name: string;
  readonly aptPackage: string;
  readonly version: readonly string[];
  /** The command for a file, and where its output goes; undefined where it does not take such a file. */
  command(file: string, folder: string): { readonly argv: readonly string[]; readonly output: string } | undefined;
}

const isPng = (file: string): boolean => file.toLowerCase().endsWith(".png");
const isJpeg = (file: string): boolean => /\.jpe?g$/i.test(file);

export const PICTURE_PEERS: readonly PicturePeer[] = [
  {
    id: "cjxl",
    name: "cjxl (PNG: -d 0 -e 7; JPEG: --lossless_jpeg=1 -e 9)",
    aptPackage: "libjxl-tools",
    version: ["cjxl", "--version"],
    command(file, folder) {
      const output = join(folder, "picture.jxl");
      const options = isPng(file) ? ["-d", "0", "-e", "7"] : ["--lossless_jpeg=1", "-e", "9"];
      return isPng(file) || isJpeg(file) ? { argv: ["cjxl", file, output, ...options, "--quiet"], output } : undefined;
    },
  },
  {
    id: "cwebp",
    name: "cwebp -lossless -z 9",
    aptPackage: "webp",
    version: ["cwebp", "-version"],
    command(file, folder) {
      const output = join(folder, "picture.webp");
      return isPng(file)
        ? { argv: ["cwebp", "-quiet", "-lossless", "-z", "9", file, "-o", output], output }
        : undefined;
    },
  },
];
