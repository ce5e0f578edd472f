import { describeFuzz } from "./describe-fuzz.js";

describeFuzz(10_000);
