/** Everything that can be refused or fail in a way a person should read about. Words: `dialogs/wording.ts`; HTTP: `bot/api/problem.ts`. */
export type ErrorCode =
  // who may
  | 'not-a-rep'
  | 'not-an-approver'
  | 'not-your-request'
  | 'second-person-needed'
  | 'not-a-remover'
  | 'not-an-admin'
  | 'personal-chat-only'
  | 'not-met-yet'
  | 'sign-in-other-person'
  | 'sign-in-not-needed'
  | 'message-not-passed'
  // relationship requests
  | 'customer-not-found'
  | 'customer-is-partner'
  | 'no-approvers'
  | 'approver-name-invalid'
  | 'request-not-found'
  | 'request-open-already'
  | 'already-decided'
  | 'already-active'
  | 'reminded-enough'
  | 'link-refused'
  // devices
  | 'relationship-not-active'
  | 'batch-not-found'
  | 'batch-not-open'
  | 'batch-empty'
  | 'batch-too-large'
  | 'batch-name-invalid'
  | 'batch-name-taken'
  | 'batch-under-way'
  | 'batch-resent'
  | 'batch-to-add-to-gone'
  | 'nothing-refused'
  | 'doubtful-devices'
  | 'profile-not-found'
  | 'profile-name-invalid'
  | 'profile-name-taken'
  | 'profile-change-unclear'
  | 'list-changed'
  | 'profile-busy'
  | 'profile-no-devices'
  | 'device-not-in-batch'
  // removing devices
  | 'removal-not-found'
  | 'removal-not-open'
  | 'removal-not-checked'
  | 'confirmation-wrong'
  | 'no-second-person'
  | 'file-refused'
  | 'file-unreadable'
  | 'file-too-large'
  | 'file-not-saved'
  | 'link-not-allowed'
  | 'link-not-found'
  // the services we stand on
  | 'partner-center-unavailable'
  | 'partner-center-refused'
  | 'partner-center-sign-in'
  | 'graph-unavailable'
  | 'sign-in-unavailable'
  | 'mail-not-allowed';

/** Plain values for the sentence: names, counts, dates. Never tokens, payloads or stacks. */
export type ErrorDetails = Readonly<Record<string, string | number | Date>>;

/** The one error type of the services. `message` is for the log; people read the sentence of `code`. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}
