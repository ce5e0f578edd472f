/** Sends a signal to a process, or to a process group by its negative id, if it is there and this user may. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    // it has ended already, or it belongs to another user and only root can end it
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw thrown;
  }
}
