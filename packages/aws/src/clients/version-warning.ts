/**
 * Keeps the SDK from warning, with the first client of each process, that its later versions need a newer Node. The version in use is
 * pinned and runs on this one. The SDK looks at nothing but its variable in the environment of the process.
 */
export function silenceVersionWarning(): void {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
}
