/**
 * What a kernel exports, as TypeScript, so that a signature that changes in AssemblyScript breaks the build of the host
 * that calls it.
 *
 * @typedef {{ name: string; parameters: { name: string; type: string }[]; returns: string; doc: string }} KernelFunction
 * @typedef {{ name: string; doc: string }} KernelVariable
 * @typedef {{ name: string; value: number | bigint; doc: string }} KernelConstant
 * @typedef {{ functions: KernelFunction[]; variables: KernelVariable[]; constants: KernelConstant[] }} KernelExports
 *   docstrings are "" where there is none
 */

/** What AssemblyScript's types are on the other side, where they are no numbers. */
const TYPES = { bool: "boolean", i64: "bigint", u64: "bigint", void: "void" };
const NUMBERS = new Set(["i8", "i16", "i32", "isize", "u8", "u16", "u32", "usize", "f32", "f64"]);

/** The kind of the sources that were given to the compiler by name. */
const USER_ENTRY = 1;

/** A docstring, and decorators or `export const` behind it, at the end of what stands before a declaration. */
const DOCSTRING = /\/\*\*(?:(?!\*\/)[^])*\*\/(?=\s*(?:(?:\/\/.*|@\w+|export\s+const)\s+)*$)/;

/**
 * A transform for `asc` that looks at what the entry exports, and takes its constants out of it: they are for the host's
 * source, and leave no trace in the module.
 *
 * @param {(exports: KernelExports) => void} tell
 */
export function exportsReader(tell) {
  return class {
    afterCompile(module) {
      const files = [...this.program.filesByName.values()];
      const entry = files.find(({ source, exports }) => source.sourceKind === USER_ENTRY && exports !== null);
      const found = { functions: [], variables: [], constants: [] };
      for (const [name, element] of entry.exports) {
        const functions = [...(element.instances?.values() ?? [])];
        const doc = docOf(element.declaration);
        if (functions.length > 0) found.functions.push(...functions.map((instance) => describe(name, instance, doc)));
        else {
          const { mutable, init } = this.binaryen.getGlobalInfo(module.getGlobal(element.internalName));
          if (mutable) found.variables.push({ name, doc });
          else {
            found.constants.push({ name, value: valueOf(this.binaryen.getExpressionInfo(init), element), doc });
            module.removeExport(name);
          }
        }
      }
      tell(found);
    }
  };
}

/** The value of a constant expression. */
function valueOf({ value }, { internalName, type }) {
  const isWhole = typeof value === "object" && value !== null;
  if (!isWhole && typeof value !== "number")
    throw new Error(`${internalName}: its value is not known when it is compiled`);
  if (!isWhole) return String(type).startsWith("u") ? value >>> 0 : value;
  const bits = (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
  return String(type) === "u64" ? BigInt.asUintN(64, bits) : bits;
}

function describe(name, instance, doc) {
  const { parameterTypes, returnType } = instance.signature;
  const typeOf = (type) => {
    const own = String(type);
    const found = NUMBERS.has(own) ? "number" : TYPES[own];
    if (found === undefined) throw new Error(`${instance.internalName}: a host has no type for ${own}`);
    return found;
  };
  return {
    name,
    parameters: parameterTypes.map((type, i) => ({ name: instance.getParameterName(i), type: typeOf(type) })),
    // WebAssembly has no booleans: one that is returned comes as 0 or 1; one that is given becomes that.
    returns: String(returnType) === "bool" ? "0 | 1" : typeOf(returnType),
    doc,
  };
}

function docOf({ range: { source, start } }) {
  return DOCSTRING.exec(source.text.slice(0, start))?.[0] ?? "";
}

/** What the interface of a kernel is called: of `dedupe-find`, `DedupeFindKernel`. */
export function interfaceName(kernel) {
  return `${kernel.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())}Kernel`;
}

/** A kernel's exports as source: an interface, and the constants. */
export function writeExports(kernel, entry, { functions, variables, constants }) {
  const members = [
    "  readonly memory: WebAssembly.Memory;\n",
    ...variables.map((variable) => `${docLines(variable, "  ")}  readonly ${variable.name}: WebAssembly.Global;\n`),
    ...functions.map((member) => {
      const parameters = member.parameters.map((parameter) => `${parameter.name}: ${parameter.type}`);
      return `${docLines(member, "  ")}  ${member.name}(${parameters.join(", ")}): ${member.returns};\n`;
    }),
  ];
  return (
    `\n/** What \`${entry}\` exports. Addresses are in bytes of its memory; those above 2 GiB come as negative numbers. */\n` +
    `export interface ${interfaceName(kernel)} {\n${members.join("")}}\n` +
    constants
      .map((constant) => `\n${docLines(constant, "")}export const ${constant.name} = ${literal(constant)};\n`)
      .join("")
  );
}

function docLines({ doc }, indent) {
  return doc === "" ? "" : `${indent}${doc.replace(/\n\s*\*/g, `\n${indent} *`)}\n`;
}

function literal({ value }) {
  return typeof value === "bigint" ? `${value}n` : String(value);
}
