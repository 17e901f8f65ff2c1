import type { Plugin } from "vite";

const POLICY = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"\s*\/>/;

/** The page's content security policy. @throws Error if it has none */
export function policyOf(html: string): string {
  const policy = POLICY.exec(html)?.[1];
  if (policy === undefined) throw new Error("index.html has no content security policy");
  return policy;
}

/** While developing there is none: Vite puts styles into the page in a way that it forbids. */
export function noPolicyWhileDeveloping(): Plugin {
  return {
    name: "pith-no-policy",
    apply: "serve",
    transformIndexHtml: (html) => html.replace(POLICY, ""),
  };
}
