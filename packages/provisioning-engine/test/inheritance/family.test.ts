import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { familyCases } from "./family-cases.ts";

describe("a family of tenants in memory", () => familyCases(memoryStore));
