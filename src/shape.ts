/**
 * Shapes of JSON: one definition gives both the type and the check at run time.
 * Keys that a shape does not name are ignored, so the server may add some.
 */

/** Reads a value or throws a `ShapeError` that names the place. */
export type Reader<T> = (value: unknown, where: string) => T;

/** The type that a reader promises. */
export type Read<R> = R extends Reader<infer T> ? T : never;

/** What came is not of the promised shape. */
export class ShapeError extends Error {}

export const text: Reader<string> = (value, where) => {
  if (typeof value !== 'string') {
    throw new ShapeError(`${where} is not a text`);
  }
  return value;
};

export const number: Reader<number> = (value, where) => {
  if (typeof value !== 'number') {
    throw new ShapeError(`${where} is not a number`);
  }
  return value;
};

export const flag: Reader<boolean> = (value, where) => {
  if (typeof value !== 'boolean') {
    throw new ShapeError(`${where} is neither true nor false`);
  }
  return value;
};

/** Any JSON object, as it came. */
export const anything: Reader<{ readonly [key: string]: unknown }> = (
  value,
  where
) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ShapeError(`${where} is not an object`);
  }
  return value as { readonly [key: string]: unknown };
};

export function oneOf<T extends string>(...values: T[]): Reader<T> {
  return (value, where) => {
    const found = values.find(candidate => candidate === value);
    if (found === undefined) {
      throw new ShapeError(`${where} is ${String(value)}`);
    }
    return found;
  };
}

export function nullable<T>(read: Reader<T>): Reader<T | null> {
  return (value, where) =>
    value === null || value === undefined ? null : read(value, where);
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) {
      throw new ShapeError(`${where} is not a list`);
    }
    return value.map((item, index) => read(item, `${where}[${index}]`));
  };
}

export function record<T extends object>(fields: {
  readonly [K in keyof T]: Reader<T[K]>;
}): Reader<Readonly<T>> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, where) => {
    if (typeof value !== 'object' || value === null) {
      throw new ShapeError(`${where} is not an object`);
    }
    const found = value as Record<string, unknown>;
    const entries = names.map(name => [
      name,
      fields[name](found[name], `${where}.${name}`)
    ]);
    return Object.fromEntries(entries) as Readonly<T>;
  };
}
