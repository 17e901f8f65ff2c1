import { lz, lzParameters, strengthOf } from "../../methods/lz/index.ts";
import { sampled } from "../../bytes/sample.ts";
import { call, looksLikeX86 } from "../../transforms/call.ts";
import { mayHaveWords, words } from "../../transforms/words/index.ts";
import { planOf } from "../block-plan.ts";
import { nonTextShare } from "../kind.ts";
import type { GeneralMethod } from "./general-method.ts";
import { wordsPay } from "./words.ts";

/** Bytes that are looked at. */
const LOOKED_AT = 65_536;
/** Share of bytes that are no text from which on content is coded as binary. */
const BINARY = 0.02;

/** Earlier content is copied; text goes through the word dictionary where that pays, and calls of machine code change. */
export const copying: GeneralMethod = {
  method: lz,

  *plan(input, { level, kind, halvings }) {
    const strength = strengthOf(level, input.length, halvings);
    if (kind !== "binary" && (yield* wordsPay(input))) return planOf([words], lz, lzParameters("words", strength));
    const isText = kind === "auto" ? nonTextShare(sampled(input, LOOKED_AT)) < BINARY : kind !== "binary";
    yield 0;
    if (isText) return planOf([], lz, lzParameters("text", strength));
    return planOf(looksLikeX86(input) ? [call] : [], lz, lzParameters("binary", strength));
  },

  needs({ kind }, content) {
    const mayBeText = kind !== "binary" && (content === undefined || mayHaveWords(content));
    return { kernels: lz.kernels?.(lz.choose(new Uint8Array(0), 1)) ?? [], words: mayBeText };
  },
};
