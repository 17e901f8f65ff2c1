/** Texts to begin with. */

export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const PROSE = `The lamp on the landing had gone out again, and so the stairs had to be climbed by counting. Eleven to the turn, then seven more. She had counted them so often that the numbers came by themselves, eleven and seven, seven and eleven, and her hand found the rail before she had thought of it. What comes next is seldom a surprise: after the seventh step, a door; behind the door, the smell of paraffin and of oranges; and in the chair by the window, her uncle, who would say what he always said.

"You are late," he said. "The soup is cold, and the cat has had the fish."

The soup was not cold. It never was. The cat, a grey xylophone of ribs called Quibble, had not had the fish either, as far as one could tell from the fish. But it was what he said, every evening of the winter, and she would have missed it as one misses a clock that has stopped.

"The lamp on the landing has gone out again," she said.

"The lamp on the landing," said her uncle, "has gone out every evening since the lamp on the landing was put there. I have thought about it. It is not the oil and it is not the wick. It is the draught from the seventh step. We could mend the step, or we could learn to count."

She looked at him. She had counted the steps for nineteen years, and in nineteen years he had not once said that he counted them too.

"Eleven," she said.

"And seven," said her uncle, and he took the lid off the soup.
`;

const PROGRAM = `/** Sums of the numbers before each place. */
function prefixSums(numbers) {
  const sums = new Float64Array(numbers.length + 1);
  for (let i = 0; i < numbers.length; i++) {
    sums[i + 1] = sums[i] + numbers[i];
  }
  return sums;
}

/** The largest sum of any run of numbers that stand side by side. */
function largestRun(numbers) {
  let best = -Infinity;
  let current = 0;
  for (let i = 0; i < numbers.length; i++) {
    current = Math.max(numbers[i], current + numbers[i]);
    best = Math.max(best, current);
  }
  return best;
}

/** The smallest sum of any run of numbers that stand side by side. */
function smallestRun(numbers) {
  let best = Infinity;
  let current = 0;
  for (let i = 0; i < numbers.length; i++) {
    current = Math.min(numbers[i], current + numbers[i]);
    best = Math.min(best, current);
  }
  return best;
}

const measured = [3, -4, 1, 5, -9, 2, 6, -5, 3, 5];
console.log("largest", largestRun(measured), "smallest", smallestRun(measured));
console.log("sums", prefixSums(measured).join(" "));
`;

/** A log as servers write them; the numbers come from a generator with a fixed seed. */
function log(): string {
  let state = 2463534242;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const paths = ["/", "/harbour/tides", "/harbour/tides?day=tomorrow", "/ferries", "/ferries/north"];
  const lines = Array.from({ length: 42 }, (_, i) => {
    const time = `06:${String(10 + Math.floor(i / 6)).padStart(2, "0")}:${String((i % 6) * 10 + random(10)).padStart(2, "0")}`;
    const status = random(14) === 0 ? "503 retry" : "200 ok";
    return `2031-03-04T${time}Z tidehouse[417]: GET ${paths[random(paths.length)]} ${status} ${40 + random(900)} bytes in ${2 + random(30)} ms`;
  });
  return `${lines.join("\n")}\n`;
}

export const SAMPLES: readonly Sample[] = [
  { id: "prose", title: "prose", text: PROSE },
  { id: "program", title: "a program", text: PROGRAM },
  { id: "log", title: "a log", text: log() },
];
