/** Makes a module of a file that is imported as its text, as tsup does. */
export default {
  process: (text) => ({ code: `export default ${JSON.stringify(text)};` }),
};
