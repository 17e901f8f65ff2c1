/** What answers as S3 does to what the command asks: objects in memory, whole and in parts, and their ranges. */

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export class ObjectStore {
  /** By bucket and key. */
  readonly objects = new Map<string, Uint8Array>();
  /** Uploads in parts that are neither whole nor given up. */
  readonly uploads = new Map<string, Map<number, Uint8Array>>();
  /** Answers with an error to what it is asked: its status and name, as often as it says. */
  fault: { status: number; code: string; times: number } | undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #count = 0;

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What tells the client of it. */
  get variables(): Record<string, string> {
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "not-a-secret",
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const { method = "", headers } = request;
    const url = new URL(request.url ?? "", "http://store");
    const name = decodeURIComponent(url.pathname.slice(1));
    const body = Buffer.concat(chunks);
    if (headers.authorization?.startsWith("AWS4-HMAC-SHA256 Credential=test/") !== true) {
      refuse(response, 403, "AccessDenied");
    } else if (headers["x-amz-content-sha256"] !== createHash("sha256").update(body).digest("hex")) {
      refuse(response, 400, "XAmzContentSHA256Mismatch");
    } else if (this.fault !== undefined && this.fault.times > 0) {
      this.fault.times--;
      refuse(response, this.fault.status, this.fault.code);
    } else if (!name.startsWith("bucket/")) {
      refuse(response, 404, "NoSuchBucket");
    } else if (method === "GET" || method === "HEAD") this.#read(name, method, headers.range, response);
    else this.#write(name, method, url.searchParams, headers["if-none-match"] === "*", new Uint8Array(body), response);
  }

  #read(name: string, method: string, range: string | undefined, response: ServerResponse): void {
    const object = this.objects.get(name);
    if (object === undefined) {
      refuse(response, 404, "NoSuchKey");
      return;
    }
    const [, from = "0", to = ""] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
    const [start, end] = [Number(from), to === "" ? object.length : Math.min(object.length, Number(to) + 1)];
    if (start >= object.length && range !== undefined) {
      refuse(response, 416, "InvalidRange");
      return;
    }
    response.writeHead(range === undefined ? 200 : 206, {
      "content-length": end - start,
      ...(range !== undefined && { "content-range": `bytes ${start}-${end - 1}/${object.length}` }),
    });
    response.end(method === "HEAD" ? undefined : object.subarray(start, end));
  }

  #write(
    name: string,
    method: string,
    query: URLSearchParams,
    mustBeNew: boolean,
    body: Uint8Array,
    response: ServerResponse,
  ): void {
    const upload = query.get("uploadId");
    const parts = this.uploads.get(upload ?? "");
    if (query.has("uploads")) {
      const id = `upload-${this.#count++}`;
      this.uploads.set(id, new Map());
      xml(response, 200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    } else if (upload !== null && parts === undefined) refuse(response, 404, "NoSuchUpload");
    else if (mustBeNew && this.objects.has(name)) refuse(response, 412, "PreconditionFailed");
    else if (parts === undefined) this.#put(name, body, response);
    else if (method === "PUT") {
      parts.set(Number(query.get("partNumber")), body);
      response.writeHead(200, { etag: `"${parts.size}"` });
      response.end();
    } else if (method === "DELETE") {
      this.uploads.delete(upload ?? "");
      response.writeHead(204);
      response.end();
    } else {
      this.uploads.delete(upload ?? "");
      const wanted = [...new TextDecoder().decode(body).matchAll(/<PartNumber>(\d+)</g)];
      const whole = Buffer.concat(wanted.map(([, number]) => parts.get(Number(number)) ?? new Uint8Array(0)));
      this.objects.set(name, new Uint8Array(whole));
      xml(response, 200, "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
    }
  }

  #put(name: string, body: Uint8Array, response: ServerResponse): void {
    this.objects.set(name, body);
    response.writeHead(200, { etag: '"1"' });
    response.end();
  }
}

function xml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  xml(response, status, `<Error><Code>${code}</Code><Message>${code} it is</Message></Error>`);
}
