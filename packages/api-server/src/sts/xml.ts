const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

/** A tree of elements: their texts, or further elements. */
export interface Elements {
  readonly [name: string]: string | Elements;
}

/** The response of an action of STS. */
export function responseXml(action: string, result: Elements, requestId: string): string {
  return document(`${action}Response`, { [`${action}Result`]: result, ResponseMetadata: { RequestId: requestId } });
}

/** An error in the query protocol. */
export function failureXml(failure: {
  readonly status: number;
  readonly name: string;
  readonly message: string;
  readonly requestId: string;
}): string {
  const { status, name, message, requestId } = failure;
  const type = status < 500 ? "Sender" : "Receiver";
  return document("ErrorResponse", { Error: { Type: type, Code: name, Message: message }, RequestId: requestId });
}

function document(name: string, content: Elements): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${NAMESPACE}">${elementsXml(content)}</${name}>\n`;
}

function elementsXml(elements: Elements): string {
  return Object.entries(elements)
    .map(([name, content]) => `<${name}>${typeof content === "string" ? escapeXml(content) : elementsXml(content)}</${name}>`)
    .join("");
}

/** Characters that XML 1.0 cannot have are replaced by the character that stands for unknown ones. */
function escapeXml(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- control characters are what XML cannot have
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
      .replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
