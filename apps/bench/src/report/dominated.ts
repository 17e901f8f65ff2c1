/** Which levels nobody needs: another makes smaller files in less time. */
import { type FileKind, KINDS } from "../measure/kind.ts";
import { bits, figure } from "./format.ts";
import type { Results } from "./results.ts";
import { type Summary, summariseFiles } from "./summary.ts";

const DIRECTIONS = ["compress", "decompress"] as const;

/** A level, and one that beats it in size and in time, on files of a kind. */
interface Dominated {
  readonly kind: FileKind;
  readonly direction: (typeof DIRECTIONS)[number];
  readonly level: Summary;
  readonly by: Summary;
}

/** Levels of Pith that run in the same way: as a command, or in the library. */
const WAYS = [/^pith-\d+$/, /^pith-\d+-library$/];

/** What the pictures show: a point of Pith above and to the left of another, for each direction and kind of files. */
export function dominatedLevels(results: Results): Dominated[] {
  return KINDS.flatMap((kind) => {
    const files = results.files.filter((file) => file.kind === kind).map(({ name }) => name);
    const all = files.length === 0 ? [] : summariseFiles(results, files);
    return WAYS.flatMap((way) => {
      const levels = all.filter(({ id }) => way.test(id));
      return DIRECTIONS.flatMap((direction) =>
        levels.flatMap((level): Dominated[] => {
          const by = levels.find(
            (other) =>
              other.bitsPerCharacter < level.bitsPerCharacter && other[direction].speed > level[direction].speed,
          );
          return by === undefined ? [] : [{ kind, direction, level, by }];
        }),
      );
    });
  });
}

/** The same in words, a line each; one line if there is none. */
export function describeDominated(results: Results): string[] {
  const lines = dominatedLevels(results).map(({ kind, direction, level, by }) => {
    const point = (of: Summary): string =>
      `${of.name} (${bits(of.bitsPerCharacter)} bits per character, ${figure(of[direction].speed)} MB/s)`;
    return `dominated, ${kind}, ${direction}: ${point(level)} by ${point(by)}`;
  });
  return lines.length === 0 ? ["no level is dominated: none makes larger files in more time than another"] : lines;
}
