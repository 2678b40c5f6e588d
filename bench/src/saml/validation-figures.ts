/**
 * A login from the form field to the claims, beside node-saml, samlify and the cryptography alone.
 *
 * @module
 */
import { requireEqual } from "../equal-results.ts";
import type { Figure } from "../figure.ts";
import { type Contender, type Effort, inProcess, interleaved } from "../interleaved.ts";
import { nodeSamlValidator } from "../peers/node-saml.ts";
import { samlifyValidator } from "../peers/samlify.ts";
import { microseconds, timeFigure } from "../ratio-figure.ts";
import { cryptoFloor } from "./crypto-floor.ts";
import { CERTIFICATES, groups, loginResponse, PERSON } from "./login.ts";
import { ourValidator } from "./our-validator.ts";
import type { Validator } from "./validator.ts";

/** A server validates all day: what counts is code that is compiled, on both sides. */
const EFFORT: Effort = { warmUpMs: 3_000, rounds: 15, turnMs: 150 };

export async function validationFigures(found: (figure: Figure) => void): Promise<void> {
  const { one, three } = CERTIFICATES;
  const login = loginResponse(PERSON);
  const [ours, nodeSaml] = [ourValidator(one), nodeSamlValidator(one)];
  found(await peerFigure("validate/node-saml", login, ours, nodeSaml, "<= 0.12"));
  found(
    await peerFigure("validate-3-certs/node-saml", login, ourValidator(three), nodeSamlValidator(three), "<= 0.05"),
  );
  const encrypted = loginResponse(PERSON, { encrypt: {} });
  found(await peerFigure("encrypted/node-saml", encrypted, ours, nodeSaml, "<= 0.2"));
  for (const count of [50, 1_000]) {
    const large = loginResponse({ ...PERSON, groups: groups(count) });
    found(await peerFigure(`validate-${count}-values/node-saml`, large, ours, nodeSaml));
  }
  found(await peerFigure("validate/samlify", login, ours, samlifyValidator()));
  found(await floorFigure(login));
}

async function peerFigure<Ours, Theirs>(
  name: string,
  login: string,
  ours: Validator<Ours>,
  peer: Validator<Theirs>,
  target?: string,
): Promise<Figure> {
  requireEqual(name, ours.claimsOf(await ours.validate(login)), peer.claimsOf(await peer.validate(login)));
  const measured = await interleaved({ ours: validating(ours, login), reference: validating(peer, login) }, EFFORT);
  const detail = `${microseconds(measured)}; ${kilobytes(login)}`;
  return timeFigure(name, measured, { detail, ...(target === undefined ? {} : { target }) });
}

async function floorFigure(login: string): Promise<Figure> {
  const floor = cryptoFloor(login);
  const measured = await interleaved(
    {
      ours: validating(ourValidator(CERTIFICATES.one), login),
      reference: inProcess((times) => {
        for (let turn = 0; turn < times; turn++) floor();
      }),
    },
    EFFORT,
  );
  return timeFigure("validate/crypto-floor", measured, { detail: microseconds(measured) });
}

function validating<Result>(validator: Validator<Result>, login: string): Contender {
  return inProcess(async (times) => {
    for (let turn = 0; turn < times; turn++) await validator.validate(login);
  });
}

/** Of the document, without its base64. */
function kilobytes(login: string): string {
  return `${(Buffer.byteLength(login, "base64") / 1000).toFixed(1)} kB`;
}
