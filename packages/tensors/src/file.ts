import type { RandomAccessSource } from "@pith/core/bytes";
import {
  headerLength,
  LENGTH_BYTES,
  parseHeader,
  wrongLength,
  type SafetensorsHeader,
  type TensorInfo,
} from "./header.ts";

/** Bytes of a tensor that are read at once. */
const PIECE = 2 ** 20;

/** A safetensors file of which one reads what one needs. */
export class SafetensorsFile {
  readonly header: SafetensorsHeader;
  readonly #source: RandomAccessSource;

  private constructor(source: RandomAccessSource, header: SafetensorsHeader) {
    this.#source = source;
    this.header = header;
  }

  /**
   * Reads and checks the header, and nothing else.
   *
   * @throws PithError
   * @example
   * const file = await SafetensorsFile.open(blobSource);
   * const tensor = file.tensor("embedding.weight");
   * for await (const bytes of file.chunks(tensor)) hash.update(bytes);
   */
  static async open(source: RandomAccessSource): Promise<SafetensorsFile> {
    const length = headerLength(await source.read(0, Math.min(LENGTH_BYTES, source.size)), source.size);
    return new SafetensorsFile(source, parseHeader(await readAll(source, LENGTH_BYTES, length), source.size));
  }

  /** @throws RangeError if the file has no tensor of this name */
  tensor(name: string): TensorInfo {
    const found = this.header.tensors.find((tensor) => tensor.name === name);
    if (found === undefined) {
      throw new RangeError(`tensor: expected one of the ${this.header.tensors.length} in the file, got ${name}`);
    }
    return found;
  }

  /**
   * The bytes of a tensor, in pieces of at most 1 MiB.
   *
   * @throws PithError `truncated` if the file has become shorter
   */
  async *chunks({ offset, length }: TensorInfo): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    for (let done = 0; done < length; done += PIECE) {
      yield await readAll(this.#source, offset + done, Math.min(PIECE, length - done));
    }
  }
}

async function readAll(source: RandomAccessSource, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await source.read(offset, length);
  if (bytes.length < length) throw wrongLength(source.size, offset + bytes.length);
  return inOwnMemory(bytes);
}

/** The same bytes, copied only from memory that may be shared. */
function inOwnMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}
