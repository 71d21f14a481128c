/** Any JSON, where the core hands through what a person typed. */
type JsonValue = null | boolean | number | string | JsonValue[] | { [part: string]: JsonValue };

/** A handover point: one line of text, or an object of the parts that its input names. */
type PointValue = null | string | { [part: string]: null | string | number | boolean };
