/** What the header of a block says of its model: how it is chosen, written and read. */
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import type { TableOptions } from "../method.ts";
import {
  isForText,
  LEAST_TABLE_BITS,
  lesserModels,
  modelFor,
  MODELS,
  MOST_TABLE_BITS,
  TEXT_MAX,
  USUAL_MODELS,
  type MixKind,
} from "./models.ts";
import { hashOfNetwork, networkOfHash, type MixNetwork } from "./networks.ts";

/** What a block of this method says of its model. */
export interface MixParameters {
  /** Index into the models. */
  readonly model: number;
  /** Log2 of the bytes of one context's table: 10 to 24. */
  readonly tableBits: number;
  /** The content is text that went through the `words` transform. */
  readonly words: boolean;
  /** Machine code in the content is for 64-bit mode. */
  readonly x64: boolean;
  /** Trained weights that the model's network starts from; undefined: it starts from random ones, or there is none. */
  readonly network?: MixNetwork | undefined;
}

const FLAG = 0x80;
/** The size of tables that says that a second byte follows. */
const FURTHER = 15;
/** In the second byte: the hash of trained weights follows; above it, how many eights of models lie below this one's. */
const TRAINED = 0x10;
const EIGHTS = 5;

/** What parameters depend on beside kind, level and length. */
export interface MixOptions extends TableOptions {
  /** As in {@link MixParameters}; default false. */
  readonly words?: boolean;
  readonly x64?: boolean;
}

/** Parameters for content of a known kind. */
export function mixParameters(
  kind: MixKind,
  level: number,
  length: number,
  { words = false, x64 = false, halvings = 0 }: MixOptions = {},
): MixParameters {
  const chosen = modelFor(kind, level, length, halvings);
  // What was learnt of coded words says nothing of bare text.
  const network = words && chosen.model === TEXT_MAX ? "english" : undefined;
  return { ...chosen, words, x64, network };
}

/** Those of lower levels that may make content shorter, the strongest first: with other models, and else the same. */
export function lesserParameters(
  kind: MixKind,
  level: number,
  length: number,
  { words = false, x64 = false, halvings = 0 }: MixOptions,
): MixParameters[] {
  return lesserModels(kind, level, length, halvings).map((chosen) => ({ ...chosen, words, x64 }));
}

/** One byte where that will do, since for a short message each counts: model, size of the tables, the flag of its kind. */
export function writeMixParameters({ model, tableBits, words, x64, network }: MixParameters, writer: ByteWriter): void {
  const flag = words || x64 ? FLAG : 0;
  const size = tableBits - LEAST_TABLE_BITS;
  if (model < USUAL_MODELS) {
    writer.byte(model | (size << 3) | flag);
    return;
  }
  const behind = model - USUAL_MODELS;
  writer.byte((behind & 7) | (FURTHER << 3) | flag);
  writer.byte(size | (network === undefined ? 0 : TRAINED) | ((behind >> 3) << EIGHTS));
  if (network !== undefined) writer.uint32(hashOfNetwork(network));
}

/** @throws PithError `invalid-field` on values that no encoder writes, `unknown-method` for weights that are not known */
export function readMixParameters(reader: ByteReader): MixParameters {
  const offset = reader.offset;
  const first = reader.byte();
  const size = (first >> 3) & 15;
  const usual = first & 7;
  const { model, tableBits, network } =
    size === FURTHER
      ? readFurther(reader, usual)
      : { model: usual, tableBits: size + LEAST_TABLE_BITS, network: undefined };
  if (model >= MODELS.length) {
    throw new PithError("invalid-field", "a block has no such model", {
      offset,
      expected: `less than ${MODELS.length}`,
      got: model,
    });
  }
  const flag = (first & FLAG) !== 0;
  const text = isForText(model);
  return { model, tableBits, words: flag && text, x64: flag && !text, network };
}

function readFurther(reader: ByteReader, low: number): Pick<MixParameters, "model" | "tableBits" | "network"> {
  const offset = reader.offset;
  const byte = reader.byte();
  const model = USUAL_MODELS + low + ((byte >> EIGHTS) << 3);
  const trained = (byte & TRAINED) !== 0;
  const tableBits = LEAST_TABLE_BITS + (byte & (TRAINED - 1));
  if (tableBits > MOST_TABLE_BITS || (trained && model !== TEXT_MAX)) {
    throw new PithError("invalid-field", "a block's model has no such tables or weights", {
      offset,
      expected: `tables of 2^${LEAST_TABLE_BITS} to 2^${MOST_TABLE_BITS} bytes, and trained weights for text alone`,
      got: byte,
    });
  }
  const hashOffset = reader.offset;
  return { model, tableBits, network: trained ? networkOfHash(reader.uint32(), hashOffset) : undefined };
}
