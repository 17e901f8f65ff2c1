import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { decodeMessage, encodeMessage, measureMessage, Prior } from "@pith/priors";

const encoder = new TextEncoder();
const TEXTS = [
  "",
  "a",
  "\0",
  "See you at the station at nine.",
  '{"id":7,"name":"Ada"}',
  "Größe \u2713",
  "ab".repeat(2000),
];
const BINARY = Uint8Array.from({ length: 300 }, (_, i) => (i * i * 73) & 255);

function record(i: number): string {
  return `{"sensor":"greenhouse-${i % 7}","humidity":${40 + (i % 13)},"valve":"${i % 3 === 0 ? "open" : "shut"}"}`;
}
const RECORDS = Array.from({ length: 200 }, (_, i) => record(i));

async function failureOf(task: Promise<unknown>): Promise<PithError> {
  const error = await task.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PithError)) throw new Error(`expected a PithError, got ${String(error)}`);
  return error;
}

describe("a message", () => {
  test.each(["auto", "none"] as const)("comes back, prior %s", async (prior) => {
    for (const content of [...TEXTS.map((text) => encoder.encode(text)), BINARY]) {
      const message = await encodeMessage(content, { prior });
      expect(message.length).toBeLessThanOrEqual(content.length + 1);
      expect(await decodeMessage(message)).toEqual(content);
    }
  });

  test("of no bytes is its head alone", async () => {
    expect(await encodeMessage("")).toHaveLength(1);
  });

  test("costs a byte more than its number, whatever its end", async () => {
    const text = "The results of the first experiment were published in the following year.";
    for (let end = 1; end < text.length; end++) {
      const content = encoder.encode(text.slice(0, end));
      expect(await decodeMessage(await encodeMessage(content, { prior: "none" }))).toEqual(content);
    }
  });

  test("may be a beginning of another", async () => {
    const zeros = new Uint8Array(3000);
    for (const length of [1, 2, 255, 256, 257, 3000]) {
      const content = zeros.subarray(0, length);
      expect(await decodeMessage(await encodeMessage(content, { prior: "none" }))).toEqual(content);
    }
  });

  test("of up to 65,536 bytes", async () => {
    const zeros = new Uint8Array(65_536);
    const message = await encodeMessage(zeros, { prior: "none" });
    expect(message.length).toBeLessThan(60);
    expect(await decodeMessage(message)).toEqual(zeros);
    await expect(encodeMessage(new Uint8Array(65_537))).rejects.toThrow(/at most 65536 bytes, got 65537/u);
  });

  test("is the same, whatever was coded before it", async () => {
    const first = await encodeMessage("the same words again");
    await encodeMessage("something else in between", { prior: Prior.train(RECORDS) });
    await encodeMessage("and without a prior", { prior: "none" });
    expect(await encodeMessage("the same words again")).toEqual(first);
  });

  test("is short by what the built-in prior knows", async () => {
    const text = "I think that we should have been there before the end of the day.";
    const known = await encodeMessage(text);
    const unknown = await encodeMessage(text, { prior: "none" });
    expect(known.length).toBeLessThan(0.5 * unknown.length);
  });
});

/** What was written once can be read for ever: a change of the model or of the built-in prior needs a head of its own. */
describe("stays as it is", () => {
  const GREETING = "See you at the station at nine.";
  const RECORD = '{"id":3,"name":"Edith"}';
  const OWN = Prior.train(['{"id":1,"name":"Ada"}', '{"id":2,"name":"Grace"}']);
  const LINE = '{"time":"2031-04-05T06:07:08Z","level":"info","message":"request completed"}';

  test.each([
    ["with the built-in prior", GREETING, "auto", "216abbd4f934694649"],
    ["of a log with the built-in prior", LINE, "auto", "210165acbcc9158b16d63997b1c56e2e1e9b36ec"],
    ["without a prior", GREETING, "none", "20ac9a652c3e2c25282b8b4ffb43ed1219b16667a6a88764"],
    ["with one's own prior", RECORD, OWN, "9813fa8b42d9bc"],
  ] as const)("a message %s", async (_, text, prior, hex) => {
    expect(Buffer.from(await encodeMessage(text, { prior })).toString("hex")).toBe(hex);
    expect(await decodeMessage(Buffer.from(hex, "hex"), { prior })).toEqual(encoder.encode(text));
  });

  test("the hash of a prior", () => {
    expect(OWN.hash).toBe("6798da98");
  });
});

