/** Markup as text. */

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as content of an element or of an attribute in quotes. */
export function escape(text: string): string {
  // Control characters are no HTML, and a lone half of a surrogate pair is no UTF-8.
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]).replace(/[\p{Cc}\p{Surrogate}]/gu, "\ufffd");
}

/**
 * An element.
 *
 * @param attributes values are escaped
 * @param content markup; undefined: an element of SVG that has none
 */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content?: string): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escape(typeof value === "number" ? short(value) : value)}"`)
    .join("");
  return content === undefined ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** A number as SVG takes it, to a hundredth. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A share as a length of SVG. */
export function percent(share: number): string {
  return `${short(100 * share)}%`;
}

/** A table: the first column heads its rows. */
export function htmlTable(
  caption: string,
  columns: readonly { readonly title: string; readonly align: "left" | "right" }[],
  /** Markup. */
  rows: readonly (readonly string[])[],
): string {
  const style = (column: number): Record<string, string> =>
    columns[column].align === "right" ? { class: "number" } : {};
  const head = columns.map(({ title }, i) => element("th", { scope: "col", ...style(i) }, escape(title))).join("");
  const body = rows.map((cells) =>
    element(
      "tr",
      {},
      cells
        .map((cell, i) => element(i === 0 ? "th" : "td", { ...(i === 0 && { scope: "row" }), ...style(i) }, cell))
        .join(""),
    ),
  );
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    `<table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`,
  );
}

/** What stands behind a picture, for those who want figures. */
export function behind(table: string): string {
  return `<details><summary>As a table</summary>${table}</details>`;
}

/** A part of the page under a heading. */
export function section(id: string, title: string, content: readonly string[]): string {
  return `<section aria-labelledby="report-${id}"><h2 id="report-${id}">${escape(title)}</h2>\n${content.join("\n")}\n</section>`;
}

/** Powers as `2^10` get their exponents raised, and numbers stay with their units. */
export function paragraph(text: string): string {
  const raised = escape(text).replace(/\^([\d,]+\d|\d)/g, "<sup>$1</sup>");
  return `<p>${raised.replace(/ (?=%|[kMGT]?B\b)/g, "&#160;")}</p>`;
}
