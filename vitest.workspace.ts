/** The test projects: every package and every example that has a `test` folder. */
const projects: string[] = ["packages/*", "examples/*"];
export default projects;
