/** Pictures and sound that are computed, and the files that hold them uncompressed. */
import { joined, noise } from "./content.ts";
import { littleEndian } from "./packed.ts";

const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Rows of pixels that get brighter, each channel in its way, with a little noise, and a flat frame. */
export function pixels(width: number, height: number, channels: number, seed = 1): Uint8Array<ArrayBuffer> {
  const grain = noise(width * height * channels, seed);
  return Uint8Array.from(grain, (byte, i) => {
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / channels / width);
    if (x < 4 || y < 4) return 200;
    return 40 + ((x * (1 + (i % channels)) + 2 * y) >> 2) + (byte & 3);
  });
}

/** Grey rows of 16 bits, lower byte first, that get brighter, with a little noise. */
export function deepPixels(width: number, height: number, seed = 1): Uint8Array<ArrayBuffer> {
  const grain = noise(width * height, seed);
  const values = Array.from(grain, (byte, i) => 900 + 11 * (i % width) + 17 * Math.floor(i / width) + (byte & 15));
  return Uint8Array.from(values.flatMap((value) => [value & 255, value >> 8]));
}

/** A tone of several waves with a little noise: `count` moments of samples of so many bytes. */
export function tone(
  count: number,
  channels: number,
  bytes: number,
  { big = false, seed = 1 } = {},
): Uint8Array<ArrayBuffer> {
  const grain = noise(count * channels, seed);
  const content = new Uint8Array(count * channels * bytes);
  for (let i = 0; i < count * channels; i++) {
    const moment = Math.floor(i / channels);
    const wave = Math.sin(moment / 11) + 0.5 * Math.sin(moment / 3.7 + (i % channels));
    const value = Math.round(wave * 2 ** (8 * bytes - 3)) + (grain[i] & 7) + (bytes === 1 ? 128 : 0);
    for (let k = 0; k < bytes; k++) content[i * bytes + (big ? bytes - 1 - k : k)] = (value >> (8 * k)) & 255;
  }
  return content;
}

export function wav(content: Uint8Array, channels: number, bytes: number): Uint8Array<ArrayBuffer> {
  const format = littleEndian(
    [1, 2],
    [channels, 2],
    [8000, 4],
    [8000 * channels * bytes, 4],
    [channels * bytes, 2],
    [8 * bytes, 2],
  );
  const chunks = joined(
    latin("fmt "),
    littleEndian([16, 4]),
    format,
    latin("data"),
    littleEndian([content.length, 4]),
    content,
  );
  return joined(latin("RIFF"), littleEndian([chunks.length + 4, 4]), latin("WAVE"), chunks);
}

const bigEndian = (value: number, bytes: number): Uint8Array => littleEndian([value, bytes]).reverse();

export function aiff(content: Uint8Array, channels: number, bytes: number): Uint8Array<ArrayBuffer> {
  const common = joined(bigEndian(channels, 2), bigEndian(100, 4), bigEndian(8 * bytes, 2), new Uint8Array(10));
  const sound = joined(latin("SSND"), bigEndian(content.length + 8, 4), new Uint8Array(8), content);
  const chunks = joined(latin("COMM"), bigEndian(common.length, 4), common, sound);
  return joined(latin("FORM"), bigEndian(chunks.length + 4, 4), latin("AIFF"), chunks);
}

/** @param content rows that are filled up to four bytes */
export function bmp(content: Uint8Array, width: number, height: number, bits: number): Uint8Array<ArrayBuffer> {
  const header = littleEndian([40, 4], [width, 4], [height, 4], [1, 2], [bits, 2], [0, 4], [content.length, 4]);
  const head = joined(header, new Uint8Array(40 - header.length));
  return joined(latin("BM"), littleEndian([54 + content.length, 4], [0, 4], [54, 4]), head, content);
}

export function anymap(
  content: Uint8Array,
  width: number,
  height: number,
  type: "P5" | "P6",
  most = 255,
): Uint8Array<ArrayBuffer> {
  return joined(latin(`${type}\n# made up\n${width} ${height}\n${most}\n`), content);
}

/** In strips of so many rows. */
export function tiff(
  content: Uint8Array,
  {
    width,
    height,
    channels,
    bits = 8,
    rows = height,
    little = true,
  }: {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly bits?: number;
    readonly rows?: number;
    readonly little?: boolean;
  },
): Uint8Array<ArrayBuffer> {
  const number = (value: number, bytes: number): Uint8Array =>
    little ? littleEndian([value, bytes]) : bigEndian(value, bytes);
  const strip = (rows * width * channels * bits) >> 3;
  const strips = Math.ceil(content.length / strip);
  const offsets = Array.from({ length: strips }, (_, i) => 8 + i * strip);
  const lengths = offsets.map((offset) => Math.min(strip, 8 + content.length - offset));
  const after = 8 + content.length;
  const lists = joined(...[...offsets, ...lengths].map((value) => number(value, 4)));
  const entry = (tag: number, type: number, count: number, value: number): Uint8Array =>
    joined(
      number(tag, 2),
      number(type, 2),
      number(count, 4),
      number(value, type === 3 ? 2 : 4),
      new Uint8Array(type === 3 ? 2 : 0),
    );
  const entries = [
    entry(256, 4, 1, width),
    entry(257, 4, 1, height),
    entry(258, 3, 1, bits),
    entry(259, 3, 1, 1),
    entry(273, 4, strips, strips === 1 ? offsets[0] : after),
    entry(277, 3, 1, channels),
    entry(279, 4, strips, strips === 1 ? lengths[0] : after + 4 * strips),
  ];
  const directory = joined(number(entries.length, 2), ...entries, number(0, 4));
  return joined(latin(little ? "II" : "MM"), number(42, 2), number(after + lists.length, 4), content, lists, directory);
}

/** 16 bits, one channel, lower bytes first. */
export function dicom(content: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const short = (group: number, element: number, value: number): Uint8Array =>
    joined(littleEndian([group, 2], [element, 2]), latin("US"), littleEndian([2, 2], [value, 2]));
  const sequence = joined(
    littleEndian([8, 2], [0x1140, 2]),
    latin("SQ"),
    littleEndian([0, 2], [0xffffffff, 4], [0xfffe, 2], [0xe000, 2], [0xffffffff, 4]),
    littleEndian([8, 2], [0x1155, 2]),
    latin("UI"),
    littleEndian([4, 2], [7, 4]),
    littleEndian([0xfffe, 2], [0xe00d, 2], [0, 4], [0xfffe, 2], [0xe0dd, 2], [0, 4]),
  );
  return joined(
    new Uint8Array(128),
    latin("DICM"),
    sequence,
    short(0x28, 2, 1),
    short(0x28, 0x10, height),
    short(0x28, 0x11, width),
    short(0x28, 0x100, 16),
    short(0x28, 0x103, 0),
    littleEndian([0x7fe0, 2], [0x10, 2]),
    latin("OW"),
    littleEndian([0, 2], [content.length, 4]),
    content,
  );
}
