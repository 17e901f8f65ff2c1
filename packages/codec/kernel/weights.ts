/**
 * Codes values of tensors fast: taken apart into planes of bytes, of which each is one value all the way, kept as it is, or
 * coded under static frequencies: by the class of its run, or by the plane above. A segment is what the host gives at once.
 *
 * A segment is written as three bytes, the length of what follows; what is said of its planes, from the highest to the lowest
 * (`weights/side.ts`); then the planes in the same order: nothing of a plane of one value, the bytes of one that is kept, the
 * states and words of one that is coded. Of floats of two bytes the upper plane may have bits of the lower one (`weights/join.ts`).
 */
import {
  areStatesDone, buildDecoder, buildEncoder, DECODER_TABLE, decodeRun, decodeRunBy, ENCODER_TABLE, encodeRun, encodeRunBy,
  finishStates, readStates, startStates, STATE_BYTES,
} from "../../entropy/kernel/rans";
import { initStateMaps } from "../../predictors/kernel/state-map";
import { CLASSES, classCounts, classify, costOf, countRun, haveClasses } from "./weights/classes";
import { codeFrequencies } from "./weights/frequencies";
import { join, joinBase, joinBits, pack, packedLength, part, unpack } from "./weights/join";
import { initLogarithms } from "./weights/logarithms";
import { putTogether, takeApart } from "./weights/planes";
import { endWriting, isReadTo, number, startReading, startWriting } from "./weights/side";

/** Bytes of a segment at most. */
export const SEGMENT: i32 = 1 << 21;
/** Values of a run at most, and of one where nothing is told by class. */
export const RUN: i32 = 4096;
/** Of a run whose class is written, at least. */
export const LEAST_RUN: i32 = 64;

/** What may be wrong with coded bytes. */
export const NO_FAULT: i32 = 0;
export const TRUNCATED: i32 = 1;
export const DESCRIPTION: i32 = 2;
export const STATES: i32 = 3;

/** How a plane is coded. */
const KEPT: i32 = 0;
const CONSTANT: i32 = 1;
const BY_CLASS: i32 = 2;
const BY_ABOVE: i32 = 3;

/** Contexts of what is said of planes; those below are for frequencies. */
const CODING: i32 = 32;
const VALUE: i32 = 33;
const CLASS_COUNT: i32 = 34;
const GROUPS: i32 = 35;
const OWN: i32 = 36;
const CLASS: i32 = 40;
const RUN_HIGH: i32 = 38;
const RUN_LOW: i32 = 39;
const JOIN: i32 = 56;
const BASE: i32 = 57;

const PLANES: i32 = 8;
/** Frequencies of a plane at most: those that several share, and those of one symbol above alone. */
const TABLES: i32 = 17;
/** A symbol has frequencies of its own for what lies below it if it is so much of all. */
const OWN_SHARE: i32 = 128;
/** Bytes of the length of what is said of planes, and room for that. */
const LENGTH: i32 = 3;
const SIDE_ROOM: i32 = 1 << 18;
/** A run is decoded before it is looked whether its bytes were there. */
const SLACK: i32 = 2 * RUN + STATE_BYTES + 64;
/** A plane is coded if that saves so much of it; of one below the highest of two, at the lowest effort, more. */
const WORTH: f32 = 1.0 / 512;
const WORTH_FAST: f32 = 1.0 / 48;
/** Bits that each frequency of many tables may take beyond what is expected, for what is joined has one table. */
const DOUBT: f32 = 4;
/** Values of such a one that are looked at. */
const SAMPLE: i32 = 1 << 16;
/** Classes that are tried where sixteen have too many tables for what there is: up to so many values. */
const FEW_CLASSES: i32 = 4;
const MANY_VALUES: i32 = 1 << 18;

const codings = memory.data(PLANES);
const values = memory.data(PLANES); // of planes of one value
const tableCounts = memory.data(PLANES);
const groupBits = memory.data(PLANES);
const owners = memory.data(PLANES * 256, 64); // u8 of each symbol above: its table
const frequencies = memory.data(PLANES * TABLES * 512, 64); // u16
const counts = memory.data(PLANES * 1024, 64); // u32 of each symbol of a plane
const contextCounts = memory.data(TABLES * 1024, 64); // u32
const halves = memory.data(4 * 1024, 64); // u32
const pointers = memory.data(256 * 4, 64); // usize of each symbol above

