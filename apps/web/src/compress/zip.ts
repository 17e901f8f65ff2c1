/** Several results as one file: a ZIP in which they lie as they are, since they are compressed already. */

/** What is to lie in it. */
export interface ZipMember {
  readonly name: string;
  readonly content: Blob;
}

/** Of every member, the first day that there is in a ZIP, so that the same results make the same file. */
const FIRST_DAY = new Date(1980, 0, 1);

/** Makes it, of any length, never holding a member in memory. What makes it is loaded when it is called. */
export async function zipOf(members: readonly ZipMember[]): Promise<Blob> {
  const { downloadZip } = await import("client-zip");
  const inputs = members.map(({ name, content }) => ({
    name,
    lastModified: FIRST_DAY,
    input: content,
    size: content.size,
  }));
  return await downloadZip(inputs).blob();
}
