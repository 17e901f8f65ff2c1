import { useEffect, useState } from "preact/hooks";
import { CopyButton } from "../shared/copy-button.tsx";
import { linkTo } from "../shared/location.ts";
import { scribe } from "./scribe-client.ts";
import { useAnswer } from "./use-answer.ts";

/** The message as letters that can be sent anywhere, and those of others to be read. */
export function Sending({
  bytes,
  received,
}: {
  readonly bytes: Uint8Array;
  /** Letters that the address brings. */
  readonly received: string | undefined;
}) {
  const { value: letters } = useAnswer(() => scribe().send(bytes), [bytes]);
  const [incoming, setIncoming] = useState(received ?? "");
  useEffect(() => {
    if (received !== undefined) setIncoming(received);
  }, [received]);
  return (
    <section class="sending" aria-label="Send it">
      <h2>Send it</h2>
      <p class="facts">
        The shortest of its exact forms, a byte as four thirds of a letter. Who opens the link reads it on this page;
        what stands behind the # is sent to no server.
      </p>
      <p class="letters">{letters ?? "…"}</p>
      <p class="actions">
        <CopyButton make={() => letters ?? ""}>Copy as text</CopyButton>
        <CopyButton make={() => linkTo({ view: "pairs", settings: { message: letters ?? "" } })}>
          Copy as a link
        </CopyButton>
      </p>
      <label for="incoming">Read a message: paste its letters, or the link</label>
      <input
        id="incoming"
        type="text"
        spellcheck={false}
        value={incoming}
        onInput={({ currentTarget: { value } }) => setIncoming(/[?&]message=([\w-]*)/.exec(value)?.[1] ?? value)}
      />
      {incoming.trim() !== "" && <Received letters={incoming} />}
    </section>
  );
}

function Received({ letters }: { readonly letters: string }) {
  const { value, problem } = useAnswer(() => scribe().receive(letters), [letters]);
  if (problem !== undefined) {
    return (
      <p class="notice" role="status">
        {problem}.
      </p>
    );
  }
  return value === undefined ? null : (
    <p class="reading" role="status">
      {value}
    </p>
  );
}
