/** Saves what was made just now under a name. */
export function saveContent(content: Blob, name: string): void {
  const link = document.createElement("a");
  // As bytes of no kind: browsers add an ending to the name of what they take for text.
  link.href = URL.createObjectURL(content.slice(0, content.size, "application/octet-stream"));
  link.download = name;
  link.click();
  // Once the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
