/** A refusal or an error of the core, with the fields of its code. */
export class ApiError extends Error {
  readonly code: string;
  readonly fields: Record<string, unknown>;

  constructor(code: string, fields: Record<string, unknown> = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.fields = fields;
  }

  /** Makes one from whatever a transport threw. */
  static from(raw: unknown): ApiError {
    if (raw instanceof ApiError) return raw;
    if (typeof raw === 'object' && raw !== null && 'code' in raw && typeof raw.code === 'string') {
      const { code, ...fields } = raw;
      return new ApiError(code, fields);
    }
    return new ApiError('internal', { place: String(raw) });
  }
}
