/** What the agent is to run in a machine. Plain data. */
export interface AgentWork {
  readonly components: readonly AgentComponent[];
  /** What ExecuteDocument finds if the machine itself has no such file. */
  readonly nestedDocuments: readonly CopiedDocument[];
  /** All phases if undefined. */
  readonly phases: readonly string[] | undefined;
  readonly workingDirectory: string;
  /** Whether documents may download from addresses that are not public; they may if it is left out. */
  readonly privateAddresses?: "allowed" | "forbidden" | undefined;
}

export interface AgentComponent {
  readonly name: string;
  /** The document's name in events. */
  readonly path: string;
  readonly text: string;
  readonly phases: readonly PlannedPhase[];
  readonly parameters: readonly GivenParameter[];
}

/** A phase with the names of its steps, in the order of the document. */
export interface PlannedPhase {
  readonly name: string;
  readonly steps: readonly string[];
}

export interface GivenParameter {
  readonly name: string;
  readonly value: string;
}

export interface CopiedDocument {
  /** Its path as ExecuteDocument steps name it. */
  readonly location: string;
  readonly text: string;
}
