import { describe, expect, test } from "@jest/globals";
import { decodeFraming, encodeFraming, THESIS_TABLE } from "@pith/framing";
import { pairCharacters, tableOf, THESIS_SINGLES } from "@pith/statistics";
import { unpackCounts } from "../src/pairs/counts-packing.ts";
import { accuracyOf, stretchesOf } from "../src/pairs/decisions.ts";
import { ENGLISH_COUNTS } from "../src/pairs/english-counts.ts";
import { ambiguousPlaces, codeTableOf, letterDecoderOf } from "../src/pairs/letters.ts";
import {
  DEFAULT_PAIRS,
  PAIRINGS,
  DECODERS,
  pairsSettingsOf,
  parseNumbers,
  withPairsSetting,
  type DecoderName,
  type PairingName,
} from "../src/pairs/pairs-settings.ts";
import { streamParts } from "../src/pairs/stream-parts.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the stream", () => {
  test("says for each byte what it is, and where", () => {
    const text = "it was a dark and stormy night";
    const parts = streamParts(encodeFraming(text));
    expect(parts.map(({ type }) => type).join(" ")).toBe(
      `${"text ".repeat(4)}break ${"codes ".repeat(12)}text text text`,
    );
    expect(parts[5]).toEqual({ type: "codes", byte: 0x58, place: 4, codes: [5, 8] });
    // 23 codes: the last byte has one, and the break.
    expect(parts[16]).toEqual({ type: "codes", byte: 0x8f, place: 26, codes: [8] });
    expect(parts.at(-1)).toEqual({ type: "text", byte: 0x74, place: 29 });
  });

  test("covers the text, whatever it is", () => {
    for (const text of ["", "Ünïcode, then a long enough run of letters. É!", "aaaaaaaaaaaaa".repeat(9), "no. RUN"]) {
      const parts = streamParts(encodeFraming(text));
      let place = 0;
      for (const part of parts) {
        expect(part.place).toBe(place);
        place += part.type === "text" ? 1 : part.type === "codes" ? part.codes.length : 0;
      }
      expect(place).toBe(utf8(text).length);
    }
  });
});

describe("what was read", () => {
  test("is cut where letters were left open", () => {
    const stretches = stretchesOf(utf8("añ bcd"), utf8("añ fcd"), [4, 6]);
    expect(stretches).toEqual([
      { type: "known", text: "añ " },
      { type: "wrong", text: "f", meant: "b" },
      { type: "known", text: "c" },
      { type: "right", text: "d" },
    ]);
    expect(accuracyOf(stretches, 7)).toEqual({ ambiguous: 2, wrong: 1, all: 7 });
  });
});

describe("the counts of English", () => {
  const counts = unpackCounts(ENGLISH_COUNTS);

  test("are all there", () => {
    expect(counts.alphabet).toHaveLength(28);
    expect(counts.total).toBe(2n ** 22n);
    const sum = counts.characters.reduce((before, count) => before + count, 0n);
    expect(Number(sum) / Number(counts.total)).toBeGreaterThan(0.85);
    // After a q comes a u.
    const { pairs, alphabet } = counts;
    const [q, u] = [alphabet.indexOf("q"), alphabet.indexOf("u")];
    const after = (neighbour: number): bigint => pairs[(q * 28 + neighbour) * 7 + 4];
    for (let other = 0; other < 28; other++) if (other !== u) expect(after(other)).toBeLessThan(after(u));
  });

  test("pair letters that the thesis would pair: those told apart best", () => {
    const table = tableOf(counts);
    const alphabetical = pairCharacters(counts, table, "alphabetical", THESIS_SINGLES).difference;
    const exact = pairCharacters(counts, table, "exact", THESIS_SINGLES).difference;
    expect(exact).toBeGreaterThan(alphabetical);
  });
});

describe("settings", () => {
  test("what the address does not say, or says wrong, has its default", () => {
    expect(pairsSettingsOf({})).toEqual(DEFAULT_PAIRS);
    expect(pairsSettingsOf({ pairing: "toString", activation: "relu" })).toEqual(DEFAULT_PAIRS);
    expect(pairsSettingsOf({ pairing: "exact", multipliers: "own", numbers: "1 2" })).toMatchObject({
      pairing: "exact",
      multipliers: "own",
      numbers: "1 2",
    });
  });

  test("pairs and decoder always fit, whichever is chosen last", () => {
    const fits = (pairing: PairingName, decoder: DecoderName): boolean => {
      if (["small", "medium", "large"].includes(decoder)) return pairing === "resolver";
      if (decoder === "trained") return pairing === "thesis";
      return pairing !== "resolver";
    };
    for (const pairing of Object.keys(PAIRINGS) as PairingName[]) {
      for (const decoder of Object.keys(DECODERS) as DecoderName[]) {
        for (const settings of [
          withPairsSetting(withPairsSetting(DEFAULT_PAIRS, "decoder", decoder), "pairing", pairing),
          withPairsSetting(withPairsSetting(DEFAULT_PAIRS, "pairing", pairing), "decoder", decoder),
        ]) {
          expect([settings, fits(settings.pairing, settings.decoder)]).toEqual([settings, true]);
        }
      }
    }
  });

  test("numbers are read as they are written", () => {
    expect(parseNumbers(" 1.05  2 -3 ")).toEqual([1.05, 2, -3]);
    expect(() => parseNumbers("1 two")).toThrow("expected numbers with spaces, got two");
  });
});

describe("decoders", () => {
  const statistics = { counts: unpackCounts(ENGLISH_COUNTS) };
  const text =
    "the rain had stopped before the morning came and there was nothing left of the snow but water in the streets";

  async function wrongLetters(pairing: PairingName, decoder: DecoderName): Promise<number> {
    const settings = { ...DEFAULT_PAIRS, pairing, decoder };
    const table = await codeTableOf(settings, statistics);
    const cells = decodeFraming(encodeFraming(text, { table }));
    const decoded = (await letterDecoderOf(settings, table, statistics)).decode(cells);
    const stretches = stretchesOf(utf8(text), decoded, ambiguousPlaces(cells, table));
    const { ambiguous, wrong } = accuracyOf(stretches, text.length);
    expect(ambiguous).toBeGreaterThan(60);
    return wrong;
  }

  test("read English in all pairs; what is trained errs less than what is counted, and resolvers least", async () => {
    const alphabetical = await wrongLetters("alphabetical", "statistics");
    const thesis = await wrongLetters("thesis", "statistics");
    const trained = await wrongLetters("thesis", "trained");
    const resolved = await wrongLetters("resolver", "small");
    expect(thesis).toBeLessThan(alphabetical);
    expect(trained).toBeLessThanOrEqual(thesis);
    expect(resolved).toBeLessThanOrEqual(trained);
    expect(await wrongLetters("hungarian", "statistics")).toBeLessThan(alphabetical);
  });

  test("pairs of one's own are read, and refused with what is wrong with them", async () => {
    const own = { ...DEFAULT_PAIRS, pairing: "own" as const, groups: "fd pk cl go nw az hx mq is je yv bu tr _ ." };
    expect((await codeTableOf(own, statistics)).groups).toEqual(THESIS_TABLE.groups);
    await expect(codeTableOf({ ...own, groups: "ab ac" }, statistics)).rejects.toThrow("expected 7 or 15 groups");
    await expect(codeTableOf({ ...own, groups: "a b c d e f g" }, statistics)).rejects.toThrow("expected 15 groups");
  });
});
