const NARROWEST = 20;

/** The width of a terminal; undefined for files and pipes, for a terminal that does not know its width and says 0, and for tiny ones. */
export function knownColumns({ isTTY, columns = 0 }: { readonly isTTY?: boolean; readonly columns?: number }): number | undefined {
  return isTTY === true && columns >= NARROWEST ? columns : undefined;
}
