import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { announce } from "./announcer.tsx";

/** Milliseconds for which it is said that something was copied. */
const SAID = 2000;

/** Puts something into the clipboard. */
export function CopyButton({
  make,
  children,
}: {
  /** What is to be copied, made when it is asked for. */
  readonly make: () => string | Promise<string>;
  readonly children: ComponentChildren;
}) {
  const [said, setSaid] = useState<string>();
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), SAID);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await make());
      announce("copied");
      setSaid("Copied");
    } catch {
      announce("The browser does not let this page copy.");
      setSaid("Not allowed here");
    }
  };
  return (
    <button type="button" class="plain" onClick={() => void copy()}>
      {said ?? children}
    </button>
  );
}
