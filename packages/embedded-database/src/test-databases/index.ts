export { createTestDatabase, type TestDatabase, type TestDatabaseTemplate } from "./create-test-database.js";
