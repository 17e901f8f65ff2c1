/** Connections to Redis: with a password and TLS where the address says so. */

import { Redis } from "ioredis";
import { ClusterError } from "./errors.ts";

/** Where the queue is. */
export interface ConnectionSettings {
  /** `redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]`; `rediss:` with TLS, whose certificate is checked. */
  readonly url: string;
  /** Of several queues on one Redis: letters, digits, `-` and `_`. */
  readonly queue?: string;
}

/** All keys begin so. */
export const PREFIX = "pith";
const DEFAULT_QUEUE = "shards";
const DEFAULT_PORT = 6379;
/** Milliseconds. */
const CONNECT_TIMEOUT = 10_000;
const RECONNECT_STEP = 100;
const RECONNECT_MOST = 2000;

/** @throws ClusterError */
export function queueName({ queue = DEFAULT_QUEUE }: ConnectionSettings): string {
  if (/^[\w-]{1,64}$/.test(queue)) return queue;
  throw new ClusterError(`queue: expected up to 64 letters, digits, - and _, got ${queue}`);
}

/**
 * Connects, and asks whether what is stored there stays there.
 *
 * @param patient whether to connect again, for as long as it takes, once a connection breaks
 * @throws ClusterError that says what is wrong, without the password
 */
export async function connect({ url }: ConnectionSettings, patient: boolean): Promise<Redis> {
  const place = placeOf(url);
  let failure: Error | undefined;
  // BullMQ wants null of workers: a command waits until the connection is back.
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT,
    maxRetriesPerRequest: patient ? null : 0,
    retryStrategy: () => null,
  });
  redis.on("error", (error: Error) => (failure ??= error));
  try {
    await redis.connect();
    await refuseForgetful(redis, place);
  } catch (error) {
    redis.disconnect();
    throw explained(error instanceof ClusterError ? error : (failure ?? error), place) as Error;
  }
  if (patient) redis.options.retryStrategy = (times) => Math.min(times * RECONNECT_STEP, RECONNECT_MOST);
  return redis;
}

/** What a command of Redis failed with, and what to do; any other error as it is. */
export function explained(error: unknown, place: string): unknown {
  if (error instanceof ClusterError) return error;
  const message = messageOf(error);
  const advice = ADVICE.find(({ sign }) => sign.test(message))?.text;
  // Redis begins with a word in capitals.
  if (advice === undefined && !/^[A-Z]{3,} /.test(message)) return error;
  return new ClusterError(`Redis at ${place}: ${message}${advice === undefined ? "" : `; ${advice}`}`);
}

/** Of a transaction that was refused, that of the command which was. */
function messageOf(error: unknown): string {
  const { previousErrors: [first] = [], message = "" } = error as { message?: string; previousErrors?: unknown[] };
  return first === undefined ? message : messageOf(first);
}

const ADVICE: readonly { readonly sign: RegExp; readonly text: string }[] = [
  { sign: /NOAUTH|WRONGPASS|invalid password/i, text: "give its password in the address" },
  { sign: /NOPERM/, text: "allow this user all commands on keys that begin with pith:" },
  { sign: /^OOM|maxmemory/, text: "give it more memory, or cancel flows that nobody needs" },
  { sign: /MISCONF|READONLY/, text: "it cannot write what it is told; look at its log" },
  { sign: /WRONGTYPE/, text: "another program has keys that begin with pith: there; use another --queue" },
  {
    sign: /ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ECONNRESET|EAI_AGAIN|closed|timed out/i,
    text: "is it running, and is this its address, with rediss: if it has TLS, and only then?",
  },
  {
    sign: /certificate|SSL|TLS|wrong version number/i,
    text: "rediss: is for a server with TLS; NODE_EXTRA_CA_CERTS=FILE names the authority that it trusts",
  },
];

/** `HOST:PORT`. @throws ClusterError */
export function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === "") {
    throw new ClusterError(
      "the address of Redis: expected redis://HOST:PORT or rediss://HOST:PORT, got something else",
    );
  }
  return `${parsed.hostname}:${parsed.port === "" ? DEFAULT_PORT : parsed.port}`;
}

/** @throws ClusterError if it would drop keys when it is full: units would vanish */
async function refuseForgetful(redis: Redis, place: string): Promise<void> {
  const memory = await redis.info("memory");
  const [, policy = "noeviction"] = /^maxmemory_policy:(\S+)/m.exec(memory) ?? [];
  const [, limit = "0"] = /^maxmemory:(\d+)/m.exec(memory) ?? [];
  if (policy === "noeviction" || limit === "0") return;
  throw new ClusterError(
    `Redis at ${place} drops keys when it is full (maxmemory-policy ${policy}), so that units could be lost; set it to noeviction`,
  );
}
