import { describe } from "vitest";
import { memoryStore } from "../../src/index.ts";
import { metadataCases } from "./metadata-cases.ts";

describe("metadata that is kept up with", () => metadataCases(memoryStore));
