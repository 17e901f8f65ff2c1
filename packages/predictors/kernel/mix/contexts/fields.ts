/** Contexts of lines, their tokens and fields, and of what is open. */

import { hash } from "../../hash";
import { bitIndex, last4 } from "../bytes";
import {
  aboveBytes, aboveState, agreed, field, gap, indent, lastToken, likeBytes, likeState, lineSoFar, startLines, template, token,
  tokenCount, updateLines,
} from "../lines";
import { weightSet } from "../mixer";
import { key, lastKey, nest, startNesting, tag, updateNesting } from "../nesting";
import { context } from "./context";

export function startFields(): void {
  if (!usesThisFile()) return;
  startLines();
  startNesting();
}

export function updateFields(c: i32): void {
  if (!usesThisFile()) return;
  updateLines(c);
  updateNesting(c);
  const above = aboveBytes();
  const like = likeBytes();

  // What stands in the same place of the line before, and behind the same beginning of a line.
  context("field-above", above, (aboveState << 8) | 110);
  context("field-above-last", (above & 255) | (c << 8) | (aboveState << 16), hash(field, tokenCount) + 111);
  context("field-above-token", hash(token, above), 112);
  context("template-like", like, (likeState << 8) | 113);
  context("template-like-last", (like & 255) | (c << 8), (likeState << 8) | (min(agreed, 15) << 12) | 114);
  context("template-token", template, hash(token, 115));
  context("template-above", template, hash(above & 255, (c << 8) | 116));
  context("line-so-far", lineSoFar, 117);
  context("field-token", hash(field, tokenCount), hash(token, 118));

  // Tokens, with what stands between them.
  context("token-gap", token, hash(gap, 119));
  context("tokens-2-gap", token, hash(gap, lastToken) + 120);
  context("token-last", token, hash(lastToken, 121) + c);

  // What is open.
  context("key-token", key, hash(token, 122) + c);
  context("keys-2-token", hash(key, lastKey), hash(token, 123) + c);
  context("nest-token", nest, hash(token, 124) + c);
  context("nest-key", hash(nest, key), hash(token, 125) + (token == 0 ? gap : 0));
  context("tag-token", tag, hash(token, 126) + c);
  context("indent", (indent & 255) | (c << 8) | ((last4 & 0xff00) << 8), hash(tokenCount, 127));
}

// @ts-ignore: decorator
@inline
export function selectByFields(): void {
  weightSet("field", (bitIndex << 8) | (aboveState << 6) | min(field + tokenCount, 63));
  weightSet("template", (bitIndex << 8) | (likeState << 6) | (aboveState << 4) | min(agreed, 15));
  weightSet("above", (bitIndex << 8) | (aboveBytes() & 255));
}
