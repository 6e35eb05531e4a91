/** What a label in running text announces. `other` numbers look like PKIDs and are none: EANs, orders, phones. */
export type LabelKind = 'pkid' | 'serial' | 'manufacturer' | 'model' | 'hash' | 'other';

/** A label and where its value stands in the line. */
export type Labelled = Readonly<{
  kind: LabelKind;
  start: number;
  valueStart: number;
  valueEnd: number;
  /** False for a word that may as well be part of a sentence, such as "make" or "in case" without a colon. */
  firm: boolean;
  /** True for `PKID:` and the like: one value is announced, and a separator says that it follows. */
  announcesOne: boolean;
}>;

const WORDS: Readonly<Record<LabelKind, string>> = {
  pkid: 'pk ?ids?|windows[ -]product ?(?:key )?ids?|(?:product|prod\\.?) ?key ?ids?|windows-?produkt-?id|windows-?product-?id|id de produit windows|id\\.? (?:de(?:l)? )?producto de windows|id prodotto windows|מזהה (?:ה)?מוצר(?: של)? windows|מזהה pk',
  serial:
    'serial ?(?:numbers?|no|nr|#)?|serials|seriennummer|serien-?nr|serienummer|serienr|(?:n[o°]|num[ée]ro) de s[ée]rie|n[úu]mero de serie|numero di serie|s/n|sn|snr|service ?tag|מספר סידורי|シリアル番号|序列号',
  manufacturer:
    'manufacturer(?: name)?|oem|maker|hersteller|fabricant|fabricante|tillverkare|fabrikant|brand|vendor|make|יצרן',
  model: 'device model|model(?: name)?|modell|modèle|modelo|modello|דגם',
  hash: 'hardware ?hash|hw ?hash|4k ?hh',
  other:
    'ean(?:-?13)?|gtin(?:-?1[34])?|upc|barcode|strichcode|isbn|imei|meid|iccid|mac|p\\.?o\\.?|purchase order|order(?: (?:no|number|nr|id))?|bestell(?:ung|nummer|nr)|best(?:äll|illing)?ningsnummer|ordernummer|ordernr|commande|pedido|invoice(?: (?:no|number|nr))?|rechnung(?:snummer|snr)?|facture|factura|faktura|delivery(?: note)?|lieferschein(?:nummer|nr)?|livraison|tracking(?: (?:no|number|nr|id))?|sendung(?:snummer)?|shipment|parcel|phone|tel(?:efon|ephone)?|mobile?|fax|call|ring|customer(?: (?:no|number|id))?|kundennummer|kundnummer|asset(?: tag)?|sku|part(?: (?:no|number|nr))|p/n|article(?: no)?|artikel(?:nummer|nr)?|ticket|case|ref(?:erence)?|iban|vat|org\\.?(?: ?n(?:o|r))?|timestamp|sscc|nve|lot|express service code|quantity|qty|הזמנה|חשבונית|טלפון|ברקוד',
};
const KINDS = Object.keys(WORDS) as LabelKind[];
const LABELS = new RegExp(
  `(?<![\\p{L}\\p{N}#])(?:${KINDS.map((kind) => `(?<${kind}>${WORDS[kind]})`).join('|')})(?: (?:no|nr|number|nummer|is|are|lautet|ist|är|est)\\b\\.?)?(?:(?![\\p{L}\\p{N}])|(?=\\d{5}))(?<separator>(?: ?(?:[:=.>-]|#(?!\\p{Lu}))){0,3})`,
  'giu',
);

/** Words that are seldom labels: only a separator makes them one. */
const SELDOM = /^(?:make|brand|vendor|call|ring|case)$/i;

/** Finds the labels of a line; the value of each reaches to the next label. The line has single spaces. */
export function findLabels(line: string): Labelled[] {
  const found: Labelled[] = [];
  const matches = [...line.matchAll(LABELS)];
  const leading = (matches[0]?.index ?? 0) <= 2;
  matches.forEach((match, index) => {
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined);
    if (!kind) return;
    const word = match.groups?.[kind] ?? '';
    const separator = match.groups?.separator ?? '';
    const valueEnd = matches[index + 1]?.index ?? line.length;
    found.push({
      kind,
      start: match.index,
      valueStart: match.index + match[0].length,
      valueEnd,
      firm: separator.trim() !== '' || (!SELDOM.test(word) && (leading || kind === 'other')),
      announcesOne: kind === 'pkid' && /[:=]/.test(separator) && !/s$/i.test(word),
    });
  });
  return found;
}
