/**
 * The method `jpeg`: one JPEG file, Huffman-coded, of 8 bits: baseline, extended or progressive. Its coefficients go
 * through a model of their own; its segments, as they are, through `mix`. Whatever is not understood, or would not come
 * back bit for bit, is a payload of `mix` as a whole, so that any bytes come back exactly.
 *
 * Payload: a byte of flags. If it says so, there follow the segments, behind their length and the length of the payload of
 * `mix` that they are; what the encoder chose, if that is unusual, behind its length; and the coded coefficients, to the
 * end.
 */
import { PithError } from "@pith/core";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { withKernel } from "@pith/core/coding";
import { scaled, shifted, standing } from "@pith/core/steps";
import type { JpegKernel } from "../../generated/jpeg-exports.ts";
import { MODELS } from "../mix/models.ts";
import type { Method } from "../method.ts";
import { mix } from "../mix/index.ts";
import { areUsual, decodeChoices, encodeChoices } from "./choices.ts";
import { Coefficients } from "./coefficients.ts";
import type { Frame } from "./frame.ts";
import { HeaderReader } from "./header.ts";
import { NotUnderstood } from "./not-understood.ts";
import {
  jpegMemory,
  jpegParameters,
  kernelMemory,
  mixParametersFor,
  mostMemory,
  readJpegParameters,
  STRENGTHS,
  writeJpegParameters,
  type JpegParameters,
} from "./parameters.ts";
import type { EncoderChoices, JpegParts } from "./parts.ts";
import { putTogether } from "./put-together.ts";
import { takeApart } from "./take-apart.ts";

// Flags.
/** The payload is a JPEG's parts; without this, no other flag is set, and the input is a payload of `mix`. */
const PARTS = 1;
/** What the encoder chose is unusual, and stored. */
const CHOICES = 2;

const USUAL: EncoderChoices = { padding: "ones", runExceptions: [] };

/** JPEG files. */
export const jpeg: Method<JpegParameters, "jpeg"> = {
  id: 6,
  name: "jpeg",
  kind: ({ blocks }) => (blocks > 0 ? "jpeg" : "binary"),
  // Before there are parameters, of any.
  kernels: (parameters?: JpegParameters) =>
    STRENGTHS.filter((_, n) => n === (parameters?.strength ?? n)).flatMap(({ kernel, mixModel }) => [
      kernel,
      MODELS[mixModel].kernel,
    ]),
  choose: jpegParameters,
  memoryAt: mostMemory,
  writeParameters: writeJpegParameters,
  readParameters: readJpegParameters,
  memory: jpegMemory,
  encodeBlock: encodeJpeg,
  decodeBlock: decodeJpeg,
};

function* encodeJpeg(input: Uint8Array, parameters: JpegParameters): Generator<number, Uint8Array> {
  const { kernel } = STRENGTHS[parameters.strength];
  const work = (instance: JpegKernel): Generator<number, Uint8Array | undefined> =>
    encodeParts(instance, input, parameters);
  const coded = parameters.blocks > 0 ? yield* withKernel(kernel, kernelMemory(parameters), work) : undefined;
  if (coded !== undefined) return coded;
  const writer = new ByteWriter();
  writer.byte(0);
  writer.bytes(yield* mix.encodeBlock(input, mixParametersFor(parameters, input.length)));
  return writer.finish();
}

/** @returns undefined if the input is not understood */
function* encodeParts(
  kernel: JpegKernel,
  input: Uint8Array,
  parameters: JpegParameters,
): Generator<number, Uint8Array | undefined> {
  let coefficients: Coefficients | undefined;
  const room = (frame: Frame): Int16Array => {
    coefficients = new Coefficients(kernel, frame, parameters.tableBits);
    return coefficients.values;
  };
  const parts = yield* standing(takeApart(input, room));
  if (parts === undefined || coefficients === undefined) return undefined;
  const { header, choices } = parts;
  const usual = areUsual(choices);
  const writer = new ByteWriter();
  writer.byte(PARTS | (usual ? 0 : CHOICES));
  writer.varint(header.length);
  const coded = yield* standing(mix.encodeBlock(header, mixParametersFor(parameters, header.length)));
  writer.varint(coded.length);
  writer.bytes(coded);
  if (!usual) {
    const side = encodeChoices(choices);
    writer.varint(side.length);
    writer.bytes(side);
  }
  quantise(coefficients, header);
  writer.bytes(yield* scaled(coefficients.encode(), input.length / parameters.blocks));
  return writer.finish();
}

