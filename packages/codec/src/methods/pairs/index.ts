/** The method `pairs`: English as `@pith/pairs` codes it. */
import { PithError } from "@pith/core";
import {
  decodeText,
  encodeText,
  endsLinesWithCrlf,
  hashOfModel,
  pairsModelOfHash,
  resolverOf,
  textMemory,
  type PairsModel,
} from "@pith/pairs/coding";
import type { Method } from "../method.ts";

/** What a block of this method says of its text. */
export interface PairsParameters {
  readonly model: PairsModel;
  /** Lines end with CR LF. */
  readonly crlf: boolean;
}

const CRLF = 1;

function modelFor(level: number): PairsModel {
  if (level < 4) return "small";
  return level < 7 ? "medium" : "large";
}

/** Letters two to a code of four bits, told apart by what is around them; stored is only where that goes wrong. */
export const pairs: Method<PairsParameters, "pairs"> = {
  id: 3,
  name: "pairs",
  choose: (input, level) => ({ model: modelFor(level), crlf: endsLinesWithCrlf(input) }),
  memoryAt: (length, level) => textMemory(modelFor(level), length),
  model: ({ model }) => resolverOf(model),
  writeParameters({ model, crlf }, writer) {
    writer.byte(crlf ? CRLF : 0);
    writer.uint32(hashOfModel(model));
  },
  readParameters(reader) {
    const offset = reader.offset;
    const flags = reader.byte();
    if (flags > CRLF) {
      throw new PithError("invalid-field", "a block has unknown flags", { offset, expected: "0 or 1", got: flags });
    }
    const hashOffset = reader.offset;
    return { model: pairsModelOfHash(reader.uint32(), hashOffset), crlf: flags === CRLF };
  },
  memory: ({ model }, length) => textMemory(model, length),
  *encodeBlock(input, { model, crlf }) {
    return yield* encodeText(input, { resolver: resolverOf(model).toEncode(), crlf });
  },
  *decodeBlock(payload, length, { model, crlf }, offset) {
    return yield* decodeText(payload, length, { resolver: resolverOf(model).toDecode(offset), crlf }, offset);
  },
};
