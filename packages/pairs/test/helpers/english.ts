import fc from "fast-check";

/** English with everything that a text can have: capitals, numbers, quotes, lines, other scripts. */
export const ENGLISH = `It was a dark and stormy night; the rain fell in torrents - except at occasional intervals, when it was checked by a
violent gust of wind. "Who's there?" asked Mr. Jones. "I am," said I, "and so is Dr. WATSON of the U.S. NAVY."

Chapter 12: In 1887, at 3:45 p.m., they paid $1,250.75 for 3.5 tons (the 4th lot) of wheat... I can't say why!  "No!" he
cried. "i don't know; NASA & IBM's B2B e-mail <info@example.com> costs 50% more" - Na\u00efve caf\u00e9s \u2014 \u201cquoted\u201d, it\u2019s \u00a35; \u{1f600} e\u0301
the the the the iPhone McDonald [x] {y} a_b*c~d^e|f\\g\`h\ti/j=k+l#m@n\n\n'Tis odd.\r\nLines that end\r\nso.\0\x01`;

const PIECES = ENGLISH.split(/(?<=\s)/u);

/** Texts of pieces of English, of rare characters, and of any bytes. */
export const texts: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...PIECES).map((piece) => new TextEncoder().encode(piece)) },
      {
        weight: 2,
        arbitrary: fc.string({ unit: "binary", maxLength: 6 }).map((text) => new TextEncoder().encode(text)),
      },
      {
        weight: 2,
        arbitrary: fc.stringMatching(/^[A-Za-z0-9 .,:;!?'"\n-]{0,12}$/u).map((t) => new TextEncoder().encode(t)),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));
