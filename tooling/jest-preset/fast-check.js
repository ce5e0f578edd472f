// fast-check, drawing the same in every run, so that a test that passes once does not fail by chance in another change's run.
// `IMAGEWRIGHT_SEED=random` looks further; a number repeats the run that fast-check has printed it for.
import fc from "unseeded-fast-check";

const SEED = 20_261_121;
const asked = process.env.IMAGEWRIGHT_SEED ?? String(SEED);
if (asked !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });

export * from "unseeded-fast-check";
export default fc;
