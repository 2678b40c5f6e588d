import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { groupRoleCases } from "./group-role-cases.ts";

describe("roles of groups in memory", () => groupRoleCases(memoryStore));
