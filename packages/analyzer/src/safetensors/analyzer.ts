import { PithError } from "@pith/core";
import {
  headerLength,
  LENGTH_BYTES,
  parseHeader,
  wrongLength,
  type SafetensorsHeader,
  type TensorInfo,
} from "@pith/tensors";
import { FieldCounter } from "./field-counter.ts";
import {
  storedStatistics,
  TensorStatisticsBuilder,
  textBits,
  type FieldStatistics,
  type TensorStatistics,
} from "./tensor-statistics.ts";

/** Values below which a tensor is taken as stored: there is nothing to learn from so few. */
const FEWEST_VALUES = 16;

/** What a tensor costs that is the same as an earlier one: which one, in bits. */
const COPY_BITS = 32;

/** A tensor and what its values hold. */
export interface TensorAnalysis {
  readonly name: string;
  /** `BF16`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** In the file, in bytes. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  /** How many there are; of complex numbers both parts count, of packed ones bytes. */
  readonly values: number;
  readonly fields: readonly FieldStatistics[];
  /** Bytes of an adaptive code of order 0, field by field or as `model` says, learning included. */
  readonly orderZero: number;
  /** What reached it: `fields`, `whole values`, `list of 16 values`, `stored`, `copy of NAME`. */
  readonly model: string;
}

/** What a safetensors file holds. */
export interface SafetensorsAnalysis {
  /** In bytes. */
  readonly fileLength: number;
  /** Of the header, its own length included, in bytes. */
  readonly headerLength: number;
  /** Under a code of order 0, in bytes. */
  readonly headerOrderZero: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order in which their bytes lie in the file. */
  readonly tensors: readonly TensorAnalysis[];
  /**
   * Bytes that codes of order 0, field by field, need for the whole file: the sum over its tensors, each under the best of
   * the listed models, and the header. It can be reached, and it is no bound: models that look at more need less.
   */
  readonly orderZero: number;
}

/**
 * Reads a safetensors file from its start to its end, in pieces of any size, and counts the fields of its values. Keeps
 * the header and what was found, never the data.
 *
 * @example
 * const analyzer = new SafetensorsAnalyzer(bytes.length);
 * analyzer.push(bytes);
 * const { tensors, orderZero } = analyzer.finish();
 */
export class SafetensorsAnalyzer {
  readonly #fileLength: number | undefined;
  /** Made when the first tensor begins: a bad header costs no memory. */
  #counter: FieldCounter | undefined;
  readonly #start: Start;
  #header: SafetensorsHeader | undefined;
  #headerBits = 0;
  #position = 0;
  #current: CurrentTensor | undefined;
  readonly #found: TensorAnalysis[] = [];
  /** Names of tensors by what they hold. */
  readonly #contents = new Map<string, string>();

  /** @param fileLength in bytes, where it is known: a header that promises more is then refused at once */
  constructor(fileLength?: number) {
    this.#fileLength = fileLength;
    this.#start = new Start(fileLength);
  }

  /** What the header says; undefined until it is read. */
  get header(): SafetensorsHeader | undefined {
    return this.#header;
  }

