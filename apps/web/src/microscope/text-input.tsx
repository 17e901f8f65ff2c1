import { useEffect, useState } from "preact/hooks";
import { FileButton } from "../shared/file-button.tsx";
import { formatCount, formatCounted } from "../shared/format.ts";
import type { Incoming } from "../shared/incoming-files.ts";
import { namesOf, useIncomingFiles } from "../shared/incoming-files.ts";
import { changeSetting } from "../shared/location.ts";
import { useStore } from "../shared/store.ts";
import type { Characters } from "../shared/characters.ts";
import { MOST_BYTES, ownContent, takeFile, takeText, type OwnContent } from "./own-content.ts";
import { SAMPLES } from "./samples.ts";

/** Of what a person brings, among the samples. */
const OWN = "own";

/** What is said of the text that was taken last. */
export interface Taking {
  readonly notice: string | undefined;
  /** Whether the field for a text is open. */
  readonly isOpen: boolean;
  readonly isDragging: boolean;
  open(isOpen: boolean): void;
  /** Types or pastes a text. */
  type(text: string): void;
  file(file: File | undefined): void;
  sample(id: string | undefined): void;
}

/** Takes texts and files, from wherever they come. */
export function useTaking(): Taking {
  const [notice, setNotice] = useState<string>();
  const [isOpen, open] = useState(false);
  const takeIncoming = async ({ files, folders }: Incoming): Promise<void> => {
    const file = files.at(0);
    const said = file === undefined ? undefined : await takeFile(file);
    if (file !== undefined) changeSetting("sample", undefined);
    if (folders.length > 0) setNotice(`${namesOf(folders)}: drop a file, not a folder.`);
    else if (files.length > 1) setNotice(`One file is taken at a time: this is ${files[0].name}.`);
    else setNotice(said);
  };
  const isDragging = useIncomingFiles((incoming) => void takeIncoming(incoming));
  return {
    notice,
    isOpen,
    isDragging,
    open,
    type(text) {
      setNotice(takeText(text, "The text", true));
      changeSetting("sample", undefined);
    },
    file(file) {
      if (file !== undefined) void takeIncoming({ files: [file], folders: [] });
    },
    sample(id) {
      setNotice(undefined);
      changeSetting("sample", id);
    },
  };
}

/** Which text: a sample, a file, one's own. */
export function TextChoice({ taking, sample }: { readonly taking: Taking; readonly sample: string | undefined }) {
  const own = useStore(ownContent);
  return (
    <>
      <div class="control">
        <label for="sample">Text</label>
        <select
          id="sample"
          onChange={({ currentTarget: { value } }) => taking.sample(value === OWN ? undefined : value)}
        >
          {SAMPLES.map(({ id, title }) => (
            <option key={id} value={id} selected={id === sample}>
              {title}
            </option>
          ))}
          {own !== undefined && (
            <option value={OWN} selected={sample === undefined}>
              {own.type === "bytes" ? own.name : "your text"}
            </option>
          )}
        </select>
      </div>
      <div class="control">
        <button
          type="button"
          class="plain"
          aria-expanded={taking.isOpen}
          aria-controls="text-input"
          onClick={() => taking.open(!taking.isOpen)}
        >
          {taking.isOpen ? "Done" : "Write"}
        </button>
      </div>
      <div class="control">
        <FileButton kind="plain" onFiles={(files) => taking.file(files.at(0))}>
          Open a file
        </FileButton>
      </div>
    </>
  );
}

/** The field in which a text is typed. */
export function TextInput({
  taking,
  content,
  characters,
}: {
  readonly taking: Taking;
  readonly content: OwnContent;
  /** Of the text, perhaps as it was a moment ago. */
  readonly characters: Characters;
}) {
  const { notice, isOpen, isDragging } = taking;
  useEffect(() => {
    if (isOpen) document.getElementById("text")?.focus();
  }, [isOpen]);
  return (
    <section class={`text-input ${isDragging ? "dragging" : ""}`} id="text-input" aria-label="The text">
      {isDragging && <p class="invitation">Let go, and it is measured.</p>}
      <div hidden={!isOpen}>
        <label for="text">Type, paste or drop a text</label>
        <textarea
          id="text"
          rows={5}
          spellcheck={false}
          value={content.type === "text" ? content.text : ""}
          placeholder={content.type === "text" ? "" : `${content.name} is no text: it is shown as bytes`}
          onInput={({ currentTarget }) => taking.type(currentTarget.value)}
        />
        <p class="aside">
          {formatCounted(characters.count, characters.isBytes ? "byte" : "character")},{" "}
          {formatCounted(characters.bytes.length, "byte")} of at most {formatCount(MOST_BYTES)}; any file can be dropped
          here as well
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
