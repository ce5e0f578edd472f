import { join } from "node:path";
import js from "@eslint/js";
import tseslint from "typescript-eslint";

const nodeGlobals = {
  process: "readonly",
  console: "readonly",
  Buffer: "readonly",
  URL: "readonly",
  setTimeout: "readonly",
  clearTimeout: "readonly",
  setInterval: "readonly",
  clearInterval: "readonly",
  performance: "readonly",
};

const NO_DATE_NOW = {
  object: "Date",
  property: "now",
  message: "it jumps when the wall clock is set: use performance.now() or steadyNow() of node-host; new Date() is for time stamps",
};
const ONLY_IN_TERMINAL = ["stdout", "stderr"].map((property) => ({
  object: "process",
  property,
  message: "terminal.ts of the program writes, and takes only text in which what is external is escaped; see docs/decisions/0021",
}));

/** The one lint configuration of the workspace. tooling/repo-checks enforces the layers. */
export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    // one program of all sources, which takes two thirds of the time and memory of one for each package, and needs no build
    languageOptions: { parserOptions: { project: join(import.meta.dirname, "..", "..", "tsconfig.json") } },
    rules: {
      eqeqeq: "error",
      "no-restricted-syntax": [
        "error",
        {
          selector: "BinaryExpression[operator='instanceof'][right.name='ImagewrightError']",
          message: "another copy of the package has another class: use isImagewrightError",
        },
      ],
      "no-restricted-properties": ["error", NO_DATE_NOW],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // a default case is the answer for the members that it stands for
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // numbers and booleans read the same in a text as in the code; objects, undefined and null do not
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // `process.umask()` is the only way to know the mask; it is read where no other thread creates files
      "@typescript-eslint/no-deprecated": ["error", { allow: [{ from: "package", name: "umask", package: "process" }] }],
      // what was caught is passed on as it is
      "@typescript-eslint/only-throw-error": ["error", { allowThrowingAny: true, allowThrowingUnknown: true, allowRethrowing: true }],
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingAny: true, allowThrowingUnknown: true }],

      // Rules of the preset whose findings here were all wrong or a matter of taste:
      // it takes types for the truth that leave out undefined (JSON.stringify, constants that Windows lacks) or that time changes
      // (signal.aborted)
      "@typescript-eslint/no-unnecessary-condition": "off",
      // `() => stop()`, and `return report(…)` that ends a function, are usual forms
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-meaningless-void-operator": "off",
      // it finds functions of Node that are declared as methods and do not look at `this`: Buffer.compare, posix.isAbsolute
      "@typescript-eslint/unbound-method": "off",
      // a reader such as `readJson<Content>` has its caller name what is read
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // `async` without `await` makes an error of a port's implementation a rejection, as the port promises
      "@typescript-eslint/require-await": "off",
      // a text is spread into its code points on purpose
      "@typescript-eslint/no-misused-spread": "off",
      // classes of Node (Stats, WriteStream) are implemented by their shape
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // what `node:fs` rejects with is known: naming it in the callback is no less safe than a cast in its body
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "off",
    },
  },
  {
    files: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"],
    ignores: [
      // the two files that everything which runs a program is built on
      "packages/node-host/src/start-with-node.ts",
      "packages/node-host/src/run-program-sync.ts",
      // ends what runs, also while this process ends; runProgramSync needs it
      "packages/node-host/src/windows/taskkill.ts",
      // what it starts outlives this process on purpose, and has no output
      "packages/build-hosts/src/buildah/supervisor.ts",
      "packages/embedded-database/src/test-databases/start-keeper.ts",
      // tests prepare and check with calls that are not under test; scripts in tooling/ run before any package is built
      "**/*test.ts",
      "**/testing/**",
      "**/e2e/**",
      "packages/*/src/contract/**",
    ],
    rules: {
      "no-restricted-imports": [
        "error",
        { name: "picocolors", message: "createStyles of diagnostics styles text, and escapes what is external; see docs/decisions/0021" },
        ...["node:child_process", "child_process"].map((name) => ({
          name,
          message: "node-host runs programs: its output is bounded, and all that it started ends with it; see docs/decisions/0013",
        })),
      ],
    },
  },
  {
    files: ["apps/*/src/**/*.ts"],
    ignores: ["apps/agent/src/terminal.ts", "apps/ib/src/cli/terminal.ts"],
    rules: { "no-restricted-properties": ["error", NO_DATE_NOW, ...ONLY_IN_TERMINAL] },
  },
  // the time stamps of files, as the kernel sets them
  { files: ["packages/files-overlay/src/**/*.ts"], rules: { "no-restricted-properties": "off" } },
  { files: ["**/*.{js,mjs}"], rules: { "no-restricted-properties": "off" } },
  { files: ["packages/diagnostics/src/screen/styles.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["**/*.{js,mjs}"], ...tseslint.configs.disableTypeChecked },
  // tests also throw what no program should, and print what may be absent
  {
    files: ["**/*test.ts", "**/testing/**", "**/e2e/**", "tooling/test-kit/**"],
    rules: {
      "no-restricted-properties": "off",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/no-base-to-string": "off",
    },
  },
  { files: ["**/*.{js,mjs}"], languageOptions: { globals: nodeGlobals }, rules: { "no-console": "off" } },
);
