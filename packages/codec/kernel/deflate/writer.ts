/** Writes blocks of a stream of RFC 1951. */

import {
  distanceCount, DYNAMIC, final, isLiteral, lengths, literalCount, matchDistance, matchLength, runCount, runCounts,
  runLengthCount, runLengths, runSymbols, STORED, storedLength, token, tokenCount, type,
} from "./block";
import {
  distanceBase, distanceExtra, DISTANCES, distanceSymbol, END_OF_BLOCK, FIRST_LENGTH, FIXED_DISTANCE, fixedLength,
  LENGTH_CODES, lengthBase, lengthExtra, LITERALS, lengthSymbol, MAX_CODE, orderedSymbol, repeatBase, repeatExtra,
} from "./codes";
import { reversed } from "./inflate";

/** Codes of symbols, most significant bit first as bits are written, and the bits that each has. */
const literalCodes = memory.data(288 * 2);
const literalLengths = memory.data(288);
const distanceCodes = memory.data(32 * 2);
const distanceLengths = memory.data(32);
const runCodes = memory.data(32 * 2);
const counts = memory.data((MAX_CODE + 2) * 2);

let next: usize = 0;
let end: usize = 0;
let bits: u64 = 0;
let bitCount: i32 = 0;

/** Starts a stream; it goes to an address, and may take so many bytes. */
export function startWriting(address: usize, room: usize): void {
  next = address;
  end = address + room;
  bits = 0;
  bitCount = 0;
}

/** Where whole bytes that were written end. */
export function writtenEnd(): usize {
  return next + <usize>(bitCount >> 3);
}

/** Bits behind the last whole byte. */
export function openBits(): i32 {
  return bitCount & 7;
}

/** Writes up to 16 bits. */
// @ts-ignore: decorator
@inline
function put(value: i32, count: i32): void {
  bits |= <u64>value << bitCount;
  bitCount += count;
  if (bitCount >= 48) flushWriting();
}

/** Hands out whole bytes. */
export function flushWriting(): void {
  if (next + 8 > end) unreachable();
  store<u64>(next, bits);
  const whole = bitCount >> 3;
  next += whole;
  bits >>= whole << 3;
  bitCount &= 7;
}

/** Writes a block. @param content of it, where it is stored */
export function writeBlock(content: usize): void {
  put(final, 1);
  put(type, 2);
  if (type == STORED) {
    put(0, -bitCount & 7);
    put(storedLength, 16);
    put(~storedLength & 0xffff, 16);
    flushWriting();
    if (next + storedLength > end) unreachable();
    memory.copy(next, content, storedLength);
    next += storedLength;
    return;
  }
  if (type == DYNAMIC) {
    writeCodes();
    memory.copy(literalLengths, lengths, literalCount);
    memory.fill(literalLengths + literalCount, 0, 288 - literalCount);
    memory.copy(distanceLengths, lengths + literalCount, distanceCount);
    memory.fill(distanceLengths + distanceCount, 0, 32 - distanceCount);
  } else {
    for (let symbol = 0; symbol < 288; symbol++) store<u8>(literalLengths + symbol, fixedLength(symbol));
    memory.fill(distanceLengths, <u8>FIXED_DISTANCE, 32);
  }
  makeCodes(literalLengths, 288, literalCodes);
  makeCodes(distanceLengths, 32, distanceCodes);
  writeTokens();
}

function writeCodes(): void {
  put(literalCount - FIRST_LENGTH, 5);
  put(distanceCount - 1, 5);
  put(runLengthCount - 4, 4);
  for (let place = 0; place < runLengthCount; place++) put(load<u8>(runLengths + orderedSymbol(place)) & 7, 3);
  makeCodes(runLengths, LENGTH_CODES, runCodes);
  for (let run = 0; run < runCount; run++) {
    const symbol: i32 = load<u8>(runSymbols + run);
    put(load<u16>(runCodes + (symbol << 1)), load<u8>(runLengths + symbol));
    put(<i32>load<u8>(runCounts + run) - repeatBase(symbol), repeatExtra(symbol));
  }
}

/** Gives symbols their codes, by the lengths of these. */
function makeCodes(from: usize, symbols: i32, to: usize): void {
  memory.fill(counts, 0, (MAX_CODE + 2) * 2);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const at = counts + (<usize>load<u8>(from + symbol) << 1);
    store<u16>(at, load<u16>(at) + 1);
  }
  store<u16>(counts, 0);
  let code = 0;
  // From here on the next code of each length.
  for (let length = 1; length <= MAX_CODE; length++) {
    const count = load<u16>(counts + (length << 1));
    store<u16>(counts + (length << 1), code);
    code = (code + count) << 1;
  }
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length: i32 = load<u8>(from + symbol);
    if (length == 0) continue;
    const at = counts + (<usize>length << 1);
    const own = load<u16>(at);
    store<u16>(at, own + 1);
    store<u16>(to + (<usize>symbol << 1), reversed(own, length));
  }
}

function writeTokens(): void {
  const count = tokenCount;
  for (let i = 0; i < count; i++) {
    const coded = token(i);
    if (isLiteral(coded)) {
      putLiteral(coded);
      continue;
    }
    const length = matchLength(coded);
    const lengthCode = lengthSymbol(length);
    putLiteral(FIRST_LENGTH + lengthCode);
    put(length - lengthBase(lengthCode), lengthExtra(lengthCode));
    const distance = matchDistance(coded);
    const symbol = distanceSymbol(distance);
    put(load<u16>(distanceCodes + (symbol << 1)), load<u8>(distanceLengths + symbol));
    put(distance - distanceBase(symbol), distanceExtra(symbol));
  }
  putLiteral(END_OF_BLOCK);
}

// @ts-ignore: decorator
@inline
function putLiteral(symbol: i32): void {
  put(load<u16>(literalCodes + (<usize>symbol << 1)), load<u8>(literalLengths + symbol));
}

/** Fills up the last byte. @param value of the bits that fill it */
export function finishWriting(value: i32): void {
  if ((bitCount & 7) != 0) put(value, 8 - (bitCount & 7));
  flushWriting();
}
