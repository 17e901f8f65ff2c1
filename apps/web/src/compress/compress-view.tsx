import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { FileButton } from "../shared/file-button.tsx";
import { chosenFolder } from "../shared/folders.ts";
import { formatBytes, formatCounted, formatShare } from "../shared/format.ts";
import { CAN_DROP } from "../shared/can-drop.ts";
import { useIncomingFiles } from "../shared/incoming-files.ts";
import { useStore } from "../shared/store.ts";
import { announce } from "../shared/announcer.tsx";
import { useRoute, useTidyAddress } from "../shared/location.ts";
import { statedSettings } from "../shared/routes.ts";
import { ChoicesForm } from "./choices-form.tsx";
import { choicesOf, DEFAULT_CHOICES } from "./choices.ts";
import { files } from "./files.ts";
import { JobRow, type JobActions } from "./job-row.tsx";
import { explain } from "../shared/problems.ts";
import { isPending, type Job } from "./queue.ts";
import { SAMPLES } from "../microscope/samples.ts";
import { LevelsView } from "./levels-view.tsx";
import { runLevels } from "./levels-run.ts";
import { ResultsTable } from "./results-table.tsx";
import { canSaveAll, saveAll } from "./save-all.ts";
import { zipOf, type ZipMember } from "./zip.ts";
import { saveContent } from "../shared/save-content.ts";

const INVITATION = CAN_DROP ? "Drop files anywhere on this page." : "Choose files, and get them smaller.";

/** Files that are shown at length; of more, each has a line, and they are drawn now and then, in milliseconds. */
const FEW = 12;
const PAUSE = 150;

/** Files in, .pith files out, and back. */
export function CompressView() {
  const { settings } = useRoute();
  const choices = useMemo(() => choicesOf(settings), [settings]);
  useTidyAddress("compress", statedSettings(choices, DEFAULT_CHOICES));
  const jobs = useStore(files.jobs, ({ length }) => (length > FEW ? PAUSE : 0));
  const [notice, setNotice] = useState<string>();
  const dragging = useIncomingFiles(({ files: incoming, folders }) => {
    setNotice(undefined);
    files.add(incoming, choices);
    for (const folder of folders) {
      folder.read().then(
        (content) => files.addFolder(content, choices),
        () => setNotice(`${folder.name} cannot be read. Choose the files in it.`),
      );
    }
  });
  usePastedText((text) => files.add([new File([text], "pasted.txt")], choices));
  useAnnouncements(jobs);
  const list = useFocusKept(jobs);
  const actions = useMemo(
    (): JobActions => ({
      cancel: (job) => files.cancel(job),
      again: (job) => files.again(job, choices),
      compressAnyway: (job) => files.compressAnyway(job, choices),
      remove: (job) => files.remove(job),
      tryLevels: (job) => void runLevels(job.file),
    }),
    [choices],
  );
  return (
    <div class={`compress ${dragging ? "dragging" : ""}`}>
      <h1>Compress</h1>
      <p class="lead">
        Pith guesses each next bit of a file from all that came before, and keeps only how it was wrong. What comes out
        is small, and becomes again, bit for bit, what went in.
      </p>
      <section class="intake" aria-label="Files to compress">
        <p class="invitation">{dragging ? "Let go, and they are compressed." : INVITATION}</p>
        <p class="ways">
          <FileButton kind="primary" multiple onFiles={(chosen) => files.add(chosen, choices)}>
            Choose files
          </FileButton>
          <FileButton
            kind="plain"
            folder
            onFiles={(chosen) => {
              const content = chosenFolder(chosen);
              if (content !== undefined) files.addFolder(content, choices);
            }}
          >
            Choose a folder
          </FileButton>
          <button type="button" class="plain" onClick={() => files.add([exampleFile()], choices)}>
            Try an example
          </button>
          <span class="aside">or paste files, or a text. A .pith file becomes again what it was.</span>
        </p>
        {notice !== undefined && <p class="notice">{notice}</p>}
      </section>
      <ChoicesForm {...choices} />
      <LevelsView />
      {jobs.length > 0 && (
        <section aria-label="Files">
          <ol class={`jobs ${jobs.length > FEW ? "compact" : ""}`} ref={list}>
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} choices={choices} actions={actions} />
            ))}
          </ol>
          <Together jobs={jobs} />
          <ResultsTable jobs={jobs} />
        </section>
      )}
    </div>
  );
}

