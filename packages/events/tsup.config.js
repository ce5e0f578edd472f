import shared from "@imagewright/tsup-config";

export default shared;
