export { whyNoTestDatabases } from "./why-no-test-databases.js";
export { createTestDatabase, type TestDatabase, type TestDatabaseTemplate } from "./create-test-database.js";
