/** x86 machine code: which part of an instruction the next byte is, and hashes of the instructions so far. */
import { hash } from "./hash.ts";

const PARTS = {
  opcode: 0,
  after0F: 1,
  modrm: 2,
  sib: 3,
  displacement: 4,
  immediate: 5,
  after0F38: 6,
  after0F3A: 7,
} as const;

/** Bytes from `first` to `last`, as a test. */
function within(c: number, ...ranges: readonly (readonly [number, number])[]): boolean {
  return ranges.some(([first, last]) => c >= first && c <= last);
}

function hasModrm(op: number): boolean {
  if (op < 0x40) return (op & 7) < 4;
  return within(
    op,
    [0x80, 0x8f],
    [0xd0, 0xd3],
    [0xd8, 0xdf],
    [0x62, 0x63],
    [0x69, 0x69],
    [0x6b, 0x6b],
    [0xc0, 0xc1],
    [0xc4, 0xc7],
    [0xf6, 0xf7],
    [0xfe, 0xff],
  );
}

function isPrefix(c: number): boolean {
  return [0x26, 0x2e, 0x36, 0x3e, 0xf0, 0xf2, 0xf3].includes(c) || within(c, [0x64, 0x67]);
}

/** Two-byte opcodes that stand alone. */
function isSingle0F(c: number): boolean {
  return within(
    c,
    [0x05, 0x09],
    [0x0b, 0x0b],
    [0x0e, 0x0e],
    [0x30, 0x37],
    [0x77, 0x77],
    [0xa0, 0xa2],
    [0xa8, 0xaa],
    [0xc8, 0xcf],
  );
}

/** Two-byte opcodes with an immediate byte. */
function hasImmediate0F(c: number): boolean {
  return within(c, [0x70, 0x73], [0xa4, 0xa4], [0xac, 0xac], [0xc2, 0xc2], [0xc4, 0xc6], [0xba, 0xba]);
}

const VEX_2 = 0xc5;
const VEX_3 = 0xc4;
const EVEX = 0x62;

/** Sixteen categories of instructions, by what they do; those of one and of two bytes, by opcode. */
function categoryOf(opcode: number): number {
  const c = opcode & 255;
  if (opcode >= 512) return 15;
  if (opcode >= 256) {
    if (within(c, [0x40, 0x4f])) return 2;
    if (within(c, [0x80, 0x8f])) return 1;
    if (within(c, [0x90, 0x9f])) return 3;
    if (within(c, [0xb6, 0xb7], [0xbe, 0xbf])) return 4;
    if (within(c, [0x1e, 0x1f])) return 0;
    return within(c, [0x10, 0x11], [0x28, 0x29], [0x6e, 0x6f], [0x7e, 0x7f], [0xd6, 0xd6]) ? 14 : 15;
  }
  if (within(c, [0x50, 0x57])) return 5;
  if (within(c, [0x58, 0x5f])) return 6;
  if (within(c, [0x70, 0x7f])) return 1;
  if (within(c, [0x38, 0x3f], [0x84, 0x85], [0xa8, 0xa9])) return 3;
  if (within(c, [0x00, 0x37], [0x80, 0x83])) return 13;
  if (within(c, [0x88, 0x89])) return 7;
  if (within(c, [0x8a, 0x8b])) return 8;
  if (c === 0x8d) return 9;
  if (within(c, [0xb0, 0xbf], [0xc6, 0xc7])) return 10;
  if (c === 0xe8 || c === 0x9a) return 11;
  return [0xe9, 0xeb, 0xc2, 0xc3].includes(c) ? 12 : 0;
}

export class X86 {
  readonly #x64: boolean;
  readonly #vectors: boolean;
  /** What the next byte is: one of PARTS. */
  state: number = PARTS.opcode;
  /** Opcode; 256 | byte after 0F, 512 | byte after 0F38 and 0F3A. */
  opcode = 0;
  modrm = 0;
  /** Bytes that are left of the displacement and of the immediate. */
  displacementLeft = 0;
  immediateLeft = 0;
  /** Hashes: of the instruction so far; of the same without registers and constants; of the one and two before. */
  instruction = 0;
  instructionShape = 0;
  previousInstruction = 0;
  previousTwo = 0;
  /** The last four opcodes. */
  opcodes = 0;

