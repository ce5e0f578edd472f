/** An operating system on which component documents run, by the name that `--os-platforms` uses. */
export type Platform = "linux" | "darwin" | "windows";

export const PLATFORMS: readonly Platform[] = ["linux", "darwin", "windows"];

/** Its name in messages. */
export const PLATFORM_TITLES: Readonly<Record<Platform, string>> = { linux: "Linux", darwin: "macOS", windows: "Windows" };
