import { packageTests } from "../../vitest.project.ts";

export default packageTests("example-express");
