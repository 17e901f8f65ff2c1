/** What a report comes to, in a sentence or two. */
import type { Report } from "@pith/analyzer";
import { formatBytes, formatCount, formatPercent } from "../shared/format.ts";

export function verdictOf({ analysis, pith }: Report): string {
  const { size, levels, claimed, parameters } = analysis;
  const [coarse] = levels;
  const share = coarse.total === 0 ? 0 : coarse.repeats.value / coarse.total;
  const again =
    share === 0
      ? `no block of ${formatCount(parameters.blockSize)} bytes comes twice`
      : `${formatPercent(share)} of its blocks of ${formatCount(parameters.blockSize)} bytes had come before`;
  const ratio = claimed.ratio.toLocaleString("en", { maximumSignificantDigits: 3 });
  const claim = `The ratio of ${ratio} that the paper’s formula gives is no size: nothing can be made again from what it keeps.`;
  if (pith === null) return `In this file, ${again}. ${claim}`;
  const reached = Math.round((pith.size / pith.contentLength) * size);
  const about = pith.contentLength === size ? "" : "about ";
  return `Pith makes ${about}${formatBytes(reached)} of these ${formatBytes(size)}, and all of it comes back; ${again}. ${claim}`;
}
