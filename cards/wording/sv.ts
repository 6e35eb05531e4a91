import type { Catalogue } from './wording.ts';

/** Swedish. Terms follow Microsoft's Swedish pages: relation, återförsäljare, global administratör, Partnercenter. */
export const sv = {
  'common.customer': 'Kund:',
  'common.partner': 'Partner:',
  'common.tenantId': 'Klientorganisations-ID:',
  'common.domain': 'Domän:',
  'common.note': 'Meddelande:',
  'common.reason': 'Skäl:',
  'common.askedBy': 'Begärd av:',
  'common.expiresOn': 'Öppen till:',
  'common.previous': 'Föregående',
  'common.next': 'Nästa',
  'common.page': 'Sida {page} av {pages}',
  'common.cancel': 'Avbryt',
  'common.row': '{source}, rad {row}',
  'common.wholeSource': '{source}',

  'command.request': 'Begär en relation',
  'command.register': 'Registrera enheter',
  'command.customers': 'Kunder',
  'command.requests': 'Begäranden',
  'command.batches': 'Batchar',
  'command.find': 'Hitta enheter',
  'command.profiles': 'Profiler',
  'command.remove': 'Avregistrera enheter',
  'command.status': 'Status',
  'command.help': 'Hjälp',
  'command.settings': 'Inställningar',

  'words.request': 'begär, begäran',
  'words.register': 'registrera',
  'words.requests': 'begäranden',
  'words.customers': 'kunder',
  'words.batches': 'batchar, partier',
  'words.find': 'sök, hitta',
  'words.deregister': 'avregistrera',
  'words.surface': 'surface',
  'words.profiles': 'profiler, profil',
  'words.status': 'status',
  'words.doctor': 'doktor, diagnos',
  'words.help': 'hjälp, hej',
  'words.cancel': 'avbryt',
  'words.settings': 'inställningar',
  'words.language': 'språk',
  'words.notify': 'meddela',
  'words.sign-in': 'logga in',
  'words.sign-out': 'logga ut',

  'welcome.title': 'Välkommen till Tarmac, {name}',
  'welcome.hello': 'Hej {name}',
  'welcome.rep.text':
    'Få en kunds medgivande och registrera kundens Windows-enheter för Autopilot, direkt i den här chatten.',
  'welcome.rep.more':
    'Begär först en relation. När kunden har godkänt den hos Microsoft klistrar du in eller bifogar en lista med enheter.',
  'welcome.admin':
    'Du administrerar Tarmac för {partner}. Kontrollera först installationen, med knappen nedan eller genom att skriva ”doktor”.',
  'welcome.staff.more':
    'Säljarna begär relationer och registrerar enheter. Om det också är ditt arbete, be att få läggas till i deras grupp.',
  'welcome.colleague.text':
    'Med Tarmac ber säljarna hos {partner} kunder om medgivande och registrerar deras Windows-enheter för Autopilot. Du är inte med i deras grupp.',
  'welcome.colleague.more':
    'Om det är ditt arbete, be din administratör lägga till dig i gruppen. Skriv ”hjälp” här några minuter senare.',
  'welcome.unread':
    'Microsofts katalog svarar inte, så jag kan inte se vad du får göra här. Skriv ”hjälp” igen om några minuter.',
  'welcome.customer.text':
    '{partner} använder Tarmac för att fråga om de får registrera din organisations Windows-enheter för Autopilot. Sådana begäranden kommer i den här chatten.',
  'welcome.customer.more':
    'Inga administratörsbehörigheter i din organisation begärs. Du bestämmer, och själva godkännandet sker i administrationscentret för Microsoft 365.',
  'welcome.stranger.text':
    '{partner} använder Tarmac för att fråga kunder om de får registrera kundernas Windows-enheter för Autopilot. Ingen sådan begäran har kommit till dig.',
  'welcome.stranger.more':
    'Om du väntar på en, berätta för din kontakt hos {partner} vilket konto du använder i Teams. Begäran kommer då i den här chatten.',
  'welcome.stranger.account': 'Ditt konto: {account}',

  'help.title': 'Det här kan Tarmac göra',
  'help.request.title': 'Begär en relation',
  'help.request.text':
    'Skriv ”begär” för att be en kunds administratörer om en återförsäljarrelation. De godkänner här och accepterar sedan hos Microsoft. Tarmac säger till när den är aktiv.',
  'help.register.title': 'Registrera enheter',
  'help.register.text':
    'Skriv ”registrera” och klistra sedan in en lista eller bifoga en fil (CSV, Excel, PDF, text, foto av etiketter). Du ser vad som uppfattades innan något skickas. Högst 5 000 enheter i en batch.',
  'help.find.title': 'Hitta en enhet',
  'help.find.text':
    'Skriv ”hitta” och en eller flera PKID eller serienummer för att se var varje enhet finns: kund, batch, tillstånd, av vem och när.',
  'help.remove.title': 'Avregistrera enheter',
  'help.remove.text':
    'Skriv ”avregistrera” för att ta bort enheter ur en kunds Autopilot. Du ser vad som kommer att hända och skriver antalet enheter; en kollega som får ta bort bekräftar, sedan tas de bort en efter en.',
  'help.surface.title': 'Surface-enheter',
  'help.surface.text':
    'Microsoft Support registrerar Surface-enheter på begäran. Skriv ”surface” och en kunds namn för att se vad som ska förberedas.',
  'help.follow.title': 'Följ upp',
  'help.follow.text':
    'Skriv ”kunder”, ”batchar” eller ”status” för att se hur det står till. Tarmac skriver själv när en batch är klar.',
  'help.profiles.title': 'Autopilot-profiler',
  'help.profiles.text':
    'Skriv ”profiler” och en kund för att se, skapa eller ändra Autopilot-profiler i Partnercenter och välja den som nya batchar får.',
  'help.stop.title': 'Avbryt',
  'help.stop.text': 'Skriv ”avbryt” för att lämna det du håller på med. Inget skickas innan du bekräftar.',
  'help.settings.title': 'Dina inställningar',
  'help.settings.text':
    'Skriv ”inställningar” för att välja språk, tysta timmar och vilka meddelanden du får, eller ”språk” med ett språk efter.',
  'help.notify.title': 'Meddelanden i en kanal',
  'help.notify.text':
    'Skriv ”meddela här” i en kanal med Tarmac: färdiga batchar och kundernas svar berättas även där. ”meddela avbryt” avslutar det, ”meddela” här visar kanalerna. Med en timme efter, till exempel ”meddela här 8”, kommer batcharna i ett meddelande om dagen.',
  'help.doctor.title': 'Kontrollera installationen',
  'help.doctor.text':
    'Administratörer skriver ”doktor” för att kontrollera inställningar, inloggning, behörigheter och vilka som har appen, och får veta vad som ska göras åt varje problem.',
  'help.admin.title': 'Det som kommer av sig självt',
  'help.admin.text':
    'När något behöver en administratör skriver Tarmac här: inloggningen till Partner Center fungerar inte, ärendesystemet saknar händelser eller databasen har ändrats utifrån.',
  'help.confirm.title': 'Bekräfta borttagningar',
  'help.confirm.text':
    'När en kollega vill ta bort enheter från en kunds Autopilot kommer ett kort i den här chatten. Titta på enheterna och skriv sedan antalet för att bekräfta, eller avvisa.',
  'help.sales.title': 'Säljare hos {partner}',
  'help.files.title': 'Filer',
  'help.files.text': 'Filer når Tarmac bara i den här personliga chatten, inte i kanaler eller gruppchattar.',
  'help.customer.title': 'Begäranden från {partner}',
  'help.customer.text':
    'En begäran från {partner} visar vem som frågar och om vad. Godkänn eller avböj med knapparna. Inget annat begärs av dig här.',
  'help.next.title': 'Vad händer sedan',
  'help.next.text':
    'När du har godkänt får du en länk till administrationscentret för Microsoft 365, där du accepterar relationen. Sedan kan {partner} registrera enheter som ni köpt. De får inga administratörsbehörigheter.',

  'requestForm.title': 'Begär en relation',
  'requestForm.text': 'Tarmac skickar begäran till de administratörer du anger. Du får se den innan den går ut.',
  'requestForm.customer': 'Kund: domän eller klientorganisations-ID',
  'requestForm.customer.example': 'contoso.com',
  'requestForm.customer.missing': 'Ange kundens domän eller klientorganisations-ID.',
  'requestForm.known': 'Eller en av era kunder',
  'requestForm.approvers': 'Vem får godkänna: inloggningsnamn',
  'requestForm.approvers.example': 'anna@contoso.com, ben@contoso.com',
  'requestForm.approvers.missing': 'Ange minst ett inloggningsnamn.',
  'requestForm.approvers.hint': 'Ett per rad eller åtskilda med kommatecken. Det första svaret gäller.',
  'requestForm.note': 'Meddelande till godkännarna (valfritt)',
  'requestForm.route': 'Så köper kunden av er',
  'requestForm.route.direct': 'Direkt av oss',
  'requestForm.route.distributor': 'Genom vår distributör',
  'requestForm.preview': 'Förhandsgranska',

  'requestPreview.title': 'Kontrollera innan du skickar',
  'requestPreview.text': 'Det här får godkännarna se:',
  'requestPreview.approvers': '{count, plural, one {Går till:} other {Går till (första svaret gäller):}}',
  'requestPreview.link': 'Länk till Microsoft:',
  'requestPreview.send': 'Skicka',
  'requestPreview.edit': 'Ändra',

  'ask.title': '{partner} begär en återförsäljarrelation',
  'ask.what': '{partner} vill registrera Windows-enheter som din organisation köper för Autopilot. Inget annat.',
  'ask.noDap': 'Inga delegerade administratörsbehörigheter begärs. Länken har kontrollerats: den innehåller DAP=false.',
  'ask.noDap.unstated':
    'Inga delegerade administratörsbehörigheter begärs. Sedan oktober 2023 medför en sådan relation inga.',
  'ask.role':
    'I steg 2 vill Microsoft ha en global administratör; faktureringsadministratör kan räcka. Det kontrollerar Microsoft, inte Tarmac.',
  'ask.distributor': 'Distributören {distributor} får behörighet tillsammans med {partner}.',
  'ask.expires': 'Du kan svara till {date}.',

  'request.title': 'Relation med {customer}',
  'request.state.sent': 'Väntar på svar',
  'request.state.sent.approver': 'Väntar på ditt svar',
  'request.state.approved': 'Godkänd, men ännu inte accepterad hos Microsoft',
  'request.state.active': 'Aktiv',
  'request.state.declined': 'Avböjd',
  'request.state.expired': 'Har gått ut',
  'request.state.withdrawn': 'Återtagen',
  'request.state.ended': 'Avslutad',
  'request.approve': 'Godkänn',
  'request.decline': 'Avböj',
  'request.decline.reason': 'Skäl (valfritt, {partner} ser det)',
  'request.decline.confirm': 'Avböj begäran',
  'request.delegate': 'Fråga en kollega i stället',
  'request.delegate.name': 'Din kollegas inloggningsnamn, i din egen organisation',
  'request.delegate.example': 'anna@contoso.com',
  'request.delegate.confirm': 'Fråga den här kollegan',
  'request.approved.by': '{name} godkände {date}.',
  'request.declined.by': '{name} avböjde {date}.',
  'request.step2.title': 'Steg 2: acceptera hos Microsoft',
  'request.step2.text':
    'Öppna administrationscentret för Microsoft 365, logga in, markera Microsofts kundavtal och välj Acceptera och auktorisera. Om ett meddelande om behörighet visas lämnar du detta vidare till en faktureringsadministratör eller global administratör.',
  'request.step2.notice': 'Tarmac märker själv när Microsoft har registrerat det, oftast inom några minuter.',
  'request.open': 'Öppna administrationscentret (lämnar Teams)',
  'request.check': 'Jag har accepterat: kontrollera nu',
  'request.active.approver':
    '{partner} kan nu registrera enheter åt din organisation. Relationen finns i administrationscentret under Inställningar, Partnerrelationer.',
  'request.active.rep': 'Relationen är aktiv. Du kan registrera enheter åt {customer}.',
  'request.declined.approver': 'Begäran avböjdes. {partner} har fått veta det. Du behöver inte göra något.',
  'request.expired.approver': 'Ingen svarade i tid. Om du fortfarande vill detta, be {partner} om en ny begäran.',
  'request.withdrawn.approver': '{partner} har tagit tillbaka begäran. Du behöver inte göra något.',
  'request.ended.approver': 'Relationen med {partner} har avslutats. De kan inte längre registrera enheter.',
  'request.expired.rep': 'Ingen svarade i tid. Du kan skicka en ny begäran.',
  'request.withdrawn.rep': 'Begäran har tagits tillbaka. Dess knappar fungerar inte längre för någon.',
  'request.ended.rep': 'Relationen har avslutats. Begär en ny för att registrera enheter.',
  'request.waiting.rep': 'Kunden måste fortfarande acceptera i administrationscentret för Microsoft 365.',
  'request.role.has': '{name}: {roles} i {domain}, läst i Microsoft Entra {date}.',
  'request.role.none':
    '{name}: varken global administratör eller faktureringsadministratör, läst i Microsoft Entra {date}. Microsoft avgör i steg 2.',
  'request.signIn': 'Visa min roll (logga in)',
  'request.timeline': 'Hittills',
  'request.timeline.sent': '{date}: skickad av {name}',
  'request.timeline.decided': '{date}: {name} svarade',
  'request.timeline.reminded': '{date}: påmind',
  'request.timeline.active': '{date}: aktiv hos Microsoft',
  'request.approvers': 'Godkännare',
  'request.delivery.not-installed': 'har inte installerat Tarmac ännu',
  'request.delivery.sending': 'levereras',
  'request.delivery.sent': 'levererad',
  'request.delivery.undeliverable': 'kunde inte levereras',
  'request.delivery.closed': 'stängd',
  'request.install.text':
    'Den som inte har installerat Tarmac ser inte begäran ännu. Den kommer av sig själv efter installationen. Skicka det här mejlet:',
  'request.install.open': 'Öppna appens sida',
  'request.mail.to': 'Till:',
  'request.mail.subject': 'Ämne:',
  'request.mail.body': 'Mejltext att kopiera',
  'request.mail': 'Skicka mejlet åt mig',
  'request.withdraw': 'Ta tillbaka',
  'request.remind': 'Påminn',
  'request.again': 'Skicka igen',
  'request.register': 'Registrera enheter',

  'customers.title': 'Kunder',
  'customers.found': 'Kunder som matchar ”{query}”',
  'customers.none': 'Ingen kund hittades. Begär en relation för att lägga till en.',
  'customers.active': 'Aktiv',
  'customers.active.since': 'Aktiv sedan {date}',
  'customers.waiting': 'Väntar på kunden',
  'customers.ended': 'Avslutad',
  'customers.register': 'Registrera enheter: {name}',
  'customers.request': 'Begär igen: {name}',
  'customers.profiles': 'Autopilot-profiler: {name}',
  'profiles.title': 'Autopilot-profiler: {customer}',
  'profiles.note':
    'Här finns bara profiler som skapats i Partnercenter. Profiler som kunden skapat i Intune kan varken ses eller tilldelas härifrån; kunden tilldelar dem i Intune.',
  'profiles.none':
    'Kunden har ännu ingen profil i Partnercenter. Enheter utan profil får Autopilots standardinställningar.',
  'profiles.default': 'Standard: nya batchar får den',
  'profiles.devices': '{count, plural, =0 {Ingen enhet har den} one {# enhet har den} other {# enheter har den}}',
  'profiles.settings.none': 'Slår inte på något',
  'profiles.setting.skip_express_settings': 'Hoppa över sekretessinställningarna',
  'profiles.setting.skip_oem_registration':
    'Hoppa över sidorna för Cortana, OneDrive och registrering hos tillverkaren',
  'profiles.setting.oobe_user_not_local_admin': 'Den som konfigurerar enheten blir inte lokal administratör',
  'profiles.setting.remove_oem_preinstalls': 'Ta bort appar som tillverkaren har förinstallerat',
  'profiles.setting.skip_eula': 'Hoppa över licensvillkoren (EULA)',
  'profiles.effect':
    'En ändring når en enhet vid nästa första start (OOBE). Enheter i drift behåller det de hade tills de återställs.',
  'profiles.new': 'Ny profil',
  'profiles.edit': 'Ändra',
  'profiles.makeDefault': 'Gör till standard',
  'profiles.noDefault': 'Inte standard',
  'profiles.delete': 'Ta bort',
  'profiles.saved': '{name} är sparad i Partnercenter',
  'profiles.deleted': 'Profilen är borttagen från Partnercenter',
  'profileForm.title.new': 'Ny profil för {customer}',
  'profileForm.title.change': 'Ändra en profil för {customer}',
  'profileForm.name': 'Namn',
  'profileForm.name.missing': 'Ange ett namn.',
  'profileForm.description': 'Beskrivning (valfritt)',
  'profileForm.settings': 'Vad den slår på',
  'profileForm.eula': 'Den som hoppar över licensvillkoren godkänner dem för kundens räkning.',
  'profileForm.save': 'Spara i Partnercenter',
  'profileRemoval.title': 'Ta bort profilen {name} för {customer}?',
  'profileRemoval.devices.unknown': 'Partnercenter säger inte hur många enheter som har den',
  'profileRemoval.text':
    'Enheter som fortfarande har den kan misslyckas vid första starten (fel 809). Tilldela dem en annan profil först. Det här går inte att ångra.',
  'profileRemoval.text.unused': 'När den har tagits bort går den inte att återställa.',
  'profileRemoval.confirm': 'Ta bort profilen',
  'profileRemoval.keep': 'Behåll den',
  'requests.title': 'Begäranden om relation',
  'requests.none': 'Inga begäranden ännu. Skriv ”begär” för att skicka en.',
  'requests.age':
    '{days, plural, =0 {Skickad i dag av {name}} one {Skickad för # dag sedan av {name}} other {Skickad för # dagar sedan av {name}}}',

  'picker.title': 'Registrera enheter',
  'picker.text': 'För vilken kund? Bara kunder med en aktiv relation visas.',
  'picker.label': 'Kund',
  'picker.placeholder': 'Skriv för att söka',
  'picker.missing': 'Välj en kund.',
  'picker.more':
    'Det finns fler kunder: skriv i listan för att söka bland alla. Hittas inget, skicka ”registrera” med ett namn eller en domän.',
  'picker.none': 'Ingen kund har en aktiv relation ännu. Begär en först.',
  'picker.refused': 'Går inte för {name}: {reason}',
  'picker.continue': 'Fortsätt',
  'messageList.title': 'Registrera enheterna i meddelandet',
  'messageList.text':
    'Inget skickas ännu. Listan hamnar i din personliga chatt med Tarmac, där du kontrollerar och bekräftar den.',
  'messageList.none':
    'Jag hittar ingen enhet i meddelandet. Det som tas emot är PKID (13 siffror), eller serienummer med tillverkare och modell.',
  'messageList.files': 'Filer i ett meddelande når mig inte härifrån. Bifoga dem i vår personliga chatt.',
  'messageList.unread': '{name} lästes inte. {reason}',
  'messageList.continue': 'Fortsätt i min chatt',
  'messageList.done': 'Listan för {customer} är klar',
  'messageList.done.text':
    'Du hittar den i din personliga chatt med Tarmac. Kontrollera och bekräfta den där; inget har skickats ännu.',

  'list.ask.title': 'Enheter åt {customer}',
  'list.ask.text': 'Klistra in en lista här eller bifoga en fil.',
  'list.ask.accepted':
    'Godtas: PKID (13 siffror) eller serienummer med tillverkare och modell. Som text, CSV, Excel, PDF eller foto av kartongetiketter. Högst 5 000 enheter.',
  'list.ask.prefer':
    'Använd helst PKID från kartongens etikett eller från er distributör. Maskinvaruhashar rekommenderas inte.',
  'list.title': 'Stämmer det här? {customer}',
  'list.read': '{count, plural, one {# enhet uppfattad} other {# enheter uppfattade}}',
  'list.problems': '{count, plural, one {# rad togs inte med} other {# rader togs inte med}}',
  'list.doubtful': '{count, plural, one {# enhet behöver ditt ja} other {# enheter behöver ditt ja}}',
  'list.superseded': 'Listan har vuxit: kortet längre ned visar hela.',
  'list.sources': 'Från: {sources}',
  'list.byHash':
    '{count, plural, one {# enhet anges bara med sin maskinvaruhash.} other {# enheter anges bara med sin maskinvaruhash.}} Microsoft rekommenderar PKID från förpackningen eller från distributören.',
  'list.follows': 'Avvisade tidigare i batchen {name}',
  'list.uploads': '{count, plural, one {Skickas i en uppladdning.} other {Skickas i # uppladdningar.}}',
  'list.first': 'Första enheterna',
  'list.last': 'Sista enheten',
  'list.known.here':
    '{count, plural, one {# enhet är redan registrerad åt kunden} other {# enheter är redan registrerade åt kunden}}',
  'list.known.batch':
    '{count, plural, one {# enhet finns redan i en annan batch} other {# enheter finns redan i andra batchar}}',
  'list.known.other':
    '{count, plural, one {# enhet har tidigare skickats åt en annan kund} other {# enheter har tidigare skickats åt andra kunder}}',
  'list.doubtful.text':
    'Enheter med ? kan vara felavlästa. Säg ja till dem, uteslut dem eller rätta dem nedan innan du bekräftar.',
  'list.doubtful.accept': 'Ta med tveksamma',
  'list.doubtful.drop': 'Uteslut tveksamma',
  'list.doubtful.acceptOne': 'Ta med',
  'list.doubtful.dropOne': 'Uteslut',
  'list.fix': 'Rätta rader',
  'list.fix.label': '{source}, rad {row}: rätt värde',
  'list.fix.apply': 'Använd rättelserna',
  'list.name': 'Batchnamn',
  'list.name.hint':
    'Partnercenter ger kunden namnet som grupptagg: i Intune kan grupper och profiler tilldelas efter den. Bokstäver, siffror, mellanslag, punkter, bindestreck och understreck; det går inte att ändra efteråt.',
  'list.name.missing': 'Ange ett batchnamn.',
  'list.profile': 'Autopilot-profil (valfritt)',
  'list.profile.none': 'Ingen profil',
  'list.target': 'Vart enheterna ska (batchens namn är deras grupptagg)',
  'list.target.new': 'En ny batch, med namnet nedan',
  'list.target.add': 'Lägg till i {name}',
  'list.target.addCounted': 'Lägg till i {name}: {count, plural, one {# enhet} other {# enheter}} nu, {after} sedan',
  'list.confirm': '{count, plural, one {Registrera # enhet} other {Registrera # enheter}}',
  'list.more': 'Lägg till fler',

  'batch.title': 'Batch {name}',
  'batch.state.sending': 'Skickas till Partnercenter',
  'batch.state.waiting': 'Partnercenter arbetar med den',
  'batch.state.done': 'Klar',
  'batch.state.done-with-errors': 'Klar, några enheter avvisades',
  'batch.state.failed': 'Misslyckades',
  'batch.state.needs-human': 'En person måste ta ställning',
  'batch.state.cancelled': 'Avbruten',
  'batch.progress': '{done} av {total} besvarade',
  'batch.count.registered': '{count, plural, one {# registrerad} other {# registrerade}}',
  'batch.count.failed': '{count, plural, one {# avvisad} other {# avvisade}}',
  'batch.count.pending': '{count, plural, one {# återstår} other {# återstår}}',
  'batch.count.unknown': '{count, plural, one {# utan känt resultat} other {# utan känt resultat}}',
  'batch.started': 'Påbörjad:',
  'batch.finished': 'Klar:',
  'batch.nextCheck': 'Nästa kontroll: {date}. Du får ett meddelande när den är klar.',
  'batch.outcome.registered': 'registrerad',
  'batch.outcome.already': 'var redan registrerad',
  'batch.outcome.failed': 'avvisad',
  'batch.outcome.pending': 'återstår',
  'batch.outcome.unknown': 'okänt resultat',
  'batch.result.who': 'Vem som kan hjälpa: {who}',
  'batch.result.next': 'Nästa steg: {next}',
  'batch.result.code': 'kod {code}',
  'batch.id.name': 'Batchnamn i Partnercenter:',
  'batch.id.tracking': 'Spårnings-ID:',
  'batch.refresh': 'Uppdatera',
  'batch.export': 'Exportera',
  'export.title': 'Resultat för {batch}, {customer}',
  'export.count':
    '{total, plural, one {# enhet} other {# enheter}}, {failed, plural, =0 {ingen avvisad} one {# avvisad} other {# avvisade}}',
  'export.more': '{count, plural, one {# enhet till finns i filen.} other {# enheter till finns i filen.}}',
  'export.how': 'Välj en fil. Teams frågar dig innan den sparas i din OneDrive.',
  'export.elsewhere':
    'Filer kan bara skickas i en personlig chatt. Öppna Tarmac från applistan, skriv ”batchar”, öppna batchen och tryck på Exportera.',
  'export.xlsx': 'Excel-fil',
  'export.csv': 'CSV-fil',
  'export.failed': 'Bara avvisade (Excel)',
  'export.consent': 'Varje enhet i {batch} ({customer}) med resultat, orsak och nästa steg.',
  'export.declined': 'Ingen fil sparades.',
  'export.column.pkid': 'PKID',
  'export.column.serial': 'Serienummer',
  'export.column.manufacturer': 'Tillverkare',
  'export.column.model': 'Modell',
  'export.column.outcome': 'Resultat',
  'export.column.code': 'Kod',
  'export.column.cause': 'Orsak',
  'export.column.next': 'Nästa steg',
  'export.column.profile': 'Profil',
  'export.column.source': 'Källa',
  'export.column.row': 'Rad',
  'batch.addsTo': 'Tillagd i',
  'batch.addsTo.counted': '{name}, som hade {count, plural, one {# enhet} other {# enheter}}',
  'batch.add': 'Lägg till enheter',
  'batch.resend': 'Rätta och skicka igen',
  'batch.filter.failed': 'Bara avvisade',
  'batch.filter.all': 'Alla enheter',
  'batch.follows': 'Skickar igen det som avvisades i:',
  'batch.applyProfile': 'Tilldela en profil',
  'batch.profile.planned': 'Profil {name}: tilldelas så snart enheterna är registrerade',
  'batch.profile.counts':
    'Profil {name}: {applied, number} tilldelade{failed, plural, =0 {} other {, # inte tilldelade}}{unknown, plural, =0 {} other {, # utan känt resultat}}{pending, plural, =0 {} other {, # återstår}}',
  'batch.profile.applied': 'Profilen {name} tilldelad',
  'batch.profile.pending': 'Profilen {name} tilldelas',
  'batch.profile.unknown':
    'Profilen {name}: Partnercenter säger inte om den är tilldelad. Titta där, eller tilldela den igen.',
  'batch.profile.failed': 'Profilen {name} inte tilldelad. {cause} {next}',
  'applyProfile.title': 'Tilldela en profil: batch {batch} för {customer}',
  'applyProfile.text': 'Går till batchens registrerade enheter och ersätter andra profiler från Partnercenter på dem.',
  'applyProfile.profile': 'Profil',
  'applyProfile.profile.missing': 'Välj en profil.',
  'applyProfile.devices': 'Bara dessa enheter: PKID eller serienummer (valfritt)',
  'applyProfile.devices.all': 'Tomt: alla registrerade enheter',
  'applyProfile.apply': 'Tilldela',
  'batch.open': 'Detaljer',
  'batches.title': 'Batchar',
  'batches.none': 'Inga batchar ännu. Skriv ”registrera” för att börja.',
  'batches.found': 'Batchar som matchar ”{query}”',
  'batches.noneFound': 'Ingen batch matchar. Sök på en del av namnet, kunden eller statusen.',
  'batches.search': 'Sök',
  'batches.search.label': 'Batchnamn, kund eller status',
  'batches.line': '{customer} · {registered} av {total} registrerade',
  'find.title': 'Hitta enheter',
  'find.query': 'PKID eller serienummer, högst {max, number}',
  'find.query.missing': 'Ange en PKID eller ett serienummer.',
  'find.where': 'Var ska jag leta',
  'find.where.known': 'Allt som skickats med Tarmac',
  'find.where.customer': 'Partnercenter: {name}',
  'find.more': 'Det finns fler kunder. Skriv ”hitta … hos” och ett namn eller en domän för att leta hos en annan.',
  'find.go': 'Sök',
  'find.registered': 'Registrerad',
  'find.before': 'Var redan registrerad',
  'find.refused': 'Avvisad',
  'find.open': 'Skickad, inget resultat ännu',
  'find.unknown': 'Skickad, okänt resultat',
  'find.removed': 'Borttagen från Autopilot',
  'find.atPartnerCenter': 'Registrerad, enligt Partnercenter nu',
  'find.absent': 'Hittades inte',
  'find.place': '{customer} · batch {batch}',
  'find.when': '{date}, av {name}',
  'find.uploaded': 'Uppladdad {date}',
  'find.removed.when': 'Borttagen {date}',
  'find.profile': 'Autopilot-profil: {name}',
  'find.profile.none': 'Ingen Autopilot-profil från Partnercenter',
  'find.absent.known':
    'Tarmac har inte skickat den här enheten. Jämför siffrorna med etiketten, eller välj en kund ovan för att leta i själva Partnercenter.',
  'find.absent.customer':
    'Partnercenter visar ingen sådan enhet för den här kunden. Enheter som kunden eller någon annan har registrerat syns inte där: kunden kan titta i Intune under Windows Autopilot-enheter.',
  'find.partly':
    'Jag hann titta i {looked, number} av {total, number} batchar, de nyaste först. De andra får du titta på i Partnercenter.',
  'find.tooMany': 'Bara de första {max, number} har sökts.',
  'find.number':
    '{count, plural, one {Det här ser ut som en enhet} other {Det här ser ut som # enheter}}. Ska jag ta reda på vad jag vet, eller vill du registrera?',
  'find.remove': 'Avregistrera',
  'batch.remove': 'Avregistrera de här enheterna',
  'picker.title.remove': 'Avregistrera enheter',
  'removal.collect.title': 'Vilka enheter ska lämna {customer}?',
  'removal.collect.text':
    'Klistra in PKID eller serienummer här, eller bifoga en fil. Inget tas bort innan en andra person har bekräftat.',
  'removal.nothing':
    'Jag hittar ingen enhet här. Klistra in eller bifoga PKID eller serienummer, eller skriv ”avbryt”.',
  'removal.notTaken': '{count, plural, one {# rad togs inte med:} other {# rader togs inte med:}}',
  'removal.title': 'Avregistrera enheter: {customer}',
  'removal.state.draft': 'Inte begärt ännu',
  'removal.state.asked': 'Väntar på en andra person',
  'removal.state.asked.remover': 'Väntar på ditt svar',
  'removal.state.removing': 'Tas bort',
  'removal.state.done': 'Klart',
  'removal.state.done-with-errors': 'Klart, vissa enheter kunde inte tas bort',
  'removal.state.needs-human': 'Måste ses över av en människa',
  'removal.state.refused': 'Avvisat',
  'removal.state.expired': 'Ingen bekräftade i tid',
  'removal.state.withdrawn': 'Återtagen',
  'removal.state.cancelled': 'Avbruten',
  'removal.effect.count':
    '{count, plural, one {# enhet lämnar Windows Autopilot hos {customer}: i Partnercenter och i kundens egen lista över Autopilot-enheter i Intune.} other {# enheter lämnar Windows Autopilot hos {customer}: i Partnercenter och i kundens egen lista över Autopilot-enheter i Intune.}}',
  'removal.effect.stays':
    'En enhet i bruk är kvar i Intune och ansluten till Microsoft Entra ID. För att lämna den vidare tar kunden bort den i Intune och återställer den.',
  'removal.effect.final': 'Det kan inte ångras. Enheterna kan registreras igen.',
  'removal.absent':
    '{count, plural, one {# enhet finns inte i Partnercenter för den här kunden och lämnas som den är.} other {# enheter finns inte i Partnercenter för den här kunden och lämnas som de är.}} Det kunden har registrerat kan bara kunden avregistrera: i Intune under Windows Autopilot-enheter. Vet ingen vem som registrerade den tar Microsoft Support emot en ”Autopilot Deregistration Request” med ägarbevis.',
  'removal.unchecked':
    '{count, plural, one {# enhet har inte sökts i alla batchar ännu.} other {# enheter har inte sökts i alla batchar ännu.}} Tryck på ”Fortsätt söka”; bara det som hittats kan tas bort.',
  'removal.batches': 'Från: {batches}',
  'removal.batch': '{name} ({count, number})',
  'removal.type': 'Skriv {count, number} (antalet enheter) eller {domain} för att gå vidare',
  'removal.ask': 'Be om bekräftelse',
  'removal.look': 'Fortsätt söka',
  'removal.confirm': '{count, plural, one {Ta bort # enhet} other {Ta bort # enheter}}',
  'removal.refuse': 'Avvisa',
  'removal.refuse.reason': 'Orsak (valfritt, {name} ser den)',
  'removal.refuse.confirm': 'Avvisa borttagningen',
  'removal.withdraw': 'Ta tillbaka',
  'removal.refresh': 'Uppdatera',
  'removal.ask.remover':
    '{name} vill ta bort de här enheterna. Det krävs en andra person: du, eller en annan kollega som får ta bort.',
  'removal.ask.rep': 'En kollega som får ta bort enheter måste bekräfta. Alla har ett kort; det första svaret gäller.',
  'removal.confirmed.by': '{name} bekräftade {date}.',
  'removal.refused.by': '{name} avvisade {date}. Inget togs bort.',
  'removal.expired.text': 'Ingen svarade i tid, så inget togs bort. Fråga igen om det fortfarande behövs.',
  'removal.withdrawn.text': 'Begäran togs tillbaka. Inget togs bort.',
  'removal.cancelled.text': 'Avbrutet. Inget togs bort.',
  'removal.progress': '{done} av {total} borttagna eller besvarade',
  'removal.count.removed': '{count, plural, one {# borttagen} other {# borttagna}}',
  'removal.count.gone': '{count, plural, one {# fanns inte längre} other {# fanns inte längre}}',
  'removal.count.failed': '{count, plural, one {# kunde inte tas bort} other {# kunde inte tas bort}}',
  'removal.count.unknown': '{count, plural, one {# utan känt resultat} other {# utan känt resultat}}',
  'removal.device.found': 'tas bort',
  'removal.device.absent': 'finns inte i Partnercenter',
  'removal.device.unchecked': 'inte sökt ännu',
  'removal.device.waiting': 'ska tas bort',
  'removal.device.removing': 'tas bort',
  'removal.device.checking': 'kontrolleras',
  'removal.device.removed': 'borttagen',
  'removal.device.gone': 'fanns inte längre',
  'removal.device.failed': 'inte borttagen',
  'removal.device.unknown': 'okänt resultat',
  'removal.device.kept': 'lämnas som den är',
  'removal.failed.relationship':
    'Relationen med kunden är inte längre aktiv. Kunden kan avregistrera enheten i Intune, eller acceptera en ny relation.',
  'removal.failed.other':
    'Partnercenter avvisade detta ({code}). Försök i Partnercenter direkt; om det avvisas även där kan kunden avregistrera enheten i Intune.',
  'removal.failed.notRecorded':
    'Inte borttagen: granskningsloggen visar inte att en andra person bekräftade. Era administratörer har fått veta det.',
  'removal.failed.unknown': 'Partnercenter sa aldrig om enheten togs bort. Leta efter den där.',
  'removal.asked': 'Dina kollegor som får ta bort enheter har nu ett kort. Jag skriver när någon av dem har svarat.',
  'removal.openCard': 'Detaljer',
  'surface.title': 'Surface-enheter: be Microsoft Support',
  'surface.why':
    'Microsoft Support registrerar Surface-enheter för Windows Autopilot på begäran, för både kunder och partner. Tarmac skickar dem inte till Partnercenter om du inte säger det för var och en.',
  'surface.step.kind':
    '(1) Välj vad ni behöver: registrering, avregistrering eller maskinvaruhashar. Med hasharna kan ni registrera enheterna själva.',
  'surface.step.proof':
    '(2) Ha ägarbeviset redo: originalkvitto eller faktura som PDF, med företagsnamn och serienummer. Microsoft godtar inga skärmbilder.',
  'surface.step.list': '(3) Spara serienumren nedan som en CSV-fil, ett per rad.',
  'surface.step.ownList': '(3) Skriv serienumren i en CSV-fil, ett per rad.',
  'surface.step.send':
    '(4) Skicka allt med Microsofts formulär; sidan nedan leder dit. För registrering och avregistrering frågar Microsoft också efter klientorganisations-ID och domännamn.',
  'surface.which': 'För vilken kund? Skriv ”surface” och ett namn eller en domän så fylls klientorganisations-ID i.',
  'surface.serials': 'Serienummer att kopiera ({count, number})',
  'surface.cut': 'Bara de första {max, number} får plats här.',
  'surface.open': 'Microsofts sida (lämnar Teams)',
  'surface.file': 'Serienummer (CSV)',
  'surface.consent': 'Serienummer för Surface-enheter hos {customer}, till Microsoft Support',
  'surface.show': 'Surface: så gör du',

  'share.asOf': 'Läget {date}',
  'share.registered': 'Registrerade:',
  'share.open': 'Öppna Tarmac',
  'share.none': 'Inget hittades. Prova en del av namnet eller domänen.',
  'share.batch': 'Batch:',
  'share.noDevice': 'Ange hela PKID:t eller serienumret för en enhet som har skickats till Partnercenter.',
  'status.title': 'Status',
  'settings.title': 'Dina inställningar',
  'settings.text': 'De gäller bara dig, i alla chattar med Tarmac.',
  'settings.timeZone': 'Din tidszon, enligt Teams:',
  'settings.language': 'Språk',
  'settings.language.teams': 'Som i Teams',
  'settings.quiet.from': 'Tysta timmar börjar: meddelanden väntar, bara brådskande kommer',
  'settings.quiet.until': 'Tysta timmar slutar',
  'settings.off': 'Av',
  'settings.digest':
    'Ett meddelande om dagen med alla batchar, vid den här timmen; det som misslyckades kommer ändå genast',
  'settings.devices': 'Ett meddelande när enheter har registrerats åt er organisation',
  'settings.on': 'På',
  'settings.save': 'Spara',
  'settings.saved': 'Sparat.',
  'settings.devices.stopped': 'Du får inte höra mer om registrerade enheter. Skriv ”inställningar” för att ändra det.',
  'status.requests': '{count, plural, =0 {Inga öppna begäranden} one {# öppen begäran} other {# öppna begäranden}}',
  'status.batches': '{count, plural, =0 {Inga pågående batchar} one {# pågående batch} other {# pågående batchar}}',
  'status.removals': '{count, plural, one {# pågående avregistrering} other {# pågående avregistreringar}}',
  'status.removal': 'Avregistrering: {customer}',
  'status.signIn.ok': 'Inloggningen till Partnercenter fungerar',
  'status.signIn.broken': 'Inloggningen till Partnercenter behöver åtgärdas',

  // the examination of the installation, for administrators
  'doctor.title': 'Kontroll av installationen',
  'doctor.running': 'Kontrollen pågår. Den tar upp till ett par minuter; sedan visar det här kortet resultatet.',
  'doctor.noProblems': 'Inga problem',
  'doctor.problems': '{count, plural, one {# problem} other {# problem}}',
  'doctor.unreadable': 'Resultatet kan inte visas. Kontrollera igen.',
  'doctor.more': '{count, plural, one {# problem till} other {# problem till}}',
  'doctor.well': '{count, plural, one {# kontroll är godkänd} other {# kontroller är godkända}}',
  'doctor.details': 'Visa eller dölj det som fungerar',
  'doctor.line': '{check}: {found}',
  'doctor.again': 'Kontrollera igen',
  'doctor.ended': 'Kontrollerat: {date}',
  'doctor.aadsts': 'Microsoft förklarar numret AADSTS{number}.',
  'doctor.check.settings': 'Inställningar',
  'doctor.check.database': 'Databas',
  'doctor.check.bot': 'Boten som körs',
  'doctor.check.bot-token': 'Botens token',
  'doctor.check.graph-token': 'Token för Microsoft Graph',
  'doctor.check.graph-permissions': 'Behörigheter för Microsoft Graph',
  'doctor.check.graph-lookup': 'Uppslagning av klientorganisationer',
  'doctor.check.groups': 'Grupper',
  'doctor.check.partner-center-app': 'Partnercenter, som app',
  'doctor.check.webhook': 'Händelser från Partnercenter',
  'doctor.check.partner-center-user': 'Inloggning till Partnercenter',
  'doctor.check.waiting-work': 'Väntande arbete',
  'doctor.check.installed': 'Vilka som har appen',
  'doctor.check.approvers': 'Godkännare',
  'doctor.check.events': 'Ärendesystem',
  'doctor.found.failed': 'Det fungerar inte: {error}.',
  'doctor.found.settings-complete': 'Fullständiga.',
  'doctor.found.settings-wrong': '{text}',
  'doctor.found.database-new': 'Ingen än; den första starten skapar en inbäddad i {folder}.',
  'doctor.found.database-locked': 'Det går inte att skriva i {folder}.',
  'doctor.found.database-empty': 'Tom; den första starten fyller den.',
  'doctor.found.database-current': 'Den svarar, och dess schema är aktuellt.',
  'doctor.found.database-behind':
    'Den svarar; nästa start för dess schema framåt {count, plural, one {# steg} other {# steg}}.',
  'doctor.found.database-in-use': 'Inbäddad, används av boten som körs.',
  'doctor.found.bot-ready': 'Den körs och säger att den är redo.',
  'doctor.found.bot-not-ready': 'Den körs men är inte redo: {checks}.',
  'doctor.found.bot-silent': 'Den svarar inte på {address}, kanske för att den körs någon annanstans.',
  'doctor.found.bot-token': 'Entra ger boten en token för Teams.',
  'doctor.found.certificate': 'Botens certifikat kan inte användas.',
  'doctor.found.graph-token': 'Entra ger boten en token för Microsoft Graph.',
  'doctor.found.permission-unknown': 'En emulators token namnger inga.',
  'doctor.found.permission-granted': '{name} har beviljats, för att {purpose}.',
  'doctor.found.permission-optional': '{name} har inte beviljats, så det går inte att {purpose}. Det är ett val.',
  'doctor.found.permission-missing': '{name} saknas, för att {purpose}.',
  'doctor.purpose.tenants': 'hitta en kund via dess domän',
  'doctor.purpose.groups': 'läsa vilka som tillhör en grupp',
  'doctor.purpose.links': 'läsa en lista via dess SharePoint-länk',
  'doctor.purpose.mail': 'skicka en inbjudan från en säljares postlåda',
  'doctor.found.lookup': 'PARTNER_TENANT_ID är {name} ({domain}).',
  'doctor.found.lookup-none': 'Entra känner inte till någon klientorganisation med PARTNER_TENANT_ID.',
  'doctor.found.groups-nobody': 'Graph svarar vilka som tillhör dem; ingen hos partnern har öppnat boten än.',
  'doctor.found.groups-reps':
    'Av {count, plural, one {den # kollega} other {de # kollegor}} som senast öppnade boten får {reps, number} begära och registrera.',
  'doctor.found.partner-center-app': 'Partnercenter svarar appen.',
  'doctor.found.webhook': 'Partnercenter skickar sina händelser till {url}.',
  'doctor.found.webhook-none': 'Partnercenter har ingen adress för händelser.',
  'doctor.found.webhook-elsewhere': 'Partnercenter skickar sina händelser till {url}, inte till {wanted}.',
  'doctor.found.webhook-events': 'Händelserna för accepterade relationer finns inte bland de registrerade.',
  'doctor.found.user':
    'Den fungerar, med multifaktorautentisering; {days, plural, one {# dag} other {# dagar}} kvar, {before, number} innan kontrollen förnyade den.',
  'doctor.found.user-since':
    'En person loggade in med multifaktorautentisering {since}; den fungerar, {days, plural, one {# dag} other {# dagar}} kvar, {before, number} innan kontrollen förnyade den.',
  'doctor.found.user-without-factor':
    'Inloggningen gjordes utan multifaktorautentisering, och då avvisar Partnercenter den.',
  'doctor.found.user-unread': 'Den finns i en databas som inte kan läsas härifrån just nu; se ovan.',
  'doctor.found.waiting-work':
    'Boten noterade {since} att inloggningen misslyckas ({reason}); sedan dess väntar arbetet.',
  'doctor.found.installed':
    '{colleagues, plural, one {# person} other {# personer}} hos partnern, {customers, plural, one {# person} other {# personer}} hos {tenants, plural, one {# kund} other {# kunder}}.',
  'doctor.found.customers-reached': 'Hos varje kund med en begäran eller en relation ({count, number}) har någon den.',
  'doctor.found.customers-without':
    'Hos {count, number} av {total, number} kunder med en begäran eller en relation har ingen den, så ingen där får meddelanden: {names}.',
  'doctor.found.approvers-some':
    '{customer}: {reached, number} av {approvers, plural, one {# godkännare} other {# godkännare}} har appen.',
  'doctor.found.approvers-none':
    '{customer}: ingen av godkännarna för en öppen begäran har appen ({approvers, plural, one {# person} other {# personer}}), så ingen har sett begäran i Teams.',
  'doctor.found.events': '{sent, number} togs emot den senaste månaden, {due, number} väntar.',
  'doctor.found.events-late':
    '{due, plural, one {# händelse väntar} other {# händelser väntar}} på ärendesystemet, den äldsta sedan {since}.',
  'doctor.found.events-given-up':
    '{count, plural, one {# händelse gavs upp} other {# händelser gavs upp}} den senaste månaden.',
  'doctor.advice.settings': 'Rätta det i miljön eller i .env (README, Settings).',
  'doctor.advice.database-reach':
    'Kontrollera DATABASE_URL (eller DATA_DIR), att servern körs och att den här datorn når den.',
  'doctor.advice.database-write': 'Låt botens konto skriva där, eller ange DATA_DIR.',
  'doctor.advice.bot-log': 'Läs de senaste raderna i dess logg.',
  'doctor.advice.bot-sign-in': 'Stoppa den och logga in på nytt: npm run sign-in.',
  'doctor.advice.certificate':
    'MicrosoftAppCertificatePath ska namnge en PEM-fil med certifikat och nyckel som boten får läsa.',
  'doctor.advice.permission':
    'Bevilja den till appen som programbehörighet i Microsoft Entra, med administratörsmedgivande.',
  'doctor.advice.lookup': 'Jämför det med Microsoft Entra.',
  'doctor.advice.groups': 'Kontrollera REPS_GROUP_ID och lägg säljarna i den gruppen i Microsoft Entra.',
  'doctor.advice.webhook': 'Starta boten: den registrerar sin adress inom de första minuterna, och sedan varje timme.',
  'doctor.advice.webhook-other':
    'Boten registrerar sin egen adress varje timme. Om ett annat program behöver den andra, bestäm vilken som ska gälla.',
  'doctor.advice.waiting-work': 'Det fortsätter av sig självt inom en timme; npm run sign-in får det att fortsätta nu.',
  'doctor.advice.install': 'Be dem installera Tarmac i Teams (appPackage/README.md, When an approver sees nothing).',
  'doctor.advice.events': 'Se vad {host} svarar; botens logg har varje försök. Händelser erbjuds i tre dagar.',
  'doctor.advice.events-given-up':
    'De skickas inte igen: uppdatera ärendesystemet för hand. Administratörerna fick veta det i Teams, med händelsernas typer.',
  'doctor.advice.credential':
    'Skapa en ny hemlighet i Microsoft Entra, Appregistreringar, och lägg den i inställningarna.',
  'doctor.advice.configuration':
    'Jämför app-ID och klientorganisations-ID i inställningarna med Microsoft Entra, Appregistreringar.',
  'doctor.advice.token-mismatch':
    'Jämför klientorganisations-ID i inställningarna och CLOUD med var appen är registrerad.',
  'doctor.advice.sign-in': 'Logga in med tjänstkontot och multifaktorautentisering: npm run sign-in.',
  'doctor.advice.second-factor':
    'Logga in igen med tjänstkontot, den här gången med multifaktorautentisering: npm run sign-in.',
  'doctor.advice.seal-key':
    'Ge boten den SEAL_KEY som inloggningen förseglades med, eller logga in på nytt: npm run sign-in.',
  'doctor.advice.partner-center-refused':
    'Kontrollera att appen har medgivande för Microsoft Partner Center i partnerns klientorganisation.',
  'doctor.advice.partner-center-unavailable':
    'Kontrollera att den här datorn når Microsoft och försök igen om några minuter.',
  'doctor.advice.graph-unavailable':
    'Kontrollera att den här datorn når Microsoft Graph och försök igen om några minuter.',
  'doctor.advice.other': 'Läs meddelandet; README namnger vad varje del behöver.',

  'notice.toCard': 'Gå till kortet',
  'notice.active.rep.title': '{customer} har accepterat',
  'notice.active.rep.text': 'Relationen är aktiv. Du kan registrera enheter nu.',
  'notice.active.approver.title': 'Relationen med {partner} är aktiv',
  'notice.active.approver.text':
    'Microsoft har registrerat ditt godkännande. {partner} kan nu registrera enheter åt er och har inga administratörsbehörigheter.',
  'notice.declined.title': '{customer} avböjde',
  'notice.declined.text': '{name} avböjde begäran.',
  'notice.expired.title': 'Begäran till {customer} har gått ut',
  'notice.expired.text': 'Ingen svarade i tid. Du kan skicka en ny.',
  'notice.expired.approver.title': 'Begäran från {partner} har gått ut',
  'notice.reminder.title': '{partner} väntar fortfarande på ditt svar',
  'notice.reminder.text':
    '{name} frågar om {partner} får registrera er organisations Windows-enheter för Autopilot. Du kan godkänna eller avböja till {date}.',
  'notice.reminder.step2.title': 'Ett steg återstår hos Microsoft',
  'notice.reminder.step2.text':
    'Du har godkänt begäran från {partner}. Relationen blir aktiv när du accepterar den i administrationscentret för Microsoft 365. Du kan göra det till {date}.',
  'notice.reminder.open': 'Öppna begäran',
  'notice.reminder.closed': 'Påminnelsen är avklarad',
  'notice.reminder.closed.text': 'Begäran är inte längre öppen. Du behöver inte göra något.',
  'notice.ended.title': 'Relationen med {customer} har avslutats',
  'notice.ended.text': 'Enheter kan inte längre registreras åt {customer}.',
  'notice.ended.approver.title': 'Relationen med {partner} har avslutats',
  'notice.batch.failures':
    '{failed, plural, one {# av {total} enheter avvisades i {batch}} other {# av {total} enheter avvisades i {batch}}}',
  'notice.batch.success':
    '{count, plural, one {# enhet registrerad åt {customer}} other {# enheter registrerade åt {customer}}}',
  'notice.profile.applied': 'Profilen {name} är tilldelad i {batch}',
  'notice.profile.notAll': 'Profilen {name} kunde inte tilldelas alla enheter i {batch}',
  'notice.profile.look': 'Öppna batchen för att se varje enhet, orsaken och nästa steg.',
  'notice.batch.attention.title': 'Batch {batch} behöver dig',
  'notice.customer.title': '{count, plural, one {# enhet registrerades åt er} other {# enheter registrerades åt er}}',
  'notice.customer.text':
    '{partner} registrerade dem för Windows Autopilot i batchen {batch}. Ni ser dem i Intune under Windows Autopilot-enheter.',
  'notice.customer.stop': 'Inga fler sådana meddelanden',
  'notice.channels.title':
    '{count, plural, =0 {Ingen kanal får meddelanden} one {# kanal får meddelanden} other {# kanaler får meddelanden}}',
  'notice.channels.line': '{channel}: sedan {date}, på begäran av {name}',
  'notice.channels.daily': '{channel}: varje dag kl. {hour}, sedan {date}, på begäran av {name}',
  'notice.channels.unnamed': 'Kanal',
  'notice.channels.stop': 'Stoppa alla',
  'notice.digest.title':
    '{count, plural, one {# enhet registrerad} other {# enheter registrerade}} i {batches, plural, one {# batch} other {# batchar}}',
  'notice.digest.failed':
    '{count, plural, one {# batch gick inte igenom helt} other {# batchar gick inte igenom helt}}',
  'notice.digest.line.good':
    '{batch}: {count, plural, one {# enhet registrerad åt {customer}} other {# enheter registrerade åt {customer}}}',
  'notice.digest.more': '{count, plural, one {Och # till: skriv ”batchar”.} other {Och # till: skriv ”batchar”.}}',
  'notice.digest.open': 'Öppna {batch}',
  'notice.digest.customer.text':
    '{partner} registrerade dem för Windows Autopilot. Ni ser dem i Intune under Windows Autopilot-enheter.',
  'notice.digest.customer.line': '{batch}: {count, plural, one {# enhet} other {# enheter}}',
  'notice.events.title':
    '{count, plural, one {# händelse till ärendesystemet gavs upp} other {# händelser till ärendesystemet gavs upp}}',
  'notice.events.answered': '{host} tog inte emot. Det senaste svaret hade status {status}.',
  'notice.events.silent': '{host} tog inte emot. Det kom inget svar.',
  'notice.events.which': 'Vad ärendesystemet inte känner till: {which}',
  'notice.events.step':
    'Ta reda på vad {host} svarar och uppdatera sedan ärendesystemet för hand: det som gavs upp skickas inte igen. ”npm run doctor” räknar det som väntar.',
  'notice.signIn.works.title': 'Inloggningen till Partnercenter fungerar igen',
  'notice.signIn.works.text':
    'Arbetet väntade från {since} till {until}. Det som väntade fortsätter nu av sig självt; inget har gått förlorat.',
  'notice.signIn.waiting':
    'Sedan {since} väntar nya batchar och begäranden. De fortsätter av sig själva så snart det fungerar; inget går förlorat. Jag säger till.',
  'notice.signIn.cause.expired':
    'Tjänstkontot har inte loggat in på för länge, så Microsoft har avslutat dess inloggning.',
  'notice.signIn.cause.revoked':
    'Microsoft godtar inte längre tjänstkontots inloggning. Lösenordet kan ha ändrats eller sessionerna återkallats.',
  'notice.signIn.cause.mfa': 'Partnercenter kräver en inloggning med multifaktorautentisering.',
  'notice.signIn.cause.missing': 'Tjänstkontot har inte loggat in i Partnercenter ännu.',
  'notice.signIn.cause.unsealable':
    'Den sparade inloggningen kan inte öppnas: SEAL_KEY är inte den nyckel den förseglades med.',
  'notice.signIn.cause.credential': 'Microsoft godtar inte Partnercenter-appens klienthemlighet. Den kan ha gått ut.',
  'notice.signIn.cause.configuration': 'Microsoft avvisar Partnercenter-appen så som den är inställd.',
  'notice.signIn.step.signIn':
    'Skriv ”npm run sign-in” på datorn där Tarmac körs och följ stegen, med tjänstkontot och multifaktorautentisering.',
  'notice.signIn.step.sealKey':
    'Starta Tarmac med den SEAL_KEY som användes tidigare. Om nyckeln är borta: skriv ”npm run sign-in” på datorn där Tarmac körs.',
  'notice.signIn.step.secret':
    'Skapa en ny klienthemlighet i Microsoft Entra, Appregistreringar, lägg den i PARTNER_CENTER_APP_SECRET och starta om Tarmac.',
  'notice.signIn.step.settings':
    'Skriv ”npm run doctor” på datorn där Tarmac körs: den namnger inställningen som ska rättas. Starta sedan om Tarmac.',
  'notice.alarm.title': 'Tarmacs databas har ändrats bakom dess rygg',
  'notice.alarm.request': '{time} såg jag att relationsbegäran {id} inte stämmer med granskningsloggen.',
  'notice.alarm.batch': '{time} såg jag att batchen {id} inte stämmer med granskningsloggen.',
  'notice.alarm.removal': '{time} såg jag att borttagningen av enheter {id} inte stämmer med granskningsloggen.',
  'notice.alarm.audit':
    '{time} såg jag att post {id} i granskningsloggen har ändrats, tagits bort eller lagts till i efterhand.',
  'notice.alarm.meaning':
    'Någon med åtkomst till databasen har gjort det, eller så har en del återställts från en säkerhetskopia. Det som granskningsloggen inte visar som bekräftat skickas inte.',
  'notice.alarm.step':
    'Ta reda på vem som har åtkomst till databasen. På datorn där Tarmac körs visar ”npm run audit -- verify” allt som inte stämmer.',
  'notice.removal.done':
    '{count, plural, one {# enhet borttagen hos {customer}} other {# enheter borttagna hos {customer}}}',
  'notice.removal.failures':
    '{failed, plural, one {# av {total, number} enheter kunde inte tas bort hos {customer}} other {# av {total, number} enheter kunde inte tas bort hos {customer}}}',
  'notice.removal.refused': '{name} avvisade att ta bort enheter hos {customer}',
  'notice.removal.expired': 'Ingen bekräftade i tid att ta bort enheter hos {customer}',

  'error.not-a-rep': 'Det här är för partnerns säljare. Om det är du, be din administratör lägga till dig i gruppen.',
  'error.not-an-approver': 'Bara de som begäran skickades till kan svara på den.',
  'error.not-your-request': 'Bara den som skickade begäran kan göra det.',
  'error.second-person-needed':
    'Det här kräver en andra person som får ta bort enheter. Be en kollega att bekräfta det.',
  'error.not-a-remover':
    'Bara de som får ta bort enheter kan göra detta. Om det är du, be din administratör lägga till dig i den gruppen.',
  'error.not-an-admin':
    'Det här kontrollerar installationen av Tarmac, för dess administratörer hos partnern. Om du är en av dem, be att få läggas till i deras grupp. ”hjälp” visar vad du kan göra här.',
  'error.personal-chat-only':
    'Vi fortsätter i en personlig chatt: öppna Tarmac från applistan och skriv samma sak där.',
  'error.not-met-yet':
    'Jag känner dig inte ännu. Öppna Tarmac i applistan, skriv ”hjälp” till mig en gång och försök igen.',
  'error.message-not-passed':
    'Teams skickade inte med meddelandet. Välj kommandot i menyn för ett meddelande, eller klistra in listan i vår personliga chatt.',
  'error.customer-not-found':
    'Jag hittar ingen organisation för ”{customer}”. Kontrollera domänens stavning eller använd klientorganisations-ID.',
  'error.customer-is-partner': 'Det här är din egen organisation. Ange kundens domän.',
  'error.no-approvers': 'Ange minst en person som får godkänna.',
  'error.approver-name-invalid': '”{name}” är inget inloggningsnamn. Ett sådant ser ut som anna@contoso.com.',
  'error.request-not-found': 'Begäran finns inte längre. Skicka en ny.',
  'error.request-open-already': 'Det finns redan en öppen begäran till kunden. Ta tillbaka den innan du skickar en ny.',
  'error.already-decided': 'Begäran är redan besvarad. Kortet visar nu resultatet.',
  'error.already-active': 'Relationen med kunden är redan aktiv. Du kan registrera enheter.',
  'error.reminded-enough':
    'De har påmints tillräckligt ofta den här veckan. Du kan påminna dem igen från och med {date}.',
  'error.link-refused':
    'Partnercenter gav en länk som inte ser rätt ut, så jag skickade den inte. Säg till din administratör.',
  'error.relationship-not-active': 'Relationen med kunden är inte aktiv. Begär den först.',
  'error.batch-not-found': 'Batchen finns inte längre. Skriv ”batchar” för att se de andra.',
  'error.batch-not-open': 'Listan är redan skickad eller avbruten. Skriv ”registrera” för att börja om.',
  'error.batch-empty': 'Listan innehåller ingen enhet att registrera. Klistra in eller bifoga en.',
  'error.batch-too-large': 'En batch rymmer högst {max, number} enheter. Dela upp listan.',
  'error.batch-name-invalid':
    'Ett batchnamn har 1 till {max, number} tecken: bokstäver, siffror, blanksteg, bindestreck och understreck.',
  'error.batch-name-taken': 'Kunden har redan en batch med det namnet. Välj ett annat namn.',
  'error.batch-under-way': 'Den här batchen pågår fortfarande. Vänta tills den är klar.',
  'error.batch-to-add-to-gone': 'Partnercenter visar inte längre batchen ”{name}”. Välj en annan eller en ny batch.',
  'error.batch-resent':
    'De här enheterna har redan skickats igen, i batchen ”{name}”. Öppna den: det som avvisades där kan skickas igen därifrån.',
  'error.nothing-refused':
    'I batchen ”{name}” finns ingen avvisad enhet kvar som fortfarande är känd här. Skriv ”registrera” för att börja en ny lista.',
  'error.doubtful-devices':
    'Några enheter är fortfarande tveksamma. Säg ja till dem eller uteslut dem och bekräfta sedan igen.',
  'error.profile-not-found':
    'Den här profilen finns inte längre i Partnercenter. Skriv ”profiler” för att se de andra.',
  'error.profile-name-invalid': 'Ett profilnamn har 1 till {max, number} tecken. Ange ett kortare.',
  'error.profile-name-taken': 'Kunden har redan en profil som heter ”{name}”. Välj ett annat namn.',
  'error.profile-change-unclear':
    'Partnercenter sade inte om profilen ”{name}” ändrades. Jag skickade en gång och fortsätter kontrollera. Öppna profilerna igen om några minuter innan du upprepar det.',
  'error.list-changed': 'Listan har ändrats sedan du såg den. Titta på den igen och bekräfta sedan.',
  'error.profile-busy':
    'Något pågår fortfarande i batchen ”{name}”. Vänta tills det är klart och tilldela sedan profilen.',
  'error.profile-no-devices': 'I batchen finns ingen registrerad enhet kvar som inte redan har profilen ”{name}”.',
  'error.device-not-in-batch':
    '”{value}” finns inte i batchen. Kontrollera numret, eller lämna fältet tomt för alla enheter.',
  'error.removal-not-found': 'Den här borttagningen finns inte längre. Skriv ”avregistrera” för att börja en ny.',
  'error.removal-not-open':
    'Den här borttagningen är redan begärd eller avbruten. Skriv ”avregistrera” för att börja en ny.',
  'error.removal-not-checked': 'Vissa enheter har inte sökts i alla batchar ännu. Tryck först på ”Fortsätt söka”.',
  'error.confirmation-wrong':
    'Det är varken {count, number} eller {domain}. Inget gjordes. Kontrollera att det är de här enheterna du menar och skriv igen.',
  'error.no-second-person':
    'Ingen annan får bekräfta detta. Be din administratör lägga till en kollega i gruppen som får ta bort enheter.',
  'error.file-refused': 'Jag kan inte hämta filen där den ligger. Spara den på datorn och bifoga den här.',
  'error.file-unreadable': 'Jag kan inte läsa {file}. Spara den som CSV eller XLSX och bifoga den igen.',
  'error.file-too-large': '{file} är för stor. Dela upp den eller ta bort det som inte behövs.',
  'error.file-not-saved': 'Filen kunde inte sparas i din OneDrive. Tryck på Exportera i batchen igen om några minuter.',
  'error.link-not-allowed':
    'Jag får inte läsa filer via länk än. En administratör kan ge appen Graph-behörigheten Files.ReadWrite.All. Bifoga filen i vår personliga chatt till dess.',
  'error.link-not-found':
    'Jag hittar ingen fil bakom länken. Kopiera länken till själva filen, inte till en mapp, eller bifoga filen i vår personliga chatt.',
  'error.partner-center-unavailable': 'Partnercenter svarar inte. Försök igen om några minuter.',
  'error.partner-center-refused':
    'Partnercenter avvisade detta. Om det händer igen, ge din administratör den här referensen: {correlationId}',
  'error.partner-center-sign-in':
    'Inloggningen till Partnercenter fungerar inte längre. Din administratör måste förnya den.',
  'error.sign-in-not-needed': 'Det finns inget att logga in för just nu: ingen begäran väntar på dig.',
  'error.sign-in-other-person':
    'Det var ett annat konto än det du använder i den här chatten. Inget har lästs. Logga in igen med chattens konto.',
  'error.sign-in-unavailable':
    'Inloggningstjänsten svarar inte. Du kan svara utan den: Microsoft kontrollerar din roll i steg 2.',
  'error.graph-unavailable': 'Microsofts katalog svarar inte. Försök igen om några minuter.',
  'error.mail-not-allowed': 'Jag får inte skicka e-post åt dig. Kopiera texten från kortet och skicka den själv.',
  'error.unexpected':
    'Tyvärr gick något fel här. Försök igen. Om det händer igen, ge din administratör den här referensen: {reference}',

  'problem.not_a_pkid': '”{value}” är inget PKID. Ange de 13 siffrorna från kartongens etikett.',
  'problem.wrong_length':
    '”{value}” har {length, plural, one {# siffra} other {# siffror}}, ett PKID har 13. Jämför med etiketten.',
  'problem.scientific_notation_lossy':
    'Kalkylarket har kortat ”{value}” så att siffror saknas. Formatera kolumnen som text och kopiera igen.',
  'problem.ambiguous_character':
    '”{value}” har en bokstav där en siffra ska stå, till exempel O för 0. Jämför med etiketten.',
  'problem.duplicate_in_list': 'Finns redan i listan, i {firstSource}, rad {firstRow}. Den tas med en gång.',
  'problem.conflict': 'Samma enhet förekommer med olika värden. Behåll bara den rätta raden.',
  'problem.placeholder_value': '”{value}” är ett exempelvärde, ingen enhet. Ersätt det med det riktiga.',
  'problem.missing_serial': 'Serienumret saknas. Lägg till det eller ange PKID.',
  'problem.missing_manufacturer':
    'Tillverkare eller modell saknas. Lägg till båda precis som tillverkaren skriver dem, eller ange PKID.',
  'problem.missing_pkid': 'PKID saknas. Lägg till det från kartongens etikett.',
  'problem.insufficient_identifiers':
    'Räcker inte för att identifiera enheten. Ange PKID, eller serienummer, tillverkare och modell.',
  'problem.hash_truncated': 'Maskinvaruhashen är avklippt. Exportera den igen eller använd hellre PKID.',
  'problem.hash_invalid': 'Maskinvaruhashen är skadad. Hämta den igen eller använd hellre PKID.',
  'problem.hash_mismatch':
    'Maskinvaruhashen hör till en annan enhet än resten av raden. Kontrollera vilket som stämmer.',
  'problem.formula_without_value': 'Cellen innehåller en formel utan värde. Kopiera kolumnen som värden.',
  'problem.cell_error': 'Cellen visar ett fel. Rätta kalkylarket.',
  'problem.hidden_data': 'Dolda rader, kolumner eller blad innehåller också enheter. Säg om de hör till listan.',
  'problem.malformed_row': 'Raden kan inte läsas. Kontrollera citattecken och avgränsare.',
  'problem.ambiguous_candidate': '”{value}” kan vara ett PKID eller ett annat nummer. Jämför med etiketten.',
  'problem.surface_device':
    '”{value}” är en Surface-enhet: Microsoft Support registrerar dem. Utelämna den, eller ta med den om Microsoft har gett er rätt att registrera Surface-enheter.',
  'problem.low_confidence': '”{value}” lästes från en bild och kan vara fel. Jämför med etiketten.',
  'problem.low_resolution': 'Bilden är för liten eller suddig. Fotografera etiketten igen på närmare håll.',
  'problem.no_text_layer': 'PDF-filen innehåller bara bilder. Bifoga fotona eller be om listan som fil.',
  'problem.no_devices_found': 'Inga enheter hittades här. Ett PKID har 13 siffror.',
  'problem.too_large':
    '{what, select, rows {Bara de första {limit, number} raderna lästes. Dela upp listan.} columns {Bara de första {limit, number} kolumnerna lästes. Ta bort dem du inte behöver.} devices {Det finns {found, number} enheter, och en lista rymmer {limit, number}. Dela upp den.} cell {En cell på raden är för lång att läsa. Korta den.} line {Raden är för lång att läsa. Dela den.} pages {PDF-filen har {found, number} sidor, och jag läser {limit, number}. Dela upp den.} pixels {Bilden är för stor att läsa. Skicka den mindre.} time {Läsningen tog för lång tid, så jag avbröt den. Dela upp filen, eller spara den som CSV eller XLSX.} memory {Det krävs mer minne än jag har, så jag avbröt. Dela upp filen, eller spara den som CSV.} other {Det här är för stort att läsa. Dela upp det.}}',
  'problem.decompression_bomb':
    'Filen packas upp till mycket mer än den borde, så jag öppnade den inte. Spara den på nytt.',
  'problem.too_many_files': 'Det finns för många filer i arkivet. Bifoga listorna en i taget.',
  'problem.nested_archive': 'Det finns ett arkiv i arkivet. Packa upp det och bifoga listorna.',
  'problem.encrypted': 'Filen är skyddad med lösenord. Spara den utan.',
  'problem.unreadable':
    '{what, select, busy {Jag läser andra listor just nu. Skicka den igen om en minut.} stopped {Jag startas om och hann inte läsa klart. Skicka den igen om en minut.} crash {Filen fick läsningen att misslyckas; den kan vara skadad. Öppna den, spara den på nytt som CSV eller XLSX och skicka den igen.} other {Filen kan inte läsas. Spara den som CSV eller XLSX.}}',
  'problem.unsupported_type': 'Jag kan inte läsa den här filtypen. Spara den som CSV eller XLSX.',
  'problem.suspicious_value': '”{value}” ser ovanligt ut för ett PKID. Jämför med etiketten.',
  'problem.case_sensitive_value':
    '”{value}” måste skrivas precis som tillverkaren gör, även versaler. Kontrollera det.',
  'problem.leading_zero_restored':
    'En inledande nolla saknades och jag lade tillbaka den: ”{value}”. Jämför med etiketten.',
  'problem.refused_before':
    '”{value}” avvisades tidigare. Rätta den, behåll den om orsaken är borta, eller utelämna den.',

  'device.InvalidZtdRequestBody.cause': 'Autopilot kunde inte läsa begäran.',
  'device.InvalidZtdRequestBody.who': 'Microsoft Support, om det händer igen',
  'device.InvalidZtdRequestBody.next': 'Skicka enheten en gång till.',
  'device.InvalidZtdHardwareHash.cause':
    'Maskinvaruhashen är ogiltig, eller så saknas serienummer eller tillverkare i den.',
  'device.InvalidZtdHardwareHash.who': 'den som hämtade hashen',
  'device.InvalidZtdHardwareHash.next': 'Använd PKID från kartongens etikett eller hämta hashen igen.',
  'device.MissingZtdSerialNumberAndProductKey.cause': 'Varken serienumret eller PKID är giltigt.',
  'device.MissingZtdSerialNumberAndProductKey.who': 'du, med kartongens etikett',
  'device.MissingZtdSerialNumberAndProductKey.next': 'Rätta raden och skicka den igen.',
  'device.ZtdDeviceAlreadyAssigned.cause': 'Enheten är redan registrerad åt kunden.',
  'device.ZtdDeviceAlreadyAssigned.who': 'kunden, i Intune',
  'device.ZtdDeviceAlreadyAssigned.next':
    'Inget att göra. Om kunden inte ser den avregistrerar de den i Intune och du skickar den igen.',
  'device.ZtdDeviceIsNotRegistered.cause': 'Enheten är inte registrerad åt kunden.',
  'device.ZtdDeviceIsNotRegistered.who': 'du',
  'device.ZtdDeviceIsNotRegistered.next': 'Uppdatera listan och titta igen.',
  'device.ZtdDeviceAssignedToOtherTenant.cause': 'Enheten är registrerad åt en annan organisation.',
  'device.ZtdDeviceAssignedToOtherTenant.who': 'säljaren eller den tidigare ägaren, annars Microsoft Support',
  'device.ZtdDeviceAssignedToOtherTenant.next':
    'Be dem avregistrera den. Supporten kräver ägarbevis. Det hjälper inte att skicka igen.',
  'device.ZtdProfileIsNotRegistered.cause': 'Autopilot-profilen finns inte hos kunden.',
  'device.ZtdProfileIsNotRegistered.who': 'du, i Partnercenter',
  'device.ZtdProfileIsNotRegistered.next': 'Skapa profilen eller tilldela en annan.',
  'device.ZtdProfileAssignedToOtherTenant.cause': 'Autopilot-profilen tillhör en annan organisation.',
  'device.ZtdProfileAssignedToOtherTenant.who': 'du, i Partnercenter',
  'device.ZtdProfileAssignedToOtherTenant.next': 'Välj en profil som tillhör kunden.',
  'device.ZtdDeviceRegisteredByOtherTenant.cause': 'En annan partner eller organisation har registrerat enheten.',
  'device.ZtdDeviceRegisteredByOtherTenant.who': 'den som registrerade den',
  'device.ZtdDeviceRegisteredByOtherTenant.next': 'Be dem ta bort den.',
  'device.ZtdDeviceNotFound.cause': 'Microsoft känner inte till någon enhet med dessa värden.',
  'device.ZtdDeviceNotFound.who': 'distributören eller tillverkaren',
  'device.ZtdDeviceNotFound.next':
    'Jämför siffrorna med etiketten. Om de stämmer, fråga om tillverkaren har anmält enheten till Microsoft.',
  'device.ZtdDeviceIsNotUnique.cause': 'Värdena passar på mer än en enhet.',
  'device.ZtdDeviceIsNotUnique.who': 'du, annars Microsoft Support',
  'device.ZtdDeviceIsNotUnique.next': 'Skicka den igen med dess PKID.',
  'device.ZtdDeviceDuplicated.cause': 'Enheten fanns två gånger i samma uppladdning.',
  'device.ZtdDeviceDuplicated.who': 'du',
  'device.ZtdDeviceDuplicated.next': 'Kontrollera att den är registrerad en gång. Skicka den annars igen.',
  'device.NoDeviceId.cause': 'Partnercenter visar ingen sådan enhet i batchen, så inget kan tilldelas den.',
  'device.NoDeviceId.who': 'du, i Partnercenter',
  'device.NoDeviceId.next': 'Om den registrerades i en annan batch, tilldela profilen där.',
  'device.NotSent.cause': 'Partnercenter avvisade hela anropet, så inget gjordes för enheten.',
  'device.NotSent.who': 'din administratör',
  'device.NotSent.next': 'I Tarmacs logg står vad Partnercenter svarade. Åtgärda det och försök igen.',
  'device.unknown.cause': 'Partnercenter rapporterade ”{code}”, som jag inte känner till.',
  'device.unknown.who': 'Microsoft Support',
  'device.unknown.next': 'Titta i Partnercenter och ge supporten koden och spårnings-ID:t.',

  'chat.sending':
    'Skickar {count, plural, one {# enhet} other {# enheter}} till Partnercenter. Jag skriver när det finns ett resultat.',
  'chat.resend':
    'Rätta på kortet det som avvisades, eller klistra in eller bifoga en rättad lista här och utelämna de gamla raderna. Inget skickas innan du bekräftar.',
  'chat.sendingWithProfile':
    'Skickar {count, plural, one {# enhet} other {# enheter}} till Partnercenter. Profilen {profile} följer så snart de är registrerade. Jag skriver när det finns ett resultat.',
  'chat.addedTo': 'De läggs till i batchen {name}.',
  'chat.addedToCounted':
    'De läggs till i batchen {name}, som sedan har {after, plural, one {# enhet} other {# enheter}}.',
  'chat.withoutDefault.gone':
    'Kundens standardprofil finns inte längre i Partnercenter, så enheterna får ingen profil nu. Välj en på batchens kort när de är registrerade.',
  'chat.withoutDefault.unread':
    'Partnercenter svarade inte på vilka profiler kunden har, så standardprofilen utelämnades. Tilldela den från batchens kort när enheterna är registrerade.',
  'chat.unknown': 'Jag förstår inte ”{text}”. Skriv ”hjälp” för att se vad jag kan göra.',
  'chat.suggest': 'Jag förstår inte ”{text}”. Menade du ”{command}”?',
  'chat.cancelled': 'Avbrutet. Inget skickades.',
  'chat.cancel.nothing': 'Det finns inget att avbryta.',
  'chat.fileInChannel':
    'Filer når mig inte här. Klistra in filens SharePoint-länk eller bifoga filen i vår personliga chatt.',
  'chat.requestSent':
    'Begäran till {customer} är på väg till {count, plural, one {# godkännare} other {# godkännare}}. Kortet nedan visar vem som har fått den.',
  'chat.mailSent': 'Mejlet till {to} skickades från din brevlåda.',
  'chat.delegated': '{name} får också frågan nu. Vem som helst av er kan svara.',
  'chat.reminded':
    '{count, plural, one {# godkännare får en påminnelse under sin arbetstid.} other {# godkännare får en påminnelse under sin arbetstid.}}',
  'chat.reminded.nobody':
    'Ingen av de tillfrågade har installerat Tarmac ännu, så jag når dem inte. Skicka dem e-postmeddelandet på kortet.',
  'chat.notify.on':
    'Från och med nu berättas färdiga batchar och kundernas svar även här. Alla i den här konversationen läser kundernas namn. ”meddela avbryt” avslutar det.',
  'chat.notify.daily':
    'Från och med nu kommer ett meddelande om dagen hit kl. {hour} ({zone}) med de batchar som blivit färdiga. Det som misslyckades och kundernas svar kommer genast. Alla i den här konversationen läser kundernas namn. ”meddela avbryt” avslutar det.',
  'chat.notify.off': 'Inga fler meddelanden kommer hit.',
  'chat.notify.how':
    'Skriv ”meddela här” i kanalen som ska få meddelandena. Tarmac måste först läggas till i teamet. Med en timme efter, till exempel ”meddela här 8”, kommer batcharna i ett meddelande om dagen.',
  'chat.notYetAccepted': 'Microsoft har inte registrerat godkännandet ännu. Jag fortsätter titta och säger till.',
  'chat.listChanged': 'Listan har ändrats sedan kortet ritades. Så här ser den ut nu.',
  'chat.listClosed': 'Listan har skickats eller avbrutits.',
  'chat.oldCard': 'Kortet är inaktuellt. Skriv ”{command}” för att se det aktuella.',
  'role.global-administrator': 'global administratör',
  'role.billing-administrator': 'faktureringsadministratör',
  'role.both': 'global administratör och faktureringsadministratör',
  'signIn.ask':
    'Logga in så visar ditt svar vilken administratörsroll du har. Tarmac läser den i Microsoft Entra och sparar varken lösenord eller token.',
  'signIn.button': 'Logga in',
  'signIn.has': 'Du är inloggad som {name}, {roles} i {domain}. Ditt svar kommer att visa det.',
  'signIn.none':
    'Du är inloggad som {name}. Microsoft Entra visar varken global administratör eller faktureringsadministratör för dig. Du kan svara ändå; i steg 2 kan du behöva en kollega med någon av rollerna.',
  'signIn.notSetUp':
    'Inloggning är inte inställd här, och du behöver den inte: Microsoft kontrollerar din roll i steg 2.',
  'signIn.failed':
    'Inloggningen blev inte klar. Skriv ”logga in” för att försöka igen, eller svara utan den: Microsoft kontrollerar din roll i steg 2.',
  'signIn.out': 'Du är utloggad från Tarmac. Teams påverkas inte.',

  // what the conversation and ended batches still need
  'chat.draftGone': 'Den är redan skickad, eller ersatt av ett nyare utkast.',
  'requestPreview.foreign': '{name} hör till en annan organisation än {customer} och skulle inte kunna svara.',
  'picker.unmatched': 'ingen kund med aktiv relation har det namnet eller den domänen',
  'source.pastedAgain': 'inklistrad text {number}',
  'chat.noDevicesSaid':
    'Jag hittar ingen enhet här, så listan är oförändrad. Klistra in eller bifoga en lista, välj Registrera eller skriv ”avbryt”.',
  'chat.seeBelow': 'Se nedan.',
  'chat.registerFirst':
    'Det här ser ut som en enhetslista. Skriv ”registrera” och välj kunden först, klistra sedan in eller bifoga den igen.',
  'source.pasted': 'inklistrad text',
  'source.message': 'meddelande',
  'source.corrected': 'rättade rader',
  'batch.problem.refused':
    'Partnercenter avvisade uppladdningen. Svaret finns i Tarmacs logg; din administratör kan slå upp det.',
  'batch.problem.relationship-not-active':
    '{customer} har inte längre någon aktiv relation med er, så inget mer skickades. Begär den igen.',
  'batch.problem.not-recorded':
    'Inget skickades: granskningsloggen visar inte att listan bekräftades för {customer}. Era administratörer har fått veta det. Registrera enheterna igen när de har undersökt saken.',
  'batch.problem.batch-name-taken':
    'I Partnercenter hör det här batchnamnet redan till andra enheter. Registrera igen under ett annat namn.',
  'batch.problem.outcome-unknown':
    'Partnercenter svarade aldrig om uppladdningen togs emot. Leta efter batchen i Partnercenter innan du skickar något igen.',
  'batch.problem.never-finished':
    'Partnercenter tog emot uppladdningen men har inte slutfört den inom ett dygn. Leta efter batchen i Partnercenter.',
  'batch.problem.other': 'Den här batchen behöver kontrolleras i Partnercenter ({problem}).',

  'mail.subject': '{partner}: begäran om att registrera era Windows-enheter',
  'mail.body':
    'Hej,\n\n{partner} frågar om de får registrera de Windows-enheter ni köper för Autopilot. Inga administratörsbehörigheter i er organisation begärs.\n\nBegäran väntar på dig i Microsoft Teams:\n1. Installera appen Tarmac: {link}\n2. Begäran visas i chatten med Tarmac. Godkänn eller avböj den där.\n3. Efter godkännandet accepterar du relationen i administrationscentret för Microsoft 365.\n\nOm länken inte hittar appen, öppna Appar i Teams och leta efter Tarmac under Skapad för din organisation. Om Teams inte låter dig installera den, be er Teams-administratör tillåta den.\n\nBegäran är öppen till {date}.\n\nVänliga hälsningar\n{name}',
} satisfies Catalogue;
