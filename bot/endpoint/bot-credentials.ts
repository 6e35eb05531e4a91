import { type ServiceClientCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';
import type { AllowedHosts } from './hosts.ts';

type OutgoingRequest = Parameters<ServiceClientCredentials['signRequest']>[0];

export type BotCredentialsOptions = Readonly<{
  appId: string;
  /** What the bot's own tokens are for: `botScope` of the cloud followed by `/.default`. */
  scope: string;
  serviceHosts: AllowedHosts;
  /** A current access token of the bot for the scope; caching is the source's business. */
  token: (scope: string) => Promise<string>;
}>;

/** Signs connector calls with the bot's token, and only those: a token sent elsewhere would let others speak as the bot. */
export class BotCredentials implements ServiceClientCredentials {
  readonly #options: BotCredentialsOptions;

  constructor(options: BotCredentialsOptions) {
    this.#options = options;
  }

  /** @throws Error, before a token is asked for, when the request goes to a host that is no connector. */
  async signRequest(request: OutgoingRequest): Promise<OutgoingRequest> {
    const { serviceHosts, token, scope } = this.#options;
    if (!serviceHosts.admit(request.url)) throw new Error('the bot token goes to connector hosts only');
    request.headers.set('authorization', `Bearer ${await token(scope)}`);
    return request;
  }
}

/** The same credentials in the shape botbuilder asks for them. Authentication can never be off: an empty app id is nobody's. */
export class BotCredentialsFactory extends ServiceClientCredentialsFactory {
  readonly #options: BotCredentialsOptions;

  constructor(options: BotCredentialsOptions) {
    super();
    this.#options = options;
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId !== '' && appId === this.#options.appId;
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  /** The audience botbuilder proposes does not count: our tokens are for the connector of our cloud. */
  async createCredentials(appId: string): Promise<ServiceClientCredentials> {
    if (!(await this.isValidAppId(appId))) throw new Error('no credentials for another app');
    return new BotCredentials(this.#options);
  }
}
