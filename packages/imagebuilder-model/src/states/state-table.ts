/** For each state, the states that can follow it directly. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

/** The states of a resource and their transitions. */
export class StateTable<State extends string> {
  readonly #transitions: Transitions<State>;
  readonly #ended: ReadonlySet<State>;
  /** The initial states. */
  readonly initial: readonly State[];

  constructor(transitions: Transitions<State>, initial: readonly State[], ended: readonly State[]) {
    this.#transitions = transitions;
    this.initial = initial;
    this.#ended = new Set(ended);
  }

  /** All states. */
  get states(): readonly State[] {
    return Object.keys(this.#transitions) as State[];
  }

  /** The states that can follow a state directly. A state does not follow itself. */
  after(state: State): readonly State[] {
    return this.#transitions[state];
  }

  /** Whether one state can follow another directly. */
  canBecome(from: State, to: State): boolean {
    return this.#transitions[from].includes(to);
  }

  /** The states that lead from one to another, the other included: as few as possible. Empty if none do, or they are the same. */
  path(from: State, to: State): readonly State[] {
    if (from === to) return [];
    const paths: State[][] = [[from]];
    const seen = new Set([from]);
    for (const path of paths) {
      for (const next of this.after(path.at(-1) as State)) {
        if (next === to) return [...path.slice(1), next];
        if (!seen.has(next)) paths.push([...path, next]);
        seen.add(next);
      }
    }
    return [];
  }

  /** Whether the work has ended; any further transition needs a new request. */
  hasEnded(state: State): boolean {
    return this.#ended.has(state);
  }
}
