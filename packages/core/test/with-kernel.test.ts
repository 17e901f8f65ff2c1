import { describe, expect, test } from "@jest/globals";
import { takeKernel, withKernel } from "../src/coding/index.ts";
import { finish, shifted } from "../src/steps/index.ts";
import { type EmbeddedKernel, type KernelExports, PithError } from "../src/index.ts";
import { assemble, i32Const } from "./assemble.ts";

interface Exports extends KernelExports {
  readonly clearMemory: (most: number) => number;
}

const kernel: EmbeddedKernel<Exports> = {
  name: "tiny",
  base64: Buffer.from(
    // It has nothing to clear.
    assemble({ clearMemory: { parameters: 1, results: 1, code: i32Const(0) } }),
  ).toString("base64"),
};

/** Steps that keep their instance in `seen`, and end as they are told. */
function steps(seen: Exports[], end: () => void = () => {}): Generator<number, void> {
  return withKernel(kernel, Infinity, function* (instance) {
    seen.push(instance);
    yield 1;
    end();
    yield 2;
  });
}

const damaged = (): never => {
  throw new PithError("truncated", "the data ends", { offset: 0 });
};
const trapped = (): never => {
  throw new Error("unreachable");
};

describe("work with a kernel", () => {
  test("is done with the instance that the work before has left", () => {
    const seen: Exports[] = [];
    finish(steps(seen));
    finish(steps(seen));
    expect(seen[1]).toBe(seen[0]);
  });

  test("leaves its instance when bad data ends it", () => {
    const seen: Exports[] = [];
    expect(() => finish(steps(seen, damaged))).toThrow(PithError);
    finish(steps(seen));
    expect(seen[1]).toBe(seen[0]);
  });

  test("leaves its instance when nobody wants more of it, also through others' progress", () => {
    const seen: Exports[] = [];
    const stopped = shifted(100, steps(seen));
    expect(stopped.next().value).toBe(101);
    stopped.return();
    finish(steps(seen));
    expect(seen[1]).toBe(seen[0]);
  });

  test("leaves no instance in which something else went wrong", () => {
    const seen: Exports[] = [];
    expect(() => finish(steps(seen, trapped))).toThrow("unreachable");
    finish(steps(seen));
    expect(seen[1]).not.toBe(seen[0]);
  });

  test("has an instance to itself", () => {
    const seen: Exports[] = [];
    const [first, second] = [steps(seen), steps(seen)];
    first.next();
    second.next();
    expect(seen[1]).not.toBe(seen[0]);
    finish(first);
    finish(second);
    // What waits is one, whichever.
    expect(seen).toContain(takeKernel(kernel, Infinity));
    expect(seen).not.toContain(takeKernel(kernel, Infinity));
  });
});
