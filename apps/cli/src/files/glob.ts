/** Patterns for names: `*` and `?` stand for characters of a name, `**` also for those between folders, `[a-z]` for one of a few. */

import { UsageError } from "../errors.ts";

/** Tells whether a path, with `/` between folders, is meant. */
export type PathFilter = (path: string) => boolean;

/**
 * What a pattern means: without `/`, any file or folder of that name; with one, a path from its start. What lies in a folder
 * that is meant is meant, too.
 *
 * @throws UsageError if a bracket is not closed
 */
export function globFilter(pattern: string): PathFilter {
  const trimmed = pattern.replace(/(?<=.)\/+$/, "").replace(/^\.\/+(?=.)/, "");
  const expression = new RegExp(`^${expressionOf(trimmed, pattern)}$`, "su");
  if (!trimmed.includes("/")) return (path) => path.split("/").some((name) => expression.test(name));
  return (path) => pathsTo(path).some((each) => expression.test(each));
}

/** What programs for versions keep, as GNU tar knows it. */
const VERSION_CONTROL = new Set(
  (
    "CVS .cvsignore RCS SCCS .git .gitignore .gitattributes .gitmodules .svn .arch-ids {arch} =RELEASE-ID =meta-update =update " +
    ".bzr .bzrignore .bzrtags .hg .hgignore .hgtags _darcs"
  ).split(" "),
);

/** Whether something is what a program for versions keeps, or lies in that. */
export const isVersionControl: PathFilter = (path) => path.split("/").some((name) => VERSION_CONTROL.has(name));

/** Whether a word is a pattern, and no plain name. */
export function isGlob(word: string): boolean {
  return /[*?[]/.test(word);
}

/** A path, and those of the folders that it lies in. */
function pathsTo(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

function expressionOf(glob: string, pattern: string): string {
  // As tokens, so that what a pattern says is never taken for an expression.
  return glob.replace(/\*\*\/?|\*|\?|\[[!^]?\]?[^\]]*\]?|[^*?[]/gsu, (token) => {
    if (token === "**/") return "(?:.*/)?";
    if (token === "**") return ".*";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (!token.startsWith("[")) return escaped(token);
    if (token.length < 3 || !token.endsWith("]")) {
      throw new UsageError(`expected a pattern with a ] for each [, got ${pattern}`);
    }
    const [, negation, characters] = /^\[([!^]?)(.*)\]$/su.exec(token) ?? [];
    return `[${negation === "" ? "" : "^"}${characters.replace(/[\\\][^]/g, "\\$&")}]`;
  });
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}
