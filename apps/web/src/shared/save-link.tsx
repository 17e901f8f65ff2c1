import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A link that saves something under a name. */
export function SaveLink({
  content,
  name,
  kind,
  children,
}: {
  readonly content: Blob;
  readonly name: string;
  /** Class of the button that it looks like. */
  readonly kind: "primary" | "plain";
  readonly children: ComponentChildren;
}) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    // As bytes of no kind: browsers add an ending to the name of what they take for text.
    const made = URL.createObjectURL(content.slice(0, content.size, "application/octet-stream"));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return (
    <a class={`button ${kind}`} href={address} download={name}>
      {children}
    </a>
  );
}
