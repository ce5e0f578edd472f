const FIELD = /^[\w*?,#-]+(?:\/\d+)?$/;

/**
 * Whether a text looks like a schedule expression and not like a path of a file: it begins with `cron(` or `rate(`, or it is at least two
 * fields of cron, with `*` or `?` in them or five or more of them. A path that looks like this is written with `./` in front.
 */
export function looksLikeExpression(text: string): boolean {
  if (/^\s*(?:cron|rate)\s*\(/i.test(text)) return true;
  const fields = text.trim().split(/\s+/);
  return fields.length > 1 && fields.every((field) => FIELD.test(field)) && (/[*?]/.test(text) || fields.length > 4);
}
