/**
 * Opens streams of RFC 1951 and closes them again, bit for bit. Of a stream, its content is kept, and what an encoder
 * like zlib's, with the settings that fit best, would not have done: so of a stream of zlib's next to nothing.
 *
 * To encode, the host puts a stream into the kernel, reads it, tries settings, and lets it be coded; what is coded of
 * several streams is one run of choices, each of which learns from those before. To decode, it puts in a stream's content
 * and takes out the stream.
 */

import {
  codedEnd, decodedEnd, decoderPosition, finalByte, finishEncoder, markEncoder, rebase, startDecoder, startEncoder,
  undoEncoder,
} from "../../entropy/kernel/binary-coder";
import {
  final, isLiteral, matchLength, setFinal, setStoredLength, setTokenCount, setType, STORED, storedLength, token,
  tokenCount, type,
} from "./deflate/block";
import { choose, chooseBits, chooseNumber, markChoices, SETTINGS, startChoices, undoChoices } from "./deflate/choices";
import { GO } from "./deflate/chains";
import { initCodes } from "./deflate/codes";
import { codeBlock, startCorrections } from "./deflate/corrections";
import { initDescriptions } from "./deflate/descriptions";
import { bitsRead, contentRead, READ, readBlock, startReading } from "./deflate/inflate";
import { follow, guess, setMatcher, startGuesses, startMatcher } from "./deflate/matcher";
import { MOST_GUESSED, startRanks } from "./deflate/ranks";
import { isTooMuch, startWork } from "./deflate/work";
import { finishWriting, flushWriting, openBits, startWriting, writeBlock, writtenEnd } from "./deflate/writer";

const PAGE: usize = 65536;
const ALIGNMENT: usize = 16;
/** Bytes that the choices of a block may take beyond what is allowed of them: its codes, and what is checked late. */
const SLACK: i32 = 65536;

let coded: usize = 0;
let codedRoom: i32 = 0;
let content: usize = 0;
let contentRoom: i32 = 0;
let stream: usize = 0;
let streamRoom: i32 = 0;

/** Bytes of content, whole bytes of the stream that make it, and whether it has its last block. */
let contentLength: i32 = 0;
let streamLength: i32 = 0;
let complete: i32 = 0;
let blocks: i32 = 0;
let reason: i32 = READ;
/** Bits that fill up the last byte, and whether there are any. */
let padding: i32 = 0;
let isPadded: bool = false;
/** Tokens of the first block, and whether others follow it. */
let firstTokens: i32 = 0;

/** Starts a run of choices. @param isDecoder it is to be decoded, from `codedLength` bytes at codedAddress */
export function start(isDecoder: i32, codedLength: i32): void {
  initCodes();
  initDescriptions();
  startChoices(isDecoder != 0);
  memory.fill(lastSettings, 0, FIELDS * 4);
  if (isDecoder) startDecoder(coded, coded + codedLength);
  else startEncoder(coded);
}

