/** Content that is packed in what people have: made by zlib (its port, pako). */
import { crc32 } from "node:zlib";
import { deflateRaw, type DeflateFunctionOptions } from "pako";
import { joined } from "./content.ts";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Numbers in so many bytes each, least significant first. */
export function littleEndian(...fields: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256)),
  );
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}

/** A stream of zlib's encoder. */
export function deflated(content: Uint8Array, options: DeflateFunctionOptions = {}): Uint8Array {
  return deflateRaw(content, options);
}

export function zlibbed(content: Uint8Array, stream = deflated(content)): Uint8Array {
  const sum = littleEndian([adler32(content), 4]).reverse();
  return joined(Uint8Array.of(0x78, 0x9c), stream, sum);
}

export function gzipped(content: Uint8Array, stream = deflated(content)): Uint8Array {
  const header = Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3);
  return joined(header, ascii("name\0"), stream, littleEndian([crc32(content), 4], [content.length, 4]));
}

/** A ZIP archive; with descriptors, lengths follow their members. */
export function zipped(
  members: Readonly<Record<string, Uint8Array>>,
  { descriptors = false, flags = 0 } = {},
): Uint8Array {
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(members)) {
    const stream = deflated(content);
    const lengths = littleEndian([crc32(content), 4], [stream.length, 4], [content.length, 4]);
    const common = littleEndian([20, 2], [flags | (descriptors ? 8 : 0), 2], [8, 2], [0x5a5a, 2], [0x5a5a, 2]);
    const names = littleEndian([name.length, 2], [0, 2]);
    const local = joined(
      ascii("PK\x03\x04"),
      common,
      descriptors ? new Uint8Array(12) : lengths,
      names,
      ascii(name),
      stream,
      descriptors ? joined(ascii("PK\x07\x08"), lengths) : new Uint8Array(0),
    );
    locals.push(local);
    central.push(
      joined(
        ascii("PK\x01\x02"),
        littleEndian([20, 2]),
        common,
        lengths,
        names,
        new Uint8Array(10),
        littleEndian([at, 4]),
        ascii(name),
      ),
    );
    at += local.length;
  }
  const directory = joined(...central);
  const count = locals.length;
  const end = littleEndian([0, 4], [count, 2], [count, 2], [directory.length, 4], [at, 4], [0, 2]);
  return joined(...locals, directory, ascii("PK\x05\x06"), end);
}

/** A tar of files. */
export function tarred(members: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.entries(members).flatMap(([name, content]) => {
    const header = new Uint8Array(512);
    header.set(ascii(name));
    header.set(ascii("0000644\0" + "0001750\0" + "0001750\0"), 100);
    header.set(ascii(content.length.toString(8).padStart(11, "0") + "\0" + "14000000000\0" + " ".repeat(8) + "0"), 124);
    header.set(ascii("ustar\0" + "00"), 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(ascii(sum.toString(8).padStart(6, "0") + "\0 "), 148);
    return [header, content, new Uint8Array(-content.length & 511)];
  });
  return joined(...blocks, new Uint8Array(1024));
}

/** A PNG of 8-bit pixels: rows are given with their filters. */
export function pngOf(
  width: number,
  rows: readonly Uint8Array[],
  { channels = 3, chunk = 300 }: { readonly channels?: 1 | 3; readonly chunk?: number } = {},
): Uint8Array {
  const be = (value: number): Uint8Array => littleEndian([value, 4]).reverse();
  const chunkOf = (type: string, data: Uint8Array): Uint8Array => {
    const body = joined(ascii(type), data);
    return joined(be(data.length), body, be(crc32(body)));
  };
  const data = zlibbed(joined(...rows));
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += chunk) chunks.push(chunkOf("IDAT", data.subarray(at, at + chunk)));
  const header = joined(be(width), be(rows.length), Uint8Array.of(8, channels === 3 ? 2 : 0, 0, 0, 0));
  return joined(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunkOf("IHDR", header),
    ...chunks,
    chunkOf("IEND", new Uint8Array(0)),
  );
}

const SECTOR = 2048;

/** A record of a directory of ISO 9660: what is at a sector, under a name. */
function isoRecord(name: string, sector: number, length: number, isDirectory: boolean): Uint8Array {
  const size = 33 + name.length + ((name.length + 1) % 2);
  const record = new Uint8Array(size);
  const view = new DataView(record.buffer);
  record[0] = size;
  view.setUint32(2, sector, true);
  view.setUint32(10, length, true);
  record[25] = isDirectory ? 2 : 0;
  record[32] = name.length;
  record.set(ascii(name), 33);
  return record;
}

/** An image of ISO 9660 with files, all in one directory below the first. */
export function imaged(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const padded = (bytes: Uint8Array): Uint8Array => joined(bytes, new Uint8Array(-bytes.length & (SECTOR - 1)));
  const [descriptor, root, folder] = [16, 17, 18];
  let sector = folder + 1;
  const records = Object.entries(files).map(([name, { length }]) => {
    const record = isoRecord(name, sector, length, false);
    sector += Math.ceil(length / SECTOR);
    return record;
  });
  const self = isoRecord("\0", root, SECTOR, true);
  const volume = new Uint8Array(SECTOR);
  volume.set(ascii("\x01CD001\x01"));
  volume.set(self, 156);
  return joined(
    new Uint8Array(descriptor * SECTOR),
    volume,
    padded(joined(self, isoRecord("\x01", root, SECTOR, true), isoRecord("FILES", folder, SECTOR, true))),
    padded(joined(isoRecord("\0", folder, SECTOR, true), isoRecord("\x01", root, SECTOR, true), ...records)),
    ...Object.values(files).map(padded),
  );
}
