/** Puts figures of the results into documents, where these have marks for them. */
import { figureOf } from "./page-tables.ts";

/** `<!-- figure PAGE / … -->what stood there<!-- / -->`; the words between are what a reader sees. */
const MARK = /<!-- figure (\S+) (?:\/ )?(.*?) -->([\s\S]*?)<!-- \/ -->/g;

/** Code between fences, in which marks are only examples. */
const FENCED = /(^```[\s\S]*?^```$)/m;

/** What a mark of a whole block stands for, by its page and name. */
export type Blocks = Readonly<Record<string, () => string>>;

/**
 * A document with all its figures as the results have them, but for what stands between fences of code.
 *
 * @param pageOf text of a page of results, by its name
 * @param blocks what is more than a cell
 * @throws Error that names the mark for a figure that no page has
 */
export function fillFigures(document: string, pageOf: (name: string) => string, blocks: Blocks = {}): string {
  return document
    .split(FENCED)
    .map((part, i) => (i % 2 === 1 ? part : fillPart(part, pageOf, blocks)))
    .join("");
}

function fillPart(text: string, pageOf: (name: string) => string, blocks: Blocks): string {
  return text.replace(MARK, (_, page: string, place: string) => {
    const block = (blocks as Partial<Blocks>)[`${page} / ${place}`];
    try {
      const value = block === undefined ? figureOf(pageOf(page), place) : `\n${block()}\n`;
      return `<!-- figure ${page} ${place.startsWith("~ ") ? "" : "/ "}${place} -->${value}<!-- / -->`;
    } catch (error) {
      throw new Error(`figure ${page} ${place}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  });
}
