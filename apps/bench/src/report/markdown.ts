/** The results as a Markdown page. */
import { PEERS } from "../contestants/peers.ts";
import { bits, figure, mebibytes, thousands } from "./format.ts";
import type { Direction, Results, Row } from "./results.ts";
import { summariseFiles } from "./summary.ts";
import { repeating } from "./repeat.ts";
import { table } from "./table.ts";

/** @param pictures names of the pictures' files, beside the page */
export function toMarkdown(results: Results, pictures: readonly string[] = []): string {
  const { contestants, files, reference } = results;
  const referenceName = contestants.find(({ id }) => id === reference)?.name;
  const isCompared = referenceName !== undefined;
  const speedUnit = isCompared ? `MB/s, and × ${referenceName} in brackets` : "MB/s";

  const matrix = (cell: (row: Row) => string): string =>
    table(
      ["", ...files.map(({ name }) => name)],
      contestants.map(({ id, name }) => [
        name,
        ...files.map((file) => {
          const row = results.rows.find((r) => r.file === file.name && r.contestant === id);
          return row === undefined ? "–" : cell(row);
        }),
      ]),
    );
  const speed = ({ speed: megabytes, toReference }: Omit<Direction, "seconds">): string =>
    isCompared ? `${figure(megabytes)} (${figure(toReference)})` : figure(megabytes);

  const overall = summariseFiles(
    results,
    files.map(({ name }) => name),
  ).map((summary) => [
    summary.name,
    bits(summary.bitsPerCharacter),
    speed(summary.compress),
    speed(summary.decompress),
    mebibytes(summary.compress.peakMemory),
    mebibytes(summary.decompress.peakMemory),
  ]);

  const sections = [
    "# Pith beside its peers",
    describe(results),
    repeating(`FOLDER ${optionsOf(results)}`, "the folder of the files below"),
    "## Over all files",
    `Mean bits per character; geometric mean of the speeds in ${speedUnit}; largest resident set in MiB.`,
    table(["", "bits/char", "compress", "decompress", "memory, compress", "memory, decompress"], overall),
    ...pictures.map((picture) => `![Size against speed](${picture})`),
    "## Size",
    "Bits per character (byte of content).",
    matrix((row) => bits(row.bitsPerCharacter)),
    "## Speed of compression",
    `Median, ${speedUnit}.`,
    matrix((row) => speed(row.compress)),
    "## Speed of decompression",
    `Median, ${speedUnit}.`,
    matrix((row) => speed(row.decompress)),
    "## Peak memory",
    "Largest resident set of the process in MiB, compress / decompress.",
    matrix((row) => `${mebibytes(row.compress.peakMemory)} / ${mebibytes(row.decompress.peakMemory)}`),
    "## Files",
    table(
      ["", "bytes", "kind"],
      files.map(({ name, size, kind }) => [name, thousands(size), kind]),
    ),
    "## Programs",
    table(
      ["", "version"],
      contestants.map(({ name, version }) => [name, version]),
    ),
    ...notes(results),
  ];
  return `${sections.join("\n\n")}\n`;
}

function describe({ date, processor, system, node, rounds, clock, pinned }: Results): string {
  const time = clock === "wall" ? "wall time" : "processor time (user + system, in steps of 10 ms)";
  return (
    `${date.slice(0, 10)}, ${processor}, ${system}, Node ${node}. ` +
    `${rounds} interleaved ${rounds === 1 ? "round" : "rounds"}, ${time}, ` +
    `${pinned ? "each process pinned to the same core" : "processes not pinned to a core"}. ` +
    "Every output was decompressed and compared with the original. MB is 10^6 bytes of original content. " +
    "`pith` is the whole process with the start of Node; `@pith/codec` is the library's own time."
  );
}

/** What the run was asked for, as far as that is not what is done anyway. */
function optionsOf({ contestants, rounds, clock }: Results): string {
  const ids = contestants.map(({ id }) => id);
  const levels = ids.flatMap((id) => /^pith-(\d+)$/.exec(id)?.[1] ?? []);
  const peers = PEERS.map(({ id }) => id).filter((id) => ids.includes(id));
  return [
    `--levels ${levels.join(",") || "none"}`,
    `--peers ${peers.join(",") || "none"}`,
    `--rounds ${rounds}`,
    ...(clock === "cpu" ? ["--clock cpu"] : []),
  ].join(" ");
}

function notes({ skipped, failures, contestants }: Results): string[] {
  const lines = [
    ...skipped.map(({ name, aptPackage }) =>
      aptPackage === undefined ? `${name} was not there.` : `${name} was not installed (Debian package ${aptPackage}).`,
    ),
    ...failures.map(({ file, contestant, message }) => {
      const name = contestants.find(({ id }) => id === contestant)?.name ?? contestant;
      return `${name} failed on ${file}: ${message}`;
    }),
  ];
  return lines.length === 0 ? [] : ["## Left out", lines.map((line) => `- ${line}`).join("\n")];
}
