import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { dna } from "../src/methods/dna/index.ts";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function drain<Result>(generator: Generator<number, Result>): Result {
  for (;;) {
    const next = generator.next();
    if (next.done === true) return next.value;
  }
}

function encode(input: Uint8Array, level = 5): Uint8Array {
  return drain(dna.encodeBlock(input, dna.choose(input, level)));
}

function decode(payload: Uint8Array, input: Uint8Array, level = 5): Uint8Array {
  return drain(dna.decodeBlock(payload, input.length, dna.choose(input, level), 0));
}

/** Bases of a small generator: the same on every run. */
function randomBases(length: number, seed: number, letters = "ACGT"): string {
  let state = seed;
  let text = "";
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    text += letters[(state >>> 16) % letters.length];
  }
  return text;
}

function wrapped(text: string, width: number, lineEnd = "\n"): string {
  return text.replace(new RegExp(`.{1,${width}}`, "g"), (line) => line + lineEnd);
}

const files: Record<string, string> = {
  nothing: "",
  "one base": "A",
  "one line feed": "\n",
  "only line ends": "\n\n\r\n\n",
  "bare bases": randomBases(1000, 1),
  "bare bases in lower case": randomBases(1000, 2, "acgt"),
  "bare bases with a line end": `${randomBases(100, 3)}\n`,
  "bare bases with CR LF": `${randomBases(100, 3)}\r\n`,
  "lines of 60": wrapped(randomBases(1000, 4), 60),
  "lines of 60, the last one whole": wrapped(randomBases(600, 4), 60),
  "lines without an end to the last": wrapped(randomBases(1000, 4), 60).trimEnd(),
  "only a header": ">chr1 nothing follows",
  "only a header mark": ">",
  FASTA: `>chr1 test\n${wrapped(randomBases(500, 5), 70)}`,
  "FASTA with CR LF": `>chr1 test\r\n${wrapped(randomBases(500, 5), 70, "\r\n")}`,
  "FASTA with CR LF and LF": `>chr1 test\r\n${wrapped(randomBases(500, 5), 70)}`,
  "headers without sequences": ">a\n>b\n>c\n",
  "several records": [6, 7, 8].map((n) => `>s${n} length=${n * 50}\n${wrapped(randomBases(n * 50, n), 50)}`).join(""),
  "records of different widths": [50, 60, 70].map((n) => `>s${n}\n${wrapped(randomBases(500, n), n)}`).join(""),
  "a record before the first header": `${wrapped(randomBases(100, 9), 50)}>late\n${wrapped(randomBases(100, 10), 50)}`,
  "blank lines": `>a\n\n${wrapped(randomBases(100, 9), 50)}\n\n>b\n\n`,
  "lines of one length each": Array.from({ length: 30 }, (_, i) => randomBases(30 + i, i + 1)).join("\n"),
  "soft masks": `>m\n${wrapped(`${randomBases(200, 11)}${randomBases(100, 12, "acgt")}${randomBases(200, 13)}`, 60)}`,
  "runs of N": `>n\n${wrapped(`${"N".repeat(500)}${randomBases(300, 14)}${"n".repeat(70)}${randomBases(90, 15)}`, 60)}`,
  "ambiguity codes": wrapped(`${randomBases(300, 16)}RYKMSW${randomBases(300, 17)}bdhvN-*${randomBases(50, 18)}`, 60),
  "spaces at the ends of lines": wrapped(randomBases(300, 19), 60).replaceAll("\n", " \n"),
  protein: `>sp|P1\n${wrapped(randomBases(300, 20, "ACDEFGHIKLMNPQRSTVWY"), 60)}`,
  English: "It is a truth universally acknowledged, that a single man in possession of a good fortune\nwants a wife.",
  RNA: randomBases(300, 21, "ACGU"),
};

