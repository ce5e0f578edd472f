import { quote, type Cursor } from "@imagewright/diagnostics";
import type { ListShape, MapShape, ObjectShape, Shape, StringShape, ValueOf } from "./shape.js";

/** Reads a value that has to be there. What is not of the shape is reported; the value is whole only where nothing was. */
export function readShape<S extends Shape>(cursor: Cursor, shape: S): ValueOf<S> | undefined {
  if (cursor.isAbsent) cursor.must("wrong-type", "have a value");
  return read(cursor, shape) as ValueOf<S> | undefined;
}

function read(cursor: Cursor, shape: Shape): unknown {
  if (cursor.isAbsent) return undefined;
  switch (shape.type) {
    case "string":
      return readText(cursor, shape);
    case "enum":
      return cursor.oneOf(shape.values);
    case "integer":
      return cursor.wholeNumber(shape.least, shape.most);
    case "boolean":
      return cursor.boolean();
    case "list":
      return readList(cursor, shape);
    case "map":
      return readMap(cursor, shape);
    case "object":
      return readObject(cursor, shape);
  }
}

function readText(cursor: Cursor, shape: StringShape): string | undefined {
  const text = cursor.text(shape);
  if (text === undefined || shape.form === undefined || shape.form.pattern.test(text)) return text;
  return cursor.must("wrong-text", `be ${shape.form.what}`);
}

function readList(cursor: Cursor, shape: ListShape): unknown[] {
  return cursor.items(shape).map((item) => readShape(item, shape.of as Shape));
}

function readMap(cursor: Cursor, shape: MapShape): object {
  const entries = cursor.entries(shape);
  return Object.fromEntries(entries.map(([name, member]) => [readKey(name, shape.key, member), readShape(member, shape.value)]));
}

function readKey(name: string, { form, least = 0, most = Infinity }: StringShape, member: Cursor): string {
  const fits = name.length >= least && name.length <= most && form?.pattern.test(name) !== false;
  if (!fits)
    member.fault("wrong-text", `the name ${quote(name)} must be ${form?.what ?? `${least} to ${most} characters`}`, { part: "name" });
  return name;
}

function readObject(cursor: Cursor, { required, members }: ObjectShape): object | undefined {
  if (!cursor.isObject([...members.keys()])) return undefined;
  const value: Record<string, unknown> = {};
  for (const [name, shape] of members) {
    const member = Object.hasOwn(required as object, name) ? cursor.required(name) : cursor.member(name);
    const found = read(member, shape);
    if (found !== undefined) value[name] = found;
  }
  return value;
}
