/** The recurrent part of the reference: simple recurrent, long short-term memory or gated recurrent layers. */
import type { Vector } from "./neural-arithmetic.ts";
import type { Slot } from "./neural-feedforward.ts";
import { ReferenceLayer, ReferenceMatrix, type Learning } from "./neural-parameters.ts";
import { f32 } from "./numbers.ts";

type Unit = "rnn" | "lstm" | "gru";

interface Layer {
  readonly upward: readonly ReferenceLayer[];
  readonly recurrent: readonly ReferenceMatrix[];
}

/** A layer in a step. */
interface LayerStep {
  readonly gates: readonly Vector[];
  readonly before: Vector;
  readonly memoryBefore: Vector;
  readonly memory: Vector;
  /** tanh of the memory; of a gated recurrent unit, what its reset gate lets through or not. */
  readonly middle: Vector;
  readonly state: Vector;
  readonly error: Vector;
  gateErrors: readonly Vector[];
  productErrors: readonly Vector[];
}

interface Step {
  readonly slot: Slot;
  readonly layers: readonly LayerStep[];
}

export class ReferenceRecurrent {
  readonly layers: readonly Layer[];
  readonly #learning: Learning;
  readonly #unit: Unit;
  readonly #hidden: number;
  /** The first layer's gates, as far as the input makes them. */
  #slotGates = new Map<Slot, readonly Vector[]>();
  #steps: Step[] = [];
  #states: Vector[];
  #memories: Vector[];

  constructor(learning: Learning, unit: Unit, layers: number, hidden: number) {
    this.#learning = learning;
    this.#unit = unit;
    this.#hidden = hidden;
    const scale = f32(1 / f32(Math.sqrt(hidden)));
    this.layers = Array.from({ length: layers }, () => {
      const upward: ReferenceLayer[] = [];
      const recurrent: ReferenceMatrix[] = [];
      for (let gate = 0; gate < (unit === "rnn" ? 1 : 3); gate++) {
        upward.push(new ReferenceLayer(learning, hidden, hidden, scale));
        recurrent.push(new ReferenceMatrix(learning, hidden, hidden, scale));
      }
      return { upward, recurrent };
    });
    this.#states = this.layers.map(() => learning.arithmetic.vector(hidden));
    this.#memories = this.layers.map(() => learning.arithmetic.vector(hidden));
  }

  get matrices(): ReferenceMatrix[] {
    return this.layers.flatMap(({ upward, recurrent }) =>
      upward.flatMap(({ matrix, bias }, gate) => [matrix, bias, recurrent[gate]]),
    );
  }