describe("the method dna gives back", () => {
  test.each(Object.entries(files))("%s", (_, text) => {
    const input = ascii(text);
    expect(decode(encode(input), input)).toEqual(input);
  });

  test("every byte value, in order and among bases", () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(decode(encode(all), all)).toEqual(all);
    const among = new Uint8Array(4096).fill(0x41);
    all.forEach((byte, i) => (among[i * 16] = byte));
    expect(decode(encode(among), among)).toEqual(among);
  });

  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
        expect(decode(encode(input), input)).toEqual(input);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test("anything made of the pieces of FASTA files", () => {
    const piece = fc.oneof(
      { weight: 8, arbitrary: fc.stringMatching(/^[ACGT]{1,40}$/) },
      { weight: 3, arbitrary: fc.stringMatching(/^[acgt]{1,40}$/) },
      fc.constantFrom("\n", "\r\n", "\n>x y\n", "\r\n>x y\r\n", "N".repeat(30), "n", ">", "\r", "R", "\0", "ÿ"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const input = ascii(pieces.join(""));
        expect(decode(encode(input), input)).toEqual(input);
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  test("a block at each level", () => {
    const input = ascii(randomBases(5000, 22) + randomBases(5000, 22));
    for (let level = 1; level <= 9; level++) expect(decode(encode(input, level), input, level)).toEqual(input);
  });
});

describe("the method dna is small on", () => {
  test("bare bases: two bits each and at most three bytes", () => {
    for (const letters of ["ACGT", "acgt"]) {
      const input = ascii(randomBases(4000, 23, letters));
      expect(encode(input).length).toBeLessThan(1000 * 1.01 + 3);
    }
  });

  test("line ends, case and runs of N: a few bytes", () => {
    const bases = randomBases(4000, 24);
    const bare = encode(ascii(bases)).length;
    const dressed = `>x\r\n${wrapped(`${"N".repeat(1000)}${bases.slice(0, 1500)}${bases.slice(1500).toLowerCase()}`, 60, "\r\n")}`;
    expect(encode(ascii(dressed)).length).toBeLessThan(bare + 40);
  });

  test("a repeat, on the same strand or the other", () => {
    const bases = randomBases(3000, 25);
    const once = encode(ascii(bases)).length;
    const complement: Record<string, string> = { A: "T", C: "G", G: "C", T: "A" };
    const inverted = Array.from(bases, (base) => complement[base])
      .reverse()
      .join("");
    expect(encode(ascii(bases + bases)).length).toBeLessThan(once + 50);
    expect(encode(ascii(bases + inverted)).length).toBeLessThan(once + 50);
  });
});

describe("the method dna", () => {
  test("keeps nothing from one block to the next", () => {
    const first = ascii(randomBases(3000, 26));
    const second = ascii(randomBases(3000, 27));
    const alone = encode(second);
    encode(first);
    encode(ascii(randomBases(20000, 26)));
    expect(encode(second)).toEqual(alone);
    decode(encode(first), first);
    expect(encode(second)).toEqual(alone);
  });

  test("codes blocks that take turns as it codes them alone", () => {
    const inputs = [28, 29].map((seed) => ascii(randomBases(40000, seed)));
    const alone = inputs.map((input) => encode(input));
    const running = inputs.map((input) => dna.encodeBlock(input, dna.choose(input, 5)));
    const results: (Uint8Array | undefined)[] = [undefined, undefined];
    while (results.includes(undefined)) {
      running.forEach((generator, i) => {
        const next = results[i] === undefined ? generator.next() : undefined;
        if (next?.done === true) results[i] = next.value;
      });
    }
    expect(results).toEqual(alone);
  });

  test("writes the golden payload", () => {
    const input = ascii(wrapped(`${randomBases(300, 31)}NNNN${randomBases(100, 32, "acgt")}`, 60));
    expect(Buffer.from(encode(input)).toString("base64")).toMatchInlineSnapshot(
      `"Cgv3Qv3avfPA+c+NtwA8iGr1Mtmgds5o7OJpMIzKUiyebSgwFo1RguYoOhaySoOP0FF7oxHoJjOQKMSh5ncc108aGCGtRMBYw+vdl58VwbH/rCmwAo7A34/Ik9r54WJlwf965IK591+DmWXBb5eGZLsY"`,
    );
  });

  test("yields its progress", () => {
    const input = ascii(randomBases(100_000, 30));
    const parameters = dna.choose(input, 1);
    const encoding = [...dna.encodeBlock(input, parameters)];
    const decoding = [...dna.decodeBlock(encode(input, 1), input.length, parameters, 0)];
    // How long its steps are depends on the machine.
    for (const steps of [encoding, decoding]) {
      expect(steps.length).toBeGreaterThan(3);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)).toBe(input.length);
    }
  });
});

describe("damaged data for the method dna", () => {
  const input = ascii(files["soft masks"] + files["runs of N"]);
  const payload = encode(input);

  /** What the bytes decode to, of the length asked for; undefined if they are refused. */
  function attempt(bytes: Uint8Array, length: number): Uint8Array | undefined {
    try {
      const output = drain(dna.decodeBlock(bytes, length, dna.choose(input, 5), 1000));
      expect(output.length).toBe(length);
      return output;
    } catch (error) {
      expect(error).toBeInstanceOf(PithError);
      expect((error as PithError).offset).toBeGreaterThanOrEqual(1000);
      return undefined;
    }
  }

  test("cut short is a PithError, or does not give the block back", () => {
    for (let length = 0; length < payload.length; length++) {
      expect(attempt(payload.subarray(0, length), input.length)).not.toEqual(input);
    }
  });

  test("with bytes behind it is an error", () => {
    const longer = new Uint8Array([...payload, 1, 2, 3]);
    expect(() => decode(longer, input)).toThrow(/go(es)? on after/);
  });

  test("with any byte changed decodes to the declared length, or is a PithError", () => {
    for (let at = 0; at < payload.length; at++) {
      const damaged = payload.slice();
      damaged[at] ^= 1 << (at % 8);
      attempt(damaged, input.length);
    }
  });

  test("of the wrong length is a PithError", () => {
    for (const length of [0, 1, input.length - 1, input.length + 1, 10 * input.length]) {
      expect(() => drain(dna.decodeBlock(payload, length, dna.choose(input, 5), 0))).toThrow(PithError);
    }
  });

  test("made of random bytes decodes to the declared length, or is a PithError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 400 }), (bytes, length) => {
        attempt(bytes, length);
        bytes[0] &= 15;
        attempt(bytes, length);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
