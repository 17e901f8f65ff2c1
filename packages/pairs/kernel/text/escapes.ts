/**
 * What the highest code of a table may begin: a character without a code, a frequent pair or triple of characters, a
 * capital, a number, bytes. The host says which escapes there are and in which order, and so how long each is: an escape
 * is the highest code, then its number in units of as many bits as a code has; the highest value of a unit means that
 * the number lies that far up and goes on in the next unit.
 */

/** Units are of 3 or 4 bits, as codes are. */
export let unitBits: i32 = 4;
/** The code that begins an escape: the highest. */
export let escape: i32 = 15;

// What an escape stands for.
/** Up to eight bytes, perhaps with a capital after them. */
export const TEXT: i32 = 0;
/** The case of the next letter is not the expected one. */
export const CASE: i32 = 1;
/** All letters up to the end of the word are capitals. */
export const CAPITALS: i32 = 2;
/** Digits follow. */
export const NUMBER: i32 = 3;
/** A number of bytes follow as they are. */
export const RAW: i32 = 4;
/** The next letter is not what a resolver would take it for. */
export const SURPRISE: i32 = 5;
/** The text ends here. */
export const END: i32 = 6;
const KINDS: i32 = 7;

/** Escapes at most. */
const CAPACITY: i32 = 128;

const kinds = memory.data(CAPACITY); // u8: what an escape stands for
const followers = memory.data(CAPACITY); // u8: CASE or CAPITALS where that follows the bytes; else 0
const lengths = memory.data(CAPACITY); // u8
const values = memory.data(CAPACITY * 8, 8); // u64: the bytes, first lowest
const masks = memory.data(CAPACITY * 8, 8); // u64: which bytes of eight those are
const numberOf = memory.data(KINDS); // u8 [kind]: number of the escape + 1; 0 if there is none
// Escapes of texts by their first byte, the longest first: u8 [byte], number + 1; then u8 [escape], the one to try next.
const firstOf = memory.data(256);
const nextOf = memory.data(CAPACITY);

/** How many escapes there are. */
export let escapes: i32 = 0;

/** Forgets all escapes; units have `bits` bits from now on. */
export function startEscapes(bits: i32): void {
  unitBits = bits;
  escape = (1 << bits) - 1;
  escapes = 0;
  memory.fill(numberOf, 0, KINDS);
  memory.fill(firstOf, 0, 256);
}

/**
 * Adds an escape behind those that are there.
 *
 * @param kind what it stands for
 * @param bytes of TEXT: the bytes, 1 to 8, first lowest
 * @param length how many
 * @param follower CASE or CAPITALS if that follows them
 */
export function addEscape(kind: i32, bytes: u64, length: i32, follower: i32): void {
  const number = escapes++;
  store<u8>(kinds + number, <u8>kind);
  if (kind != TEXT) {
    store<u8>(numberOf + kind, <u8>(number + 1));
    return;
  }
  store<u8>(followers + number, <u8>follower);
  store<u8>(lengths + number, <u8>length);
  store<u64>(values + (number << 3), bytes);
  store<u64>(masks + (number << 3), length == 8 ? ~0 : (<u64>1 << (length << 3)) - 1);
  link(number, firstOf + <usize>(bytes & 0xff));
}

/** Puts an escape into the list of those with its first byte: behind longer ones and earlier ones of its length. */
function link(number: i32, list: usize): void {
  const length = covered(number);
  for (;;) {
    const other = <i32>load<u8>(list) - 1;
    if (other < 0 || covered(other) < length) {
      store<u8>(nextOf + number, load<u8>(list));
      store<u8>(list, <u8>(number + 1));
      return;
    }
    list = nextOf + other;
  }
}

/** Characters that an escape saves the codes of. */
function covered(number: i32): i32 {
  return load<u8>(lengths + number) + <i32>(load<u8>(followers + number) != 0);
}

/** Number of the escape of a kind; −1 if there is none. */
// @ts-ignore: decorator
@inline
export function escapeOf(kind: i32): i32 {
  return <i32>load<u8>(numberOf + kind) - 1;
}

// @ts-ignore: decorator
@inline
export function kindOf(number: i32): i32 {
  return load<u8>(kinds + number);
}

/** CASE or CAPITALS where that follows the escape's bytes; else 0. */
// @ts-ignore: decorator
@inline
export function followerOf(number: i32): i32 {
  return load<u8>(followers + number);
}

// @ts-ignore: decorator
@inline
export function lengthOf(number: i32): i32 {
  return load<u8>(lengths + number);
}

// @ts-ignore: decorator
@inline
export function bytesOf(number: i32): u64 {
  return load<u64>(values + (number << 3));
}

/** Whether the eight bytes begin with those of an escape. */
// @ts-ignore: decorator
@inline
export function matches(number: i32, eight: u64): bool {
  return (eight & load<u64>(masks + (number << 3))) == bytesOf(number);
}

/** The first escape to try where this byte stands; −1 for none. */
// @ts-ignore: decorator
@inline
export function firstEscape(byte: i32): i32 {
  return <i32>load<u8>(firstOf + byte) - 1;
}

/** The escape to try after this one. */
// @ts-ignore: decorator
@inline
export function nextEscape(number: i32): i32 {
  return <i32>load<u8>(nextOf + number) - 1;
}