describe("a prior of one's own", () => {
  const prior = Prior.train(RECORDS);
  const fresh = record(1234);

  test("makes records like its samples short", async () => {
    const message = await encodeMessage(fresh, { prior });
    expect(message.length).toBeLessThan(10);
    expect(await decodeMessage(message, { prior })).toEqual(encoder.encode(fresh));
  });

  test("comes back from its file, and is smaller there", async () => {
    const file = await prior.toBytes();
    expect(file.length).toBeLessThan(0.2 * RECORDS.join("\n").length);
    const again = await Prior.parse(file);
    expect(again.hash).toBe(prior.hash);
    const message = await encodeMessage(fresh, { prior });
    expect(await decodeMessage(message, { prior: again })).toEqual(encoder.encode(fresh));
  });

  test("is needed again, and another one is told", async () => {
    const message = await encodeMessage(fresh, { prior });
    const without = await failureOf(decodeMessage(message));
    expect(without).toMatchObject({ code: "unknown-method", offset: 0, got: "none" });
    const other = Prior.train(["something else"]);
    const wrong = await failureOf(decodeMessage(message, { prior: other }));
    expect(wrong.code).toBe("unknown-method");
    expect(wrong.got).toContain(other.hash);
    expect(wrong.expected).toContain((Number.parseInt(prior.hash, 16) & 127).toString(16).padStart(2, "0"));
  });

  test("takes bytes of any kind, each sample once, and no more than its size", async () => {
    const twice = Prior.train([BINARY, "", BINARY]);
    expect(twice.hash).toBe(Prior.train([BINARY]).hash);
    const small = await Prior.train(RECORDS, { size: 1000, base: "none" }).toBytes();
    expect(new DataView(small.buffer).getUint32(4, true)).toBeLessThanOrEqual(1000);
    expect(() => Prior.train(["", ""])).toThrow(RangeError);
    const long = await Prior.train([new Uint8Array(300_000).fill(97)], { size: 2000, base: "none" }).toBytes();
    expect(new DataView(long.buffer).getUint32(4, true)).toBe(2000);
    expect(() => Prior.train(RECORDS, { size: 0 })).toThrow(/size: expected an integer from 1/u);
  });

  test("that is an earlier version leaves the difference", async () => {
    const old = RECORDS.join("\n");
    const changed = old.replace("greenhouse-3", "orangery-3");
    const reference = Prior.reference(encoder.encode(old));
    const message = await encodeMessage(changed, { prior: reference });
    expect(message.length).toBeLessThan(60);
    expect(await decodeMessage(message, { prior: reference })).toEqual(encoder.encode(changed));
  });
});

describe("bad data", () => {
  test("that no message has is an error", async () => {
    expect(await failureOf(decodeMessage(new Uint8Array(0)))).toMatchObject({ code: "truncated", offset: 0 });
    for (const head of [3, 31, 34, 127]) {
      const failure = await failureOf(decodeMessage(Uint8Array.of(head, 1)));
      expect(failure).toMatchObject({ code: "unsupported-version", got: head });
    }
    const long = new Uint8Array(65_538).fill(1);
    expect(await failureOf(decodeMessage(long))).toMatchObject({ code: "length-limit" });
  });

  test("ends in a text or an error, never without end", async () => {
    let state = 7;
    const next = (): number => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24;
    for (let i = 0; i < 60; i++) {
      const bytes = Uint8Array.from({ length: 1 + (i % 30) }, (_, at) => (at === 0 ? 32 + (i & 1) : next()));
      const result = await decodeMessage(bytes).catch((error: unknown) => error);
      if (result instanceof PithError) expect(result.code).toBe("damaged");
      // What decodes is the one text that has this message, or a text that would have been stored.
      else if (bytes.length <= (result as Uint8Array).length) {
        const prior = (i & 1) === 0 ? "none" : "auto";
        expect(await encodeMessage(result as Uint8Array, { prior })).toEqual(bytes);
      }
    }
  });

  test("of a prior is told by its field", async () => {
    const file = await Prior.train(RECORDS.slice(0, 20), { base: "none" }).toBytes();
    const changed = (at: number, value: number): Uint8Array => file.map((byte, i) => (i === at ? value : byte));
    const codeOf = async (bytes: Uint8Array): Promise<string> => (await failureOf(Prior.parse(bytes))).code;
    expect(await codeOf(changed(0, 0))).toBe("not-pith");
    expect(await codeOf(changed(2, 9))).toBe("unsupported-version");
    expect(await codeOf(changed(3, 7))).toBe("invalid-field");
    expect(await codeOf(changed(7, 255))).toBe("length-limit");
    expect(await codeOf(changed(8, file[8] ^ 1))).toBe("checksum-mismatch");
    for (const length of [0, 1, 11, 12, file.length - 1]) {
      expect(["truncated", "checksum-mismatch"]).toContain(await codeOf(file.subarray(0, length)));
    }
    expect(await codeOf(Uint8Array.of(...file, 0))).toBe("trailing-data");
    for (let at = 12; at < file.length; at += 17) {
      expect(["truncated", "trailing-data", "checksum-mismatch"]).toContain(await codeOf(changed(at, file[at] ^ 64)));
    }
  });
});

