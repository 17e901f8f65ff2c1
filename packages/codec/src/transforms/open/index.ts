/**
 * The `open` transform: what is compressed or packed inside the content is taken apart, exactly, and sorted, so that each
 * can be coded as what it is: streams of deflate in PDF, ZIP, PNG, gzip and others, the members of a tar.
 *
 * The output: what was found, a recipe for putting it together, the choices that encoders had made and that their streams
 * are closed with again, and streams of literals.
 */
import { KERNELS } from "../../generated/kernels.ts";
import type { Transform } from "../transform.ts";
import { restore } from "./decode.ts";

/** Bytes of the tables of a kernel, and how many times it and its host hold what they put together. */
const TABLES = 10 * 2 ** 20;
const TIMES = 5;

export const open = {
  id: 4,
  name: "open",
  inverse: restore,
  kernels: [KERNELS.deflate],
  memory: (inputLength, contentLength) => TABLES + TIMES * (inputLength + contentLength),
} satisfies Transform;
