/**
 * The memory store: the executable reference of the store port, for tests, demonstrations and first steps. Owns plain
 * maps and sorted lists; never touches the disk, SCIM, SAML or HTTP.
 *
 * @module
 */
export { memoryStore } from "./store.ts";
