/** Takes a text for a person that says what is waited for, and for how long. */
export type TellWait = (text: string) => void;

/** The first notice of a wait for another process. */
export const FIRST_NOTICE_SECONDS = 2;

/** Waits, and tells what for if it takes long: after the given time, and again each time when it has doubled. */
export async function tellingWaits<Result>(
  { what, tell, seconds }: { readonly what: string; readonly tell: TellWait | undefined; readonly seconds: number },
  wait: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tellAfter = (delay: number, passed: number): void => {
    timer = setTimeout(() => {
      tell?.(`waiting for ${passed} s: ${what}`);
      tellAfter(passed, 2 * passed);
    }, delay * 1000);
  };
  tellAfter(seconds, seconds);
  try {
    return await wait;
  } finally {
    clearTimeout(timer);
  }
}