let content: usize = 0;
let planes: usize = 0;
/** Where planes are that were taken apart, and where they are joined. */
let apart: usize = 0;
let joinedPlanes: usize = 0;
/** Bits of the lower plane that the upper one has; 0 where each is a byte of the values. */
let joined: i32 = 0;
let stride: usize = 0;
let classes: usize = 0;
let coded: usize = 0;
let side: usize = 0;
let wordsEnd: usize = 0;
let tables: usize = 0;
let wrong: i32 = 0;
/** How many classes there were when runs were classified last. */
let classified: i32 = 0;
/** Values of a run, as the description says it. */
let classRun: i32 = 0;
let isStarted: bool = false;
/** Where memory is free. */
let free: usize = 0;

const PAGE: usize = 65536;

/** Hands out bytes, aligned, not zeroed: nothing is read of them that was not written before. */
function allocate(bytes: i32): usize {
  const address = free;
  free = (free + bytes + 63) & ~63;
  const pages = <i32>((free + PAGE - 1) / PAGE) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return address;
}

/** Nothing has to be zeroed before the next block. */
export function clearMemory(_most: usize): usize {
  return 0;
}

/**
 * Starts on a block.
 *
 * @param most bytes of a segment
 * @param encoding whether it is coded or decoded
 */
export function start(most: i32, encoding: bool): void {
  if (!isStarted) {
    initStateMaps();
    initLogarithms();
    isStarted = true;
  }
  free = (__heap_base + 63) & ~63;
  content = allocate(most + 16);
  planes = apart = allocate(most + 64);
  classes = allocate(most / LEAST_RUN + 16);
  coded = allocate(most + SIDE_ROOM + SLACK);
  tables = allocate(CLASSES * max(ENCODER_TABLE, DECODER_TABLE) + max(ENCODER_TABLE, DECODER_TABLE));
  if (!encoding) return;
  joinedPlanes = allocate(most + 64);
  side = allocate(SIDE_ROOM);
  const room = 2 * most + STATE_BYTES + 16;
  wordsEnd = allocate(room) + room;
}

/** Address of a segment's values. */
export function contentAddress(): usize {
  return content;
}

/** Address of its coded bytes. */
export function codedAddress(): usize {
  return coded;
}

/** What is wrong with the bytes that were decoded last. */
export function fault(): i32 {
  return wrong;
}

// @ts-ignore: decorator
@inline
function planeAt(plane: i32): usize {
  return planes + <usize>plane * stride;
}

// @ts-ignore: decorator
@inline
function frequenciesOf(plane: i32, table: i32): usize {
  return frequencies + ((plane * TABLES + table) << 9);
}

// @ts-ignore: decorator
@inline
function countsOf(plane: i32): usize {
  return counts + (plane << 10);
}

/**
 * Codes a segment.
 *
 * @param bytes of a value: 1, 2, 4 or 8
 * @param isFloat values begin with a sign
 * @param count values
 * @param run values that are told apart by class together: LEAST_RUN … RUN; 0 for none
 * @param effort 1 looks at what is quick to decode, 2 at all
 * @returns bytes at codedAddress; 0 if they would be no fewer than before
 */
