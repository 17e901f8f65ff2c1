/** Objects of a store with the protocol of S3. The environment says where it is and who asks, as it does to the tools of AWS. */

import { createHash } from "node:crypto";

import type { RandomAccessSource } from "@pith/codec";
import type { AwsClient } from "aws4fetch";

import { Failure } from "../errors.ts";
import type { Target, TargetOptions } from "../files/target.ts";
import { partsOf } from "./object-name.ts";

/** Bytes of the first parts that an object is uploaded in; twice as much after each so many of them. At most 10,000 are allowed. */
const PART = 2 ** 23;
const PARTS = 1000;
/** How often the client asks again, with longer and longer waits, if the store is overloaded. */
const RETRIES = 5;

const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
const REGION = AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";

let client: AwsClient | undefined;

/** @throws Failure if nobody said who asks */
async function connect(): Promise<AwsClient> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = process.env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Failure("objects of a store: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, got none; set both");
  }
  const { AwsClient: Client } = await import("aws4fetch");
  const session = AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN };
  return new Client({ accessKeyId, secretAccessKey, ...session, service: "s3", region: REGION, retries: RETRIES });
}

/** What is asked of the store. */
interface Question {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** @throws Failure unless the store does as it is told, or answers with a status that is `known` */
async function ask(
  doing: "read" | "write",
  name: string,
  { method, query = {}, headers = {}, body }: Question,
  known: readonly number[] = [],
): Promise<Response> {
  client ??= await connect();
  const url = `${urlOf(name)}?${new URLSearchParams(query).toString()}`.replace(/\?$/, "");
  // Signed with the rest: what arrives changed is refused.
  const hash = createHash("sha256")
    .update(body ?? "")
    .digest("hex");
  let response: Response;
  try {
    response = await client.fetch(url, {
      method,
      headers: { ...headers, "x-amz-content-sha256": hash },
      ...(body !== undefined && { body }),
    });
  } catch (error) {
    throw new Failure(`cannot ${doing} ${name}: ${reasonOf(error)}`, "fetch");
  }
  if (response.ok || known.includes(response.status)) return response;
  throw await refusal(doing, name, response);
}

function urlOf(name: string): string {
  const { bucket, key } = partsOf(name);
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL ?? `https://s3.${REGION}.amazonaws.com`;
  return `${endpoint.replace(/\/+$/, "")}/${[bucket, ...key.split("/")].map(encodeURIComponent).join("/")}`;
}

/** What `fetch` says hides what happened. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

const KEYS = "look at the rights of the bucket, and at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

/** By the names that stores give to what went wrong; an answer to HEAD has none. */
const ADVICE: Readonly<Record<string, string>> = {
  NoSuchKey: "no such object; check its name",
  NoSuchBucket: "no such bucket; check its name, and AWS_ENDPOINT_URL where the store is not that of AWS",
  AccessDenied: `the store does not permit it; ${KEYS}`,
  InvalidAccessKeyId: `the store does not know who asks; ${KEYS}`,
  NotImplemented:
    "the store cannot refuse to replace what has come meanwhile; look that nothing is there, and write it with -f",
  SignatureDoesNotMatch: `the store does not know who asks; ${KEYS}`,
};

async function refusal(doing: string, name: string, response: Response): Promise<Failure> {
  const { status } = response;
  const text = await response.text().catch(() => "");
  const code = fieldOf(text, "Code") ?? (status === 403 ? "AccessDenied" : status === 404 ? "NoSuchKey" : `${status}`);
  const said = fieldOf(text, "Message") ?? response.statusText;
  return new Failure(`cannot ${doing} ${name}: ${ADVICE[code] ?? `the store answers ${status}: ${said}`}`, code);
}

/** What stands in an element of the store's answer: these are short, and of one level. */
function fieldOf(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
}

/** Bytes of an object; undefined if it is not there. @throws Failure */
export async function size(name: string): Promise<number | undefined> {
  const response = await ask("read", name, { method: "HEAD" }, [404]);
  if (response.status === 404) return undefined;
  const length = response.headers.get("content-length");
  if (length === null) throw new Failure(`cannot read ${name}: the store does not say how long it is`);
  return Number(length);
}

/** An object, to be read at any place. @param end bytes that it is expected to have */
export function open(name: string, end: number): RandomAccessSource {
  return { size: end, read: (offset, length) => readRange(name, offset, length) };
}

async function readRange(name: string, offset: number, length: number): Promise<Uint8Array> {
  if (length === 0) return new Uint8Array(0);
  const headers = { range: `bytes=${offset}-${offset + length - 1}` };
  const response = await ask("read", name, { method: "GET", headers }, [416]);
  // The object ends before that.
  if (response.status === 416) return new Uint8Array(0);
  if (response.status !== 206) throw new Failure(`cannot read ${name}: the store gives no ranges of objects`);
  try {
    return new Uint8Array(await response.arrayBuffer()).subarray(0, length);
  } catch (error) {
    throw new Failure(`cannot read ${name}: ${reasonOf(error)}`, "fetch");
  }
}

/** An object in the making, which is there once it is whole. @throws Failure if it is there and must not be replaced */
export async function target(name: string, force: boolean, asks: TargetOptions["ask"]): Promise<ObjectTarget> {
  let replaces = force;
  if (!force && (await size(name)) !== undefined) {
    replaces = (await asks?.(`${name} exists already; overwrite it?`)) === true;
    if (!replaces) throw isThere(name);
  }
  return new ObjectTarget(name, replaces);
}

function isThere(name: string): Failure {
  return new Failure(`${name} exists already; overwrite it with -f, or write elsewhere with -o`);
}

/** Said of a condition that does not hold. */
const FAILED = 412;

class ObjectTarget implements Target {
  readonly path: string;
  bytesWritten = 0;
  readonly #condition: Readonly<Record<string, string>>;
  #pending: Uint8Array[] = [];
  #pendingLength = 0;
  #upload: string | undefined;
  /** What the store calls each part. */
  readonly #parts: string[] = [];
  #isDone = false;
  /** Resolves when the store has heard of it that the object will not be. */
  givenUp: Promise<unknown> | undefined;

