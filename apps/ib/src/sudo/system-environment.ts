/** The environment of programs that root starts for the caller of sudo: nothing in it comes from the caller. */
export const SYSTEM_ENVIRONMENT = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" } as const;
