/**
 * Pages by cursor (RFC 9865) in front of a service that has none: who is in an answer is remembered when the walk begins.
 *
 * @module
 */
import { ERROR_URN, LIST_RESPONSE_URN } from "../../../src/index.ts";
import { isJsonObject, type JsonObject } from "../../../src/testing/json.ts";
import { changedBody, type Fetch, jsonAnswer } from "./in-memory.ts";

/** What such a service can do wrong. */
export interface CursorMistakes {
  /** A cursor is a position in the list as it is then. */
  readonly counts?: boolean;
  /** A cursor goes with any filter and any tenant. */
  readonly forgets?: boolean;
  /** The last page has a cursor too. */
  readonly goesOn?: boolean;
}

interface Walk {
  readonly filter: string;
  readonly collection: string;
  readonly begun: number;
  readonly ids: readonly string[];
}

interface Page {
  readonly cursor: string;
  readonly filter: string;
  readonly count: string;
}

export function withCursors(next: Fetch, mistakes: CursorMistakes = {}): Fetch {
  const walks = new Map<string, Walk>();
  const discovery = changedBody(
    next,
    (request) => request.url.endsWith("/ServiceProviderConfig"),
    (body) => ({ ...body, pagination: { cursor: true, index: true, defaultPaginationMethod: "index" } }),
  );
  return async (request) => {
    const page = await pageOf(request);
    if (page === undefined) return discovery(request);
    const collection = new URL(request.url).origin + new URL(request.url).pathname.replace("/.search", "");
    const list = await next(
      get(request, `${collection}?${new URLSearchParams({ filter: page.filter, count: page.count })}`),
    );
    if (!list.ok) return list;
    const everybody = await next(get(request, `${collection}?${new URLSearchParams({ filter: page.filter })}`));
    const known =
      page.cursor === ""
        ? { ...page, collection, begun: 0, ids: await idsOf(everybody.clone()) }
        : walks.get(page.cursor);
    const isOther = known?.filter !== page.filter || known.collection !== collection;
    if (known === undefined || (isOther && mistakes.forgets !== true)) return invalidCursor();
    const end = known.begun + Number(page.count);
    const ids = mistakes.counts === true ? await idsOf(everybody) : known.ids;
    const answers = await Promise.all(
      ids.slice(known.begun, end).map((id) => next(get(request, `${collection}/${id}`))),
    );
    const Resources = await Promise.all(answers.filter(({ ok }) => ok).map((answer) => answer.json()));
    const body = { schemas: [LIST_RESPONSE_URN], totalResults: ids.length, itemsPerPage: Resources.length, Resources };
    if (end >= ids.length && mistakes.goesOn !== true) return jsonAnswer(200, body);
    const nextCursor = crypto.randomUUID();
    walks.set(nextCursor, { ...known, begun: end });
    return jsonAnswer(200, { ...body, nextCursor });
  };
}

/** Undefined for a request without a cursor. */
async function pageOf(request: Request): Promise<Page | undefined> {
  const { searchParams, pathname } = new URL(request.url);
  const body: unknown = pathname.endsWith("/.search")
    ? await request
        .clone()
        .json()
        .catch(() => undefined)
    : undefined;
  const given: JsonObject = isJsonObject(body) ? body : Object.fromEntries(searchParams);
  const { cursor, filter = "", count = 100 } = given;
  return typeof cursor === "string" ? { cursor, filter: String(filter), count: String(count) } : undefined;
}

function get({ headers }: Request, url: string): Request {
  return new Request(url, { headers: { authorization: headers.get("authorization") ?? "" } });
}

async function idsOf(answer: Response): Promise<readonly string[]> {
  const { Resources: resources } = (await answer.json()) as { Resources: readonly { readonly id: string }[] };
  return resources.map(({ id }) => id);
}

function invalidCursor(): Response {
  return jsonAnswer(400, { schemas: [ERROR_URN], status: "400", scimType: "invalidCursor", detail: "No such cursor." });
}
