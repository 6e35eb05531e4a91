import { sign } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWebhookVerifier } from '../../../services/partner-center/webhook/verifier.ts';
import { aCertificate, type TestCertificate } from '../login/certificates.ts';
import { deadUrl, startLoopback } from '../login/loopback.ts';
import { CUSTOMER, NOW } from './partner-center-fixtures.ts';

const PARTNER_CENTER = 'https://api.partnercenter.microsoft.com';
const MICROSOFT = 'C=US, O=Microsoft Corporation, CN=Signing CA';

let root: TestCertificate;
let intermediate: TestCertificate;
let leaf: TestCertificate;
let server: Awaited<ReturnType<typeof startLoopback>>;
let nowMs: number;

beforeAll(async () => {
  root = await aCertificate({ subject: 'CN=Test Root', ca: true });
  intermediate = await aCertificate({ subject: MICROSOFT, issuer: root, ca: true });
  leaf = await aCertificate({ subject: 'CN=events', issuer: intermediate });
});
beforeEach(async () => {
  nowMs = NOW.getTime();
  server = await startLoopback(() => ({ body: leaf.certificatePem + intermediate.certificatePem }));
});
afterEach(() => server.close());

const NOTICE = {
  EventName: 'reseller-relationship-accepted-by-customer',
  ResourceUri: `${PARTNER_CENTER}/v1/customers/${CUSTOMER}`,
  ResourceName: 'Customer',
  AuditUri: `${PARTNER_CENTER}/auditactivity/v1/auditrecords/abc_resellerrelationshipacceptedbycustomer_63`,
  ResourceChangeUtcDate: '2026-11-21T11:59:00+00:00',
};

function verifier(changes: Partial<Parameters<typeof createWebhookVerifier>[0]> = {}) {
  const trust = { caPem: root.certificatePem };
  const rest = { certificateHosts: [], allowLoopback: true, partnerCenterUrl: PARTNER_CENTER };
  return createWebhookVerifier({ ...rest, trust, now: () => new Date(nowMs), cacheMs: 3_600_000, ...changes });
}

async function delivery(of: { notice?: unknown; signer?: TestCertificate; path?: string; hash?: string } = {}) {
  const { notice = NOTICE, signer = leaf, path = '/signing.cer', hash = 'sha256' } = of;
  const rawBody = Buffer.from(typeof notice === 'string' ? notice : JSON.stringify(notice));
  const signature = sign(hash, rawBody, signer.keyPem).toString('base64');
  const headers: Record<string, string | undefined> = {
    authorization: `Signature ${signature}`,
    'x-ms-certificate-url': server.url + path,
    'x-ms-signature-algorithm': `rsa-${hash}`,
  };
  return { headers, rawBody };
}

describe('a genuine notification', () => {
  it('is read once its signature holds', async () => {
    expect(await verifier().verify(await delivery())).toEqual({
      kind: 'event',
      replayKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      event: {
        name: NOTICE.EventName,
        resourceUri: NOTICE.ResourceUri,
        customerId: CUSTOMER,
        auditUri: NOTICE.AuditUri,
        changedAt: new Date('2026-11-21T11:59:00Z'),
      },
    });
  });

  it.each([
    ['in camelCase', Object.fromEntries(Object.entries(NOTICE).map(([k, v]) => [k[0]?.toLowerCase() + k.slice(1), v]))],
    ['behind a byte-order mark', `\uFEFF${JSON.stringify(NOTICE)}`],
    ['without an audit address', { ...NOTICE, AuditUri: null }],
    ['a day old, almost', { ...NOTICE, ResourceChangeUtcDate: '2026-11-20T12:00:01Z' }],
    ['a little ahead', { ...NOTICE, ResourceChangeUtcDate: '2026-11-21T12:09:59' }],
  ])('is read %s', async (_, notice) => {
    expect(await verifier().verify(await delivery({ notice }))).toMatchObject({
      kind: 'event',
      event: { customerId: CUSTOMER },
    });
  });

  it('may be signed with a longer hash, in a header of its own', async () => {
    const { headers, rawBody } = await delivery({ hash: 'sha512' });
    const { authorization, ...others } = headers;
    for (const value of [authorization, authorization?.replace('Signature ', '')]) {
      const moved = { ...others, authorization: 'Bearer x', 'x-ms-signature': value };
      expect((await verifier().verify({ headers: moved, rawBody })).kind).toBe('event');
    }
  });

  it('may come with a DER certificate that its root issued', async () => {
    const ca = await aCertificate({ subject: MICROSOFT, ca: true });
    const direct = await aCertificate({ subject: 'CN=events', issuer: ca });
    server.answerWith(() => ({ body: direct.der }));
    const verdict = await verifier({ trust: { caPem: ca.certificatePem } }).verify(await delivery({ signer: direct }));
    expect(verdict.kind).toBe('event');
  });

  it('has the same replay key each time it is delivered, and another one when it is another', async () => {
    const subject = verifier();
    const keyOf = async (notice: object) => {
      const verdict = await subject.verify(await delivery({ notice }));
      return verdict.kind === 'event' ? verdict.replayKey : verdict.reason;
    };
    expect(await keyOf(NOTICE)).toBe(await keyOf(NOTICE));
    expect(await keyOf({ ...NOTICE, EventName: 'test-created' })).not.toBe(await keyOf(NOTICE));
  });

  it.each([
    ['another host', `https://evil.example/v1/customers/${CUSTOMER}`],
    ['a host that begins alike', `${PARTNER_CENTER}.evil.example/v1/customers/${CUSTOMER}`],
    ['a user name', `https://x@api.partnercenter.microsoft.com/v1/customers/${CUSTOMER}`],
    ['plain http', `http://api.partnercenter.microsoft.com/v1/customers/${CUSTOMER}`],
    ['a query', `${PARTNER_CENTER}/v1/customers/${CUSTOMER}?x`],
    ['more path', `${PARTNER_CENTER}/v1/customers/${CUSTOMER}/subscriptions`],
    ['no GUID', `${PARTNER_CENTER}/v1/customers/1`],
    ['nothing', null],
  ])('names no customer when its resource has %s', async (_, ResourceUri) => {
    const verdict = await verifier().verify(
      await delivery({ notice: { ...NOTICE, ResourceUri, AuditUri: ResourceUri } }),
    );
    expect(verdict).toMatchObject({ kind: 'event', event: { customerId: undefined, auditUri: undefined } });
  });
});

