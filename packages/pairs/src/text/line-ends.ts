const CR = 0x0d;
const LF = 0x0a;

/** Whether most lines of a text end with CR LF. */
export function endsLinesWithCrlf(text: Uint8Array): boolean {
  let lines = 0;
  let withCr = 0;
  for (let at = text.indexOf(LF); at >= 0; at = text.indexOf(LF, at + 1)) {
    lines++;
    if (text[at - 1] === CR) withCr++;
  }
  return 2 * withCr > lines;
}