export function encode(bytes: i32, isFloat: bool, count: i32, run: i32, effort: i32): i32 {
  stride = count;
  planes = apart;
  joined = 0;
  takeApart(content, count, bytes, isFloat, planes, stride);
  startWriting(side);
  if (bytes == 2 && isFloat) tryToJoin(count, effort);
  for (let plane = bytes - 1; plane >= 0; plane--) {
    if (effort == 1 && bytes == 2 && plane == 0 && isNoise(count)) choose(plane, KEPT, 0, 0);
    else {
      countPlane(plane, count);
      plan(plane, bytes, count, run, effort);
    }
    describe(plane, bytes, count, run);
  }
  const described = <i32>(endWriting() - side);
  store<u32>(coded, described);
  memory.copy(coded + LENGTH, side, described);
  let to = coded + LENGTH + described;
  const limit = coded + bytes * count;
  for (let plane = bytes - 1; plane >= 0; plane--) {
    const coding = load<u8>(codings + plane);
    if (coding == CONSTANT) continue;
    if (coding == KEPT && isPacked(plane)) {
      const packed = packedLength(count, 8 - joined);
      if (to + packed >= limit) return 0;
      pack(planeAt(plane), count, 8 - joined, to);
      to += packed;
      continue;
    }
    let from = planeAt(plane);
    let length = count;
    if (coding != KEPT) {
      from = coding == BY_CLASS ? writeByClass(plane, count, run) : writeByAbove(plane, count);
      length = <i32>(wordsEnd - from);
    }
    if (to + length >= limit) return 0;
    memory.copy(to, from, length);
    to += length;
  }
  return to < limit ? <i32>(to - coded) : 0;
}

/** Bits of the lower plane that went to the upper one when a segment was coded; 0 if none did. */
export function joinedBits(): i32 {
  return joined;
}

// @ts-ignore: decorator
@inline
function isPacked(plane: i32): bool {
  return joined > 0 && plane == 0;
}

/** Moves bits from the lower plane to the upper one, and says so, where that is likely to take less. */
function tryToJoin(count: i32, effort: i32): void {
  const bits = joinBits(planeAt(1), count);
  if (bits == 0) return;
  let cost: f32 = 0;
  if (effort > 1) {
    countPlane(1, count);
    cost = lowerCost(count, 8);
  } else cost = <f32>count * 8;
  join(apart, joinedPlanes, stride, count, bits);
  planes = joinedPlanes;
  countPlane(1, count);
  const rest = 8 - bits;
  const restCost = effort > 1 ? lowerCost(count, rest) : <f32>count * <f32>rest;
  sumUpExponents(bits);
  if (costOf(countsOf(1), 1, 0) + restCost < cost + costOf(contextCounts, 1, 0)) {
    joined = bits;
    number(bits - 1, 2, JOIN);
    number(joinBase, 8, BASE);
  } else planes = apart;
}

/** How often each exponent comes, of what comes with so many bits of the mantissa: in contextCounts. */
function sumUpExponents(bits: i32): void {
  memory.fill(contextCounts, 0, 1024);
  for (let symbol = 0; symbol < 256; symbol++) {
    const at = contextCounts + ((symbol >> bits) << 2);
    store<u32>(at, load<u32>(at) + load<u32>(countsOf(1) + (symbol << 2)));
  }
}

/** Whether some values of the lower plane are as good as noise, so that all are kept: only looking takes as long as coding. */
function isNoise(count: i32): bool {
  if (count <= SAMPLE) return false;
  const width = isPacked(0) ? 8 - joined : 8;
  countPlane(0, SAMPLE);
  return costOf(countsOf(0), 1, 0) >= <f32>SAMPLE * <f32>width * (1 - WORTH_FAST);
}

/** Bits that the lower of two planes takes, about: kept in so many bits a value, by itself or by the one above. */
function lowerCost(count: i32, width: i32): f32 {
  countPlane(0, count);
  const least = min(<f32>count * <f32>width, costOf(countsOf(0), 1, 0));
  const tables = countByAbove(0, count);
  let present = 0;
  for (let i = 0; i < tables << 8; i++) present += <i32>(load<u32>(contextCounts + (i << 2)) > 0);
  return min(least, costOf(contextCounts, tables, 0) + <f32>present * DOUBT);
}

