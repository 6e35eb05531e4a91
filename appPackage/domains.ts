import { isIP } from 'node:net';

/** Domains that anybody can get a name in, or that lead to somebody's desk. @see Teams store validation guidelines */
const FOREIGN = [
  'onmicrosoft.com',
  'ngrok.io',
  'ngrok.app',
  'ngrok.dev',
  'ngrok-free.app',
  'ngrok-free.dev',
  'devtunnels.ms',
  'trycloudflare.com',
  'loca.lt',
  'localtunnel.me',
  'serveo.net',
  'pinggy.link',
  'tunnelmole.net',
  'localhost',
];

/** What is wrong with the domains the app claims. */
export function domainProblems(domains: readonly string[]): readonly string[] {
  return domains.flatMap((domain) => {
    if (FOREIGN.some((foreign) => domain === foreign || domain.endsWith(`.${foreign}`))) {
      return [`validDomains: ${domain} is a tunnel, this machine, or a domain shared with others.`];
    }
    const isName = /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/i.test(domain) && isIP(domain) === 0;
    return isName ? [] : [`validDomains: “${domain}” must be one host name, without scheme, port, path or wildcard.`];
  });
}

/** What is wrong with the pages people are sent to. */
export function linkProblems(developer: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(developer).flatMap(([field, link]) => {
    const url = URL.canParse(link) ? new URL(link) : undefined;
    if (url?.protocol !== 'https:') return [`developer.${field} must begin with https://.`];
    return domainProblems([url.hostname]).map((problem) => problem.replace('validDomains', `developer.${field}`));
  });
}
