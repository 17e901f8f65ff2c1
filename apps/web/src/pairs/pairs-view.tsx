import { useMemo, useState } from "preact/hooks";
import { clip } from "../shared/characters.ts";
import { formatBytes, formatCount, formatCounted } from "../shared/format.ts";
import { namesOf, useIncomingFiles, type Incoming } from "../shared/incoming-files.ts";
import { Store, useStore } from "../shared/store.ts";
import { useRoute, useTidyAddress } from "../shared/location.ts";
import { settingOf, statedSettings } from "../shared/routes.ts";
import { DEFAULT_PAIRS, pairsSettingsOf } from "./pairs-settings.ts";
import { MessageCosts } from "./message-costs.tsx";
import { Reading } from "./reading.tsx";
import { scribe, scribeProblem, statisticsInUse } from "./scribe-client.ts";
import { Sending } from "./sending.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { Sizes } from "./sizes.tsx";
import { StatisticsSection } from "./statistics-section.tsx";
import { StreamView } from "./stream-view.tsx";
import { useAnswer } from "./use-answer.ts";

/** Most bytes of a message. */
const MOST_BYTES = 4000;

const MESSAGE =
  "The ferry leaves at ten past six, and whoever is not on board by then will have to row across the sound with " +
  "my brother, who knows every song about drowning sailors and sings them all.";

/** The message; stays while other views are shown. */
const message = new Store(MESSAGE);

/** Two letters share a code: what is written, and what is read. */
export function PairsView() {
  const { settings: stated } = useRoute();
  const settings = useMemo(() => pairsSettingsOf(stated), [stated]);
  const received = settingOf(stated, "message");
  const chosen = statedSettings(settings, DEFAULT_PAIRS);
  useTidyAddress("pairs", received === undefined ? chosen : { ...chosen, message: received });
  const text = useStore(message);
  const summary = useStore(statisticsInUse);
  const stopped = useStore(scribeProblem);
  const [statisticsProblem, setStatisticsProblem] = useState<string>();
  const bytes = useMemo(() => new TextEncoder().encode(text), [text]);
  const { value: result, problem } = useAnswer(() => scribe().write(bytes, settings), [bytes, settings, summary]);
  const { value: sizes } = useAnswer(() => scribe().sizes(bytes), [bytes]);

  const takeStatistics = async (file: File): Promise<void> => {
    const answer = await scribe().useFile(file);
    if (answer.type === "answer") statisticsInUse.set(answer.value);
    setStatisticsProblem(
      answer.type === "failed"
        ? `${file.name}: ${answer.problem.what}. Choose an HDF5 file that pith stats made, or a text to count.`
        : undefined,
    );
  };
  const [notice, setNotice] = useState<string>();
  const dragging = useIncomingFiles((incoming) => {
    const file = incoming.files.at(0);
    if (file !== undefined) void takeStatistics(file);
    setNotice(noticeOf(incoming));
  });
  const take = (whole: string): void => {
    const clipped = clip(whole, MOST_BYTES);
    message.set(clipped);
    const isCut = clipped.length < whole.length;
    setNotice(isCut ? `The text is longer than ${formatBytes(MOST_BYTES)}: this is its beginning.` : undefined);
  };
  return (
    <div class={`pairs ${dragging ? "dragging" : ""}`}>
      <h1>Letter pairs</h1>
      <p class="lead">
        Two letters share one code of half a byte. Which of them was meant is left to the reader, who decides it by what
        stands around.
      </p>
      {problem !== undefined && (
        <p class="notice" role="status">
          {problem}
        </p>
      )}
      {stopped !== undefined && <p class="notice">{stopped}</p>}
      <section class="text-input" aria-label="The message">
        <label for="message">
          {dragging ? "Let go: an HDF5 file becomes the statistics, a text is counted." : "Type a message"}
        </label>
        <textarea
          id="message"
          rows={4}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => take(currentTarget.value)}
        />
        <p class="aside">
          {formatCounted(bytes.length, "byte")} of at most {formatCount(MOST_BYTES)}
        </p>
        {notice !== undefined && (
          <p class="notice" role="status">
            {notice}
          </p>
        )}
      </section>
      {result !== undefined && (
        <div class={problem === undefined ? "" : "outdated"}>
          <section aria-label="What is read">
            <h2>What is read</h2>
            <Reading stretches={result.stretches} accuracy={result.accuracy} />
          </section>
          <section aria-label="What is written">
            <h2>What is written</h2>
            <p class="facts">
              {formatBytes(result.parts.length)}: text as it is, a <span class="byte-key break">break</span>, then{" "}
              <span class="byte-key codes">two codes</span> a byte, until the next break
            </p>
            <StreamView parts={result.parts} groups={result.groups} />
          </section>
          <section class="takes" aria-label="What it takes">
            <h2>What it takes</h2>
            {sizes === undefined ? (
              <p class="facts">being measured: the models are loaded</p>
            ) : (
              <>
                <Sizes sizes={sizes} framed={result.parts.length} />
                <h3>What each character costs in a Pith message</h3>
                <MessageCosts text={text} costs={sizes.costs} />
              </>
            )}
          </section>
        </div>
      )}
      {/* Not before there is what stands above it: nothing is to jump. */}
      {(result !== undefined || problem !== undefined) && (
        <>
          <Sending bytes={bytes} received={received} />
          <details class="advanced" open={Object.keys(chosen).length > 0}>
            <summary>Advanced: which letters share a code, and who tells them apart</summary>
            <SettingsForm settings={settings} groups={result?.groups} />
          </details>
          <StatisticsSection
            summary={summary}
            problem={statisticsProblem}
            onFile={(file) => void takeStatistics(file)}
          />
        </>
      )}
    </div>
  );
}

/** What is not taken of what was dropped. */
function noticeOf({ files, folders }: Incoming): string | undefined {
  if (folders.length > 0) return `${namesOf(folders)}: drop a file with statistics or text in it, not a folder.`;
  return files.length > 1 ? `One file is taken at a time: this is ${files[0].name}.` : undefined;
}
