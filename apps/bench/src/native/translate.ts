/**
 * Translates a kernel to C, operation by operation: the same algorithm on the same data, for a native compiler to do
 * its best with. Each stack slot becomes a C variable of its own, which the compiler sees through; linear memory
 * becomes one static array without bounds checks, which is what an engine with guard pages has too.
 */
import { type FunctionType, type Module, constant, readModule, valueType } from "./module.ts";
import { OPERATIONS, type Operation, SATURATING, VECTOR_OPERATIONS } from "./opcodes.ts";
import { Reader } from "./reader.ts";

const C_TYPES: Readonly<Record<string, string>> = { "": "void", i: "uint32_t", l: "uint64_t", f: "float", d: "double", v: "v128" };

/** C for {@link readModule}'s module, to be included by the harness; exported functions are `kernel_NAME`. */
export function translate(bytes: Uint8Array): string {
  const module = readModule(bytes);
  const bodies = module.bodies.map((body, i) => {
    const index = i + module.importedFunctions;
    return new FunctionTranslator(module, module.functions[index], body.locals, body.code).translate(signature(module, index));
  });
  const data = module.data.map(
    ({ address, bytes: content }) => `  memcpy(memory + ${address}, (const uint8_t[]){${[...content].join(",")}}, ${content.length});`,
  );
  return [
    ...module.globals.map(({ type }, i) => `static ${C_TYPES[type]} g${i};`),
    ...module.functions.map((_, i) => (i < module.importedFunctions ? `${signature(module, i)} { abort(); }` : `${signature(module, i)};`)),
    ...bodies,
    ...[...module.exports].map(([name, index]) => `#define kernel_${name} f${index}`),
    "static void kernel_instantiate(void) {",
    `  pages = ${module.pages};`,
    ...module.globals.map(({ initial }, i) => `  g${i} = ${initial};`),
    ...data,
    ...(module.start === undefined ? [] : [`  f${module.start}();`]),
    "}\n",
  ].join("\n");
}

function signature(module: Module, index: number): string {
  const { parameters, result } = module.functions[index];
  const list = [...parameters].map((type, i) => `${C_TYPES[type]} l${i}`).join(", ");
  return `static ${C_TYPES[result]} f${index}(${list || "void"})`;
}

/** Constants of an operation: the offset in memory, the number of a lane. */
interface Immediates {
  readonly o?: string | undefined;
  readonly n?: string | undefined;
}

/** A block, loop or if that is open. */
interface Block {
  readonly isLoop: boolean;
  readonly isIf: boolean;
  readonly result: string;
  /** Height of the stack below it. */
  readonly height: number;
  readonly label: number;
}

class FunctionTranslator {
  private readonly lines: string[] = [];
  private readonly slots = new Set<string>();
  private readonly blocks: Block[] = [];
  private stack = "";
  private labels = 0;
  private readonly module: Module;
  private readonly type: FunctionType;
  private readonly locals: string;
  private readonly code: Reader;

  constructor(module: Module, type: FunctionType, locals: string, code: Uint8Array) {
    this.module = module;
    this.type = type;
    this.locals = locals;
    this.code = new Reader(code);
  }

  translate(head: string): string {
    const { parameters, result } = this.type;
    this.open(false, false, result);
    while (this.blocks.length > 0) this.instruction();
    if (result !== "") this.lines.push(`return ${this.slot(0, result)};`);
    const declare = (type: string, name: string): string => `  ${C_TYPES[type]} ${name}`;
    const locals = [...this.locals].map((type, i) => `${declare(type, `l${parameters.length + i}`)} = ${type === "v" ? "{}" : "0"};`);
    const slots = [...this.slots].map((name) => `${declare(name[0], name)};`);
    return [`${head} {`, ...locals, ...slots, ...this.lines.map((line) => `  ${line}`), "}"].join("\n");
  }

  /** The variable of a stack slot: one for each type that is ever there. */
  private slot(height: number, type: string): string {
    const name = `${type}_${height}`;
    this.slots.add(name);
    return name;
  }

