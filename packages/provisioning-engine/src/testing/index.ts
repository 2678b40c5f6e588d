/**
 * The contract kit of the store port: what every store must keep, as test cases for any test runner. Owns the promises
 * of `ports`; never touches how a store keeps them.
 *
 * @module
 */
export { type StoreContractOptions, type StoreContractRunner, testStoreContract } from "./store-contract.ts";