/** How often each symbol of a plane comes: in four counts, so that no symbol waits for the one before. */
function countPlane(plane: i32, count: i32): void {
  memory.fill(halves, 0, 4096);
  const from = planeAt(plane);
  const whole = count & ~3;
  for (let i = 0; i < whole; i += 4) {
    const four = load<u32>(from + i);
    const a = halves + ((four & 0xff) << 2);
    store<u32>(a, load<u32>(a) + 1);
    const b = halves + (((four >> 8) & 0xff) << 2);
    store<u32>(b, load<u32>(b, 1024) + 1, 1024);
    const c = halves + (((four >> 16) & 0xff) << 2);
    store<u32>(c, load<u32>(c, 2048) + 1, 2048);
    const d = halves + ((four >> 24) << 2);
    store<u32>(d, load<u32>(d, 3072) + 1, 3072);
  }
  countRun(from + whole, count - whole, halves);
  const to = countsOf(plane);
  for (let i = 0; i < 1024; i += 16) {
    const ab = i32x4.add(v128.load(halves + i), v128.load(halves + i, 1024));
    v128.store(to + i, i32x4.add(ab, i32x4.add(v128.load(halves + i, 2048), v128.load(halves + i, 3072))));
  }
}

/** Decides how a plane is coded, of which symbols are counted. */
function plan(plane: i32, bytes: i32, count: i32, run: i32, effort: i32): void {
  const own = countsOf(plane);
  for (let symbol = 0; symbol < 256; symbol++) {
    if (load<u32>(own + (symbol << 2)) != <u32>count) continue;
    store<u8>(codings + plane, CONSTANT);
    store<u8>(values + plane, symbol);
    return;
  }
  const isTop = plane == bytes - 1;
  const isQuick = effort == 1 && bytes == 2 && !isTop;
  const width = isPacked(plane) ? 8 - joined : 8;
  const kept = <f32>count * <f32>width;
  let least = kept - kept * (isQuick ? WORTH_FAST : WORTH) - <f32>(STATE_BYTES * 8);
  store<u8>(codings + plane, KEPT);
  const alone = costOf(own, 1, 0);
  if (alone < least) {
    least = alone;
    choose(plane, BY_CLASS, 1, 0);
  }
  if (isTop && run > 0 && count >= 8 * run && haveClasses(planeAt(plane), count, run, own)) {
    for (let most = CLASSES; most >= FEW_CLASSES; most >>= 1) {
      const cost = classify(planeAt(plane), count, run, classes, most);
      classified = most;
      if (cost < least) choose(plane, BY_CLASS, most, 0);
      least = min(least, cost);
      // Where there is much, their tables do not matter.
      if (count > MANY_VALUES) break;
    }
  }
  const above = plane + 1;
  const mayLookUp = !isTop && <i32>load<u8>(codings + above) >= BY_CLASS && (effort > 1 || (bytes >= 4 && above == bytes - 1));
  if (!mayLookUp) return;
  const own2 = countByAbove(plane, count);
  for (let bits = 5; bits >= 0; bits -= bits == 5 ? 2 : 3) {
    const cost = costOf(contextCounts, own2, bits);
    if (cost >= least) continue;
    least = cost;
    choose(plane, BY_ABOVE, own2, bits);
  }
}

function choose(plane: i32, coding: i32, tables: i32, bits: i32): void {
  store<u8>(codings + plane, coding);
  store<u8>(tableCounts + plane, tables);
  store<u8>(groupBits + plane, bits);
}

