import { useEffect, useState } from "preact/hooks";
import { CAN_DROP } from "../shared/can-drop.ts";
import { FileButton } from "../shared/file-button.tsx";
import { formatBytes, formatCount } from "../shared/format.ts";
import { namesOf, useIncomingFiles } from "../shared/incoming-files.ts";
import { useStore } from "../shared/store.ts";
import { announce } from "../shared/announcer.tsx";
import { changeSetting, useRoute, useTidyAddress } from "../shared/location.ts";
import { analysis, analyze, cancelAnalysis, type AnalysisState } from "./analyses.ts";
import {
  analysisSettingsOf,
  settingsInAddress,
  BLOCK_SIZES,
  DEFAULT_ANALYSIS,
  SIGNATURES,
  type AnalysisSettings,
} from "./analysis-settings.ts";
import { SAMPLES } from "../microscope/samples.ts";
import { ReportView } from "./report.tsx";

const INVITATION = CAN_DROP
  ? "Drop a file anywhere on this page, to see what repeats in it."
  : "Choose a file, to see what repeats in it.";

/** What repeats in a file, and what that is worth. */
export function PatternsView() {
  const settings = analysisSettingsOf(useRoute().settings);
  useTidyAddress("patterns", settingsInAddress(settings));
  const state = useStore(analysis);
  const [notice, setNotice] = useState<string>();
  const dragging = useIncomingFiles(({ files, folders }) => {
    const file = files.at(0);
    const isFolder = file === undefined && folders.length > 0;
    const isOne = files.length > 1 ? `One file is taken at a time: this is ${files[0].name}.` : undefined;
    setNotice(isFolder ? `${namesOf(folders)}: drop a file, not a folder.` : isOne);
    if (file !== undefined) analyze(file, settings);
  });
  useEffect(() => {
    if (state.type === "done") announce(`${state.file.name}: the report is there`);
    if (state.type === "failed") announce(`${state.file.name}: ${state.problem.what}. ${state.problem.remedy}`);
  }, [state]);
  return (
    <div class={`patterns ${dragging ? "dragging" : ""}`}>
      <h1>Patterns</h1>
      <p class="lead">
        What repeats in a file, on three scales, and what that is worth: the analysis of a paper,{" "}
        <cite>
          <a href="https://github.com/pith-compression/pith/blob/main/docs/results/patterns.md">
            Ultra-Dense Data Representation Through Recursive Self-Reference Compression
          </a>
        </cite>
        , beside what can be made again.
      </p>
      <section class="intake" aria-label="The file to analyse">
        <p class="invitation">{dragging ? "Let go, and it is analysed." : INVITATION}</p>
        <p class="ways">
          <FileButton kind="primary" onFiles={(files) => files.forEach((file) => analyze(file, settings))}>
            Choose a file
          </FileButton>
          <button type="button" class="plain" onClick={() => analyze(exampleFile(), settings)}>
            Try an example
          </button>
          <span class="aside">It is read once, in memory that does not grow with it.</span>
        </p>
        {notice !== undefined && <p class="notice">{notice}</p>}
      </section>
      <SettingsForm settings={settings} state={state} />
      <Result state={state} settings={settings} />
    </div>
  );
}

/** Bytes of a log that stand in the example thrice, so that whole blocks come again. */
const EXAMPLE = 3000;

function exampleFile(): File {
  const { id, text } = SAMPLES[2];
  return new File([text.slice(0, EXAMPLE).repeat(3)], `${id}.txt`);
}

function SettingsForm({ settings, state }: { readonly settings: AnalysisSettings; readonly state: AnalysisState }) {
  const change = (name: string, value: string, standard: string): void => {
    changeSetting(name, value === standard ? undefined : value);
    const next = analysisSettingsOf({
      block: String(settings.blockSize),
      signature: settings.signature,
      [name]: value,
    });
    if (state.type !== "none") analyze(state.file, next);
  };
  return (
    <form class="predictors" onSubmit={(event) => event.preventDefault()}>
      <div class="predictor">
        <label for="block">Bytes of a coarse pattern</label>
        <select
          id="block"
          onChange={({ currentTarget: { value } }) => change("block", value, String(DEFAULT_ANALYSIS.blockSize))}
        >
          {BLOCK_SIZES.map((size) => (
            <option key={size} value={size} selected={size === settings.blockSize}>
              {formatCount(size)}
            </option>
          ))}
        </select>
        <p class="meaning">fine ones have a tenth of it, micro ones a hundredth</p>
      </div>
      <div class="predictor">
        <label for="signature">Signature</label>
        <select
          id="signature"
          onChange={({ currentTarget: { value } }) => change("signature", value, DEFAULT_ANALYSIS.signature)}
        >
          {SIGNATURES.map((kind) => (
            <option key={kind} value={kind} selected={kind === settings.signature}>
              {kind}
            </option>
          ))}
        </select>
        <p class="meaning">what patterns are told apart by; md5 is slower</p>
      </div>
    </form>
  );
}

function Result({ state, settings }: { readonly state: AnalysisState; readonly settings: AnalysisSettings }) {
  switch (state.type) {
    case "none":
      return null;
    case "running":
      return <Running state={state} />;
    case "done":
      return <ReportView key={state.file.name} report={state.report} file={state.file} />;
    case "failed":
      return (
        <section class="problem" aria-label={state.file.name}>
          <h2 class="job-name">{state.file.name}</h2>
          <p class="what">{state.problem.what}.</p>
          <p>
            {state.file.size < settings.blockSize
              ? `The file has ${formatBytes(state.file.size)}. Choose smaller patterns, or a file of 100 bytes and more.`
              : state.problem.remedy}
          </p>
        </section>
      );
  }
}

function Running({
  state: {
    file,
    progress: { step, done, total },
  },
}: {
  readonly state: Extract<AnalysisState, { type: "running" }>;
}) {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const what = step === "analysing" ? "is analysed" : "is compressed, to see what can be achieved";
  return (
    <section class="summary running" aria-label={file.name}>
      <h2>{file.name}</h2>
      <p class="headline">
        {Math.floor(100 * share)} % <span class="caption">{step === "analysing" ? "read" : "compressed"}</span>
      </p>
      <p class="facts">
        {formatBytes(done)} of {formatBytes(total)} {what}
      </p>
      <div
        class="meter"
        role="progressbar"
        aria-label={`${file.name} ${what}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(100 * share)}
      >
        <span style={{ width: `${100 * share}%` }} />
      </div>
      <p class="actions">
        <button type="button" class="plain" onClick={cancelAnalysis}>
          Cancel
        </button>
      </p>
    </section>
  );
}