  /** Shapes of the instructions before, the latest first; a hash of the second and third. */
  shape1 = 0;
  shape2 = 0;
  shapes23 = 0;
  /** ModR/M of the instruction before, with REX above it; its opcode; the last call; four bits a category. */
  previousModrm = 0;
  previousOpcode = 0;
  lastCall = 0;
  categories = 0;
  /** The lower four bits of REX; SIB; 0 where there is none. */
  rex = 0;
  sib = 0;
  /** Bytes so far of a displacement or an immediate. */
  operand = 0;

  #operandSize = false;
  #wideOperand = false;
  /** Bytes that are left of a prefix VEX or EVEX and the opcode behind it; the table of opcodes that it names. */
  #vexLeft = 0;
  #vexMap = 0;
  readonly #displacements = new Map<number, number>();
  readonly #constants = new Map<number, number>();

  /**
   * @param x64 code is for 64-bit mode, where 40 … 4F are prefixes
   * @param vectors prefixes VEX and EVEX are known
   */
  constructor(x64: boolean, vectors: boolean) {
    this.#x64 = x64;
    this.#vectors = vectors;
  }

  get #address(): number {
    return (this.modrm & 0xc7) | ((this.rex & 1) << 3) | ((this.sib & 15) << 8);
  }

  /** The displacement that was last used with the same registers. */
  get lastDisplacement(): number {
    return this.#displacements.get(this.#address) ?? 0;
  }

  /** The immediate that the same opcode had last. */
  get lastConstant(): number {
    return this.#constants.get(this.opcode) ?? 0;
  }

  update(c: number): void {
    this.instruction = hash(this.instruction + 1, c + 77);
    if (this.#vexLeft > 0) {
      this.#onVex(c);
      return;
    }
    switch (this.state) {
      case PARTS.opcode: {
        this.#onOpcode(c);
        return;
      }
      case PARTS.after0F: {
        this.#onOpcode0F(c);
        return;
      }
      case PARTS.after0F38:
      case PARTS.after0F3A:
        this.#begin(512 | c, this.state === PARTS.after0F3A ? 1 : 0);
        this.state = PARTS.modrm;
        return;
      case PARTS.modrm: {
        this.#onModrm(c);
        return;
      }
      case PARTS.sib:
        this.sib = c;
        if (this.modrm >> 6 === 0 && (c & 7) === 5) this.displacementLeft = 4;
        {
          this.#operands();
          return;
        }
      case PARTS.displacement:
        this.operand = (this.operand << 8) | c;
        this.displacementLeft--;
        if (this.displacementLeft === 0) {
          this.#displacements.set(this.#address, this.operand);
          this.operand = 0;
          this.#operands();
        }
        return;
      default:
        this.operand = (this.operand << 8) | c;
        this.immediateLeft--;
        if (this.immediateLeft === 0) this.#end();
    }
  }

  get #wordBytes(): number {
    return this.#operandSize ? 2 : 4;
  }

  #immediateBytes(op: number): number {
    if (op < 0x40) return [0, 0, 0, 0, 1, this.#wordBytes, 0, 0][op & 7];
    if ([0x68, 0x69, 0x81, 0xa9, 0xc7, 0xe8, 0xe9].includes(op)) return this.#wordBytes;
    if (within(op, [0xb8, 0xbf])) return this.#wideOperand ? 8 : this.#wordBytes;
    if (within(op, [0xa0, 0xa3])) return this.#x64 ? 8 : 4;
    if ([0x6a, 0x6b, 0x82, 0x83, 0xa8, 0xc0, 0xc1, 0xc6, 0xcd, 0xd4, 0xd5, 0xeb].includes(op)) return 1;
    if (within(op, [0x70, 0x80], [0xb0, 0xb7], [0xe0, 0xe7])) return 1;
    if ([0xc2, 0xca].includes(op)) return 2;
    if (op === 0xc8) return 3;
    return [0x9a, 0xea].includes(op) ? 6 : 0;
  }

  #shape(word: number): void {
    this.instructionShape = hash(this.instructionShape + 3, word);
  }

  #begin(op: number, immediate: number): void {
    this.opcode = op;
    this.modrm = 0;
    this.displacementLeft = 0;
    this.immediateLeft = immediate;
    this.operand = 0;
  }

  #onOpcode(c: number): void {
    this.#shape(c + 5);
    if (c === 0x0f) this.state = PARTS.after0F;
    else if (c === 0x66) this.#operandSize = true;
    else if (this.#x64 && within(c, [0x40, 0x4f])) {
      this.#wideOperand ||= (c & 8) !== 0;
      this.rex = c & 15;
    } else if (this.#vectors && [VEX_2, VEX_3, EVEX].includes(c)) {
      this.#vexLeft = c === VEX_2 ? 2 : c === VEX_3 ? 3 : 4;
      this.#vexMap = c === VEX_2 ? 1 : 0;
    } else if (!isPrefix(c)) {
      this.#begin(c, this.#immediateBytes(c));
      if (hasModrm(c)) this.state = PARTS.modrm;
      else this.#operands();
    }
  }

  #onOpcode0F(c: number): void {
    this.#shape(c + 5);
    this.#begin(256 | c, hasImmediate0F(c) ? 1 : 0);
    if (c === 0x38) this.state = PARTS.after0F38;
    else if (c === 0x3a) this.state = PARTS.after0F3A;
    else if (within(c, [0x80, 0x8f])) {
      this.immediateLeft = this.#wordBytes;
      this.state = PARTS.immediate;
    } else if (isSingle0F(c)) this.#end();
    else this.state = PARTS.modrm;
  }

  /** A byte of a prefix VEX or EVEX, whose first one names the table of opcodes; or the opcode behind it. */
  #onVex(c: number): void {
    this.#vexLeft--;
    if (this.#vexLeft > 0) {
      if (this.#vexMap === 0) this.#vexMap = c & 7;
      return;
    }
    this.#shape(c + 5);
    const isShort = this.#vexMap < 2;
    const immediate = isShort ? hasImmediate0F(c) : this.#vexMap === 3;
    this.#begin((isShort ? 256 : 512) | c, immediate ? 1 : 0);
    if (isShort && isSingle0F(c)) this.#end();
    else this.state = PARTS.modrm;
  }

  #onModrm(c: number): void {
    this.modrm = c;
    const mode = c >> 6;
    const middle = c & 0x38;
    const base = c & 7;
    // The middle field is a register, or part of the opcode in these groups.
    const extended = [0xff, 0x83, 0x81].includes(this.opcode) || within(this.opcode, [0xd8, 0xdf]);
    this.#shape((c & 0xc0) + (base === 4 ? 1 : 0) + (extended ? middle : 0));
    if (middle < 0x10 && this.opcode === 0xf6) this.immediateLeft = 1;
    if (middle < 0x10 && this.opcode === 0xf7) this.immediateLeft = this.#wordBytes;
    if (mode === 1) this.displacementLeft = 1;
    else if (mode === 2 || (mode === 0 && base === 5)) this.displacementLeft = 4;
    if (mode !== 3 && base === 4) this.state = PARTS.sib;
    else this.#operands();
  }

  #operands(): void {
    if (this.displacementLeft > 0) this.state = PARTS.displacement;
    else if (this.immediateLeft > 0) this.state = PARTS.immediate;
    else this.#end();
  }

  #remember(): void {
    this.shapes23 = hash(this.shape2, this.shape1);
    this.shape2 = this.shape1;
    this.shape1 = this.instructionShape;
    this.previousModrm = this.modrm | (this.rex << 8);
    this.previousOpcode = this.opcode;
    this.categories = (this.categories << 4) | categoryOf(this.opcode);
    if (this.opcode === 0xe8) this.lastCall = this.instruction;
    this.#constants.set(this.opcode, this.operand);
    this.rex = 0;
    this.sib = 0;
    this.operand = 0;
  }

  #end(): void {
    this.state = PARTS.opcode;
    this.#remember();
    this.previousTwo = hash(this.previousInstruction, this.instruction);
    this.previousInstruction = this.instruction;
    this.opcodes = (this.opcodes << 8) | (this.opcode & 255);
    this.instruction = 0;
    this.instructionShape = 0;
    this.#operandSize = false;
    this.#wideOperand = false;
  }
}
