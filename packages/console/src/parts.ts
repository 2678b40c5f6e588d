/**
 * The few shapes that pages are made of.
 *
 * @module
 */
import { html } from "hono/html";
import type { Markup } from "./page.ts";

type Cell = Markup | string | number;

/** A table with a caption for those who cannot see it; a sentence when there are no rows. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: string,
): Markup {
  if (rows.length === 0) return html`<p class="soft">${empty}</p>`;
  const head = columns.map((column) => html`<th scope="col">${column}</th>`);
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<div class="scroll">
    <table>
      <caption>${caption}</caption>
      <thead><tr>${head}</tr></thead>
      <tbody>${body}</tbody>
    </table>
  </div>`;
}

/** Names and values, one below the other. */
export function facts(pairs: readonly (readonly [string, Cell])[]): Markup {
  return html`<dl>${pairs.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

export type Mood = "good" | "warn" | "bad" | "soft";

/** A word that stands out; the word alone carries the meaning. */
export function badge(text: string, mood: Mood): Markup {
  return html`<span class="badge ${mood}">${text}</span>`;
}

/** An instant, readable by people and by machines. */
export function time(instant: string): Markup {
  return html`<time datetime="${instant}">${instant.slice(0, 16).replace("T", " ")} UTC</time>`;
}

/** The link to the next page of a listing, with the filters kept. */
export function nextPage(url: string, cursor: string | undefined): Markup | "" {
  if (cursor === undefined) return "";
  const next = new URL(url);
  next.searchParams.set("cursor", cursor);
  return html`<p><a href="${next.pathname}${next.search}" rel="next">Next page</a></p>`;
}
