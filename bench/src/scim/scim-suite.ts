/**
 * SCIM, from the text of a filter to a request over HTTP.
 *
 * @module
 */
import type { Suite } from "../figure.ts";
import { filterFigures } from "./filter-figures.ts";
import { httpFigures } from "./http-figures.ts";
import { largeGroupFigure } from "./large-group-figure.ts";
import { patchFigures } from "./patch-figures.ts";
import { sizeFigures } from "./size-figures.ts";

export const scimSuite: Suite = {
  name: "scim",
  title: "SCIM beside scim2-parse-filter, scim-patch, scimmy and scimmy-routers, and beside bare node:http",
  run: async (found) => {
    await filterFigures(found);
    await patchFigures(found);
    found(await largeGroupFigure());
    await httpFigures(found);
    await sizeFigures(found);
  },
};
