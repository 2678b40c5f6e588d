/**
 * PATCH of users, from the parsed body to the new attributes, beside scim-patch and scimmy. Only patches that the peer
 * understands in the same way are timed; how many of the recorded ones these are is part of the figure.
 *
 * @module
 */
import { type Attributes, parsePatch, parseResource } from "@muster/scim-core";
import { USER_TYPE } from "../acme.ts";
import { type RecordedPatch, recordedPatches } from "../corpus/recorded-patches.ts";
import { isEqual } from "../equal-results.ts";
import type { Figure } from "../figure.ts";
import { type Contender, inProcess, interleaved } from "../interleaved.ts";
import { peerPatch } from "../peers/scim-patch.ts";
import { scimmyPatch, scimmyUser } from "../peers/scimmy.ts";
import { perSecond, ratioFigure } from "../ratio-figure.ts";

/** One patch for one contender, everything about it prepared. */
type Patch = () => object | Promise<object>;

/** Fewer common patches than this would compare nothing of the recorded traffic. */
const FEWEST = 20;

export async function patchFigures(found: (figure: Figure) => void): Promise<void> {
  const recorded = await recordedPatches();
  found(await patchFigure("patch/scim-patch", recorded, scimPatchOf));
  found(await patchFigure("patch/scimmy", recorded, scimmyPatchOf));
}

function ourPatchOf({ resource, body }: RecordedPatch): Patch {
  const { attributes } = parseResource(resource, USER_TYPE, "replace");
  return (): Attributes => parsePatch(body, USER_TYPE).apply(attributes);
}

function scimPatchOf({ resource, body }: RecordedPatch): Patch {
  return () => peerPatch(resource, body);
}

function scimmyPatchOf({ resource, body }: RecordedPatch): Patch {
  const user = scimmyUser(resource);
  return () => scimmyPatch(user, body);
}

async function patchFigure(
  name: string,
  recorded: readonly RecordedPatch[],
  peerOf: (patch: RecordedPatch) => Patch,
): Promise<Figure> {
  const common: Pair[] = [];
  for (const patch of recorded) common.push(...(await agreeing(patch, peerOf)));
  if (common.length < FEWEST) throw new Error(`${name}: only ${common.length} results are equal.`);
  const measured = await interleaved({
    ours: runner(common.map(({ ours }) => ours)),
    reference: runner(common.map(({ peer }) => peer)),
  });
  const share = `on the ${common.length} of ${recorded.length} recorded ones with equal results`;
  return ratioFigure(name, measured, { detail: `${perSecond(measured, "patches", common.length)}; ${share}` });
}

interface Pair {
  readonly ours: Patch;
  readonly peer: Patch;
}

/** The pair, if both give the same result; none also when the peer refuses the resource or the patch. */
async function agreeing(patch: RecordedPatch, peerOf: (patch: RecordedPatch) => Patch): Promise<readonly Pair[]> {
  try {
    const pair = { ours: ourPatchOf(patch), peer: peerOf(patch) };
    // Twice: whoever changed what it was given would give another result.
    return (await isAgreed(pair)) && (await isAgreed(pair)) ? [pair] : [];
  } catch {
    return [];
  }
}

async function isAgreed({ ours, peer }: Pair): Promise<boolean> {
  const { schemas: _, meta: __, ...attributes } = JSON.parse(JSON.stringify(await peer()));
  return isEqual(await ours(), attributes);
}

function runner(patches: readonly Patch[]): Contender {
  return inProcess(async (times) => {
    for (let turn = 0; turn < times; turn++) for (const patch of patches) await patch();
  });
}
