import { describe } from "vitest";
import { impactCases } from "../../../provisioning-engine/test/impact/impact-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("what is foretold, on SQLite", () => impactCases(() => sqliteStore({ path: ":memory:" })));
