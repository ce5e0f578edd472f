const HINTS: Readonly<Record<string, string>> = {
  "0x80070005": "run the agent as an administrator of the machine, and not through a remote session, where Windows installs no updates",
  "0x80070422": "the service Windows Update (wuauserv) is disabled; start it in a step before",
  "0x80072EE2": "the update source does not answer; look at the machine's network and proxy",
  "0x80072EE7": "the name of the update source cannot be resolved; look at the machine's network and proxy",
  "0x80072EFD": "the update source cannot be reached; look at the machine's network and proxy",
  "0x8024402C": "the update source cannot be reached through the machine's proxy",
  "0x80240438": "the update source cannot be reached; look at the machine's network and proxy",
  "0x80240016": "another installation is in progress; give the step more attempts with maxAttempts",
  "0x8024001E": "the service Windows Update was stopped meanwhile; give the step more attempts with maxAttempts",
  "0x80070070": "the machine has too little disk space",
};

/** What a code of Windows Update means for the user, from Microsoft's list of its errors. */
export function describeCode(code: string): { readonly code: string; readonly hints: readonly string[] } {
  const hint = HINTS[code];
  return { code, hints: hint === undefined ? [] : [hint] };
}
