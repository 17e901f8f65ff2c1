// npm run arrows: which folders of each package need which, and whether all arrows run down. Prints the circles and the
// arrows that run up, and fails above none and one in a package. `floors.json` says on which floor a folder is.
//
// Node and nothing else: imports are read with a regular expression, which our sources are plain enough for.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { root, workspaces } from "./workspace.mjs";

const MOST_UP = 1;
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** Folders of each package, from the lowest floor up: those of an inner array share a floor. Files beside them have none. */
const floors = JSON.parse(readFileSync(new URL("floors.json", import.meta.url), "utf8"));

/** The files of a folder and those below it, as paths from it, without what is generated. */
function sources(folder, path = "") {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const name = path === "" ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sources(folder, name);
    return /\.tsx?$/.test(name) ? [name] : [];
  });
}

/** From each file to those that it imports, types too. */
function importsOf(folder) {
  const files = sources(folder);
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const targets = [...text.matchAll(IMPORT)].map(([, path]) => normalize(join(dirname(file), path)));
      return [file, targets.filter((target) => known.has(target))];
    }),
  );
}

/** Arrows between what lies in a folder directly, with a file that each comes from. */
function arrowsIn(imports, folder, unitOf) {
  const within = (file) => folder === "" || file.startsWith(`${folder}/`);
  const arrows = new Map();
  for (const [file, targets] of imports) {
    if (!within(file)) continue;
    for (const target of targets) {
      if (!within(target)) continue;
      const [from, to] = [unitOf(file), unitOf(target)];
      if (from === to) continue;
      if (!arrows.has(from)) arrows.set(from, new Map());
      const known = arrows.get(from);
      known.set(to, [...(known.get(to) ?? []), `${file} → ${target}`]);
    }
  }
  return arrows;
}

/** Sets of units that reach each other (Tarjan). */
function circlesOf(arrows) {
  const numbers = new Map();
  const lowest = new Map();
  const stack = [];
  const circles = [];
  const visit = (unit) => {
    numbers.set(unit, numbers.size);
    lowest.set(unit, numbers.get(unit));
    stack.push(unit);
    for (const next of arrows.get(unit)?.keys() ?? []) {
      if (!numbers.has(next)) {
        visit(next);
        lowest.set(unit, Math.min(lowest.get(unit), lowest.get(next)));
      } else if (stack.includes(next)) lowest.set(unit, Math.min(lowest.get(unit), numbers.get(next)));
    }
    if (lowest.get(unit) !== numbers.get(unit)) return;
    const circle = stack.splice(stack.indexOf(unit));
    if (circle.length > 1) circles.push(circle);
  };
  for (const unit of arrows.keys()) if (!numbers.has(unit)) visit(unit);
  return circles;
}

/** What lies in `folder` directly and holds a file: a file or a folder. */
const childOf = (folder) => (file) => file.slice(folder.length + (folder === "" ? 0 : 1)).split("/")[0];

function check(name, source) {
  const imports = importsOf(source);
  const problems = [];
  const circles = [...new Set(["", ...[...imports.keys()].flatMap(parents)])].flatMap((folder) =>
    circlesOf(arrowsIn(imports, folder, childOf(folder))).map((units) => ({ folder: join("src", folder), units })),
  );
  for (const { folder, units } of circles) problems.push(`circle in ${folder}: ${units.sort().join(", ")}`);

  const folders = new Set([...imports.keys()].filter((file) => file.includes("/")).map(childOf("")));
  const height = new Map((floors[name] ?? []).flatMap((floor, i) => [floor].flat().map((folder) => [folder, i])));
  const unplaced = [...folders].filter((folder) => !height.has(folder));
  for (const folder of unplaced) problems.push(`no floor for ${folder}: add it to scripts/floors.json`);
  const gone = [...height.keys()].filter((folder) => !folders.has(folder));
  for (const folder of gone) problems.push(`scripts/floors.json has a folder that is not there: ${folder}`);

  const up = [...arrowsIn(imports, "", childOf(""))].flatMap(([from, targets]) =>
    [...targets]
      .filter(([to]) => height.get(to) > height.get(from))
      .map(([to, files]) => `up: ${from} → ${to} (${files.join("; ")})`),
  );
  const failed = problems.length > 0 || up.length > MOST_UP;
  console.log(`${name}: ${folders.size} folders, ${circles.length} circles, ${up.length} arrows up`);
  for (const line of [...problems, ...up]) console.log(`  ${line}`);
  return !failed;
}

/** The folders that a file lies in, but for the package's. */
function parents(file) {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

const results = workspaces()
  .map(({ folder }) => ({ folder, source: join(root, folder, "src") }))
  .filter(({ source }) => existsSync(source))
  .map(({ folder, source }) => check(folder, source));
process.exitCode = results.every(Boolean) ? 0 : 1;