describe('anything else', () => {
  type Request = Awaited<ReturnType<typeof delivery>>;
  const tampered: readonly (readonly [string, string, (request: Request) => Request])[] = [
    ['no signature', 'headers', (r) => ({ ...r, headers: { ...r.headers, authorization: undefined } })],
    ['a bearer token', 'headers', (r) => ({ ...r, headers: { ...r.headers, authorization: 'Bearer abc' } })],
    [
      'a signature that is no base64',
      'headers',
      (r) => ({ ...r, headers: { ...r.headers, authorization: 'Signature ***' } }),
    ],
    [
      'no certificate address',
      'headers',
      (r) => ({ ...r, headers: { ...r.headers, 'x-ms-certificate-url': undefined } }),
    ],
    ['no algorithm', 'headers', (r) => ({ ...r, headers: { ...r.headers, 'x-ms-signature-algorithm': undefined } })],
    ['MD5', 'algorithm', (r) => ({ ...r, headers: { ...r.headers, 'x-ms-signature-algorithm': 'rsa-md5' } })],
    ['SHA-1', 'algorithm', (r) => ({ ...r, headers: { ...r.headers, 'x-ms-signature-algorithm': 'rsa-sha1' } })],
    [
      'no algorithm at all',
      'algorithm',
      (r) => ({ ...r, headers: { ...r.headers, 'x-ms-signature-algorithm': 'none' } }),
    ],
    [
      'another hash than signed',
      'signature',
      (r) => ({ ...r, headers: { ...r.headers, 'x-ms-signature-algorithm': 'rsa-sha384' } }),
    ],
    [
      'a changed body',
      'signature',
      (r) => ({ ...r, rawBody: Buffer.from(r.rawBody.toString().replace('Customer', 'Customex')) }),
    ],
    [
      'a re-written body',
      'signature',
      (r) => ({ ...r, rawBody: Buffer.from(JSON.stringify(JSON.parse(r.rawBody.toString()), null, 1)) }),
    ],
    ['an empty body', 'signature', (r) => ({ ...r, rawBody: Buffer.alloc(0) })],
    ['a huge body', 'too-large', (r) => ({ ...r, rawBody: Buffer.alloc(70_000) })],
  ];
  it.each(tampered)('is refused: %s (%s)', async (_, reason, tamper) => {
    expect(await verifier().verify(tamper(await delivery()))).toEqual({ kind: 'refused', reason });
  });

  it.each([
    ['yesterday', { ...NOTICE, ResourceChangeUtcDate: '2026-11-20T11:59:00Z' }, 'stale'],
    ['tomorrow', { ...NOTICE, ResourceChangeUtcDate: '2026-11-21T12:11:00Z' }, 'stale'],
    ['no date', { ...NOTICE, ResourceChangeUtcDate: 'soon' }, 'body'],
    ['the year 1', { ...NOTICE, ResourceChangeUtcDate: '0001-01-01T00:00:00' }, 'body'],
    ['no name', { ...NOTICE, EventName: undefined }, 'body'],
    ['a name with markup', { ...NOTICE, EventName: '<b>' }, 'body'],
    ['a list', [NOTICE], 'body'],
    ['words', 'hello', 'body'],
    ['a number where an address belongs', { ...NOTICE, ResourceUri: 7 }, 'body'],
  ])('is refused though signed: %s', async (_, notice, reason) => {
    expect(await verifier().verify(await delivery({ notice }))).toEqual({ kind: 'refused', reason });
  });

  it.each([
    ['not an address', 'signing.cer'],
    ['a file', 'file:///etc/hosts'],
    ['another host', 'https://evil.example/signing.cer'],
    ['plain http elsewhere', 'http://certificates.example/signing.cer'],
    ['a user name', 'https://x@certificates.example/signing.cer'],
    ['another port', 'https://certificates.example:444/signing.cer'],
    ['a host that ends alike', 'https://evilcertificates.example/signing.cer'],
  ])('is refused before anything is fetched: certificate at %s', async (_, address) => {
    let fetched = 0;
    const fetch = async () => {
      fetched += 1;
      return new Response(leaf.certificatePem);
    };
    const request = await delivery();
    request.headers['x-ms-certificate-url'] = address;
    const subject = verifier({ certificateHosts: ['certificates.example'], fetch });
    expect(await subject.verify(request)).toEqual({ kind: 'refused', reason: 'certificate-url' });
    expect(fetched).toBe(0);
    request.headers['x-ms-certificate-url'] = 'https://certificates.example/signing.cer';
    await subject.verify(request);
    expect(fetched).toBe(1);
  });

  it('is refused on loopback unless that is allowed', async () => {
    const verdict = await verifier({ allowLoopback: false }).verify(await delivery());
    expect(verdict).toEqual({ kind: 'refused', reason: 'certificate-url' });
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    ['missing', () => ({ status: 404 })],
    ['elsewhere', () => ({ status: 302, headers: { location: 'https://evil.example/' } })],
    ['HTML', () => ({ body: '<html></html>' })],
    ['too large', () => ({ body: 'x'.repeat(100_000) })],
  ])('is refused when the certificate is %s', async (_, answer) => {
    server.answerWith(answer);
    const verdict = await verifier().verify(await delivery());
    expect(verdict).toEqual({ kind: 'refused', reason: 'certificate-unavailable' });
  });

  it('is refused when nobody serves the certificate', async () => {
    const request = await delivery();
    request.headers['x-ms-certificate-url'] = `${await deadUrl()}/signing.cer`;
    expect(await verifier().verify(request)).toEqual({ kind: 'refused', reason: 'certificate-unavailable' });
  });

  type Chain = () => Promise<{ signer: TestCertificate; served: readonly TestCertificate[] }>;
  const chains: readonly (readonly [string, string, Chain])[] = [
    [
      'a certificate that signed itself',
      'certificate-untrusted',
      async () => {
        const own = await aCertificate({ subject: MICROSOFT });
        return { signer: own, served: [own] };
      },
    ],
    [
      'another root',
      'certificate-untrusted',
      async () => {
        const [otherRoot] = [await aCertificate({ subject: MICROSOFT, ca: true })];
        const signer = await aCertificate({ subject: 'CN=events', issuer: otherRoot });
        return { signer, served: [signer, otherRoot] };
      },
    ],
    [
      'a root of the same name',
      'certificate-untrusted',
      async () => {
        const twin = await aCertificate({ subject: 'CN=Test Root', ca: true });
        const between = await aCertificate({ subject: MICROSOFT, issuer: twin, ca: true });
        const signer = await aCertificate({ subject: 'CN=events', issuer: between });
        return { signer, served: [signer, between, twin] };
      },
    ],
    ['a missing link', 'certificate-untrusted', async () => ({ signer: leaf, served: [leaf] })],
    [
      'an issuer that is no authority',
      'certificate-untrusted',
      async () => {
        const notCa = await aCertificate({ subject: MICROSOFT, issuer: intermediate });
        const signer = await aCertificate({ subject: 'CN=events', issuer: notCa });
        return { signer, served: [signer, notCa, intermediate] };
      },
    ],
    [
      'an authority that signs events itself',
      'certificate-untrusted',
      async () => ({ signer: intermediate, served: [intermediate] }),
    ],
    [
      'an expired certificate',
      'certificate-untrusted',
      async () => {
        const signer = await aCertificate({
          subject: 'CN=events',
          issuer: intermediate,
          notAfter: new Date('2026-11-20'),
        });
        return { signer, served: [signer, intermediate] };
      },
    ],
    [
      'a certificate of next year',
      'certificate-untrusted',
      async () => {
        const signer = await aCertificate({
          subject: 'CN=events',
          issuer: intermediate,
          notBefore: new Date('2027-01-01'),
        });
        return { signer, served: [signer, intermediate] };
      },
    ],
    [
      'an expired issuer',
      'certificate-untrusted',
      async () => {
        const old = await aCertificate({
          subject: MICROSOFT,
          issuer: root,
          ca: true,
          notAfter: new Date('2026-01-01'),
        });
        const signer = await aCertificate({ subject: 'CN=events', issuer: old });
        return { signer, served: [signer, old] };
      },
    ],
    [
      'an issuer of another organisation',
      'certificate-issuer',
      async () => {
        const other = await aCertificate({
          subject: 'O=Not Microsoft Corporation, CN=O\\=Microsoft Corporation',
          issuer: root,
          ca: true,
        });
        const signer = await aCertificate({ subject: 'O=Microsoft Corporation', issuer: other });
        return { signer, served: [signer, other] };
      },
    ],
    [
      'a short key',
      'signature',
      async () => {
        const signer = await aCertificate({ subject: 'CN=events', issuer: intermediate, bits: 1024 });
        return { signer, served: [signer, intermediate] };
      },
    ],
    [
      'a good certificate and another key',
      'signature',
      async () => ({
        signer: await aCertificate({ subject: 'CN=events', issuer: intermediate }),
        served: [leaf, intermediate],
      }),
    ],
  ];
  it.each(chains)('is refused with %s (%s)', async (_, reason, chain) => {
    const { signer, served } = await chain();
    server.answerWith(() => ({ body: served.map(({ certificatePem }) => certificatePem).join('') }));
    expect(await verifier().verify(await delivery({ signer }))).toEqual({ kind: 'refused', reason });
  });

  it('is refused when only the roots of the public web are trusted', async () => {
    const verdict = await verifier({ trust: 'microsoft' }).verify(await delivery());
    expect(verdict).toEqual({ kind: 'refused', reason: 'certificate-untrusted' });
  });
});

