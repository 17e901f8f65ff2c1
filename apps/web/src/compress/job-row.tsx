import { useMemo, useState } from "preact/hooks";
import {
  formatBytes,
  formatCounted,
  formatDuration,
  formatPercent,
  formatRate,
  formatShare,
} from "../shared/format.ts";
import { Bars, type Bar, type Mark } from "./bars.tsx";
import { METHODS } from "./choices.ts";
import { estimateSeconds } from "./estimate.ts";
import { foundText, type Found } from "./found.ts";
import { OTHERS, type Other, type OtherSizes } from "./other-names.ts";
import { measureOthers, MOST_COMPARED } from "./others.ts";
import { Members } from "./members.tsx";
import { isArchiveName } from "./names.ts";
import { isPending, type Job, type JobState } from "./queue.ts";
import type { Choices } from "./runner.ts";
import { SaveLink } from "../shared/save-link.tsx";

export interface JobActions {
  cancel(job: Job): void;
  /** Once more, with the choices of now. */
  again(job: Job): void;
  /** What was found to be a .pith file is compressed, not given back. */
  compressAnyway(job: Job): void;
  remove(job: Job): void;
  /** All levels of it, as a chart. */
  tryLevels(job: Job): void;
}

type Of<Type extends JobState["type"]> = Extract<JobState, { type: Type }>;

interface RowProperties {
  readonly job: Job;
  /** The choices of now. */
  readonly choices: Choices;
  readonly actions: JobActions;
}

/** A file: its sizes, how far it is, and what can be done with it. Of many, only those that change are drawn again. */
export function JobRow({ job, choices, actions }: RowProperties) {
  // The same element again is left as it is.
  return useMemo(() => <Row job={job} choices={choices} actions={actions} />, [job, choices, actions]);
}

function Row({ job, choices, actions }: RowProperties) {
  const { file, state, task, resultName } = job;
  const [others, setOthers] = useState<OtherSizes>();
  const compare = (): void => {
    setOthers({});
    const onSize = (other: Other, length: number | "missing"): void =>
      setOthers((known) => ({ ...known, [other]: length }));
    measureOthers(file, onSize).catch(() =>
      setOthers((known) => ({ xz: "missing", zstd: "missing", brotli: "missing", ...known })),
    );
  };
  const name = task.type === "decompress" && state.type === "done" ? resultName : file.name;
  return (
    <li class={`job ${state.type}`} aria-label={name}>
      <h2 class="job-name">{name}</h2>
      <Headline job={job} />
      <Bars bars={[...barsOf(job), ...barsOfOthers(others)]} />
      {others !== undefined && Object.values(others).includes("missing") && (
        <p class="inside">The others did not all come: it takes a network, once.</p>
      )}
      {state.type === "done" && <Inside found={state.found} />}
      {task.type === "decompress" && task.found === true && !isPending(job) && (
        <p class="inside">
          By its first bytes this is a .pith file, whatever its name: what is in it is given back.{" "}
          <button type="button" class="plain" onClick={() => actions.compressAnyway(job)}>
            Compress it all the same<span class="unseen">: {file.name}</span>
          </button>
        </p>
      )}
      {task.type === "decompress" && isArchiveName(file.name) && <Members job={job} />}
      {state.type === "running" && <Running job={job} state={state} />}
      {state.type === "failed" && (
        <div class="problem">
          <p class="what">{state.problem.what}.</p>
          <p>{state.problem.remedy}</p>
        </div>
      )}
      <div class="job-foot">
        <p class="facts">{factsOf(job)}</p>
        <p class="actions">
          {state.type === "done" && (
            <SaveLink content={state.result} name={resultName} kind="primary">
              Save<span class="unseen"> {resultName}</span>
            </SaveLink>
          )}
          {state.type === "failed" && state.partial !== undefined && (
            <SaveLink content={state.partial} name={resultName} kind="plain">
              Save the {formatBytes(state.partial.size)} before the damage
            </SaveLink>
          )}
          {isPending(job) ? (
            <button type="button" class="plain" onClick={() => actions.cancel(job)}>
              Cancel<span class="unseen"> {file.name}</span>
            </button>
          ) : (
            <>
              {offersAgain(job, choices) && (
                <button type="button" class="plain" onClick={() => actions.again(job)}>
                  {task.type !== "decompress" && task.choices.level !== choices.level
                    ? `Again at level ${choices.level}`
                    : "Again"}
                  <span class="unseen">: {file.name}</span>
                </button>
              )}
              {state.type === "done" && task.type === "compress" && others === undefined && isCompared(file) && (
                <button type="button" class="plain try-levels" onClick={compare}>
                  Compare<span class="unseen"> {file.name} with xz, zstd and brotli</span>
                </button>
              )}
              {state.type === "done" && task.type === "compress" && file.size > 0 && (
                <button type="button" class="plain try-levels" onClick={() => actions.tryLevels(job)}>
                  All levels<span class="unseen"> of {file.name}</span>
                </button>
              )}
              <button type="button" class="plain" onClick={() => actions.remove(job)}>
                Remove<span class="unseen"> {name}</span>
              </button>
            </>
          )}
        </p>
      </div>
    </li>
  );
}

/** The one figure that matters. */
function Headline({ job: { state, task, file } }: { readonly job: Job }) {
  switch (state.type) {
    case "waiting":
      return <p class="headline quiet">waits</p>;
    case "cancelled":
      return <p class="headline quiet">cancelled</p>;
    case "failed":
      return <p class="headline failed-word">{state.problem.title}</p>;
    case "running":
      return (
        <p class="headline progress">
          {Math.floor(100 * shareDone(state))} % <span class="caption">done</span>
        </p>
      );
    case "done":
      if (task.type === "decompress") return <p class="headline">restored</p>;
      if (file.size === 0) return <p class="headline quiet">empty</p>;
      return (
        <p class="headline">
          {formatShare(state.result.size, file.size)} <span class="caption">of its size</span>
        </p>
      );
  }
}