  constructor(path: string, replaces: boolean) {
    this.path = path;
    // Of a store that knows conditions: what has come meanwhile is not replaced.
    this.#condition = replaces ? {} : { "if-none-match": "*" };
  }

  async write(chunk: Uint8Array): Promise<void> {
    // Whoever writes may use its memory again.
    this.#pending.push(chunk.slice());
    this.#pendingLength += chunk.length;
    this.bytesWritten += chunk.length;
    if (this.#pendingLength >= PART * 2 ** Math.floor(this.#parts.length / PARTS)) await this.#sendPart();
  }

  async commit(): Promise<undefined> {
    if (this.#upload !== undefined && this.#pendingLength > 0) await this.#sendPart();
    const response =
      this.#upload === undefined
        ? await this.#ask({ method: "PUT", headers: this.#condition, body: this.#take() })
        : await this.#ask({
            method: "POST",
            query: { uploadId: this.#upload },
            headers: this.#condition,
            body: this.#list(),
          });
    if (response.status === FAILED) throw isThere(this.path);
    // The store begins to answer before it has put the parts together.
    const text = await response.text();
    if (fieldOf(text, "Code") !== undefined) {
      throw new Failure(`cannot write ${this.path}: the store answers: ${fieldOf(text, "Message") ?? text}`, "store");
    }
    this.#isDone = true;
  }

  discard(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#pending = [];
    if (this.#upload === undefined) return;
    // Where even this fails, a rule of the bucket has to clear away what was uploaded.
    this.givenUp = this.#ask({ method: "DELETE", query: { uploadId: this.#upload } }).catch(() => undefined);
  }

  async #sendPart(): Promise<void> {
    if (this.#upload === undefined) {
      const started = await this.#ask({ method: "POST", query: { uploads: "" } });
      this.#upload = fieldOf(await started.text(), "UploadId");
      if (this.#upload === undefined)
        throw new Failure(`cannot write ${this.path}: the store begins no upload in parts`);
    }
    const query = { partNumber: `${this.#parts.length + 1}`, uploadId: this.#upload };
    const { headers } = await this.#ask({ method: "PUT", query, body: this.#take() });
    this.#parts.push(headers.get("etag") ?? "");
  }

  #list(): Uint8Array<ArrayBuffer> {
    const parts = this.#parts.map(
      (tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag.replaceAll('"', "&quot;")}</ETag></Part>`,
    );
    return new TextEncoder().encode(`<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`);
  }

  #take(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#pendingLength);
    let at = 0;
    for (const chunk of this.#pending) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#pending = [];
    this.#pendingLength = 0;
    return bytes;
  }

  async #ask(question: Question): Promise<Response> {
    return await ask("write", this.path, question, [FAILED]);
  }
}
