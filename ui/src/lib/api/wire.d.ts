// What the generated files mean by a value of any shape and by the value of a point.

declare global {
  type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

  /** Text, the parts that the point's input names, or nothing yet. */
  type PointValue = string | { [part: string]: string | number | boolean | null } | null;
}

export {};
