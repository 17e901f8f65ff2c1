import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** A button that lets files be chosen. */
export function FileButton({
  children,
  multiple = false,
  folder = false,
  kind,
  onFiles,
}: {
  readonly children: ComponentChildren;
  readonly multiple?: boolean;
  /** A folder is chosen: all files in it come, each with its path. */
  readonly folder?: boolean;
  /** Class of the button. */
  readonly kind: "primary" | "plain";
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  // What chooses folders is no attribute of any standard.
  const kindOfChoice = folder ? { webkitdirectory: true } : { multiple };
  return (
    <>
      <button type="button" class={kind} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        {...kindOfChoice}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // So that the same file can be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
