/** The ranks as a Markdown page. */
import { thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { origin } from "../origin.ts";
import { FIRST_FIVE_RANKS } from "../paper.ts";
import { firstFive, type Figure3Results } from "./results.ts";

const ROWS = 20;

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

export function toPage(results: Figure3Results, picture: string): string {
  const { file, characters, method, network, ranks, symbols } = results;
  const total = ranks.reduce((sum, count) => sum + count, 0);
  const shares = (counts: readonly number[]): string[] => {
    let sum = 0;
    return counts.slice(0, ROWS).map((count) => {
      sum += count;
      return `${percent(count / total)} (${percent(sum / total)})`;
    });
  };
  const [ofRanks, ofSymbols] = [shares(ranks), shares(symbols)];
  const sections = [
    "# Neural compression: the ranks of Figure 3",
    `${method} (${network}) on the first ${thousands(characters)} bytes of ${file}; ${origin([results])}.`,
    repeating("neural-figure3 FILE", "the file"),
    `The first five ranks have ${percent(firstFive(ranks))} of the symbols. The paper has ${percent(FIRST_FIVE_RANKS)} on its own copy of a bible. Always in the order of frequency, without a network, they would have ${percent(firstFive(symbols))}.`,
    `![Share of each rank](${picture})`,
    "Shares, and in brackets those of the rank and all before it:",
    table(
      ["rank", "by the network", "by frequency"],
      ofRanks.map((share, rank) => [String(rank), share, ofSymbols[rank]]),
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}
