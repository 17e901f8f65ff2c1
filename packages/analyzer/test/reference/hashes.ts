/** The hashes of the kernels, in plain words: 64-bit integers as `bigint`, bytes one by one. */

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const u64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotated = (value: bigint, bits: bigint): bigint => u64((value << bits) | (value >> (64n - bits)));

/** Little-endian, of up to eight bytes. */
function wordAt(bytes: Uint8Array, at: number, length = 8): bigint {
  let word = 0n;
  for (let i = length - 1; i >= 0; i--) word = (word << 8n) | BigInt(bytes[at + i]);
  return word;
}

const xxRound = (lane: bigint, word: bigint): bigint => u64(rotated(u64(lane + word * P2), 31n) * P1);

/** XXH64 with seed 0, of at least 32 bytes. */
export function xxh64(bytes: Uint8Array): bigint {
  const lanes = [u64(P1 + P2), P2, 0n, u64(-P1)];
  let at = 0;
  for (; at + 32 <= bytes.length; at += 32) {
    for (let i = 0; i < 4; i++) lanes[i] = xxRound(lanes[i], wordAt(bytes, at + 8 * i));
  }
  let hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => u64(sum + rotated(lanes[i], bits)), 0n);
  for (const lane of lanes) hash = u64((hash ^ xxRound(0n, lane)) * P1 + P4);
  hash = u64(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    hash = u64(rotated(hash ^ xxRound(0n, wordAt(bytes, at)), 27n) * P1 + P4);
  }
  for (; at + 4 <= bytes.length; at += 4) {
    hash = u64(rotated(hash ^ u64(wordAt(bytes, at, 4) * P1), 23n) * P2 + P3);
  }
  for (; at < bytes.length; at++) hash = u64(rotated(hash ^ u64(BigInt(bytes[at]) * P5), 11n) * P1);
  hash = u64((hash ^ (hash >> 33n)) * P2);
  hash = u64((hash ^ (hash >> 29n)) * P3);
  return hash ^ (hash >> 32n);
}

function mixed(hash: bigint): bigint {
  const product = u64((hash ^ (hash >> 32n)) * P3);
  return product ^ (product >> 29n);
}

/** The hash of a micro pattern. */
export function microHash(bytes: Uint8Array): bigint {
  const starts = [0];
  for (let at = 8; at < bytes.length - 8; at += 8) starts.push(at);
  if (bytes.length > 8) starts.push(bytes.length - 8);
  let hash = P3;
  for (const at of starts) {
    const word = wordAt(bytes, at, Math.min(8, bytes.length));
    hash = u64(rotated(hash ^ u64(word * P2), 31n) * P1);
  }
  return mixed(hash);
}

/** The hash of a fine pattern. */
export function fineHash(bytes: Uint8Array): bigint {
  const size = bytes.length / 10;
  let hash = P3;
  for (let at = 0; at < bytes.length; at += size) hash = u64((hash ^ microHash(bytes.subarray(at, at + size))) * P1);
  return mixed(hash);
}

/** Zeros that a hash starts with. */
export function levelOf(hash: bigint): number {
  return 64 - (hash === 0n ? 0 : hash.toString(2).length);
}
