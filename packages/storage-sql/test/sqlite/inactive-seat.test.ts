import { describe } from "vitest";
import { inactiveSeatCases } from "../../../provisioning-engine/test/account/inactive-seat-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("seats of inactive people on SQLite", () => inactiveSeatCases(() => sqliteStore({ path: ":memory:" })));
