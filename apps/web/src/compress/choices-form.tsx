import { useState } from "preact/hooks";
import { LEVELS } from "@pith/codec";
import { formatDuration, formatMemory } from "../shared/format.ts";
import { changeSetting } from "../shared/location.ts";
import { DEFAULT_CHOICES, METHODS, PRIORS } from "./choices.ts";
import { estimateSeconds } from "./estimate.ts";
import type { Choices } from "./runner.ts";

/** Level, method and prior; all stand in the address. */
export function ChoicesForm({ level, method, prior }: Choices) {
  // Open for whoever comes with something else; it does not close when that is taken back.
  const [wasChanged] = useState(method !== DEFAULT_CHOICES.method || prior !== DEFAULT_CHOICES.prior);
  const { description, blockSize, memory } = LEVELS[level - 1];
  const setLevel = (value: number): void => {
    changeSetting("level", value === DEFAULT_CHOICES.level ? undefined : String(value));
  };
  return (
    <form class="choices" onSubmit={(event) => event.preventDefault()}>
      <div class="level">
        <label for="level">Level</label>
        <output class="numeral" for="level">
          {level}
        </output>
        <div class="level-scale">
          <input
            id="level"
            type="range"
            min="1"
            max={LEVELS.length}
            step="1"
            value={level}
            aria-valuetext={`${level}, ${description}`}
            aria-describedby="level-meaning"
            onInput={({ currentTarget }) => setLevel(currentTarget.valueAsNumber)}
          />
          <div class="level-ends" aria-hidden="true">
            <span>faster</span>
            <span>smaller</span>
          </div>
        </div>
        <p id="level-meaning" class="meaning">
          {description}: about {formatDuration(estimateSeconds(1e6, level))} for each megabyte here, in blocks of{" "}
          {formatMemory(blockSize)} that take up to {formatMemory(memory)} of memory each
        </p>
      </div>
      <details class="advanced" open={wasChanged}>
        <summary>Advanced</summary>
        <label for="method">Method</label>
        <select
          id="method"
          onChange={({ currentTarget: { value } }) => {
            changeSetting("method", value === DEFAULT_CHOICES.method ? undefined : value);
          }}
        >
          {METHODS.map(({ name, title }) => (
            <option key={name} value={name} selected={name === method}>
              {title}
            </option>
          ))}
        </select>
        <p class="meaning">Pith finds it by itself, for each part of a file; another one is for trying out</p>
        <label for="prior">Known beforehand</label>
        <select
          id="prior"
          disabled={method !== DEFAULT_CHOICES.method}
          onChange={({ currentTarget: { value } }) => {
            changeSetting("prior", value === DEFAULT_CHOICES.prior ? undefined : value);
          }}
        >
          {PRIORS.map(({ name, title }) => (
            <option key={name} value={name} selected={name === prior}>
              {title}
            </option>
          ))}
        </select>
        <p class="meaning">
          Makes files of up to 64 KiB smaller, and takes longer; whoever gives them back needs Pith’s priors too, which
          page and command have
        </p>
      </details>
    </form>
  );
}
