import { describe } from "vitest";
import { groupRoleCases } from "../../../provisioning-engine/test/account/group-role-cases.ts";
import { sqliteStore } from "../../src/sqlite/index.ts";

describe("roles of groups on SQLite", () => groupRoleCases(() => sqliteStore({ path: ":memory:" })));
