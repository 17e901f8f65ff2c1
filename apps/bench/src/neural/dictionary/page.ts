/** The comparison as a Markdown page. */
import { thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { origin } from "../origin.ts";
import { CODERS, type DictionaryResults } from "./results.ts";

export function toPage(results: DictionaryResults, picture: string): string {
  const { file, characters, networks, rows } = results;
  const bits = (size: number | undefined): string => (size === undefined ? "–" : ((size * 8) / characters).toFixed(3));
  const hasChoices = rows.some(({ choices }) => choices !== undefined);
  const sections = [
    "# Neural compression: ranks for dictionary coders",
    "Section 7.1 of the paper proposes to turn text into something that dictionary coders compress better than the text: each rank becomes the symbol of that place in a list of all symbols, those first that cost the coder least. What costs least is to go on with a copy at the same distance, so rank 0 becomes the symbol 16 places back, and the other ranks become the others in their order. The second proposal is to have several predictors, and to take for each symbol the one whose rank is lowest; which one it was is stored, too. So that this costs less, several symbols can share a choice.",
    `The first ${thousands(characters)} bytes of ${file}: bits per character, with all that a decoder needs. ${origin([results])}.`,
    repeating("neural-dictionary FILE", "the file"),
    table(
      ["", ...CODERS],
      rows.map(({ stream, sizes }) => [stream, ...CODERS.map((coder) => bits(sizes[coder]))]),
    ),
    `![Bits per character of the streams](${picture})`,
    "Networks, and what an arithmetic coder makes of their predictions themselves:",
    table(
      ["", "settings", "direct"],
      networks.map(({ name, settings, direct }) => [name, settings, bits(direct)]),
    ),
    verdict(results),
  ];
  if (hasChoices) {
    sections.push(
      "What the choices alone cost, in bits per character:",
      table(
        ["", ...CODERS],
        rows
          .filter(({ stream, choices }) => choices !== undefined && stream.endsWith("ranks"))
          .map(({ stream, choices }) => [stream.replace(/:.*/, ""), ...CODERS.map((coder) => bits(choices?.[coder]))]),
      ),
    );
  }
  return `${sections.join("\n\n")}\n`;
}

/** The best that each way reaches, in words. */
function verdict({ characters, networks, rows }: DictionaryResults): string {
  const dictionary = CODERS.filter((coder) => coder !== "order 0");
  const least = (
    some: readonly DictionaryResults["rows"][number][],
    coders: readonly (typeof CODERS)[number][],
  ): string => {
    const sizes = some.flatMap(({ sizes: own }) => coders.flatMap((coder) => own[coder] ?? []));
    return ((Math.min(...sizes) * 8) / characters).toFixed(3);
  };
  const direct = (Math.min(...networks.map(({ direct: size }) => size)) * 8) / characters;
  const ending = (end: string): DictionaryResults["rows"] => rows.filter(({ stream }) => stream.endsWith(end));
  return `A dictionary coder comes to ${least(rows.slice(0, 1), dictionary)} on the file itself, to ${least(ending(": ranks"), dictionary)} at best on ranks as they are, and to ${least(ending("symbols"), dictionary)} on the cheapest symbols. An order-0 model of the plain ranks comes to ${least(ending(": ranks"), ["order 0"])}, and the predictions themselves, with no rank between, to ${direct.toFixed(3)}.`;
}