  prepare(slot: Slot): void {
    this.#slotGates.set(
      slot,
      this.layers[0].upward.map((layer) => layer.forward(slot.input)),
    );
  }

  /** States of all layers after the step, and where their errors go. */
  forward(slot: Slot): { readonly states: readonly Vector[]; readonly errors: readonly Vector[] } {
    const layers: LayerStep[] = [];
    for (const [index, { upward, recurrent }] of this.layers.entries()) {
      const below =
        index === 0 ? this.#slotGates.get(slot)! : upward.map((layer) => layer.forward(layers[index - 1].state));
      const gates = below.map((gate) => gate.slice());
      recurrent.forEach((matrix, gate) => {
        if (this.#unit !== "gru" || gate < 2) matrix.forward(this.#states[index], gates[gate]);
      });
      layers.push(this.#advance(index, gates));
    }
    this.#steps.push({ slot, layers });
    return { states: layers.map(({ state }) => state), errors: layers.map(({ error }) => error) };
  }

  #advance(index: number, gates: Vector[]): LayerStep {
    const { round, sigmoid, tanh, vector } = this.#learning.arithmetic;
    const [before, memoryBefore] = [this.#states[index], this.#memories[index]];
    const [state, memory, middle] = [0, 1, 2].map(() => vector(this.#hidden));
    if (this.#unit === "gru") this.layers[index].recurrent[2].forward(before, middle);
    for (let i = 0; i < this.#hidden; i++) {
      if (this.#unit === "rnn") {
        state[i] = tanh(gates[0][i]);
        continue;
      }
      const first = (gates[0][i] = sigmoid(gates[0][i]));
      const second = (gates[1][i] = sigmoid(gates[1][i]));
      if (this.#unit === "lstm") {
        const candidate = (gates[2][i] = tanh(gates[2][i]));
        memory[i] = round(candidate + round(first * round(memoryBefore[i] - candidate)));
        middle[i] = tanh(memory[i]);
        state[i] = round(second * middle[i]);
      } else {
        const candidate = (gates[2][i] = tanh(round(gates[2][i] + round(first * middle[i]))));
        state[i] = round(candidate + round(second * round(before[i] - candidate)));
      }
    }
    this.#states[index] = state;
    this.#memories[index] = memory;
    const error = vector(this.#hidden);
    return { gates, before, memoryBefore, memory, middle, state, error, gateErrors: [], productErrors: [] };
  }

  /** Takes the errors of states to the inputs; what it returns makes all learn, and begins a chunk. */
  backward(): () => void {
    const { vector } = this.#learning.arithmetic;
    const sums = new Map(
      Array.from(this.#slotGates, ([slot, gates]) => [slot, gates.map(() => vector(this.#hidden))] as const),
    );
    const carried = this.layers.map(() => vector(this.#hidden));
    for (let at = this.#steps.length - 1; at >= 0; at--) {
      const { slot, layers } = this.#steps[at];
      for (let index = layers.length - 1; index >= 0; index--) {
        const step = layers[index];
        const earlier = at > 0 ? this.#steps[at - 1].layers[index].error : vector(this.#hidden);
        step.gateErrors = this.#gateErrors(step, carried[index], earlier);
        step.productErrors = step.gateErrors.map((error, gate) =>
          this.#unit === "gru" && gate === 2
            ? error.map((e, i) => this.#learning.arithmetic.round(e * step.gates[0][i]))
            : error,
        );
        step.gateErrors.forEach((error, gate) => {
          this.layers[index].recurrent[gate].backward(step.productErrors[gate], earlier);
          if (index > 0) this.layers[index].upward[gate].matrix.backward(error, layers[index - 1].error);
          else {
            const sum = sums.get(slot)![gate];
            for (let i = 0; i < sum.length; i++) sum[i] += error[i];
          }
        });
      }
    }
    for (const [slot, gates] of sums) {
      gates.forEach((error, gate) => this.layers[0].upward[gate].matrix.backward(error, slot.inputError));
    }
    return () => {
      this.#learn(sums);
      this.#steps = [];
      this.#slotGates = new Map();
    };
  }

  #gateErrors(step: LayerStep, carried: Vector, earlier: Vector): Vector[] {
    const { round, vector } = this.#learning.arithmetic;
    const errors = step.gates.map(() => vector(this.#hidden));
    const slope = (squashed: number) => round(1 - round(squashed * squashed));
    const gateSlope = (gate: number) => round(gate * round(1 - gate));
    for (let i = 0; i < this.#hidden; i++) {
      const [first, second, candidate] = step.gates.map((gate) => gate[i]);
      const error = step.error[i];
      if (this.#unit === "rnn") errors[0][i] = round(error * slope(step.state[i]));
      else if (this.#unit === "lstm") {
        const memory = round(carried[i] + round(round(error * second) * slope(step.middle[i])));
        errors[0][i] = round(round(memory * round(step.memoryBefore[i] - candidate)) * gateSlope(first));
        errors[1][i] = round(round(error * step.middle[i]) * gateSlope(second));
        errors[2][i] = round(round(memory * round(1 - first)) * slope(candidate));
        carried[i] = round(memory * first);
      } else {
        errors[2][i] = round(round(error * round(1 - second)) * slope(candidate));
        errors[0][i] = round(round(errors[2][i] * step.middle[i]) * gateSlope(first));
        errors[1][i] = round(round(error * round(step.before[i] - candidate)) * gateSlope(second));
        earlier[i] += round(error * second);
      }
    }
    return errors;
  }

  #learn(sums: ReadonlyMap<Slot, readonly Vector[]>): void {
    const slots = Array.from(sums.keys());
    for (const [index, { upward, recurrent }] of this.layers.entries()) {
      const steps = this.#steps.map(({ layers }) => layers);
      recurrent.forEach((matrix, gate) => {
        matrix.learn(
          steps.map((layers) => layers[index].before),
          steps.map((layers) => layers[index].productErrors[gate]),
        );
        if (index > 0) {
          upward[gate].learn(
            steps.map((layers) => layers[index - 1].state),
            steps.map((layers) => layers[index].gateErrors[gate]),
          );
        } else {
          upward[gate].learn(
            slots.map(({ input }) => input),
            slots.map((slot) => sums.get(slot)![gate]),
          );
        }
      });
    }
  }
}