  /**
   * Takes the next bytes of the file.
   *
   * @throws PithError for a bad header, and for data beyond the last tensor
   */
  push(bytes: Uint8Array): void {
    let rest = bytes;
    if (this.#header === undefined) {
      rest = rest.subarray(this.#start.push(rest));
      const { json } = this.#start;
      if (json === undefined) return;
      this.#header = parseHeader(json, this.#fileLength);
      this.#headerBits = 8 * LENGTH_BYTES + textBits(json);
      this.#position = LENGTH_BYTES + json.length;
    }
    const { tensors, fileLength } = this.#header;
    while (rest.length > 0) {
      this.#current ??= this.#next(tensors);
      if (this.#current === undefined) throw wrongLength(fileLength, this.#position + rest.length);
      rest = this.#take(this.#current, rest);
    }
  }

  /** Takes bytes of a tensor, and ends it where they do. */
  #take(current: CurrentTensor, bytes: Uint8Array): Uint8Array {
    const { info, counting } = current;
    const own = bytes.subarray(0, Math.min(bytes.length, info.offset + info.length - this.#position));
    const taken = counting === undefined ? own.length : counting.counter.push(own);
    this.#position += taken;
    if (this.#position === info.offset + info.length) this.#end(current);
    else if (counting?.counter.isFull) counting.counter.takePart((part) => counting.builder.add(part));
    return bytes.subarray(taken);
  }

  /** Starts the next tensor that has bytes; those without are done. */
  #next(tensors: readonly TensorInfo[]): CurrentTensor | undefined {
    while (this.#found.length < tensors.length) {
      const info = tensors[this.#found.length];
      if (info.length >= FEWEST_VALUES * info.type.unitBytes) {
        const counter = (this.#counter ??= new FieldCounter());
        counter.start(info.type, info.shape, info.length);
        return { info, counting: { counter, builder: new TensorStatisticsBuilder(info.type) } };
      }
      if (info.length > 0) return { info, counting: undefined };
      this.#found.push({ ...described(info), fields: [], orderZero: 0, model: "stored" });
    }
    return undefined;
  }

  #end({ info, counting }: CurrentTensor): void {
    const { fields, codeLength, model } =
      counting === undefined
        ? storedStatistics(info.type, valuesOf(info))
        : this.#unlessCopy(
            info,
            counting.counter.takePart((part) => {
              counting.builder.add(part);
              return part.fingerprint;
            }),
            counting.builder.finish(),
          );
    this.#found.push({ ...described(info), fields, orderZero: codeLength / 8, model });
    this.#current = undefined;
  }

  /** The statistics of a tensor; or that it is one that came before. */
  #unlessCopy(info: TensorInfo, fingerprint: bigint, statistics: TensorStatistics): TensorStatistics {
    const key = `${info.type.name} ${info.length} ${fingerprint}`;
    const original = this.#contents.get(key);
    if (original === undefined) this.#contents.set(key, info.name);
    if (original === undefined || statistics.codeLength <= COPY_BITS) return statistics;
    return { ...statistics, codeLength: COPY_BITS, model: `copy of ${original}` };
  }

  /**
   * Ends the file.
   *
   * @throws PithError if it is cut off
   */
  finish(): SafetensorsAnalysis {
    if (this.#header === undefined) throw this.#start.cutOff();
    this.#next(this.#header.tensors);
    const { fileLength, length, metadata } = this.#header;
    if (this.#position < fileLength) throw wrongLength(fileLength, this.#position);
    const headerOrderZero = this.#headerBits / 8;
    return {
      fileLength,
      headerLength: LENGTH_BYTES + length,
      headerOrderZero,
      metadata,
      tensors: this.#found,
      orderZero: Math.ceil(this.#found.reduce((sum, { orderZero }) => sum + orderZero, headerOrderZero)),
    };
  }
}

function valuesOf({ length, type }: TensorInfo): number {
  return length / type.unitBytes;
}

function described(info: TensorInfo): Omit<TensorAnalysis, "fields" | "orderZero" | "model"> {
  const { name, type, shape, offset, length } = info;
  return { name, type: type.name, shape, offset, length, values: valuesOf(info) };
}

/** The tensor whose bytes are coming. */
interface CurrentTensor {
  readonly info: TensorInfo;
  /** Undefined where there are too few of them to be counted. */
  readonly counting: { readonly counter: FieldCounter; readonly builder: TensorStatisticsBuilder } | undefined;
}

/** Collects the header, and takes no more memory than bytes have come. */
class Start {
  readonly #fileLength: number | undefined;
  readonly #parts: Uint8Array[] = [];
  #collected = 0;
  /** Bytes of the length, and once that is known of the JSON too. */
  #wanted = LENGTH_BYTES;
  #json: Uint8Array | undefined;

  constructor(fileLength: number | undefined) {
    this.#fileLength = fileLength;
  }

  /** Undefined until all of it has come. */
  get json(): Uint8Array | undefined {
    return this.#json;
  }

  /** Takes bytes of the header; returns how many. */
  push(bytes: Uint8Array): number {
    let taken = 0;
    while (taken < bytes.length && this.#json === undefined) {
      const part = bytes.slice(taken, taken + this.#wanted - this.#collected);
      this.#parts.push(part);
      this.#collected += part.length;
      taken += part.length;
      if (this.#collected === this.#wanted) this.#advance();
    }
    return taken;
  }

  #advance(): void {
    const whole = new Uint8Array(this.#collected);
    let done = 0;
    for (const part of this.#parts.splice(0)) {
      whole.set(part, done);
      done += part.length;
    }
    this.#parts.push(whole);
    if (this.#wanted === LENGTH_BYTES) this.#wanted += headerLength(whole, this.#fileLength);
    else this.#json = whole.subarray(LENGTH_BYTES);
  }

  cutOff(): PithError {
    const [what, start] =
      this.#wanted === LENGTH_BYTES ? ["the length of the header", 0] : ["the header", LENGTH_BYTES];
    return new PithError("truncated", `${what} is cut off`, {
      offset: this.#collected,
      expected: `${this.#wanted - start} bytes`,
      got: this.#collected - start,
    });
  }
}
