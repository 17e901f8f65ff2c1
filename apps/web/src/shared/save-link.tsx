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
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return (
    <a class={`button ${kind}`} href={address} download={name}>
      {children}
    </a>
  );
}