describe("content without a head", () => {
  test("is a message's number, by the built-in prior and by one's own, and comes back", async () => {
    const builtIn = await Prior.builtIn();
    expect(builtIn.hash).toBe("254285ec");
    const own = Prior.train(RECORDS);
    for (const [prior, option] of [
      [builtIn, "auto"],
      [own, own],
    ] as const) {
      for (const text of TEXTS.map((each) => encoder.encode(each))) {
        const coded = await prior.encode(text);
        const message = await encodeMessage(text, { prior: option });
        if (message[0] !== 0) expect(coded).toEqual(message.subarray(1));
        expect(await prior.decode(coded)).toEqual(text);
        expect(await encodeMessage(text, { prior })).toEqual(message);
        expect(await decodeMessage(message, { prior })).toEqual(text);
      }
    }
  });

  test("that was not written so is refused, with its place", async () => {
    const builtIn = await Prior.builtIn();
    await expect(builtIn.encode(new Uint8Array(65_537))).rejects.toThrow(RangeError);
    await expect(builtIn.decode(new Uint8Array(65_537), 7)).rejects.toMatchObject({
      code: "length-limit",
      offset: 65_543,
    });
    await expect(builtIn.toBytes()).rejects.toThrow(TypeError);
    const coded = await builtIn.encode(encoder.encode("We met at the station, and it was late."));
    for (let length = 0; length < coded.length; length++) {
      const result: unknown = await builtIn.decode(coded.subarray(0, length)).catch((error: unknown) => error);
      expect(result instanceof PithError || result instanceof Uint8Array).toBe(true);
    }
  });
});

describe("the cost of each byte of a message", () => {
  const bitsOf = (costs: Float64Array): number => costs.reduce((sum, cost) => sum + cost, 0);

  test.each(["auto", "none"] as const)("comes to what the message takes, prior %s", async (prior) => {
    for (const text of TEXTS.slice(3)) {
      const costs = await measureMessage(text, { prior });
      expect(costs).toHaveLength(encoder.encode(text).length);
      expect(Math.min(...costs)).toBeGreaterThan(0);
      const { length } = await encodeMessage(text, { prior });
      // The head, and whole bytes; at the end, what follows by itself is left out.
      if (length < costs.length) expect(Math.abs(length - 1 - bitsOf(costs) / 8)).toBeLessThan(3);
    }
  });

  test("is the same each time, and no cost where there is no byte", async () => {
    const text = "See you at the station at nine.";
    expect(await measureMessage(text)).toEqual(await measureMessage(encoder.encode(text)));
    expect(await measureMessage("")).toHaveLength(0);
  });

  test("is less of what a prior has, and more of what nobody expects", async () => {
    const own = bitsOf(await measureMessage(record(201), { prior: Prior.train(RECORDS) }));
    expect(own).toBeLessThan(0.5 * bitsOf(await measureMessage(record(201), { prior: "none" })));
    const costs = await measureMessage("We met at the station\u2744 and went home.");
    const first = encoder.encode("We met at the station").length;
    expect(costs[first]).toBeGreaterThan(Math.max(...costs.subarray(first - 5, first)));
  });

  test("is refused where the message is", async () => {
    await expect(measureMessage(new Uint8Array(65_537))).rejects.toThrow(RangeError);
  });
});
