import { useState } from "preact/hooks";
import { FileButton } from "../shared/file-button.tsx";
import { formatBytes, formatCount, formatCounted } from "../shared/format.ts";
import type { Incoming } from "../shared/incoming-files.ts";
import { useIncomingFiles } from "../shared/incoming-files.ts";
import { Store, useStore } from "../shared/store.ts";
import { changeSetting } from "../shared/location.ts";
import { clip, type Characters } from "../shared/characters.ts";
import { SAMPLES } from "./samples.ts";

/** Of the text in the storage of this tab. */
const KEY = "pith-text";
/** Most bytes of a text. */
const MOST_BYTES = 100_000;

/** A text of the person's own, instead of a sample; stays while other views are shown, and when the page is loaded again. */
export const ownText = new Store<string | undefined>(keptText());

function keptText(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage is blocked.
    return undefined;
  }
}

ownText.subscribe(() => {
  try {
    sessionStorage.setItem(KEY, ownText.value ?? "");
  } catch {
    // As above: the text stays while the page is open.
  }
});

/** Where the text comes from: typed, pasted, a file, a sample. */
export function TextInput({
  text,
  characters,
  sample,
}: {
  readonly text: string;
  /** Of the text, perhaps as it was a moment ago. */
  readonly characters: Characters;
  /** Id of the sample that is shown; undefined for a text of the person's own. */
  readonly sample: string | undefined;
}) {
  const [notice, setNotice] = useState<string>();
  const own = useStore(ownText);
  const take = (whole: string, from: string): void => {
    const clipped = clip(whole, MOST_BYTES);
    const cut = clipped.length < whole.length;
    setNotice(cut ? `${from} is longer than ${formatBytes(MOST_BYTES)}: this is its beginning.` : undefined);
    ownText.set(clipped);
    changeSetting("sample", undefined);
  };
  const takeFile = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      take(await readText(file), file.name);
    } catch (error) {
      setNotice(error instanceof NotText ? error.message : `${file.name} cannot be read. Choose it again.`);
    }
  };
  const onIncoming = ({ files, folders }: Incoming): void => {
    void takeFile(files.at(0)).then(() => {
      if (folders.length > 0) setNotice(`${folders.join(", ")}: drop a file with text in it, not a folder.`);
      else if (files.length > 1) setNotice(`One file is taken at a time: this is ${files[0].name}.`);
    });
  };
  const dragging = useIncomingFiles(onIncoming);
  return (
    <section class={`text-input ${dragging ? "dragging" : ""}`} aria-label="The text">
      <label for="text">{dragging ? "Let go, and its text is measured." : "Type, paste or drop a text"}</label>
      <textarea
        id="text"
        rows={5}
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => take(currentTarget.value, "The text")}
      />
      <div class="text-sources">
        <p class="aside">
          {formatCounted(characters.count, "character")}, {formatCounted(characters.bytes.length, "byte")} of at most{" "}
          {formatCount(MOST_BYTES)}
        </p>
        <p class="actions">
          <FileButton kind="plain" onFiles={(files) => void takeFile(files.at(0))}>
            Open a file
          </FileButton>
          {own !== undefined && (
            <button
              type="button"
              class="plain"
              aria-pressed={sample === undefined}
              onClick={() => {
                setNotice(undefined);
                changeSetting("sample", undefined);
              }}
            >
              Your text
            </button>
          )}
          {SAMPLES.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              class="plain"
              aria-pressed={id === sample}
              onClick={() => {
                setNotice(undefined);
                changeSetting("sample", id);
              }}
            >
              {title}
            </button>
          ))}
        </p>
      </div>
      {notice !== undefined && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
    </section>
  );
}

class NotText extends Error {}

/** The text of a file; of a long one, its beginning. @throws NotText */
async function readText(file: File): Promise<string> {
  // One character more than fits, so that it is seen to be too long.
  const bytes = new Uint8Array(await file.slice(0, MOST_BYTES + 4).arrayBuffer());
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    // A character that the slice cuts off is no error.
    return decoder.decode(bytes, { stream: file.size > bytes.length });
  } catch {
    throw new NotText(
      `${file.name} is not text in UTF-8. Save it as UTF-8 in its editor; programs and images are for Compress.`,
    );
  }
}
