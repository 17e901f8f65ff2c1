/**
 * Whether all arrays that public functions give back have memory of their own kind: `Uint8Array<ArrayBuffer>`, which goes
 * into `Blob`, `Response` and `postMessage` as it is; `Uint8Array` alone may lie in shared memory, and strict programs
 * refuse it there. Looks at what each package's declarations say, so it needs a build.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "..");

/** The declaration files of all that packages export. */
function entries() {
  const files = [];
  for (const name of readdirSync(join(root, "packages"))) {
    const folder = join(root, "packages", name);
    if (!existsSync(join(folder, "package.json"))) continue;
    const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    for (const target of Object.values(exports)) if (target?.types) files.push(join(folder, target.types));
  }
  return [...new Set(files)];
}

const program = ts.createProgram(entries(), {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
  strict: true,
  skipLibCheck: true,
});
const checker = program.getTypeChecker();
const wrong = new Set();

/** These give back their argument, or a view of it. */
const PASS_ON = new Set(["ByteReader", "checkBytes", "piecesOf"]);

function isOurs(declaration) {
  const { fileName } = declaration.getSourceFile();
  return fileName.startsWith(root) && !fileName.includes("node_modules");
}

/** Says so if a type that is given back is, or contains, an array whose memory may be shared. */
function look(type, place, depth = 0, seen = new Set()) {
  if (depth > 6 || seen.has(type)) return;
  seen.add(type);
  const name = type.symbol?.name ?? "";
  if (name === "Uint8Array") {
    const [memory] = checker.getTypeArguments(type);
    if (memory !== undefined && checker.typeToString(memory) === "ArrayBufferLike") wrong.add(place);
    return;
  }
  if (type.isUnionOrIntersection()) for (const part of type.types) look(part, place, depth + 1, seen);
  if (type.flags & ts.TypeFlags.Object && type.symbol !== undefined) {
    if (/^(Promise|Generator|AsyncGenerator|Array|ReadonlyArray|Map|ReadonlyMap|Iterable)$/.test(name)) {
      for (const argument of checker.getTypeArguments(type)) look(argument, place, depth + 1, seen);
    }
  }
}

function lookAtSignatures(type, place) {
  for (const signature of type.getCallSignatures()) look(checker.getReturnTypeOfSignature(signature), place);
}

for (const file of entries()) {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) continue;
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const node = symbol.declarations?.[0];
    if (node === undefined || PASS_ON.has(exported.name)) continue;
    const label = `${file.slice(root.length + 1)}: ${exported.name}`;
    if (symbol.flags & ts.SymbolFlags.Function)
      lookAtSignatures(checker.getTypeOfSymbolAtLocation(symbol, node), label);
    if (symbol.flags & ts.SymbolFlags.Class) {
      const instance = checker.getDeclaredTypeOfSymbol(symbol);
      for (const member of instance.getProperties()) {
        // What the platform's own classes give back is theirs.
        if (!member.declarations?.some(isOurs)) continue;
        lookAtSignatures(checker.getTypeOfSymbolAtLocation(member, node), `${label}.${member.name}`);
      }
    }
  }
}

if (wrong.size > 0) {
  console.error(`Give back Uint8Array<ArrayBuffer>:\n${[...wrong].sort().join("\n")}`);
  process.exitCode = 1;
}
