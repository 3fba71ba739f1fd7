/** The errors of the API, in HubSpot's envelope. Thrown by handlers; the correlation id is added where the answer is sent. */

type ErrorDetail = { message: string; code?: string; in?: string; context?: Record<string, string[]> };

export type ErrorBody = {
  message: string;
  category?: string;
  subCategory?: string;
  errors?: ErrorDetail[];
  context?: Record<string, string[]>;
  links?: Record<string, string>;
};

export class ApiError extends Error {
  readonly status: number;
  /** The body without `correlationId`. */
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(typeof body['message'] === 'string' ? body['message'] : `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The common envelope: `{"status":"error","message":...}` plus whatever applies. */
export function apiError(status: number, body: ErrorBody): ApiError {
  return new ApiError(status, { status: 'error', ...body });
}

/** An unknown numeric id has NO category in HubSpot's answer. */
export function resourceNotFound(): ApiError {
  return apiError(404, { message: 'resource not found' });
}

export function validationError(message: string, extra: Omit<ErrorBody, 'message'> = {}): ApiError {
  return apiError(400, { message, ...extra, category: 'VALIDATION_ERROR' });
}
