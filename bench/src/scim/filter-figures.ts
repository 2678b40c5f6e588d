/**
 * Filters beside scim2-parse-filter: reading them, and matching people with them.
 *
 * @module
 */
import {
  compileFilter,
  type Filter,
  type FilterCandidate,
  parseFilter,
  parseResource,
  userResourceType,
} from "@muster/scim-core";
import { FILTERS } from "../corpus/filters.ts";
import { type Person, person } from "../corpus/people.ts";
import { requireEqual } from "../equal-results.ts";
import type { Figure } from "../figure.ts";
import { inProcess, interleaved } from "../interleaved.ts";
import { matchPeerFilter, type PeerFilter, parsePeerFilter } from "../peers/scim2-parse-filter.ts";
import { perSecond, ratioFigure } from "../ratio-figure.ts";

const PEOPLE = 100;

export async function filterFigures(found: (figure: Figure) => void): Promise<void> {
  const population = Array.from({ length: PEOPLE }, (_, index) => person(index));
  requireEqualMatches(population);
  found(await parseFigure());
  found(await matchFigure(population));
}

const type = userResourceType();

/** That both select the same people shows, filter by filter, that both read the same. */
function requireEqualMatches(population: readonly Person[]): void {
  const candidates = population.map(toCandidate);
  for (const text of FILTERS) {
    const ours = candidates.map(compileFilter(parseFilter(text, type), type));
    requireEqual(text, ours, population.map(matchPeerFilter(parsePeerFilter(text))));
  }
}

async function parseFigure(): Promise<Figure> {
  const measured = await interleaved({
    ours: inProcess((times) => parseAll((text) => parseFilter(text, type), times)),
    reference: inProcess((times) => parseAll(parsePeerFilter, times)),
  });
  const detail = perSecond(measured, "filters", FILTERS.length);
  return ratioFigure("filter-parse/scim2-parse-filter", measured, { target: ">= 2", detail });
}

function parseAll(parse: (text: string) => Filter | PeerFilter, times: number): void {
  for (let turn = 0; turn < times; turn++) for (const text of FILTERS) parse(text);
}

async function matchFigure(population: readonly Person[]): Promise<Figure> {
  const candidates = population.map(toCandidate);
  const ours = FILTERS.map((text) => compileFilter(parseFilter(text, type), type));
  const reference = FILTERS.map((text) => matchPeerFilter(parsePeerFilter(text)));
  const measured = await interleaved({
    ours: inProcess((times) => matchAll(ours, candidates, times)),
    reference: inProcess((times) => matchAll(reference, population, times)),
  });
  const detail = perSecond(measured, "matches", FILTERS.length * PEOPLE);
  return ratioFigure("filter-match/scim2-parse-filter", measured, { target: ">= 1", detail });
}

function matchAll<Item>(filters: readonly ((item: Item) => boolean)[], items: readonly Item[], times: number): void {
  for (let turn = 0; turn < times; turn++) for (const matches of filters) for (const item of items) matches(item);
}

/** As a backend hands people to the filter: attributes, and what stands beside them. */
function toCandidate(sent: Person): FilterCandidate {
  const { attributes } = parseResource(sent, type, "create");
  const at = "2026-01-01T00:00:00Z";
  return { id: sent.externalId, attributes, created: at, lastModified: at, version: "1" };
}
