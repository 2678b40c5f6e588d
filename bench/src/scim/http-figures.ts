/**
 * The whole way over HTTP: the protocol core over maps beside scimmy-routers over maps, the engine with all that it does
 * beside both, and beside the least that `node:http` costs.
 *
 * @module
 */
import { person } from "../corpus/people.ts";
import { requireEqual } from "../equal-results.ts";
import type { Figure } from "../figure.ts";
import { type Batch, type LoadClient, startLoadClient, userNamePath } from "../http/load.ts";
import { type RunningService, type Service, startService } from "../http/service.ts";
import { type Contender, type Contenders, interleaved } from "../interleaved.ts";
import { perSecond, ratioFigure } from "../ratio-figure.ts";

const USERS = 10_000;
const EFFORT = { warmUpMs: 3_000, rounds: 7, turnMs: 400, mostTimes: 2_000 };

interface Services {
  readonly core: RunningService;
  readonly engine: RunningService;
  readonly scimmy: RunningService;
  readonly floor: RunningService;
}

export async function httpFigures(found: (figure: Figure) => void): Promise<void> {
  const names = ["core-server", "engine-server", "scimmy-server", "floor-server"] as const;
  const running = await Promise.all(names.map((name) => startService(name, USERS)));
  const client = startLoadClient();
  try {
    const [core, engine, scimmy, floor] = running as [RunningService, RunningService, RunningService, RunningService];
    await measure({ core, engine, scimmy, floor }, client, found);
  } finally {
    for (const service of [client, ...running]) service.stop();
  }
}

async function measure({ core, engine, scimmy, floor }: Services, client: LoadClient, found: (figure: Figure) => void) {
  const next = counter(USERS);
  for (const ours of [core, engine]) {
    await requireEqualAnswers(ours, scimmy, next(1));
    await requireSimilarSize(ours, floor, next(1));
  }
  const finds = batches(client, "get-by-username", turns());
  const posts = batches(client, "post-users", next);
  const gets = batches(client, "get-user", () => 0);
  const compare = async (name: string, contenders: Contenders, target?: string) => {
    const measured = await interleaved(contenders, EFFORT);
    const detail = perSecond(measured, "requests");
    found(ratioFigure(name, measured, target === undefined ? { detail } : { detail, target }));
  };
  await compare("get-by-username-10k/scimmy-routers", { ours: finds(core), reference: finds(scimmy) }, ">= 200");
  await compare(
    "get-by-username-10k-engine/scimmy-routers",
    { ours: finds(engine), reference: finds(scimmy) },
    ">= 200",
  );
  await compare("post-users/scimmy-routers", { ours: posts(core), reference: posts(scimmy) }, ">= 8");
  await compare("post-users-engine/scimmy-routers", { ours: posts(engine), reference: posts(scimmy) });
  await compare("post-users/node-http-floor", { ours: posts(core), reference: posts(floor) });
  await compare("post-users-engine/node-http-floor", { ours: posts(engine), reference: posts(floor) });
  await compare("get-user-engine/node-http-floor", { ours: gets(engine), reference: gets(floor) });
}

type From = (times: number) => number;

/** Work of a service, as batches of one kind. */
function batches(client: LoadClient, kind: Batch["kind"], from: From): (service: RunningService) => Contender {
  return ({ scimUrl, token, someId, cpu }) => ({
    run: (times) => client.send({ service: { scimUrl, token, someId }, kind, from: from(times), times }),
    cpu,
  });
}

/** Every person once: who was posted is taken. */
function counter(start: number): From {
  let next = start;
  return (times) => {
    next += times;
    return next - times;
  };
}

/** People who were there from the start, others in every turn. */
function turns(): From {
  let turn = 0;
  return (times) => (turn++ * times) % (USERS - times + 1);
}

async function requireEqualAnswers(ours: Service, reference: Service, index: number): Promise<void> {
  const [ourAnswer, theirAnswer] = [await post(ours, index), await post(reference, index)];
  requireEqual("the answer to POST", told(ourAnswer), told(theirAnswer));
  const [ourList, theirList] = [await find(ours, 17), await find(reference, 17)];
  requireEqual("the list for a userName", ourList.map(told), theirList.map(told));
  requireEqual("the length of the list", ourList.length, 1);
}

async function requireSimilarSize(ours: Service, floor: Service, index: number): Promise<void> {
  const [ourSize, size] = [await post(ours, index), await post(floor, index)].map(
    (resource) => JSON.stringify(resource).length,
  );
  if (Math.abs((ourSize ?? 0) / (size ?? 0) - 1) > 0.1) throw new Error(`The floor answers ${size}, ours ${ourSize}.`);
}

type Resource = { readonly [name: string]: unknown };

/** What does not differ by nature: each has its own ids, times and addresses, and its own order of schemas. */
function told({ id: _, meta: __, schemas, ...attributes }: Resource) {
  return { ...attributes, schemas: [...(schemas as readonly string[])].sort() };
}

async function post(service: Service, index: number): Promise<Resource> {
  return (await ask(service, "/Users", { method: "POST", body: JSON.stringify(person(index)) })) as Resource;
}

async function find(service: Service, index: number): Promise<readonly Resource[]> {
  const list = (await ask(service, userNamePath(index))) as { readonly Resources: readonly Resource[] };
  return list.Resources;
}

async function ask({ scimUrl, token }: Service, path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  const response = await fetch(scimUrl + path, { ...init, headers });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return response.json();
}