function* decodeJpeg(
  payload: Uint8Array,
  length: number,
  parameters: JpegParameters,
  offset: number,
): Generator<number, Uint8Array> {
  const reader = new ByteReader(payload, offset);
  const flags = reader.byte();
  if (flags > (PARTS | CHOICES) || flags === CHOICES) {
    throw new PithError("invalid-field", "no encoder writes these flags", { offset, got: flags });
  }
  if (flags === 0) {
    return yield* mix.decodeBlock(payload.subarray(1), length, mixParametersFor(parameters, length), offset + 1);
  }
  const parts = yield* standing(readParts(reader, length, parameters, (flags & CHOICES) !== 0));
  const place = { offset: reader.offset, coded: payload.subarray(reader.position) };
  const { kernel } = STRENGTHS[parameters.strength];
  const work = (instance: JpegKernel): Generator<number, Uint8Array> =>
    decodeParts(instance, parts, length, parameters, place);
  return yield* withKernel(kernel, kernelMemory(parameters), work);
}

function* decodeParts(
  kernel: JpegKernel,
  parts: JpegParts,
  length: number,
  { tableBits, blocks }: JpegParameters,
  { coded, offset }: { readonly coded: Uint8Array; readonly offset: number },
): Generator<number, Uint8Array> {
  try {
    const coefficients = new Coefficients(kernel, frameOf(parts.header, blocks), tableBits);
    quantise(coefficients, parts.header);
    yield* scaled(coefficients.decode(coded, offset), length / blocks);
    return yield* shifted(length, standing(putTogether(parts, coefficients.values, length)));
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    throw new PithError("invalid-field", `the parts make no JPEG: ${error.message}`, { offset, cause: error });
  }
}

function* readParts(
  reader: ByteReader,
  length: number,
  parameters: JpegParameters,
  hasChoices: boolean,
): Generator<number, JpegParts> {
  const { offset } = reader;
  const headerLength = reader.varint("the length of the segments");
  if (headerLength > length) {
    throw new PithError("invalid-field", "the segments are longer than the block", {
      offset,
      expected: `at most ${length}`,
      got: headerLength,
    });
  }
  const codedLength = reader.varint("the length of the coded segments");
  const codedOffset = reader.offset;
  const coded = reader.bytes(codedLength);
  const header = yield* mix.decodeBlock(coded, headerLength, mixParametersFor(parameters, headerLength), codedOffset);
  if (!hasChoices) return { header, choices: USUAL };
  const sideLength = reader.varint("the length of the encoder's choices");
  const sideOffset = reader.offset;
  const choices = decodeChoices(reader.bytes(sideLength), length, sideOffset);
  if (areUsual(choices)) {
    throw new PithError("invalid-field", "usual choices are not stored", { offset: sideOffset });
  }
  return { header, choices };
}

/** The picture that segments describe. @throws NotUnderstood if it is another than the parameters say */
function frameOf(header: Uint8Array, blocks: number): Frame {
  const { frame } = readHeader(header);
  if (frame.blocks !== blocks) throw new NotUnderstood(`a picture of ${frame.blocks} blocks instead of ${blocks}`);
  return frame;
}

function quantise(coefficients: Coefficients, header: Uint8Array): void {
  const reader = readHeader(header);
  reader.frame.components.forEach((component, n) => coefficients.quantise(n, reader.quantisationOf(component)));
}

/** Reads all segments. @throws NotUnderstood */
function readHeader(header: Uint8Array): HeaderReader {
  const reader = new HeaderReader();
  for (let at = 0; ;) {
    const { scan, end } = reader.next(header, at);
    if (scan === undefined) return reader;
    at = end;
  }
}
