/**
 * SAML sign-in, from the form field to the claims.
 *
 * @module
 */
import type { Suite } from "../figure.ts";
import { hostileFigure } from "./hostile-figure.ts";
import { validationFigures } from "./validation-figures.ts";

export const samlSuite: Suite = {
  name: "saml",
  title: "SAML sign-in beside node-saml and samlify, and beside the cryptography alone",
  run: async (found) => {
    await validationFigures(found);
    found(await hostileFigure());
  },
};