/**
 * Where a button has the focus and goes with what it did (Cancel, Remove), the focus goes to what stands in its place:
 * the row, or the one after it.
 *
 * @returns where the rows are
 */
function useFocusKept(jobs: readonly Job[]): { current: HTMLOListElement | null } {
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef(-1);
  useLayoutEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      const row = target instanceof Element ? target.closest(".jobs > li") : null;
      focused.current = row === null ? -1 : [...(list.current?.children ?? [])].indexOf(row);
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useLayoutEffect(() => {
    if (focused.current < 0 || document.activeElement !== document.body) return;
    const rows = [...(list.current?.children ?? [])];
    const row = rows.at(Math.min(focused.current, rows.length - 1)) ?? document.querySelector(".intake");
    row?.querySelector<HTMLElement>("button, a, input")?.focus();
  }, [jobs]);
  return list;
}

/** A text to see what becomes of it. */
function exampleFile(): File {
  return new File([SAMPLES[0].text], `${SAMPLES[0].id}.txt`);
}

/** Text that is pasted, but not into a field. */
function usePastedText(take: (text: string) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const receive = ({ clipboardData, target }: ClipboardEvent): void => {
      const text = clipboardData?.types.includes("Files") === false ? clipboardData.getData("text/plain") : "";
      const isField = target instanceof Element && target.closest("input, textarea, select") !== null;
      if (text !== "" && !isField) latest.current(text);
    };
    addEventListener("paste", receive);
    return () => removeEventListener("paste", receive);
  }, []);
}

/** Tells those who do not see the page how files ended. */
function useAnnouncements(jobs: readonly Job[]): void {
  const told = useRef(new Set<number>(jobs.filter((job) => !isPending(job)).map(({ id }) => id)));
  useEffect(() => {
    for (const { id, file, state, task } of jobs) {
      if (told.current.has(id) || state.type === "waiting" || state.type === "running") continue;
      told.current.add(id);
      if (state.type === "failed") announce(`${file.name}: ${state.problem.what}. ${state.problem.remedy}`);
      else if (state.type === "cancelled") announce(`${file.name}: cancelled`);
      else if (task.type === "decompress") announce(`${file.name}: restored, ${formatBytes(state.contentLength)}`);
      else announce(`${file.name}: ${formatShare(state.result.size, file.size)} of its size`);
    }
  }, [jobs]);
}

/** All files that were compressed, and what can be done with them at once. */
function Together({ jobs }: { readonly jobs: readonly Job[] }) {
  const [problem, setProblem] = useState<string>();
  const results: ZipMember[] = [];
  let before = 0;
  let after = 0;
  let compressed = 0;
  for (const { state, file, task, resultName } of jobs) {
    if (state.type !== "done") continue;
    results.push({ name: resultName, content: state.result });
    if (task.type === "decompress") continue;
    compressed++;
    before += file.size;
    after += state.result.size;
  }
  if (results.length < 2) return null;
  const save = async (how: () => Promise<boolean>): Promise<void> => {
    setProblem(undefined);
    try {
      if (await how()) announce(`${formatCounted(results.length, "file")} saved`);
    } catch (error) {
      const { what, remedy } = explain(error);
      setProblem(`${what}. ${remedy}`);
    }
  };
  const saveZip = async (): Promise<boolean> => {
    saveContent(await zipOf(results), "pith-results.zip");
    return true;
  };
  return (
    <div class="together">
      {compressed > 1 && (
        <p>
          {formatCounted(compressed, "file")} together: {formatBytes(before)} became {formatBytes(after)},{" "}
          {formatShare(after, before)}
        </p>
      )}
      <p class="actions">
        <button type="button" class="plain" onClick={() => void save(saveZip)}>
          Save all as one file
        </button>
        {canSaveAll() && (
          <button
            type="button"
            class="plain"
            onClick={() => void save(async () => (await saveAll(results)) !== undefined)}
          >
            Save all in a folder
          </button>
        )}
        <button
          type="button"
          class="plain"
          onClick={() => {
            for (const job of files.jobs.value) files.remove(job);
          }}
        >
          Remove what is done
        </button>
      </p>
      {problem !== undefined && <p class="notice">{problem}</p>}
    </div>
  );
}
