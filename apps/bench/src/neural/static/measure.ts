/** The static network on a file: a row of Table 1. */
import { RangeEncoder, encodeSymbols } from "@pith/entropy";
import { rankOf } from "@pith/predictors";
import { hereAndNow } from "../../measure/where.ts";
import type { OnShare } from "../code.ts";
import { STATIC_AS_PUBLISHED } from "../methods.ts";
import { processorSeconds } from "../processor-time.ts";
import type { Row } from "../table1/results.ts";
import type { StaticNetwork } from "./network.ts";

const REPORT_EVERY = 4096;

export function measureStatic(network: StaticNetwork, file: string, content: Uint8Array, onShare: OnShare): Row {
  const started = processorSeconds();
  const ranks = new Uint16Array(content.length);
  const encoder = new RangeEncoder();
  network.predict(content, 0, content.length, (place, shares) => {
    if (place % REPORT_EVERY === 0) onShare(place / content.length);
    ranks[place] = rankOf(shares, content[place]);
    encoder.encodeWith(shares, content[place]);
  });
  return {
    ...hereAndNow(),
    file,
    method: STATIC_AS_PUBLISHED.id,
    characters: content.length,
    ranks: encodeSymbols(ranks, network.shape.symbols).length,
    direct: encoder.finish().length,
    table: 0,
    seconds: processorSeconds() - started,
  };
}
