/**
 * Trusted Types: where a policy asks for them, as the page's own does, the browser takes no plain string for the address of
 * a program, nor for markup. Addresses of this origin pass by themselves, also those that libraries give; markup only by
 * {@link trustedReport}. To be imported before anything starts a worker.
 */

/** What is used of `trustedTypes`, which has no types here. */
interface PolicyFactory {
  createPolicy<Rules extends Readonly<Record<string, (text: string) => string>>>(name: string, rules: Rules): Rules;
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };

trustedTypes?.createPolicy("default", {
  createScriptURL(address) {
    const { origin } = new URL(address, location.href);
    if (origin !== location.origin) throw new TypeError(`${address}: a program of another origin`);
    return address;
  },
});

/** Workers write no markup. */
const reports =
  "document" in globalThis ? trustedTypes?.createPolicy("pith-report", { createHTML: (markup) => markup }) : undefined;

/** Markup that the analyzer wrote, which escapes every name in it. */
export function trustedReport(markup: string): string {
  return reports?.createHTML(markup) ?? markup;
}