  private push(type: string, value: string): void {
    this.lines.push(`${this.slot(this.stack.length, type)} = ${value};`);
    this.stack += type;
  }

  private pop(): string {
    const height = this.stack.length - 1;
    const name = this.slot(height, this.stack[height]);
    this.stack = this.stack.slice(0, height);
    return name;
  }

  private open(isLoop: boolean, isIf: boolean, result: string): void {
    this.blocks.push({ isLoop, isIf, result, height: this.stack.length, label: this.labels++ });
  }

  private blockType(): string {
    const type = Number(this.code.signed());
    if (type >= 0) throw new RangeError("blocks of a function's type are not translated");
    return type === -64 ? "" : valueType(type + 128);
  }

  private target(depth: number): Block {
    return this.blocks[this.blocks.length - 1 - depth];
  }

  /** C that leaves for a block's label, with its result where it belongs. */
  private jump(depth: number): string {
    const { isLoop, result, height, label } = this.target(depth);
    if (isLoop || result === "") return `goto L${label};`;
    const to = this.slot(height, result);
    const from = this.slot(this.stack.length - 1, result);
    return to === from ? `goto L${label};` : `{ ${to} = ${from}; goto L${label}; }`;
  }

  /** Leaves out what can never run: up to the `end` or `else` of the innermost block. */
  private skipUnreachable(): void {
    for (let depth = 0; ; ) {
      const before = this.code.at;
      const opcode = this.code.byte();
      if (opcode === 0x02 || opcode === 0x03 || opcode === 0x04) {
        this.blockType();
        depth++;
      } else if (opcode === 0x0b || opcode === 0x05) {
        if (depth === 0) {
          this.code.at = before;
          const { height, result } = this.target(0);
          this.stack = this.stack.slice(0, height) + result;
          return;
        }
        if (opcode === 0x0b) depth--;
      } else {
        this.skipImmediates(opcode);
      }
    }
  }

  private skipImmediates(opcode: number): void {
    const { code } = this;
    if ([0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x3f, 0x40].includes(opcode)) code.unsigned();
    else if (opcode === 0x0e) code.list(() => code.unsigned()).push(code.unsigned());
    else if (opcode >= 0x41 && opcode <= 0x44) constant(opcode, code);
    else if (opcode === 0xfc || opcode === 0xfd) this.prefixed(opcode);
    else if (opcode >= 0x28 && opcode <= 0x3e) this.offset();
  }

