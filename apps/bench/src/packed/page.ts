/** The results as a Markdown page. */
import { figure, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import type { EncoderRow, PackedFile, PackedResults } from "./results.ts";

export function toPage(results: PackedResults): string {
  const { date, processor, node, level, bestLevel, peers, files, encoders, content, skipped } = results;
  const sections = [
    "# What is packed already",
    `${date.slice(0, 10)}, ${processor}, Node ${node}. Level ${level}, once with what is packed left closed (\`--no-open\`), and once ` +
      "opened; every file came back bit for bit. Bytes; speeds of the library in MB/s of the file as it is, by processor time.",
    repeating(
      `packed FOLDER --only ${files.map(({ name }) => name).join(",")}${content === undefined ? "" : " --content FILE"}`,
      `the folder of these files${content === undefined ? "" : `, and ${content.name}`}`,
    ),
    table(
      ["", "bytes", "closed", "opened", "of it, %", `level ${bestLevel}`, ...peers.map(({ id }) => id), "in", "out"],
      files.map((file) => row(file, results)),
    ),
    "## What was found",
    table(
      ["", "taken apart", "inside, bytes"],
      files.map(({ name, found, inside }) => [
        name,
        found.map(({ kind, count }) => `${thousands(count)} ${kind}`).join(", ") || "–",
        thousands(inside),
      ]),
    ),
  ];
  if (content !== undefined) sections.push(...encoderSection(content, encoders));
  sections.push("## Programs", table(["", "version"], programs(results)));
  if (skipped.length > 0) {
    sections.push(
      skipped.map(({ name, aptPackage }) => `- ${name} was not there (Debian package ${aptPackage}).`).join("\n"),
    );
  }
  return `${sections.join("\n\n")}\n`;
}

function row(file: PackedFile, { peers }: PackedResults): string[] {
  const { name, size, closed, opened, best, compressSeconds, decompressSeconds } = file;
  return [
    name,
    thousands(size),
    thousands(closed),
    thousands(opened),
    figure((100 * opened) / size),
    best === undefined ? "–" : thousands(best),
    ...peers.map(({ id }) => (id in file.peers ? thousands(file.peers[id]) : "–")),
    figure(size / 1e6 / compressSeconds),
    figure(size / 1e6 / decompressSeconds),
  ];
}

function encoderSection(content: NonNullable<PackedResults["content"]>, encoders: readonly EncoderRow[]): string[] {
  const { name, size, compressed } = content;
  return [
    "## Encoders of deflate",
    `${thousands(size)} bytes of ${name}, packed as gzip by each encoder. The content alone takes ${thousands(compressed)} bytes; what ` +
      "a packed file takes more is what its encoder chose, and the header of gzip.",
    table(
      ["", "packed", "compressed", "more", "of the packed, %"],
      encoders.map((each) => [
        each.name,
        thousands(each.packed),
        thousands(each.compressed),
        thousands(each.compressed - compressed),
        figure((100 * (each.compressed - compressed)) / each.packed),
      ]),
    ),
  ];
}

function programs({ peers, encoders }: PackedResults): string[][] {
  const all = [...peers, ...encoders].map(({ name, version }) => [name, version]);
  return all.filter(([name], i) => all.findIndex(([other]) => other === name) === i);
}