/** Gives symbols of the plane above that are frequent tables of their own, and counts; returns how many tables there are. */
function countByAbove(plane: i32, count: i32): i32 {
  const above = countsOf(plane + 1);
  const owner = owners + (plane << 8);
  let many = 1;
  for (let symbol = 0; symbol < 256; symbol++) {
    const isOwn = many < TABLES && <i32>load<u32>(above + (symbol << 2)) >= max(64, count / OWN_SHARE);
    store<u8>(owner + symbol, isOwn ? many++ : 0);
  }
  memory.fill(contextCounts, 0, TABLES << 10);
  const symbols = planeAt(plane);
  const by = planeAt(plane + 1);
  for (let i = 0; i < count; i++) {
    const at = contextCounts + (<usize>load<u8>(owner + load<u8>(by + i)) << 10) + (<usize>load<u8>(symbols + i) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  return many;
}

/** Writes what is to be known of a plane. */
function describe(plane: i32, bytes: i32, count: i32, run: i32): void {
  const coding = number(load<u8>(codings + plane), 2, CODING);
  if (coding == CONSTANT) number(load<u8>(values + plane), 8, VALUE);
  else if (coding == BY_CLASS) {
    const many: i32 = load<u8>(tableCounts + plane);
    if (plane == bytes - 1) number(many - 1, 4, CLASS_COUNT);
    if (many > 1) {
      // The last that was tried may not have been the best.
      if (many != classified) classify(planeAt(plane), count, run, classes, many);
      codeRun(run);
      codeClasses(count, run);
    }
    for (let table = 0; table < many; table++) {
      codeFrequencies(many == 1 ? countsOf(plane) : classCounts + (table << 10), frequenciesOf(plane, table), 0);
    }
  } else if (coding == BY_ABOVE) {
    number(load<u8>(groupBits + plane), 3, GROUPS);
    countByAbove(plane, count);
    codeOwners(plane);
    for (let table = 0; table < load<u8>(tableCounts + plane); table++) {
      codeFrequencies(contextCounts + (table << 10), frequenciesOf(plane, table), load<u8>(groupBits + plane));
    }
  }
}

/** Writes or reads the length of runs. */
function codeRun(run: i32): i32 {
  const high = number(run >> 8, 5, RUN_HIGH);
  return (high << 8) | number(run & 0xff, 8, RUN_LOW);
}

/** Writes or reads the classes of runs, each under the one before. */
function codeClasses(count: i32, run: i32): void {
  const runs = (count + run - 1) / run;
  let before = 0;
  for (let i = 0; i < runs; i++) {
    before = number(load<u8>(classes + i), 4, CLASS + before);
    store<u8>(classes + i, before);
  }
}

/** Writes or reads which symbols above have a table of their own; returns how many tables there are, or 0 for too many. */
function codeOwners(plane: i32): i32 {
  const owner = owners + (plane << 8);
  let many = 1;
  let before = 0;
  for (let symbol = 0; symbol < 256; symbol++) {
    before = number(<i32>(load<u8>(owner + symbol) > 0), 1, OWN + before);
    if (before == 1 && many == TABLES) return 0;
    store<u8>(owner + symbol, before == 1 ? many++ : 0);
  }
  return many;
}

function buildEncoders(plane: i32): void {
  for (let table = 0; table < load<u8>(tableCounts + plane); table++) {
    buildEncoder(frequenciesOf(plane, table), tables + table * ENCODER_TABLE);
  }
}

/** Codes a plane by the classes of its runs; returns where it begins, up to wordsEnd. */
function writeByClass(plane: i32, count: i32, run: i32): usize {
  buildEncoders(plane);
  startStates();
  let to = wordsEnd;
  const isOne = load<u8>(tableCounts + plane) == 1;
  const length = isOne ? RUN : run;
  for (let i = (count + length - 1) / length - 1; i >= 0; i--) {
    const table = isOne ? tables : tables + <usize>load<u8>(classes + i) * ENCODER_TABLE;
    to = encodeRun(planeAt(plane) + i * length, min(length, count - i * length), table, to);
  }
  return finishStates(to);
}

function writeByAbove(plane: i32, count: i32): usize {
  buildEncoders(plane);
  pointAt(plane, ENCODER_TABLE);
  startStates();
  let to = wordsEnd;
  for (let i = (count + RUN - 1) / RUN - 1; i >= 0; i--) {
    const at = i * RUN;
    to = encodeRunBy(planeAt(plane) + at, planeAt(plane + 1) + at, min(RUN, count - at), pointers, to);
  }
  return finishStates(to);
}

function pointAt(plane: i32, size: i32): void {
  for (let symbol = 0; symbol < 256; symbol++) {
    store<usize>(pointers + (symbol << 2), tables + <usize>load<u8>(owners + (plane << 8) + symbol) * size);
  }
}

/**
 * Decodes a segment from the `available` bytes at codedAddress.
 *
 * @param isJoined whether the upper one of two planes has bits of the lower
 * @returns how many of them it took; what is wrong with them, fault says
 */
export function decode(bytes: i32, isFloat: bool, count: i32, available: i32, isJoined: bool): i32 {
  stride = count;
  planes = apart;
  joined = 0;
  const end = coded + available;
  wrong = DESCRIPTION;
  const described = coded + LENGTH;
  if (available < LENGTH) return 0;
  const length = <i32>(load<u32>(coded) & 0xffffff);
  if (LENGTH + length > available) return 0;
  let from = described + length;
  startReading(described, from);
  let base = 0;
  if (isJoined) {
    joined = 1 + number(0, 2, JOIN);
    base = number(0, 8, BASE);
    if (joined == 1 || joined == 4) return 0;
  }
  for (let plane = bytes - 1; plane >= 0; plane--) if (!readDescription(plane, bytes, count)) return 0;
  if (!isReadTo(from)) return 0;
  for (let plane = bytes - 1; plane >= 0; plane--) {
    from = readPlane(plane, count, from, end);
    if (from == 0) return 0;
  }
  if (isJoined) part(planes, stride, count, joined, base);
  putTogether(content, count, bytes, isFloat, planes, stride);
  wrong = NO_FAULT;
  return <i32>(from - coded);
}

/** The reverse of {@link describe}; returns false for what nobody writes. */
function readDescription(plane: i32, bytes: i32, count: i32): bool {
  const coding = number(0, 2, CODING);
  store<u8>(codings + plane, coding);
  if (coding == CONSTANT) store<u8>(values + plane, number(0, 8, VALUE));
  if (coding <= CONSTANT) return true;
  let many = 1;
  let bits = 0;
  if (coding == BY_ABOVE) {
    if (plane == bytes - 1) return false;
    bits = number(0, 3, GROUPS);
    many = codeOwners(plane);
    if (many == 0) return false;
  } else if (plane == bytes - 1) {
    many = 1 + number(0, 4, CLASS_COUNT);
    if (many > 1) {
      classRun = codeRun(0);
      if (classRun < LEAST_RUN || classRun > RUN) return false;
      codeClasses(count, classRun);
    }
  }
  choose(plane, coding, many, bits);
  for (let table = 0; table < many; table++) {
    if (!codeFrequencies(0, frequenciesOf(plane, table), bits)) return false;
  }
  return coding != BY_CLASS || many == 1 || areClasses(count, classRun, many);
}

/** Whether all runs are of classes that there are. */
function areClasses(count: i32, run: i32, many: i32): bool {
  const runs = (count + run - 1) / run;
  for (let i = 0; i < runs; i++) if (<i32>load<u8>(classes + i) >= many) return false;
  return true;
}

/** Reads a plane; returns where the next begins, or 0 if something is wrong. */
function readPlane(plane: i32, count: i32, from: usize, end: usize): usize {
  const coding = load<u8>(codings + plane);
  const to = planeAt(plane);
  if (coding == CONSTANT) {
    memory.fill(to, load<u8>(values + plane), count);
    return from;
  }
  wrong = TRUNCATED;
  if (coding == KEPT && isPacked(plane)) {
    const next = from + packedLength(count, 8 - joined);
    if (next > end) return 0;
    wrong = STATES;
    return unpack(from, count, 8 - joined, to) ? next : 0;
  }
  if (from + (coding == KEPT ? count : STATE_BYTES) > end) return 0;
  if (coding == KEPT) {
    memory.copy(to, from, count);
    return from + count;
  }
  const many: i32 = load<u8>(tableCounts + plane);
  for (let table = 0; table < many; table++) buildDecoder(frequenciesOf(plane, table), tables + table * DECODER_TABLE);
  from = readStates(from);
  const isOne = many == 1 && coding == BY_CLASS;
  if (coding == BY_ABOVE) pointAt(plane, DECODER_TABLE);
  const length = isOne || coding == BY_ABOVE ? RUN : classRun;
  for (let at = 0, i = 0; at < count; at += length, i++) {
    const symbols = min(length, count - at);
    if (coding == BY_ABOVE) from = decodeRunBy(to + at, planeAt(plane + 1) + at, symbols, pointers, from);
    else from = decodeRun(to + at, symbols, isOne ? tables : tables + <usize>load<u8>(classes + i) * DECODER_TABLE, from);
    if (from > end) return 0;
  }
  wrong = STATES;
  return areStatesDone() ? from : 0;
}
