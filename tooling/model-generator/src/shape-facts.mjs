// what is known of shapes and members; a model that has more stops the generator, so that no fact is lost unseen
const SHAPE_KEYS = [
  "type",
  "members",
  "required",
  "member",
  "key",
  "value",
  "min",
  "max",
  "pattern",
  "enum",
  "error",
  "exception",
  "documentation",
];
const MEMBER_KEYS = ["shape", "location", "locationName", "idempotencyToken", "box", "sensitive", "deprecated", "documentation"];
const MARKS = ["idempotencyToken", "box", "sensitive", "deprecated"];

/** The shapes by name. A member is the name of its shape; marks are lists of member names. */
export function shapeFacts(model) {
  return Object.fromEntries(
    Object.entries(model.shapes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, shape]) => [name, factsOf(name, shape)]),
  );
}

function factsOf(name, shape) {
  expectKeys(name, shape, SHAPE_KEYS);
  const { type, members, required = [], member, key, value, min, max, pattern, enum: values, error } = shape;
  return {
    type,
    ...(members && { members: membersOf(name, members), ...(required.length > 0 && { required }), ...marksOf(members) }),
    ...(member && { member: member.shape }),
    ...(key && { key: key.shape, value: value.shape }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(pattern && { pattern }),
    ...(values && { enum: values }),
    ...(error && { status: error.httpStatusCode, fault: error.httpStatusCode < 500 ? "client" : "server" }),
  };
}

function membersOf(name, members) {
  return Object.fromEntries(
    Object.entries(members).map(([member, facts]) => {
      expectKeys(`${name}.${member}`, facts, MEMBER_KEYS);
      return [member, facts.shape];
    }),
  );
}

function marksOf(members) {
  const marked = MARKS.map((mark) => [mark, Object.keys(members).filter((member) => members[member][mark])]);
  return Object.fromEntries(marked.filter(([, names]) => names.length > 0));
}

function expectKeys(name, facts, known) {
  const unknown = Object.keys(facts).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${name} has ${unknown.join(", ")}, which nothing here expects`);
}
