/** Contents of all the kinds that the models have contexts for, generated. */
import { Random } from "./random.ts";

const { floor } = Math;

const SYLLABLES = ["ta", "ren", "o", "li", "mes", "ka", "ven", "du", "sir", "an", "po", "el", "th", "gra", "i", "quo"];

function vocabulary(random: Random, size: number): string[] {
  return Array.from({ length: size }, () => {
    let word = "";
    for (let left = 1 + random.below(4); left > 0; left--) word += SYLLABLES[random.below(SYLLABLES.length)];
    return word;
  });
}

function* sentences(random: Random, words: readonly string[]): Generator<string, never> {
  for (;;) {
    let sentence = "";
    for (let left = 3 + random.below(9); left > 0; left--) {
      let word = random.pick(words);
      if (sentence === "" || random.chance(4)) word = word[0].toUpperCase() + word.slice(1);
      if (random.chance(4)) word = `(${word} ${random.below(2000)})`;
      else if (random.chance(3)) word = `"${word}"`;
      sentence += word + (left > 1 && random.chance(8) ? ", " : " ");
    }
    yield sentence.trimEnd() + random.pick([". ", ".\n", "! ", "? ", ":\n\n  * "]);
  }
}

function take(length: number, pieces: Iterable<ArrayLike<number>>): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    for (let i = 0; i < piece.length && at < length; i++) bytes[at++] = piece[i];
    if (at === length) break;
  }
  return bytes;
}

/** Prose: words of a small vocabulary, sentences, brackets, quotes, numbers, lists. UTF-8. */
export function prose(length: number, seed = 1): Uint8Array {
  const random = new Random(seed);
  const words = [...vocabulary(random, 90), "über", "naïve"];
  const encoder = new TextEncoder();
  return take(
    length,
    (function* () {
      for (const sentence of sentences(random, words)) yield encoder.encode(sentence);
    })(),
  );
}

/** Text as the word dictionary codes it: codes of 1 to 3 bytes, words that are written out, escapes. */
export function codedWords(length: number, seed = 2): Uint8Array {
  const random = new Random(seed);
  const codes = Array.from({ length: 80 }, (_, i) => {
    const tail = () => 0x80 + random.below(0x40);
    if (i < 40) return [0x80 + i];
    return i < 65 ? [0xc0 + random.below(0x30), tail()] : [0xf0 + random.below(8), tail(), tail()];
  });
  const spelt = vocabulary(random, 30).map((word) => Array.from(new TextEncoder().encode(word)));
  return take(
    length,
    (function* () {
      for (;;) {
        yield random.chance(80) ? random.pick(codes) : random.pick(spelt);
        if (random.chance(70)) yield [32];
        if (random.chance(10)) yield random.pick([[46, 10], [44], [33], [0x0c, 64 + random.below(60)]]);
        if (random.chance(4)) yield [0x0c, 0x80 + random.below(128), 0x80 + random.below(128)];
      }
    })(),
  );
}

/** Something like x86 machine code: common instructions with prefixes, operands, displacements and immediates. */
export function machineCode(length: number, seed = 3): Uint8Array {
  const random = new Random(seed);
  const word = () => [random.below(256), random.below(20), 0, random.chance(20) ? 255 : 0];
  const modrm = () => 0xc0 + random.below(64);
  const instructions: readonly (() => number[])[] = [
    () => [0x48, 0x8b, 0x45, random.below(64) * 4],
    () => [0x48, 0x89, modrm()],
    () => [0xe8, ...word()],
    () => [0x8b, 0x44, 0x24, random.below(16) * 4],
    () => [0x50 + random.below(16)],
    () => [0x0f, 0x84 + random.below(2), ...word()],
    () => [0x83, modrm(), random.below(32)],
    () => [0x75 + random.below(4), random.below(40)],
    () => [0x81, 0x80 + random.below(64), ...word(), ...word()],
    () => [0x66, 0x81, modrm(), random.below(256), random.below(4)],
    () => [0x48, 0xb8 + random.below(8), ...word(), ...word()],
    () => [0xf6 + random.below(2), modrm(), ...word()],
    () => [0x0f, 0xb6 + random.below(10), modrm()],
    () => [0x0f, 0x38, random.below(256), modrm()],
    () => [0x66, 0x0f, 0x3a, random.below(256), modrm(), random.below(4)],
    () => [0xf3, 0x0f, 0x6f, 0x05, ...word()],
    () => [0xc2, random.below(32), 0, 0xc8, 0, random.below(4), 0],
    () => [0xa0 + random.below(4), ...word(), 0x9a, ...word(), 0, 0],
    () => [0xd8 + random.below(8), 0x04, 0x25, ...word()],
    () => [random.below(256), random.below(256), random.below(256)],
    () => [0xc3, 0x90, 0x90, 0x90],
    () => [0xc5, random.below(256), 0x70 + random.below(16), modrm(), random.below(4)],
    () => [0xc4, 0xe0 + random.below(4), 0x7d, random.below(256), modrm()],
    () => [0x62, 0xf0 + random.below(4), random.below(256), 0x48, random.below(256), modrm()],
  ];
  return take(
    length,
    (function* () {
      for (;;) yield random.pick(instructions)();
    })(),
  );
}

