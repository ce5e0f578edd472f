import { isImagewrightError } from "@imagewright/diagnostics";
import { ARN, type Scene } from "./scene.js";

/** Makes an image of the sources of `storeImageSources` and returns the ARN of the build. */
export async function createImageIn(scene: Scene, more: object = {}): Promise<string> {
  const infrastructureConfigurationArn = `${ARN}infrastructure-configuration/small`;
  const input = { imageRecipeArn: `${ARN}image-recipe/web-server/1.0.0`, infrastructureConfigurationArn, ...more };
  return (await scene.call("CreateImage", input)).imageBuildVersionArn ?? "";
}

/** The events of a subject in their order. */
export async function eventsOf(scene: Scene, subject: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const columns = "type, region, account, previous_state, state, resources, detail, occurred_at";
  return (
    await scene.pool.query<Readonly<Record<string, unknown>>>(`select ${columns} from event_outbox where subject = $1 order by id`, [
      subject,
    ])
  ).rows;
}

/** The states in the events of a subject: `PENDING BUILDING` for a change from one to the other. */
export async function statesOf(scene: Scene, subject: string): Promise<readonly string[]> {
  return (await eventsOf(scene, subject)).map(({ previous_state, state }) => `${String(previous_state)} ${String(state)}`);
}

/** The code and message of the error that a promise rejects with. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (thrown) {
    return isImagewrightError(thrown) ? `${thrown.code}: ${thrown.message}` : thrown;
  }
  return "nothing";
}