describe('certificates', () => {
  it('are fetched once per address, also by deliveries that come together', async () => {
    const subject = verifier();
    const request = await delivery();
    const verdicts = await Promise.all(Array.from({ length: 8 }, () => subject.verify(request)));
    expect(new Set(verdicts.map(({ kind }) => kind))).toEqual(new Set(['event']));
    expect(server.seen).toHaveLength(1);
    nowMs += 3_600_001;
    await subject.verify(request);
    expect(server.seen).toHaveLength(2);
  });

  it('that could not be had are asked for again after a minute', async () => {
    const subject = verifier();
    const request = await delivery();
    server.answerWith(() => ({ status: 500 }));
    await subject.verify(request);
    await subject.verify(request);
    expect(server.seen).toHaveLength(1);
    server.answerWith(() => ({ body: leaf.certificatePem + intermediate.certificatePem }));
    nowMs += 60_001;
    expect((await subject.verify(request)).kind).toBe('event');
  });

  it('are not fetched without measure for strangers', async () => {
    const subject = verifier();
    const reasons: string[] = [];
    for (let n = 0; n < 30; n++) {
      const verdict = await subject.verify(await delivery({ path: `/${n}.cer`, notice: 'x' }));
      reasons.push(verdict.kind === 'refused' ? verdict.reason : verdict.kind);
    }
    expect(server.seen).toHaveLength(20);
    expect(reasons.slice(20)).toEqual(Array(10).fill('busy'));
  });

  it('may leave their issuer to be looked up at its publisher, and only there', async () => {
    const asked: string[] = [];
    const fetch = async (address: Parameters<typeof globalThis.fetch>[0]) => {
      asked.push(String(address));
      const isIssuer = String(address).startsWith('http://');
      return new Response(Buffer.from(isIssuer ? intermediate.der : published.der));
    };
    let published = await aCertificate({
      subject: 'CN=events',
      issuer: intermediate,
      caIssuers: 'http://www.microsoft.com/pkiops/ca.crt',
    });
    const request = async (signer: TestCertificate) => {
      const made = await delivery({ signer });
      return { ...made, headers: { ...made.headers, 'x-ms-certificate-url': 'https://certificates.example/a.cer' } };
    };
    const subject = () => verifier({ certificateHosts: ['certificates.example'], fetch });
    expect((await subject().verify(await request(published))).kind).toBe('event');
    expect(asked).toEqual(['https://certificates.example/a.cer', 'http://www.microsoft.com/pkiops/ca.crt']);
    published = await aCertificate({
      subject: 'CN=events',
      issuer: intermediate,
      caIssuers: 'http://evil.example/ca.crt',
    });
    expect(await subject().verify(await request(published))).toEqual({
      kind: 'refused',
      reason: 'certificate-untrusted',
    });
    expect(asked.some((address) => address.includes('evil'))).toBe(false);
  });
});