  private instruction(): void {
    const { code } = this;
    const opcode = code.byte();
    switch (opcode) {
      case 0x00:
        this.lines.push("abort();");
        return this.skipUnreachable();
      case 0x01:
        return;
      case 0x02:
        return this.open(false, false, this.blockType());
      case 0x03:
        this.open(true, false, this.blockType());
        this.lines.push(`L${this.target(0).label}:;`);
        return;
      case 0x04: {
        const result = this.blockType();
        this.lines.push(`if (${this.pop()}) {`);
        return this.open(false, true, result);
      }
      case 0x05:
        this.lines.push("} else {");
        this.stack = this.stack.slice(0, this.target(0).height);
        return;
      case 0x0b: {
        const { isLoop, isIf, label } = this.target(0);
        this.blocks.pop();
        if (isIf) this.lines.push("}");
        if (!isLoop) this.lines.push(`L${label}:;`);
        return;
      }
      case 0x0c:
        this.lines.push(this.jump(code.unsigned()));
        return this.skipUnreachable();
      case 0x0d: {
        const condition = this.pop();
        this.lines.push(`if (${condition}) ${this.jump(code.unsigned())}`);
        return;
      }
      case 0x0e: {
        const cases = code.list(() => code.unsigned());
        const index = this.pop();
        const targets = cases.map((depth, i) => `case ${i}: ${this.jump(depth)}`);
        this.lines.push(`switch (${index}) { ${targets.join(" ")} default: ${this.jump(code.unsigned())} }`);
        return this.skipUnreachable();
      }
      case 0x0f:
        this.lines.push(this.jump(this.blocks.length - 1));
        return this.skipUnreachable();
      case 0x10: {
        const index = code.unsigned();
        const { parameters, result } = this.module.functions[index];
        const operands = [...parameters].map(() => this.pop()).reverse();
        const call = `f${index}(${operands.join(", ")})`;
        if (result === "") this.lines.push(`${call};`);
        else this.push(result, call);
        return;
      }
      case 0x1a:
        this.pop();
        return;
      case 0x1b: {
        const [condition, b, a] = [this.pop(), this.pop(), this.pop()];
        this.push(a[0], `${condition} ? ${a} : ${b}`);
        return;
      }
      case 0x20: {
        const index = code.unsigned();
        this.push((this.type.parameters + this.locals)[index], `l${index}`);
        return;
      }
      case 0x21:
        this.lines.push(`l${code.unsigned()} = ${this.pop()};`);
        return;
      case 0x22:
        this.lines.push(`l${code.unsigned()} = ${this.slot(this.stack.length - 1, this.stack[this.stack.length - 1])};`);
        return;
      case 0x23: {
        const index = code.unsigned();
        this.push(this.module.globals[index].type, `g${index}`);
        return;
      }
      case 0x24:
        this.lines.push(`g${code.unsigned()} = ${this.pop()};`);
        return;
      case 0x3f:
        code.byte();
        return this.push("i", "pages");
      case 0x40:
        code.byte();
        return this.push("i", `grow(${this.pop()})`);
      case 0x41:
      case 0x42:
      case 0x43:
      case 0x44:
        return this.push("ilfd"[opcode - 0x41], constant(opcode, code));
      case 0xfc:
      case 0xfd: {
        return this.apply(...this.prefixed(opcode));
      }
      default: {
        const operation = OPERATIONS.get(opcode);
        if (operation === undefined) throw new RangeError(`opcode 0x${opcode.toString(16)} is not translated`);
        this.apply(operation, opcode <= 0x3e ? { o: this.offset() } : {});
      }
    }
  }

  /** A memory operation's alignment, which is but a hint, and offset. */
  private offset(): string {
    this.code.unsigned();
    return String(this.code.unsigned());
  }

  private prefixed(prefix: 0xfc | 0xfd): readonly [Operation, Immediates] {
    const { code } = this;
    const opcode = code.unsigned();
    if (prefix === 0xfc && opcode === 0x0a) {
      code.take(2);
      return [["iii", "", "memmove(memory + a, memory + b, c);"], {}];
    }
    if (prefix === 0xfc && opcode === 0x0b) {
      code.byte();
      return [["iii", "", "memset(memory + a, b, c);"], {}];
    }
    if (prefix === 0xfd && opcode === 0x0c) {
      return [["", "v", `(v128)(u8x16){${[...code.take(16)].join(",")}}`], {}];
    }
    const operation = (prefix === 0xfc ? SATURATING : VECTOR_OPERATIONS).get(opcode);
    if (operation === undefined) {
      throw new RangeError(`opcode 0x${prefix.toString(16)} 0x${opcode.toString(16)} is not translated`);
    }
    const isVector = prefix === 0xfd;
    const isLaneInMemory = isVector && opcode >= 0x54 && opcode <= 0x5b;
    const isMemory = isLaneInMemory || (isVector && (opcode <= 0x0b || opcode === 0x5c || opcode === 0x5d));
    const isLane = isLaneInMemory || (isVector && opcode >= 0x15 && opcode <= 0x22);
    const o = isMemory ? this.offset() : undefined;
    const n = isLane ? String(code.byte()) : undefined;
    return [operation, { o, n }];
  }

  private apply([operands, result, c]: Operation, { o, n }: Immediates): void {
    const [a, b, third] = [...operands].map(() => this.pop()).reverse();
    const values: Readonly<Record<string, string | undefined>> = { a, b, c: third, o, n };
    const text = c.replace(/\b[abcon]\b/g, (letter) => values[letter] ?? letter);
    if (result === "") this.lines.push(text);
    else this.push(result, text);
  }
}
