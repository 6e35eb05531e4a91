import { describe, expect, it } from 'vitest';
import { createAllowedHosts, isHostEntry } from '../../../bot/endpoint/hosts.ts';
import { isPrivateAddress } from '../../../bot/endpoint/private-address.ts';
import { CLOUDS } from '../../../services/clouds.ts';

const LISTED = ['smba.trafficmanager.net', '*.sharepoint.com', 'proxy.contoso.com:8443', '127.0.0.1:3979', 'localhost'];
const hosts = createAllowedHosts(LISTED, true);

const ADMITTED = [
  'https://smba.trafficmanager.net',
  'https://smba.trafficmanager.net/emea/11111111-2222-4333-8444-555555555555/',
  'https://contoso-my.sharepoint.com/personal/ada/_layouts/15/download.aspx?UniqueId=1&tempauth=v1.x%2By',
  'https://Contoso-my.SharePoint.com/a.csv',
  'https://a.b.sharepoint.com/a.csv',
  'https://proxy.contoso.com:8443/x',
  'http://127.0.0.1:3979/_connector',
  'https://127.0.0.1:3979/',
  'http://localhost:56250/_connector',
  'http://localhost/',
];

const TURNED_AWAY = [
  '',
  ' ',
  'smba.trafficmanager.net',
  '//smba.trafficmanager.net/',
  'http://smba.trafficmanager.net/',
  'ftp://smba.trafficmanager.net/',
  'file:///etc/passwd',
  'data:text/html,x',
  'javascript:alert(1)',
  'wss://smba.trafficmanager.net/',
  'https:smba.trafficmanager.net/',
  'https:/smba.trafficmanager.net/',
  'https:///smba.trafficmanager.net/',
  'https:\\\\smba.trafficmanager.net\\',
  'https://smba.trafficmanager.net\\@evil.example/',
  'https://smba.trafficmanager.net:443/',
  'https://smba.trafficmanager.net:8443/',
  'https://smba.trafficmanager.net:/',
  'https://smba.trafficmanager.net./',
  'https://smba.trafficmanager.net.evil.example/',
  'https://evil-smba.trafficmanager.net/',
  'https://x.smba.trafficmanager.net/',
  'https://trafficmanager.net/',
  'https://smba.trafficmanager.net@evil.example/',
  'https://user@smba.trafficmanager.net/',
  'https://user:password@smba.trafficmanager.net/',
  'https://evil.example/?https://smba.trafficmanager.net/',
  'https://evil.example#smba.trafficmanager.net',
  'https://smba.trafficmanager.net%2f@evil.example/',
  'https://smba%2etrafficmanager.net/',
  'https://ſmba.trafficmanager.net/',
  'https://ｓmba.trafficmanager.net/',
  'https://smba。trafficmanager。net/',
  'https://sm\u00adba.trafficmanager.net/',
  'https://smba.traffic\tmanager.net/',
  'https://smba.trafficmanager.net/\n',
  ' https://smba.trafficmanager.net/',
  'https://sharepoint.com/',
  'https://.sharepoint.com/',
  'https://evilsharepoint.com/',
  'https://contoso.sharepoint.com.evil.example/',
  'https://contoso.sharepoint.com./',
  'https://proxy.contoso.com/',
  'https://proxy.contoso.com:8444/',
  'http://127.0.0.1/',
  'http://127.0.0.1:3980/',
  'http://127.1:3979/',
  'http://2130706433:3979/',
  'http://0x7f000001:3979/',
  'http://0177.0.0.1:3979/',
  'http://[::ffff:127.0.0.1]:3979/',
  'http://[::1]:3979/',
  'http://0.0.0.0:3979/',
  'http://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/',
  'https://52.113.194.132/',
  `https://contoso.sharepoint.com/${'x'.repeat(8_200)}`,
];

describe('the one allow-list', () => {
  it.each(ADMITTED)('admits %s', (url) => expect(hosts.admit(url)?.url.href).toBe(new URL(url).href));

  it.each(TURNED_AWAY)('turns away %j', (url) => expect(hosts.admit(url)).toBeUndefined());

  it('says which URLs are on this machine', () => {
    expect(hosts.admit('http://localhost:1/')?.loopback).toBe(true);
    expect(hosts.admit('https://a.sharepoint.com/')?.loopback).toBe(false);
  });

  it.each(Object.entries(CLOUDS))('takes the hosts of the %s cloud', (_name, { serviceHosts, fileHosts }) => {
    const cloud = createAllowedHosts([...serviceHosts, ...fileHosts], false);
    for (const host of serviceHosts) expect(cloud.admit(`https://${host}/x/`)).toBeDefined();
    for (const host of fileHosts) expect(cloud.admit(`https://${host.replace('*', 'contoso')}/x`)).toBeDefined();
    expect(cloud.admit('http://localhost:3978/')).toBeUndefined();
  });

  it.each([
    '',
    '*',
    '*.com:x',
    'com',
    'https://contoso.com',
    'contoso.com/',
    'contoso.com:0',
    'contoso.com:70000',
    'contoso.com.',
    '-contoso.com',
    'contoso..com',
    '10.0.0.1',
    '10.0.0.1:443',
    '0x7f.0x1',
    '*.127.0.0.1',
    'köln.de',
    'a@contoso.com',
  ])('does not take %j as an entry', (entry) => {
    expect(isHostEntry(entry, true)).toBe(false);
    expect(() => createAllowedHosts([entry], true)).toThrow('not a host');
  });

  it.each(['localhost', '127.0.0.1:80', '[::1]:80'])('takes %s only where emulators are allowed', (entry) => {
    expect(isHostEntry(entry, true)).toBe(true);
    expect(isHostEntry(entry, false)).toBe(false);
    expect(() => createAllowedHosts([entry], false)).toThrow('not a host');
  });
});

describe('private addresses', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
    '2001::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    'not an address',
    '',
  ])('include %j', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each(['8.8.8.8', '13.107.136.10', '172.32.0.1', '100.128.0.1', '2620:1ec:8f8::10', '2603:1036::1'])(
    'do not include %s',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});
