/** What is open: brackets, each with the key that it belongs to, and tags of markup; the key before a colon or an equals sign. */

import { hash } from "../hash";
import { lastToken, token } from "./lines";

/** Brackets and tags that are kept: where there are more, those further out are lost. */
const MOST: i32 = 64;

/** Where markup is: outside of a tag, behind <, in a tag's name, behind it, in a tag that closes. */
const OUTSIDE: i32 = 0;
const OPENED: i32 = 1;
const NAME: i32 = 2;
const BEHIND: i32 = 3;
const CLOSING: i32 = 4;

/** Hash of the brackets that are open, with their keys; of the innermost tag that is open. */
export let nest: i32 = 0;
export let tag: i32 = 0;
/** Hash of the last key, of the one before. */
export let key: i32 = 0;
export let lastKey: i32 = 0;

const nests = memory.data(64 * 4, 16); // i32 [depth]: around a bracket
const tags = memory.data(64 * 4, 16); // i32 [depth]: around a tag
let depth: i32 = 0;
let tagDepth: i32 = 0;
let markup: i32 = 0;
let lastByte: i32 = 0;

export function startNesting(): void {
  nest = tag = key = lastKey = depth = tagDepth = markup = lastByte = 0;
  memory.fill(nests, 0, MOST * 4);
  memory.fill(tags, 0, MOST * 4);
}

// @ts-ignore: decorator
@inline
function at(stack: usize, depth: i32): usize {
  return stack + ((depth & (MOST - 1)) << 2);
}

/** After byte `c`, and after the lines. */
export function updateNesting(c: i32): void {
  if (c == 58 || c == 61) {
    lastKey = key;
    key = lastToken;
  } else if (c == 123 || c == 91 || c == 40) {
    store<i32>(at(nests, depth), nest);
    depth++;
    nest = hash(nest, hash(c, key));
  } else if (c == 125 || c == 93 || c == 41) {
    if (depth > 0) depth--;
    nest = load<i32>(at(nests, depth));
  }
  updateMarkup(c);
  lastByte = c;
}

function updateMarkup(c: i32): void {
  if (c == 60) markup = OPENED;
  else if (markup == OPENED) {
    markup = c == 47 ? CLOSING : token == 0 ? OUTSIDE : NAME;
    if (markup == NAME) {
      store<i32>(at(tags, tagDepth), tag);
      tagDepth++;
    }
  } else if (markup == NAME && token == 0) {
    tag = lastToken;
    markup = BEHIND;
  }
  if (c != 62) return;
  if (markup == CLOSING || (markup == BEHIND && lastByte == 47)) {
    if (tagDepth > 0) tagDepth--;
    tag = load<i32>(at(tags, tagDepth));
  }
  markup = OUTSIDE;
}