/** 0 to 1; 0 while the whole is not known. */
function shareDone({ done, total = 0 }: Of<"running">): number {
  return total === 0 ? 0 : Math.min(1, done / total);
}

function barsOf({ state, task, file }: Job): Bar[] {
  if (task.type === "decompress") {
    const content = state.type === "done" ? state.contentLength : state.type === "running" ? state.total : undefined;
    return [
      { label: ".pith", bytes: file.size, kind: "pith", mark: damageOf(state, file.size) },
      ...(content === undefined
        ? []
        : [
            {
              label: "content",
              bytes: content,
              kind: "original" as const,
              done: state.type === "running" ? shareDone(state) : 1,
            },
          ]),
    ];
  }
  const original: Bar = {
    label: "original",
    bytes: file.size,
    kind: "original",
    done: state.type === "running" ? shareDone(state) : state.type === "waiting" ? 0 : 1,
  };
  if (state.type !== "running" && state.type !== "done") return [original];
  return [
    original,
    { label: "gzip", bytes: state.gzipLength, kind: "gzip" },
    { label: "Pith", bytes: state.type === "done" ? state.result.size : state.written || undefined, kind: "pith" },
  ];
}

function isCompared({ size }: File): boolean {
  return size > 0 && size <= MOST_COMPARED;
}

/** What others make of it, where that was asked. */
function barsOfOthers(others: OtherSizes | undefined): Bar[] {
  if (others === undefined) return [];
  return (Object.keys(OTHERS) as Other[]).map((other) => {
    const length = others[other];
    return { label: OTHERS[other], bytes: length === "missing" ? undefined : length, kind: "gzip" };
  });
}

/** Where a file is damaged. */
function damageOf(state: JobState, length: number): Mark | undefined {
  if (state.type !== "failed" || state.problem.offset === undefined || length === 0) return undefined;
  const { offset, end = offset } = state.problem;
  return { from: Math.min(1, offset / length), to: Math.min(1, end / length) };
}

function Running({ job: { file, task }, state }: { readonly job: Job; readonly state: Of<"running"> }) {
  const percent = Math.floor(100 * shareDone(state));
  return (
    <div
      class="unseen"
      role="progressbar"
      aria-label={`${task.type === "decompress" ? "Decompressing" : "Compressing"} ${file.name}`}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    />
  );
}

/** What was found in the file. */
function Inside({ found }: { readonly found: Found }) {
  const text = foundText(found);
  if (text === "") return null;
  const { parts, more } = found;
  return (
    <>
      <p class="inside">{text}</p>
      {parts.length > 0 && (
        <details class="parts">
          <summary>How its {formatCounted(parts.length + more, "part")} are coded</summary>
          <ol>
            {parts.map(({ depth, coding, length, codedLength }, i) => (
              <li key={i} style={{ "--depth": depth }}>
                <span class="coding">{coding}</span>
                <span class="bytes">
                  {formatBytes(length)} → {formatBytes(codedLength)}
                </span>
              </li>
            ))}
          </ol>
          {more > 0 && <p class="aside">The first {parts.length}; the others are like them.</p>}
        </details>
      )}
    </>
  );
}

function factsOf(job: Job): string {
  const { state, task, file } = job;
  const how = task.type === "decompress" ? "" : howOf(task.choices);
  switch (state.type) {
    case "waiting":
      return ["waits for the files before it", aboutTime(job), how].filter(Boolean).join(" · ");
    case "running": {
      if (state.done === 0) return ["starts", aboutTime(job), how].filter(Boolean).join(" · ");
      const left = state.secondsLeft === undefined ? [] : [`${formatDuration(state.secondsLeft)} left`];
      return [...left, formatRate(state.rate), how].filter(Boolean).join(" · ");
    }
    case "done": {
      const rate =
        state.seconds > 0 && state.contentLength > 0 ? ` at ${formatRate(state.contentLength / state.seconds)}` : "";
      const time = `${formatDuration(state.seconds)}${rate}`;
      if (task.type === "decompress") return `checked, bit for bit · ${time}`;
      if (file.size === 0) return ["its name is all that it holds", how].filter(Boolean).join(" · ");
      return [comparison(state.result.size, state.gzipLength), time, how].filter(Boolean).join(" · ");
    }
    case "failed":
      return formatBytes(file.size);
    case "cancelled":
      return [formatBytes(file.size), how].filter(Boolean).join(" · ");
  }
}

/** How long it will take, before there is progress to go by. */
function aboutTime({ task, file }: Job): string {
  return task.type === "decompress" ? "" : `about ${formatDuration(estimateSeconds(file.size, task.choices.level))}`;
}

function howOf({ level, method, prior }: Choices): string {
  const title = METHODS.find(({ name }) => name === method)?.title ?? method;
  if (prior === "auto") return `level ${level}, with what is known beforehand`;
  return method === "auto" ? `level ${level}` : `level ${level}, ${title}`;
}

function comparison(bytes: number, gzip: number | undefined): string {
  if (gzip === undefined || gzip === 0) return "";
  const difference = 1 - bytes / gzip;
  return `${formatPercent(Math.abs(difference))} ${difference >= 0 ? "smaller" : "larger"} than gzip`;
}

/** Whether doing it again would bring something else, or another chance. */
function offersAgain({ state, task }: Job, choices: Choices): boolean {
  if (state.type !== "done") return true;
  if (task.type === "decompress") return false;
  const { level, method, prior } = task.choices;
  return level !== choices.level || method !== choices.method || prior !== choices.prior;
}