/** Makes room, in bytes, for choices, content and a stream. What lay there before is void, but for choices that fit. */
export function reserve(forCoded: i32, forContent: i32, forStream: i32): void {
  coded = (__heap_base + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  codedRoom = forCoded;
  // Behind each, what is read or written in eights.
  content = (coded + forCoded + SLACK + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  contentRoom = forContent;
  stream = (content + forContent + 64 + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  streamRoom = forStream;
  const pages = <i32>((stream + forStream + 64 + PAGE - 1) / PAGE) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
}

/** Where choices are taken or put. */
export function codedAddress(): usize {
  return coded;
}

export function contentAddress(): usize {
  return content;
}

export function streamAddress(): usize {
  return stream;
}

/**
 * Reads the stream that begins at streamAddress.
 *
 * @param length bytes that lie there; what follows the stream does not matter
 * @returns whether there is anything to open: a block that is whole
 */
export function read(length: i32): bool {
  startReading(stream, length, content, contentRoom);
  contentLength = 0;
  blocks = 0;
  complete = 0;
  let bits: u64 = 0;
  reason = READ;
  while (!complete) {
    reason = readBlock();
    if (reason != READ) break;
    if (blocks++ == 0) firstTokens = final ? 0 : tokenCount;
    contentLength = contentRead();
    bits = bitsRead(stream);
    complete = final;
  }
  streamLength = <i32>((bits + (complete ? 7 : 0)) >> 3);
  isPadded = complete != 0 && (bits & 7) != 0;
  padding = isPadded ? <i32>load<u8>(stream + streamLength - 1) >> <i32>(bits & 7) : 0;
  return blocks > 0;
}

/**
 * Why reading stopped: 0 at the end of the stream, 1 where it is damaged, 2 where it goes on behind what is there,
 * 3 where its content does not fit.
 */
export function readReason(): i32 {
  return reason;
}

/** Bytes of the content that was read. */
export function readContent(): i32 {
  return contentLength;
}

/** Bytes of the stream that make it. */
export function readStream(): i32 {
  return streamLength;
}

/** Tokens of the first block, as far as others follow it; 0 where none does. */
export function readFirstTokens(): i32 {
  return firstTokens;
}

/** Sets the encoder whose choices are guessed; `deflate/matcher.ts` says what the settings are. */
export function set(
  isLazy: i32, good: i32, longest: i32, nice: i32, hops: i32, hashBits: i32, hashed: i32, windowBits: i32, shortest: i32,
  nearOnly: i32, runsOnly: i32, blockBits: i32,
): void {
  setSetting(0, isLazy);
  setSetting(1, good);
  setSetting(2, longest);
  setSetting(3, nice);
  setSetting(4, hops);
  setSetting(5, hashBits);
  setSetting(6, hashed);
  setSetting(7, windowBits);
  setSetting(8, shortest);
  setSetting(9, nearOnly);
  setSetting(10, runsOnly);
  setSetting(BLOCK_BITS, blockBits);
  applySettings();
}

/** Tokens that were looked at by the latest {@link wrongGuesses}. */
let guessedCount: i32 = 0;

/**
 * How many of the first so many tokens of the stream that was read are guessed wrongly with the settings; 2^31 − 1 if that
 * takes longer than it may.
 */
export function wrongGuesses(tokens: i32): i32 {
  startReading(stream, streamRoom, content, contentRoom);
  startWork(contentLength);
  startMatcher(content, contentLength);
  let wrong = 0;
  let place = 0;
  guessedCount = tokens;
  for (let block = 0; block < blocks && tokens > 0; block++) {
    readBlock();
    startGuesses(place);
    if (type == STORED) {
      follow(place, storedLength, false);
      place += storedLength;
    }
    for (let i = 0; i < tokenCount && tokens > 0; i++, tokens--) {
      const actual = isLiteral(token(i)) ? 0 : token(i);
      const right = guess(place) == actual;
      if (isTooMuch()) return 0x7fffffff;
      if (!right) wrong++;
      const length = actual == 0 ? 1 : matchLength(actual);
      follow(place, length, right);
      place += length;
    }
  }
  guessedCount -= tokens;
  return wrong;
}

/** How many tokens that were. */
export function guessedTokens(): i32 {
  return guessedCount;
}

/**
 * Codes the stream that was read.
 *
 * @param most bytes of choices
 * @returns bytes of choices that wait at codedAddress; −1 if it would take more, and then nothing was coded
 */
export function encode(most: i32): i32 {
  rebase(coded);
  mark();
  const limit = coded + min(most, codedRoom);
  if (codeRead(limit, 0x7fffffff)) {
    if (isPadded) codePadding();
    if (codedEnd() <= limit) return <i32>(codedEnd() - coded);
  }
  undo();
  return -1;
}

/** Bits of the stream that {@link trial} coded. */
let triedBits: u64 = 0;

/**
 * Bytes that the choices of the stream that was read take, as far as the block in which so many tokens are reached; nothing
 * is coded. 2^31 − 1 if they take more than there is room, or longer than they may.
 */
export function trial(tokens: i32): i32 {
  rebase(coded);
  mark();
  const bytes = codeRead(coded + codedRoom, tokens) ? <i32>(codedEnd() - coded) : 0x7fffffff;
  undo();
  return bytes;
}

/** Bytes of the stream whose choices were tried. */
export function triedStream(): i32 {
  return <i32>((triedBits + 7) >> 3);
}

function mark(): void {
  markEncoder();
  markChoices();
  memory.copy(markedSettings, lastSettings, FIELDS * 4);
}

function undo(): void {
  undoEncoder(coded);
  undoChoices();
  memory.copy(lastSettings, markedSettings, FIELDS * 4);
}

/** Codes the blocks of the stream that was read, until so many tokens are reached; returns false if that fails. */
function codeRead(limit: usize, tokens: i32): bool {
  codeSettings();
  startReading(stream, streamRoom, content, contentRoom);
  startCoding(limit);
  let place = 0;
  for (let block = 0; block < blocks && tokens > 0; block++) {
    readBlock();
    tokens -= tokenCount;
    place = codeBlock(place);
    if (place < 0) return false;
    if (!final && place == contentLength) choose(<i32>(block + 1 < blocks), SETTINGS);
    triedBits = bitsRead(stream);
  }
  return true;
}

/** Starts on the content, with the settings that are set. */
function startCoding(limit: usize): void {
  const isRanked = setting(HASH) == WEIGHED;
  startWork(contentLength);
  startMatcher(content, contentLength);
  // zlib's blocks are full one token earlier than Go's.
  const full = (1 << setting(BLOCK_BITS)) - <i32>(setting(HASH) != GO);
  startCorrections(content, contentLength, full, limit, isRanked);
  if (isRanked) startRanks(content, contentLength, setting(4), setting(3), setting(0) != 0, setting(GOOD), limit);
}

/** Ends the choices; returns how many bytes of them still wait at codedAddress. */
export function finish(): i32 {
  rebase(coded);
  finishEncoder();
  return <i32>(codedEnd() - coded);
}

/**
 * Closes a stream: writes it to streamAddress.
 *
 * @param length bytes of its content, at contentAddress
 * @returns its bytes; −1 if the choices are none that an encoder makes
 */
export function decode(length: i32): i32 {
  contentLength = length;
  setTokenCount(0);
  setType(STORED);
  setStoredLength(0);
  setFinal(0);
  if (!codeSettings()) return -1;
  startCoding(0);
  // What is written in eights may reach into what lies behind the room.
  startWriting(stream, streamRoom + 16);
  let place = 0;
  for (let more = true; more; ) {
    const from = place;
    place = codeBlock(place);
    if (place < 0 || isBeyond()) return -1;
    writeBlock(content + from);
    more = !final && (place < length || choose(0, SETTINGS) != 0);
  }
  if (!final) {
    flushWriting();
    return <i32>(writtenEnd() - stream);
  }
  padding = 0;
  if (openBits() != 0) {
    codePadding();
    finishWriting(padding);
  } else finishWriting(0);
  return <i32>(writtenEnd() - stream);
}

/** Whether more choices were read than there are. */
function isBeyond(): bool {
  return decoderPosition() > coded + codedRoom + 4;
}

/** Bytes of choices, if none follow: exactly where the encoder stopped. */
export function codedLength(): i32 {
  return <i32>decodedEnd() - <i32>coded;
}

/** The last byte of the choices, if none follow; −1 if the encoder wrote none to end them. */
export function codedFinalByte(): i32 {
  return finalByte();
}

/** Codes the bits that fill up the last byte; they are hardly ever anything but zeros. */
function codePadding(): void {
  if (choose(<i32>(padding != 0), SETTINGS + 1)) padding = chooseBits(padding, 7, SETTINGS + 320);
}

// Settings, as `set` takes them, and the bits of a block behind them.
const FIELDS: i32 = 12;
const GOOD: i32 = 1;
const HASH: i32 = 6;
const BLOCK_BITS: i32 = FIELDS - 1;
/**
 * In place of a hash: an encoder that weighs prices. Then `nice` and `hops` are as `deflate/ranks.ts` has them, `lazy` says
 * that prices are those of the block before, `good` what is guessed first of a token, and the other settings say nothing.
 */
const WEIGHED: i32 = 6;
const settings = memory.data(FIELDS * 4);
const lastSettings = memory.data(FIELDS * 4);
/** As they were at the start of {@link encode}. */
const markedSettings = memory.data(FIELDS * 4);
/** The least and the most that each can be. */
const least = memory.data<u16>([0, 0, 0, 0, 0, 8, 3, 9, 2, 0, 0, 7]);
const most = memory.data<u16>([2, 258, 258, 258, 4096, 20, 12, 15, 5, 1, 1, 16]);

// @ts-ignore: decorator
@inline
function setting(field: i32): i32 {
  return load<i32>(settings + (<usize>field << 2));
}

// @ts-ignore: decorator
@inline
function setSetting(field: i32, value: i32): void {
  store<i32>(settings + (<usize>field << 2), value);
}

/** Codes the settings, as those of the stream before or by themselves; returns false if there are none such. */
function codeSettings(): bool {
  const isSame = memory.compare(settings, lastSettings, FIELDS * 4) == 0;
  if (choose(<i32>isSame, SETTINGS + 2)) memory.copy(settings, lastSettings, FIELDS * 4);
  else {
    for (let field = 0; field < FIELDS; field++) {
      const lowest: i32 = load<u16>(least + (<usize>field << 1));
      const value = chooseNumber(setting(field) - lowest, SETTINGS + 3) + lowest;
      if (value > <i32>load<u16>(most + (<usize>field << 1))) return false;
      setSetting(field, value);
    }
    if (setting(HASH) == WEIGHED && setting(GOOD) > MOST_GUESSED) return false;
    memory.copy(lastSettings, settings, FIELDS * 4);
  }
  applySettings();
  return true;
}

function applySettings(): void {
  setMatcher(
    setting(0), setting(1), setting(2), setting(3), setting(4), setting(5), setting(6), setting(7), setting(8),
    setting(9), setting(10),
  );
}
