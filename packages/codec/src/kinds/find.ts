import type { Found, Member, OpeningTools } from "./kind.ts";
import { ARCHIVES, SEARCHES, SIGNATURES, WHOLES } from "./registry.ts";

/** Signatures by their first byte. */
const byFirst = Array.from({ length: 256 }, (_, byte) => SIGNATURES.filter(({ first }) => first[0] === byte));
/** By the first byte, and by the first two: whether any signature begins so. One look at a small table tells of most places. */
const mayBegin = new Uint8Array(256);
const begins = new Uint8Array(65_536);
for (const { first } of SIGNATURES) begins[(first[0] << 8) | first[1]] = 1;
// What a method of its own codes: JPEG, and the array of a .npy file.
begins[0xffd8] = 1;
begins[0x934e] = 1;
begins.forEach((isBeginning, pair) => (mayBegin[pair >> 8] |= isBeginning));

/** The next place where something may begin that can be opened; the length of the content if there is none. */
export function nextCandidate(content: Uint8Array, from: number): number {
  const last = content.length - 1;
  for (let at = from; at < last; at++) {
    const byte = content[at];
    if (mayBegin[byte] !== 0 && begins[(byte << 8) | content[at + 1]] !== 0) return at;
  }
  return content.length;
}

/** Opens what begins at a place, if anything does. */
export function openAt(content: Uint8Array, at: number, tools: OpeningTools): Found | undefined {
  for (const signature of byFirst[content[at]]) {
    if (!isAt(signature, content, at)) continue;
    const found = signature.open(content, at, tools);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isAt(signature: (typeof SIGNATURES)[number], content: Uint8Array, at: number): boolean {
  return signature.first.every((byte, i) => content[at + i] === byte) && signature.mayBe?.(content, at) !== false;
}

/** The members of an archive that is not compressed, from the start of content on; fewer than two are none. */
export function membersOf(content: Uint8Array): Member[] {
  for (const members of ARCHIVES) {
    const found = members(content);
    if (found.length > 1) return found;
  }
  return [];
}

/** Whether there may be anything in content that can be opened, or sorted. */
export function mayHaveSpans(content: Uint8Array): boolean {
  return (
    membersOf(content).length > 0 ||
    nextCandidate(content, 0) < content.length ||
    WHOLES.some((whole) => whole.mayBe(content)) ||
    searchFrom(content, 0) !== undefined
  );
}

/** Opens content that is one thing from its start to its end. */
export function openWhole(content: Uint8Array): Found | undefined {
  for (const whole of WHOLES) {
    const found = whole.open(content);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Opens the first of what is found by other means than its beginning, from a place on. */
export function searchFrom(content: Uint8Array, from: number): Found | undefined {
  let first: Found | undefined;
  for (const search of SEARCHES) {
    const found = search(content, from);
    if (found !== undefined && (first === undefined || found.start < first.start)) first = found;
  }
  return first;
}
