import { awsSettings, type Configuration } from "@imagewright/configuration";
import type { ControlPlane } from "@imagewright/control-plane";
import type { CheckedSettings } from "./checked-settings.js";
import { withServiceDatabase } from "./with-service-database.js";

/**
 * Calls the body with a control plane on the database of the service. A server may run on it; without one an embedded database is started
 * for the call. Errors: database-elsewhere, those of the database and of the control plane.
 */
export function withPlane<Result>(
  configuration: Configuration,
  body: (plane: ControlPlane, settings: CheckedSettings) => Promise<Result>,
): Promise<Result> {
  return withServiceDatabase(configuration, async (database, settings) => {
    const { openPlane } = await import("./open-plane.js");
    const plane = await openPlane({ settings, database, aws: awsSettings(configuration) });
    try {
      return await body(plane, settings);
    } finally {
      await plane.close();
    }
  });
}
