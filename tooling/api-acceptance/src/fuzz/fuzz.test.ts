import { describeFuzz } from "./describe-fuzz.js";

// the share of the 10,000 of the slow suite that every run sends
describeFuzz(500);
