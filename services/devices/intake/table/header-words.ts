/**
 * What a column of a device list can be. `secret` holds 25-character product keys; `other` is known and not needed, such
 * as EANs and order numbers, which look like PKIDs; `perhaps-pkid` is a PKID only if its values look like it.
 */
export type ColumnKind = 'pkid' | 'serial' | 'manufacturer' | 'model' | 'hash' | 'perhaps-pkid' | 'secret' | 'other';

/**
 * Word stems of column headings, lower case and without accents. Order matters: the first kind that matches wins, so
 * that "Product Number" is not a model and "EAN / Model" not a PKID. Microsoft's translated pages are inconsistent, hence stems and not
 * whole headings. @see Windows Autopilot: manual registration overview, in the languages it is published in
 */
const STEMS: readonly (readonly [ColumnKind, RegExp])[] = [
  [
    'hash',
    /\b(?:hw|hardware) ?(?:hash|id hash)|\bhash\b|hachage|empreinte materielle|hashwert|hardwarehash|hardverkivonat|גיבוב|хэш|хеш|哈希|雜湊|ハッシュ|해시|تجزئة|κατακερματισμ|karma\b|skrot sprzet|maskinvaruhash|laitteiston hajautus/,
  ],
  [
    'pkid',
    /\bpk ?ids?\b|\bprod(?:uct)? ?key ?ids?\b|\bproduktschlussel ?id\b|\bid (?:de|del|della|do) (?:cle|clave|chiave|chave)\b|מזהה מפתח|ключа продукта|プロダクト ?キー ?id|产品密钥 ?id/,
  ],
  [
    'pkid',
    /windows.*(?:produ[ck]t|produit|producto|prodotto|produto|urun|termek|tuote|vyrob|製品|产品|產品|제품|продукт|מוצר|منتج|προιον|proizvod|izdel|produs|toote|gaminio)|(?:produ[ck]t|produit|producto|prodotto|produto|製品|产品|產品|продукт|מוצר|منتج|προιον).*windows/,
  ],
  [
    'other',
    /\b(?:ean|gtin|upc|jan|isbn|imei|meid|iccid|mac|uuid|guid)\b ?(?:code|13|8|no|nr|number|address|adresse)?|barcode|strichcode|code ?barre|express service/,
  ],
  [
    'serial',
    /\bserial|\bseri[ea]n?(?:l|nummer|nr|number)?\b|\bserie ?(?:n|nr|no|nummer)|seriennummer|serienr|serienummer|numero de serie|nr seryj|numer seryjn|seryjny|seriov|sorozatszam|\bseri no|seri numara|sarjanumero|serijsk|serinumber|serijos|numar de serie|серийн|серійн|סידורי|סריאלי|تسلسلي|序列|序號|シリアル|製造番号|일련|σειριακ|\bs ?\/ ?n\b|^s n$|\bsn\b|\bservice ?tag|^1s$|^snr$/,
  ],
  [
    'other',
    /\b(?:po|p o|order|commande|pedido|ordine|ordre|invoice|facture|factura|fattura|faktura|faktur|delivery|livraison|albaran|bolla|tracking|parcel|paket|pallet|palette|carton|karton|customer|client|cliente|asset|inventar|quantity|qty|menge|antal|aantal|quantite|cantidad|date|datum|fecha|price|preis|prix|pris|phone|telefon|tel|e ?mail|address|adresse|group tag|assigned user|gruppentag|user|line|pos|position|item|zeile|rad|regel|ligne|linea|warranty|garantie|garanti|os|ram|cpu|ssd|disk|colou?r|farbe)\b|\b(?:bestell|order|rechnungs|liefer|sendungs|kunde|kund|faktura|artikel|art)(?:nummer|nr|schein|datum|n|id|s)\b|הזמנה|חשבונית|כמות|תאריך|订单|注文|заказ/,
  ],
  [
    'perhaps-pkid',
    /^(?:windows )?product ?keys?$|^product ?ids?$|^produkt ?id$|^produktid$|^id (?:de )?produit$|^id (?:del )?producto$|^מזהה מוצר$|^product identifier$/,
  ],
  [
    'secret',
    /product ?key|produktschlussel|produktnyckel|productsleutel|cle de produit|clave de producto|codice product key|licen[cs]e ?key|cd ?key|coa\b|ключ продукта|מפתח מוצר|产品密钥|プロダクト キー/,
  ],
  [
    'other',
    /(?:product|produkt|part|article|artikel|article|item|material|article) ?(?:number|nummer|no|nr|code)\b|\bsku\b|\bmtm\b|\bp n\b|reference|referenz|referens|מק"?ט|description|beschreibung|beskrivning|omschrijving|descripcion|descrizione|תיאור/,
  ],
  [
    'manufacturer',
    /manufactur|\bmaker\b|^make$|\boem\b|hersteller|fabricant|fabbricant|produttore|tillverkare|fabrikant|producent|produsent|valmistaja|gyarto|uretici|vyrobce|proizvodac|producator|tootja|gamintojas|производител|виробник|יצרן|制造商|製造商|製造元|メーカー|제조|الشركة المصنعة|κατασκευαστ|^vendor$|^brand$|^marke$|^marque$|^marca$|^marke$|^fabrikat$/,
  ],
  [
    'model',
    /\bmodel|\bmodell|modele|modelo|\bmalli\b|mallinimi|דגם|модел|型号|型號|モデル|機種|모델|طراز|μοντελο|^product ?name$|^produktname$|^product$|^produkt$|^produit$|^producto$|^prodotto$/,
  ],
];

/** Longest heading, in characters; longer cells are sentences. */
const HEADING_CHARS = 60;

/** Headings met before: the same few come again and again, and telling one takes a dozen patterns. */
const met = new Map<string, ColumnKind | undefined>();
const MOST_MET = 2_000;

/** Says what a heading announces; `undefined` when it is no heading we know. */
export function columnKind(heading: string): ColumnKind | undefined {
  if (heading.length === 0 || heading.length > HEADING_CHARS || /\d{6}/.test(heading)) return undefined;
  if (met.has(heading)) return met.get(heading);
  if (met.size >= MOST_MET) met.clear();
  const kind = kindOf(headingWords(heading));
  met.set(heading, kind);
  return kind;
}

function kindOf(words: string): ColumnKind | undefined {
  if (words === '' || /\d{6}/.test(words)) return undefined;
  for (const [kind, stems] of STEMS) if (stems.test(words)) return kind;
  return undefined;
}

/** A heading without case, accents, punctuation and runs of spaces: `N° de Série :` becomes `n de serie`. */
export function headingWords(heading: string): string {
  return heading
    .normalize('NFD')
    .replace(/([a-z\u0370-\u03ff])[\u0300-\u036f]+/gi, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/_/g, ' ')
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{M}\p{N}/"]+/gu, ' ')
    .trim();
}