/** Structures of 24 bytes: a tag, counters, a coordinate that drifts, flags. */
export function records(length: number, seed = 4): Uint8Array {
  const random = new Random(seed);
  return take(
    length,
    (function* () {
      let drift = 0;
      for (let count = 0; ; count++) {
        const record = new DataView(new ArrayBuffer(24));
        drift += random.below(7) - 3;
        record.setUint32(0, 0x2a5243_44, true);
        record.setUint32(4, count, true);
        record.setFloat32(8, drift / 8, true);
        record.setUint16(12, count * 3);
        record.setUint8(14, random.pick([1, 2, 4, 8, 64]));
        record.setUint32(16, random.below(1000), true);
        yield new Uint8Array(record.buffer);
      }
    })(),
  );
}

/** Stretches that come again, some with a byte changed, and runs of one byte. */
export function repeats(length: number, seed = 5): Uint8Array {
  const random = new Random(seed);
  const stretches = [700, 90, 33, 12].map((size) => Array.from({ length: size }, () => 32 + random.below(90)));
  return take(
    length,
    (function* () {
      for (;;) {
        const stretch = [...random.pick(stretches)];
        if (random.chance(60)) stretch[random.below(stretch.length)] ^= 1 + random.below(3);
        yield stretch;
        if (random.chance(20)) yield new Array<number>(random.below(600)).fill(random.below(256));
      }
    })(),
  );
}

/** Bytes without any order. */
export function noise(length: number, seed = 6): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length }, () => random.below(65536) >> 8);
}

/** Lines of a log, of a table, of JSON, of markup and of source, in turn: fields that count, quotes, brackets, indentation. */
export function lines(length: number, seed = 7): Uint8Array {
  const random = new Random(seed);
  const words = vocabulary(random, 20);
  const encoder = new TextEncoder();
  const word = () => random.pick(words);
  let count = 990;
  const kinds: readonly (() => string)[] = [
    () =>
      `2024-03-05 08:${10 + random.below(50)}:07  [${word()}.${word()}] id=${count++} from 10.0.${random.below(3)}.7\n`,
    () => `${count++},${word()},"${word()}, ${word()}",,${random.below(9000) / 100};\t${word()}|${word()}\n`,
    () => `{"id": ${count++}, "${word()}": {"${word()}": [${random.below(9)}, "${word()}"]}, "last": null}]}\n`,
    () => `<list>\n  <${word()} n="${count++}">${word()}</${word()}>\n  <${word()}/><a href='x'></list>\n\n`,
    () => `\tif (${word()}_${random.below(3)} < ${count}) {\n\t\t${word()} = "${word()};\n\t}\n`,
  ];
  return take(
    length,
    (function* () {
      for (;;) {
        const kind = random.pick(kinds);
        for (let left = 1 + random.below(4); left > 0; left--) yield encoder.encode(kind());
      }
    })(),
  );
}

/** A picture of 3 bytes a pixel, 40 pixels a row: slopes with a little noise. */
export function picture(length: number, seed = 8): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length }, (_, i) => {
    const [x, y, channel] = [floor((i % 120) / 3), floor(i / 120), i % 3];
    return 3 * x + 5 * y + 40 * channel + random.below(4);
  });
}
