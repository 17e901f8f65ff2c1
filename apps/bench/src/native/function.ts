/** Translates the body of a function: a machine with a stack becomes one with variables. */
import { C_TYPES } from "./c-types.ts";
import { type FunctionType, type Module, constant, valueType } from "./module.ts";
import { OPERATIONS, type Operation, SATURATING, VECTOR_OPERATIONS } from "./opcodes.ts";
import { Reader } from "./reader.ts";

/** Instructions that are no plain operations on the stack, and bounds of those that have an offset in memory. */
const OP = {
  unreachable: 0x00,
  nop: 0x01,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  firstLoad: 0x28,
  lastStore: 0x3e,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  prefixFc: 0xfc,
  prefixFd: 0xfd,
} as const;

/** Those that are followed by one number. */
const ONE_NUMBER: ReadonlySet<number> = new Set<number>([
  OP.br,
  OP.brIf,
  OP.call,
  OP.localGet,
  OP.localSet,
  OP.localTee,
  OP.globalGet,
  OP.globalSet,
  OP.memorySize,
  OP.memoryGrow,
]);

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

/** Translates the body of one function. */
export class FunctionTranslator {
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
    const locals = Array.from(
      this.locals,
      (type, i) => `${declare(type, `l${parameters.length + i}`)} = ${type === "v" ? "{}" : "0"};`,
    );
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
    for (let depth = 0; ;) {
      const before = this.code.at;
      const opcode = this.code.byte();
      if (opcode === OP.block || opcode === OP.loop || opcode === OP.if) {
        this.blockType();
        depth++;
      } else if (opcode === OP.end || opcode === OP.else) {
        if (depth === 0) {
          this.code.at = before;
          const { height, result } = this.target(0);
          this.stack = this.stack.slice(0, height) + result;
          return;
        }
        if (opcode === OP.end) depth--;
      } else {
        this.skipImmediates(opcode);
      }
    }
  }

  private skipImmediates(opcode: number): void {
    const { code } = this;
    if (ONE_NUMBER.has(opcode)) code.unsigned();
    else if (opcode === OP.brTable) code.list(() => code.unsigned()).push(code.unsigned());
    else if (opcode >= OP.i32Const && opcode <= OP.f64Const) constant(opcode, code);
    else if (opcode === OP.prefixFc || opcode === OP.prefixFd) this.prefixed(opcode);
    else if (opcode >= OP.firstLoad && opcode <= OP.lastStore) this.offset();
  }

  private instruction(): void {
    const { code } = this;
    const opcode = code.byte();
    switch (opcode) {
      case OP.unreachable:
        this.lines.push("abort();");
        this.skipUnreachable();
        break;
      case OP.nop:
        break;
      case OP.block:
        this.open(false, false, this.blockType());
        break;
      case OP.loop:
        this.open(true, false, this.blockType());
        this.lines.push(`L${this.target(0).label}:;`);
        break;
      case OP.if: {
        const result = this.blockType();
        this.lines.push(`if (${this.pop()}) {`);
        this.open(false, true, result);
        break;
      }
      case OP.else:
        this.lines.push("} else {");
        this.stack = this.stack.slice(0, this.target(0).height);
        break;
      case OP.end: {
        const { isLoop, isIf, label } = this.target(0);
        this.blocks.pop();
        if (isIf) this.lines.push("}");
        if (!isLoop) this.lines.push(`L${label}:;`);
        break;
      }
      case OP.br:
        this.lines.push(this.jump(code.unsigned()));
        this.skipUnreachable();
        break;
      case OP.brIf: {
        const condition = this.pop();
        this.lines.push(`if (${condition}) ${this.jump(code.unsigned())}`);
        break;
      }
      case OP.brTable: {
        const cases = code.list(() => code.unsigned());
        const index = this.pop();
        const targets = cases.map((depth, i) => `case ${i}: ${this.jump(depth)}`);
        this.lines.push(`switch (${index}) { ${targets.join(" ")} default: ${this.jump(code.unsigned())} }`);
        this.skipUnreachable();
        break;
      }
      case OP.return:
        this.lines.push(this.jump(this.blocks.length - 1));
        this.skipUnreachable();
        break;
      case OP.call:
        this.call(code.unsigned());
        break;
      case OP.drop:
        this.pop();
        break;
      case OP.select: {
        const [condition, b, a] = [this.pop(), this.pop(), this.pop()];
        this.push(a[0], `${condition} ? ${a} : ${b}`);
        break;
      }
      case OP.localGet: {
        const index = code.unsigned();
        this.push((this.type.parameters + this.locals)[index], `l${index}`);
        break;
      }
      case OP.localSet:
        this.lines.push(`l${code.unsigned()} = ${this.pop()};`);
        break;
      case OP.localTee: {
        const top = this.stack.length - 1;
        this.lines.push(`l${code.unsigned()} = ${this.slot(top, this.stack[top])};`);
        break;
      }
      case OP.globalGet: {
        const index = code.unsigned();
        this.push(this.module.globals[index].type, `g${index}`);
        break;
      }
      case OP.globalSet:
        this.lines.push(`g${code.unsigned()} = ${this.pop()};`);
        break;
      case OP.memorySize:
        code.byte();
        this.push("i", "pages");
        break;
      case OP.memoryGrow:
        code.byte();
        this.push("i", `grow(${this.pop()})`);
        break;
      case OP.i32Const:
      case OP.i64Const:
      case OP.f32Const:
      case OP.f64Const:
        this.push("ilfd"[opcode - OP.i32Const], constant(opcode, code));
        break;
      case OP.prefixFc:
      case OP.prefixFd:
        this.apply(...this.prefixed(opcode));
        break;
      default: {
        const operation = OPERATIONS.get(opcode);
        if (operation === undefined) throw new RangeError(`opcode 0x${opcode.toString(16)} is not translated`);
        this.apply(operation, opcode <= OP.lastStore ? { o: this.offset() } : {});
      }
    }
  }

  private call(index: number): void {
    const { parameters, result } = this.module.functions[index];
    const operands = Array.from(parameters, () => this.pop()).reverse();
    const call = `f${index}(${operands.join(", ")})`;
    if (result === "") this.lines.push(`${call};`);
    else this.push(result, call);
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
    const [a, b, third] = Array.from(operands, () => this.pop()).reverse();
    const values: Readonly<Record<string, string | undefined>> = { a, b, c: third, o, n };
    const text = c.replace(/\b[abcon]\b/g, (letter) => values[letter] ?? letter);
    if (result === "") this.lines.push(text);
    else this.push(result, text);
  }
}
