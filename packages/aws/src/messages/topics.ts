import type { SNSClient } from "@aws-sdk/client-sns";
import type { AwsSettings } from "../clients/aws-settings.js";
import { openSnsClient } from "../clients/open-client.js";

/** What is published. */
export interface TopicMessage {
  readonly topicArn: string;
  readonly message: string;
  /** For topics of the kind FIFO. */
  readonly group: string;
  readonly id: string;
}

/** Publishes to SNS topics, each in its own Region. */
export interface Topics {
  /** Throws what the SDK throws. */
  publish(message: TopicMessage, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** The clients are opened, and their code is loaded, with the first message to a Region. Source: API reference of SNS, Publish. */
export function openTopics(settings: AwsSettings = {}): Topics {
  const clients = new Map<string, SNSClient>();
  const clientOf = async (topicArn: string): Promise<SNSClient> => {
    const region = topicArn.split(":")[3] ?? "";
    const client = clients.get(region) ?? (await openSnsClient(region === "" ? settings : { ...settings, region }));
    clients.set(region, client);
    return client;
  };
  return {
    publish: async ({ topicArn: TopicArn, message: Message, group, id }, abortSignal) => {
      const client = await clientOf(TopicArn);
      const { PublishCommand } = await import("@aws-sdk/client-sns");
      const ordered = TopicArn.endsWith(".fifo") ? { MessageGroupId: group.slice(0, 128), MessageDeduplicationId: id } : {};
      await client.send(new PublishCommand({ TopicArn, Message, ...ordered }), { abortSignal });
    },
    close: () => {
      for (const client of clients.values()) client.destroy();
      clients.clear();
    },
  };
}
