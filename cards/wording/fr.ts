import type { Catalogue } from './wording.ts';

/**
 * French. Terms follow Microsoft's French pages: relation, revendeur, Administrateur général, Espace partenaires, appareils.
 * The blank inside « » and before : ; ? ! is one that does not break. Apostrophes are written ’ because a straight one quotes in ICU.
 */
export const fr = {
  'common.customer': 'Client :',
  'common.partner': 'Partenaire :',
  'common.tenantId': 'ID de locataire :',
  'common.domain': 'Domaine :',
  'common.note': 'Message :',
  'common.reason': 'Motif :',
  'common.askedBy': 'Demandé par :',
  'common.expiresOn': 'Ouverte jusqu’au :',
  'common.previous': 'Précédent',
  'common.next': 'Suivant',
  'common.page': 'Page {page} sur {pages}',
  'common.cancel': 'Annuler',
  'common.row': '{source}, ligne {row}',
  'common.wholeSource': '{source}',

  'command.request': 'Demander une relation',
  'command.register': 'Inscrire des appareils',
  'command.customers': 'Clients',
  'command.requests': 'Demandes',
  'command.batches': 'Lots',
  'command.find': 'Trouver des appareils',
  'command.profiles': 'Profils',
  'command.remove': 'Désinscrire des appareils',
  'command.status': 'État',
  'command.help': 'Aide',
  'command.settings': 'Paramètres',

  'words.request': 'demander, demande',
  'words.register': 'inscrire, enregistrer',
  'words.requests': 'demandes',
  'words.customers': 'clients',
  'words.batches': 'lots, lot',
  'words.find': 'trouver, chercher',
  'words.deregister': 'désinscrire, desinscrire, retirer',
  'words.surface': 'surface',
  'words.profiles': 'profils, profil',
  'words.status': 'état, etat',
  'words.doctor': 'diagnostic',
  'words.help': 'aide, bonjour',
  'words.cancel': 'annuler',
  'words.settings': 'paramètres, parametres',
  'words.language': 'langue',
  'words.notify': 'notifier',
  'words.sign-in': 'connexion, se connecter',
  'words.sign-out': 'déconnexion, deconnexion',

  'welcome.title': 'Bienvenue dans Tarmac, {name}',
  'welcome.hello': 'Bonjour {name}',
  'welcome.rep.text':
    'Obtenez le consentement d’un client et inscrivez ses appareils Windows à Autopilot, sans quitter cette conversation.',
  'welcome.rep.more':
    'Demandez d’abord une relation. Une fois que le client l’a acceptée chez Microsoft, collez ou joignez une liste d’appareils.',
  'welcome.admin':
    'Vous administrez Tarmac pour {partner}. Contrôlez d’abord l’installation, avec le bouton ci-dessous ou en tapant « diagnostic ».',
  'welcome.staff.more':
    'Les commerciaux demandent les relations et inscrivent les appareils. Si c’est aussi votre travail, demandez à être ajouté à leur groupe.',
  'welcome.colleague.text':
    'Avec Tarmac, les commerciaux de {partner} demandent le consentement des clients et inscrivent leurs appareils Windows à Autopilot. Vous n’êtes pas dans leur groupe.',
  'welcome.colleague.more':
    'Si c’est votre travail, demandez à votre administrateur de vous ajouter au groupe. Quelques minutes plus tard, tapez « aide » ici.',
  'welcome.unread':
    'L’annuaire de Microsoft ne répond pas : je ne vois pas ce que vous pouvez faire ici. Tapez à nouveau « aide » dans quelques minutes.',
  'welcome.customer.text':
    '{partner} utilise Tarmac pour vous demander l’autorisation d’inscrire les appareils Windows de votre organisation à Autopilot. Ces demandes arrivent dans cette conversation.',
  'welcome.customer.more':
    'Aucun droit d’administrateur dans votre organisation n’est demandé. Vous décidez, et l’acceptation elle-même se fait dans le Centre d’administration Microsoft 365.',
  'welcome.stranger.text':
    '{partner} utilise Tarmac pour demander à ses clients l’autorisation d’inscrire leurs appareils Windows à Autopilot. Aucune demande de ce genre n’est arrivée pour vous.',
  'welcome.stranger.more':
    'Si vous en attendez une, indiquez à votre contact chez {partner} quel compte vous utilisez dans Teams. La demande arrive alors dans cette conversation.',
  'welcome.stranger.account': 'Votre compte : {account}',

  'help.title': 'Ce que Tarmac sait faire',
  'help.request.title': 'Demander une relation',
  'help.request.text':
    'Tapez « demander » pour demander une relation de revendeur aux administrateurs d’un client. Ils approuvent ici, puis acceptent chez Microsoft. Tarmac vous prévient quand elle est active.',
  'help.register.title': 'Inscrire des appareils',
  'help.register.text':
    'Tapez « inscrire », puis collez une liste ou joignez un fichier (CSV, Excel, PDF, texte, photo d’étiquettes). Vous voyez ce qui a été compris avant tout envoi. 5 000 appareils au plus par lot.',
  'help.find.title': 'Trouver un appareil',
  'help.find.text':
    'Tapez « trouver » et un ou plusieurs PKID ou numéros de série pour voir où se trouve chaque appareil : client, lot, état, par qui et quand.',
  'help.remove.title': 'Désinscrire des appareils',
  'help.remove.text':
    'Tapez « désinscrire » pour retirer des appareils de l’Autopilot d’un client. Vous voyez ce qui va se passer et tapez le nombre d’appareils ; un collègue autorisé à retirer confirme, puis ils sont retirés un par un.',
  'help.surface.title': 'Appareils Surface',
  'help.surface.text':
    'C’est le Support Microsoft qui inscrit les appareils Surface, sur demande. Tapez « surface » et le nom d’un client pour savoir quoi préparer.',
  'help.follow.title': 'Suivre',
  'help.follow.text':
    'Tapez « clients », « lots » ou « état » pour voir où en sont les choses. Tarmac vous écrit de lui-même quand un lot est terminé.',
  'help.profiles.title': 'Profils Autopilot',
  'help.profiles.text':
    'Tapez « profils » et un client pour voir, créer ou modifier les profils Autopilot de l’Espace partenaires, et choisir celui que prennent les nouveaux lots.',
  'help.stop.title': 'Arrêter',
  'help.stop.text': 'Tapez « annuler » pour abandonner ce que vous faites. Rien n’est envoyé avant votre confirmation.',
  'help.settings.title': 'Vos paramètres',
  'help.settings.text':
    'Tapez « paramètres » pour choisir votre langue, vos heures calmes et vos avis, ou « langue » suivi d’une langue.',
  'help.notify.title': 'Avis dans un canal',
  'help.notify.text':
    'Tapez « notifier ici » dans un canal où se trouve Tarmac : les lots terminés et les réponses des clients y sont aussi annoncés. « notifier annuler » y met fin, « notifier » ici affiche la liste des canaux. Avec une heure à la suite, comme « notifier ici 8 », les lots arrivent en un message par jour.',
  'help.doctor.title': 'Contrôler l’installation',
  'help.doctor.text':
    'Les administrateurs tapent « diagnostic » pour contrôler les paramètres, la connexion, les autorisations et qui a l’application, avec ce qu’il faut faire pour chaque problème.',
  'help.admin.title': 'Ce qui arrive de lui-même',
  'help.admin.text':
    'Quand quelque chose demande un administrateur, Tarmac écrit ici : la connexion à l’Espace partenaires échoue, des événements manquent au système de tickets ou la base de données a été modifiée de l’extérieur.',
  'help.confirm.title': 'Confirmer des retraits',
  'help.confirm.text':
    'Quand un collègue veut retirer des appareils de l’Autopilot d’un client, une carte arrive dans cette conversation. Regardez les appareils, puis tapez leur nombre pour confirmer, ou refusez.',
  'help.sales.title': 'Commerciaux de {partner}',
  'help.files.title': 'Fichiers',
  'help.files.text':
    'Les fichiers n’arrivent à Tarmac que dans cette conversation personnelle, pas dans les canaux ni les conversations de groupe.',
  'help.customer.title': 'Demandes de {partner}',
  'help.customer.text':
    'Une demande de {partner} indique qui demande et quoi. Approuvez-la ou refusez-la avec ses boutons. Rien d’autre ne vous est demandé ici.',
  'help.next.title': 'Et ensuite',
  'help.next.text':
    'Après votre approbation, vous recevez un lien vers le Centre d’administration Microsoft 365, où vous acceptez la relation. {partner} peut alors inscrire les appareils que vous avez achetés. Il n’obtient aucun droit d’administrateur.',

  'requestForm.title': 'Demander une relation',
  'requestForm.text': 'Tarmac envoie la demande aux administrateurs que vous nommez. Vous la verrez avant son envoi.',
  'requestForm.customer': 'Client : domaine ou ID de locataire',
  'requestForm.customer.example': 'contoso.com',
  'requestForm.customer.missing': 'Indiquez le domaine ou l’ID de locataire du client.',
  'requestForm.known': 'Ou l’un de vos clients',
  'requestForm.approvers': 'Qui peut approuver : noms de connexion',
  'requestForm.approvers.example': 'anna@contoso.com, ben@contoso.com',
  'requestForm.approvers.missing': 'Indiquez au moins un nom de connexion.',
  'requestForm.approvers.hint': 'Un par ligne, ou séparés par des virgules. La première réponse compte.',
  'requestForm.note': 'Message aux approbateurs (facultatif)',
  'requestForm.route': 'Comment le client achète chez vous',
  'requestForm.route.direct': 'Directement chez nous',
  'requestForm.route.distributor': 'Par notre distributeur',
  'requestForm.preview': 'Aperçu',

  'requestPreview.title': 'Vérifiez avant d’envoyer',
  'requestPreview.text': 'Les approbateurs verront ceci :',
  'requestPreview.approvers':
    '{count, plural, one {Destinataire :} other {Destinataires (la première réponse compte) :}}',
  'requestPreview.link': 'Lien Microsoft :',
  'requestPreview.send': 'Envoyer',
  'requestPreview.edit': 'Modifier',

  'ask.title': '{partner} demande une relation de revendeur',
  'ask.what':
    '{partner} souhaite inscrire à Autopilot les appareils Windows que votre organisation achète. Rien d’autre.',
  'ask.noDap':
    'Aucune autorisation d’administrateur déléguée n’est demandée. Le lien a été vérifié : il contient DAP=false.',
  'ask.noDap.unstated':
    'Aucune autorisation d’administrateur déléguée n’est demandée. Depuis octobre 2023, une telle relation n’en donne aucune.',
  'ask.role':
    'À l’étape 2, Microsoft demande un Administrateur général ; un Administrateur de facturation peut suffire. C’est Microsoft qui le vérifie, pas Tarmac.',
  'ask.distributor': 'Le distributeur {distributor} est autorisé en même temps que {partner}.',
  'ask.expires': 'Vous pouvez répondre jusqu’au {date}.',

  'request.title': 'Relation avec {customer}',
  'request.state.sent': 'En attente d’une réponse',
  'request.state.sent.approver': 'Attend votre réponse',
  'request.state.approved': 'Approuvée, pas encore acceptée chez Microsoft',
  'request.state.active': 'Active',
  'request.state.declined': 'Refusée',
  'request.state.expired': 'Expirée',
  'request.state.withdrawn': 'Retirée',
  'request.state.ended': 'Terminée',
  'request.approve': 'Approuver',
  'request.decline': 'Refuser',
  'request.decline.reason': 'Motif (facultatif, {partner} le verra)',
  'request.decline.confirm': 'Refuser la demande',
  'request.delegate': 'Demander à un collègue',
  'request.delegate.name': 'Identifiant de votre collègue, dans votre organisation',
  'request.delegate.example': 'anna@contoso.com',
  'request.delegate.confirm': 'Demander à ce collègue',
  'request.approved.by': '{name} a approuvé le {date}.',
  'request.declined.by': '{name} a refusé le {date}.',
  'request.step2.title': 'Étape 2 : accepter chez Microsoft',
  'request.step2.text':
    'Ouvrez le Centre d’administration Microsoft 365, connectez-vous, cochez le Contrat client Microsoft et choisissez Accepter et autoriser. Si un message d’autorisation apparaît, transmettez ceci à un Administrateur de facturation ou à un Administrateur général.',
  'request.step2.notice':
    'Tarmac le remarque de lui-même dès que Microsoft l’a enregistré, en général en quelques minutes.',
  'request.open': 'Ouvrir le Centre d’administration (quitte Teams)',
  'request.check': 'J’ai accepté : vérifier maintenant',
  'request.active.approver':
    '{partner} peut désormais inscrire des appareils pour votre organisation. La relation figure dans le Centre d’administration, sous Paramètres, Relations avec les partenaires.',
  'request.active.rep': 'La relation est active. Vous pouvez inscrire des appareils pour {customer}.',
  'request.declined.approver': 'La demande a été refusée. {partner} en est informé. Vous n’avez rien à faire.',
  'request.expired.approver':
    'Personne n’a répondu à temps. Si vous le souhaitez toujours, demandez une nouvelle demande à {partner}.',
  'request.withdrawn.approver': '{partner} a retiré la demande. Vous n’avez rien à faire.',
  'request.ended.approver': 'La relation avec {partner} est terminée. Il ne peut plus inscrire d’appareils.',
  'request.expired.rep': 'Personne n’a répondu à temps. Vous pouvez envoyer une nouvelle demande.',
  'request.withdrawn.rep': 'La demande a été retirée. Ses boutons ne fonctionnent plus pour personne.',
  'request.ended.rep': 'La relation est terminée. Pour inscrire des appareils, demandez-en une nouvelle.',
  'request.waiting.rep': 'Le client doit encore accepter dans le Centre d’administration Microsoft 365.',
  'request.role.has': '{name} : {roles} de {domain}, lu dans Microsoft Entra le {date}.',
  'request.role.none':
    '{name} : ni Administrateur général ni Administrateur de facturation, lu dans Microsoft Entra le {date}. Microsoft décide à l’étape 2.',
  'request.signIn': 'Montrer mon rôle (connexion)',
  'request.timeline': 'Jusqu’ici',
  'request.timeline.sent': '{date} : envoyée par {name}',
  'request.timeline.decided': '{date} : {name} a répondu',
  'request.timeline.reminded': '{date} : rappel envoyé',
  'request.timeline.active': '{date} : active chez Microsoft',
  'request.approvers': 'Approbateurs',
  'request.delivery.not-installed': 'n’a pas encore installé Tarmac',
  'request.delivery.sending': 'en cours d’envoi',
  'request.delivery.sent': 'reçue',
  'request.delivery.undeliverable': 'n’a pas pu être remise',
  'request.delivery.closed': 'close',
  'request.install.text':
    'Qui n’a pas installé Tarmac ne voit pas encore la demande. Elle arrive d’elle-même après l’installation. Envoyez cet e-mail :',
  'request.install.open': 'Ouvrir la page de l’application',
  'request.mail.to': 'À :',
  'request.mail.subject': 'Objet :',
  'request.mail.body': 'Texte de l’e-mail à copier',
  'request.mail': 'Envoyer cet e-mail pour moi',
  'request.withdraw': 'Retirer',
  'request.remind': 'Relancer',
  'request.again': 'Envoyer à nouveau',
  'request.register': 'Inscrire des appareils',

  'customers.title': 'Clients',
  'customers.found': 'Clients correspondant à « {query} »',
  'customers.none': 'Aucun client trouvé. Demandez une relation pour en ajouter un.',
  'customers.active': 'Active',
  'customers.active.since': 'Active depuis le {date}',
  'customers.waiting': 'En attente du client',
  'customers.ended': 'Terminée',
  'customers.register': 'Inscrire des appareils : {name}',
  'customers.request': 'Redemander : {name}',
  'customers.profiles': 'Profils Autopilot : {name}',
  'profiles.title': 'Profils Autopilot : {customer}',
  'profiles.note':
    'Seuls les profils créés dans l’Espace partenaires figurent ici. Les profils que le client a créés dans Intune ne peuvent être ni vus ni attribués d’ici ; le client les attribue dans Intune.',
  'profiles.none':
    'Ce client n’a pas encore de profil dans l’Espace partenaires. Les appareils sans profil reçoivent les paramètres par défaut d’Autopilot.',
  'profiles.default': 'Par défaut : les nouveaux lots le prennent',
  'profiles.devices': '{count, plural, =0 {Aucun appareil ne l’a} one {# appareil l’a} other {# appareils l’ont}}',
  'profiles.settings.none': 'N’active rien',
  'profiles.setting.skip_express_settings': 'Ignorer les paramètres de confidentialité',
  'profiles.setting.skip_oem_registration': 'Ignorer les pages Cortana, OneDrive et inscription auprès du fabricant',
  'profiles.setting.oobe_user_not_local_admin':
    'La personne qui configure l’appareil ne devient pas administrateur local',
  'profiles.setting.remove_oem_preinstalls': 'Supprimer les applications préinstallées par le fabricant',
  'profiles.setting.skip_eula': 'Ignorer les termes du contrat de licence (EULA)',
  'profiles.effect':
    'Une modification atteint un appareil à sa prochaine première mise en route (OOBE). Les appareils en service gardent leurs réglages jusqu’à leur réinitialisation.',
  'profiles.new': 'Nouveau profil',
  'profiles.edit': 'Modifier',
  'profiles.makeDefault': 'Par défaut',
  'profiles.noDefault': 'Plus par défaut',
  'profiles.delete': 'Supprimer',
  'profiles.saved': '{name} est enregistré dans l’Espace partenaires',
  'profiles.deleted': 'Le profil est supprimé de l’Espace partenaires',
  'profileForm.title.new': 'Nouveau profil pour {customer}',
  'profileForm.title.change': 'Modifier un profil de {customer}',
  'profileForm.name': 'Nom',
  'profileForm.name.missing': 'Indiquez un nom.',
  'profileForm.description': 'Description (facultatif)',
  'profileForm.settings': 'Ce qu’il active',
  'profileForm.eula': 'Qui ignore les termes du contrat de licence les accepte au nom du client.',
  'profileForm.save': 'Enregistrer dans l’Espace partenaires',
  'profileRemoval.title': 'Supprimer le profil {name} de {customer} ?',
  'profileRemoval.devices.unknown': 'L’Espace partenaires ne dit pas combien d’appareils l’ont',
  'profileRemoval.text':
    'Les appareils qui l’ont encore peuvent échouer à leur première mise en route (erreur 809). Appliquez-leur d’abord un autre profil. Cette action est irréversible.',
  'profileRemoval.text.unused': 'Une fois supprimé, il ne peut pas être rétabli.',
  'profileRemoval.confirm': 'Supprimer le profil',
  'profileRemoval.keep': 'Le garder',
  'requests.title': 'Demandes de relation',
  'requests.none': 'Aucune demande pour l’instant. Tapez « demander » pour en envoyer une.',
  'requests.age':
    '{days, plural, =0 {Envoyée aujourd’hui par {name}} one {Envoyée il y a # jour par {name}} other {Envoyée il y a # jours par {name}}}',

  'picker.title': 'Inscrire des appareils',
  'picker.text': 'Pour quel client ? Seuls les clients dont la relation est active sont proposés.',
  'picker.label': 'Client',
  'picker.placeholder': 'Tapez pour rechercher',
  'picker.missing': 'Choisissez un client.',
  'picker.more':
    'Il y a d’autres clients : tapez dans la liste pour les rechercher tous. Si rien n’est trouvé, envoyez « inscrire » avec un nom ou un domaine.',
  'picker.none': 'Aucun client n’a encore de relation active. Demandez-en une d’abord.',
  'picker.refused': 'Impossible pour {name} : {reason}',
  'picker.continue': 'Continuer',
  'messageList.title': 'Inscrire les appareils de ce message',
  'messageList.text':
    'Rien n’est encore envoyé. La liste passe dans votre conversation personnelle avec Tarmac, où vous la vérifiez et la confirmez.',
  'messageList.none':
    'Je ne trouve aucun appareil dans ce message. Sont acceptés les PKID (13 chiffres), ou le numéro de série avec fabricant et modèle.',
  'messageList.files':
    'Les fichiers d’un message ne me parviennent pas d’ici. Joignez-les dans notre conversation personnelle.',
  'messageList.unread': '{name} n’a pas été lu. {reason}',
  'messageList.continue': 'Continuer dans ma conversation',
  'messageList.done': 'La liste pour {customer} est prête',
  'messageList.done.text':
    'Vous la trouvez dans votre conversation personnelle avec Tarmac. Vérifiez-la et confirmez-la là-bas ; rien n’a encore été envoyé.',

  'list.ask.title': 'Appareils pour {customer}',
  'list.ask.text': 'Collez une liste ici ou joignez un fichier.',
  'list.ask.accepted':
    'Acceptés : PKID (13 chiffres), ou numéro de série avec fabricant et modèle. En texte, CSV, Excel, PDF ou photo d’étiquettes d’emballage. 5 000 appareils au plus.',
  'list.ask.prefer':
    'Préférez le PKID de l’étiquette de l’emballage ou celui de votre distributeur. Les hachages matériels ne sont pas recommandés.',
  'list.title': 'Est-ce correct ? {customer}',
  'list.read': '{count, plural, one {# appareil compris} other {# appareils compris}}',
  'list.problems': '{count, plural, one {# ligne non retenue} other {# lignes non retenues}}',
  'list.doubtful': '{count, plural, one {# appareil attend votre accord} other {# appareils attendent votre accord}}',
  'list.superseded': 'La liste s’est allongée : la carte plus bas la montre en entier.',
  'list.sources': 'Source : {sources}',
  'list.byHash':
    '{count, plural, one {# appareil n’est indiqué que par son hachage matériel.} other {# appareils ne sont indiqués que par leur hachage matériel.}} Microsoft recommande le PKID de l’emballage, ou du distributeur.',
  'list.follows': 'Refusés auparavant dans le lot {name}',
  'list.uploads': '{count, plural, one {Envoi en un seul chargement.} other {Envoi en # chargements.}}',
  'list.first': 'Premiers appareils',
  'list.last': 'Dernier appareil',
  'list.known.here':
    '{count, plural, one {# appareil est déjà inscrit pour ce client} other {# appareils sont déjà inscrits pour ce client}}',
  'list.known.batch':
    '{count, plural, one {# appareil est déjà dans un autre lot} other {# appareils sont déjà dans d’autres lots}}',
  'list.known.other':
    '{count, plural, one {# appareil a déjà été envoyé pour un autre client} other {# appareils ont déjà été envoyés pour d’autres clients}}',
  'list.doubtful.text':
    'Les appareils marqués ? sont peut-être mal lus. Acceptez-les, écartez-les ou corrigez-les ci-dessous avant de confirmer.',
  'list.doubtful.accept': 'Garder les douteux',
  'list.doubtful.drop': 'Écarter les douteux',
  'list.doubtful.acceptOne': 'Garder',
  'list.doubtful.dropOne': 'Écarter',
  'list.fix': 'Corriger des lignes',
  'list.fix.label': '{source}, ligne {row} : valeur correcte',
  'list.fix.apply': 'Appliquer les corrections',
  'list.name': 'Nom du lot',
  'list.name.hint':
    'L’Espace partenaires transmet ce nom au client comme balise de groupe : dans Intune, des groupes et des profils peuvent être attribués d’après elle. Lettres, chiffres, espaces, points, traits d’union et traits de soulignement ; il ne peut plus être modifié ensuite.',
  'list.name.missing': 'Indiquez un nom de lot.',
  'list.profile': 'Profil Autopilot (facultatif)',
  'list.profile.none': 'Aucun profil',
  'list.target': 'Où vont les appareils (le nom du lot est leur étiquette de groupe)',
  'list.target.new': 'Un nouveau lot, avec le nom ci-dessous',
  'list.target.add': 'Ajouter à {name}',
  'list.target.addCounted':
    'Ajouter à {name} : {count, plural, one {# appareil} other {# appareils}} maintenant, {after} ensuite',
  'list.confirm': '{count, plural, one {Inscrire # appareil} other {Inscrire # appareils}}',
  'list.more': 'Ajouter',

  'batch.title': 'Lot {name}',
  'batch.state.sending': 'En cours d’envoi à l’Espace partenaires',
  'batch.state.waiting': 'L’Espace partenaires y travaille',
  'batch.state.done': 'Terminé',
  'batch.state.done-with-errors': 'Terminé, des appareils ont été refusés',
  'batch.state.failed': 'Échec',
  'batch.state.needs-human': 'Une personne doit décider',
  'batch.state.cancelled': 'Annulé',
  'batch.progress': 'Réponses : {done} sur {total}',
  'batch.count.registered': '{count, plural, one {# inscrit} other {# inscrits}}',
  'batch.count.failed': '{count, plural, one {# refusé} other {# refusés}}',
  'batch.count.pending': '{count, plural, one {# en attente} other {# en attente}}',
  'batch.count.unknown': '{count, plural, one {# sans résultat connu} other {# sans résultat connu}}',
  'batch.started': 'Début :',
  'batch.finished': 'Fin :',
  'batch.nextCheck': 'Prochaine vérification : {date}. Vous recevrez un message à la fin.',
  'batch.outcome.registered': 'inscrit',
  'batch.outcome.already': 'déjà inscrit avant',
  'batch.outcome.failed': 'refusé',
  'batch.outcome.pending': 'en attente',
  'batch.outcome.unknown': 'résultat inconnu',
  'batch.result.who': 'Qui peut aider : {who}',
  'batch.result.next': 'Prochaine étape : {next}',
  'batch.result.code': 'code {code}',
  'batch.id.name': 'Nom du lot dans l’Espace partenaires :',
  'batch.id.tracking': 'ID de suivi :',
  'batch.refresh': 'Actualiser',
  'batch.export': 'Exporter',
  'export.title': 'Résultats de {batch} pour {customer}',
  'export.count':
    '{total, plural, one {# appareil} other {# appareils}}, {failed, plural, =0 {aucun refusé} one {# refusé} other {# refusés}}',
  'export.more':
    '{count, plural, one {# autre appareil figure dans le fichier.} other {# autres appareils figurent dans le fichier.}}',
  'export.how': 'Choisissez un fichier. Teams vous demande votre accord avant de l’enregistrer dans votre OneDrive.',
  'export.elsewhere':
    'Les fichiers ne peuvent être envoyés que dans une conversation personnelle. Ouvrez Tarmac depuis la liste des applications, tapez « lots », ouvrez ce lot et appuyez sur Exporter.',
  'export.xlsx': 'Fichier Excel',
  'export.csv': 'Fichier CSV',
  'export.failed': 'Refusés seulement (Excel)',
  'export.consent': 'Chaque appareil de {batch} ({customer}) avec son résultat, la raison et l’étape suivante.',
  'export.declined': 'Aucun fichier n’a été enregistré.',
  'export.column.pkid': 'PKID',
  'export.column.serial': 'Numéro de série',
  'export.column.manufacturer': 'Fabricant',
  'export.column.model': 'Modèle',
  'export.column.outcome': 'Résultat',
  'export.column.code': 'Code',
  'export.column.cause': 'Raison',
  'export.column.next': 'Étape suivante',
  'export.column.profile': 'Profil',
  'export.column.source': 'Source',
  'export.column.row': 'Ligne',
  'batch.addsTo': 'Ajouté à',
  'batch.addsTo.counted': '{name}, qui comptait {count, plural, one {# appareil} other {# appareils}}',
  'batch.add': 'Ajouter des appareils',
  'batch.resend': 'Corriger et renvoyer',
  'batch.filter.failed': 'Refusés seulement',
  'batch.filter.all': 'Tous les appareils',
  'batch.follows': 'Renvoie ce qui a été refusé dans :',
  'batch.applyProfile': 'Appliquer un profil',
  'batch.profile.planned': 'Profil {name} : appliqué dès que les appareils sont inscrits',
  'batch.profile.counts':
    'Profil {name} : appliqué à {applied, number}{failed, plural, =0 {} other {, non appliqué à #}}{unknown, plural, =0 {} other {, # sans résultat connu}}{pending, plural, =0 {} other {, # en attente}}',
  'batch.profile.applied': 'Profil {name} appliqué',
  'batch.profile.pending': 'Profil {name} en cours d’application',
  'batch.profile.unknown':
    'Profil {name} : l’Espace partenaires ne dit pas s’il est appliqué. Vérifiez-y ou appliquez-le de nouveau.',
  'batch.profile.failed': 'Profil {name} non appliqué. {cause} {next}',
  'applyProfile.title': 'Appliquer un profil : lot {batch} de {customer}',
  'applyProfile.text':
    'S’applique aux appareils inscrits de ce lot et y remplace tout autre profil de l’Espace partenaires.',
  'applyProfile.profile': 'Profil',
  'applyProfile.profile.missing': 'Choisissez un profil.',
  'applyProfile.devices': 'Seulement ces appareils : PKID ou numéro de série (facultatif)',
  'applyProfile.devices.all': 'Vide : tous les appareils inscrits',
  'applyProfile.apply': 'Appliquer',
  'batch.open': 'Détails',
  'batches.title': 'Lots',
  'batches.none': 'Pas encore de lot. Tapez « inscrire » pour commencer.',
  'batches.found': 'Lots correspondant à « {query} »',
  'batches.noneFound': 'Aucun lot ne correspond. Cherchez une partie de son nom, de son client ou de son état.',
  'batches.search': 'Rechercher',
  'batches.search.label': 'Nom du lot, client ou état',
  'batches.line': '{customer} · inscrits : {registered} sur {total}',
  'find.title': 'Trouver des appareils',
  'find.query': 'PKID ou numéros de série, {max, number} au plus',
  'find.query.missing': 'Entrez un PKID ou un numéro de série.',
  'find.where': 'Où chercher',
  'find.where.known': 'Tout ce qui a été envoyé avec Tarmac',
  'find.where.customer': 'Espace partenaires : {name}',
  'find.more': 'Il y a d’autres clients. Tapez « trouver … chez » et un nom ou un domaine pour chercher chez un autre.',
  'find.go': 'Chercher',
  'find.registered': 'Inscrit',
  'find.before': 'Était déjà inscrit',
  'find.refused': 'Refusé',
  'find.open': 'Envoyé, pas encore de résultat',
  'find.unknown': 'Envoyé, résultat inconnu',
  'find.removed': 'Retiré d’Autopilot',
  'find.atPartnerCenter': 'Inscrit, d’après l’Espace partenaires à l’instant',
  'find.absent': 'Introuvable',
  'find.place': '{customer} · lot {batch}',
  'find.when': '{date}, par {name}',
  'find.uploaded': 'Téléversé le {date}',
  'find.removed.when': 'Retiré le {date}',
  'find.profile': 'Profil Autopilot : {name}',
  'find.profile.none': 'Aucun profil Autopilot de l’Espace partenaires',
  'find.absent.known':
    'Tarmac n’a pas envoyé cet appareil. Comparez les chiffres avec l’étiquette, ou choisissez un client ci-dessus pour chercher dans l’Espace partenaires même.',
  'find.absent.customer':
    'L’Espace partenaires n’indique aucun appareil de ce genre pour ce client. Les appareils inscrits par le client ou par un tiers n’y figurent pas : le client peut regarder dans Intune, sous Appareils Windows Autopilot.',
  'find.partly':
    'J’ai regardé {looked, number} lots sur {total, number}, les plus récents d’abord, dans le temps imparti. Les autres sont à regarder dans l’Espace partenaires.',
  'find.tooMany': 'Seuls les {max, number} premiers ont été cherchés.',
  'find.number':
    '{count, plural, one {Cela ressemble à un appareil} other {Cela ressemble à # appareils}}. Dois-je chercher ce que j’en sais, ou voulez-vous inscrire ?',
  'find.remove': 'Désinscrire',
  'batch.remove': 'Désinscrire ces appareils',
  'picker.title.remove': 'Désinscrire des appareils',
  'removal.collect.title': 'Quels appareils doivent quitter {customer} ?',
  'removal.collect.text':
    'Collez ici des PKID ou des numéros de série, ou joignez un fichier. Rien n’est retiré avant qu’une deuxième personne n’ait confirmé.',
  'removal.nothing':
    'Je ne trouve aucun appareil ici. Collez ou joignez des PKID ou des numéros de série, ou tapez « annuler ».',
  'removal.notTaken': '{count, plural, one {# ligne n’a pas été prise :} other {# lignes n’ont pas été prises :}}',
  'removal.title': 'Désinscrire des appareils : {customer}',
  'removal.state.draft': 'Pas encore demandé',
  'removal.state.asked': 'Attend une deuxième personne',
  'removal.state.asked.remover': 'Attend votre réponse',
  'removal.state.removing': 'Retrait en cours',
  'removal.state.done': 'Terminé',
  'removal.state.done-with-errors': 'Terminé, certains appareils n’ont pas pu être retirés',
  'removal.state.needs-human': 'À vérifier par une personne',
  'removal.state.refused': 'Refusé',
  'removal.state.expired': 'Personne n’a confirmé à temps',
  'removal.state.withdrawn': 'Demande retirée',
  'removal.state.cancelled': 'Annulé',
  'removal.effect.count':
    '{count, plural, one {# appareil quitte Windows Autopilot chez {customer} : dans l’Espace partenaires et dans la liste d’appareils Autopilot du client dans Intune.} other {# appareils quittent Windows Autopilot chez {customer} : dans l’Espace partenaires et dans la liste d’appareils Autopilot du client dans Intune.}}',
  'removal.effect.stays':
    'Un appareil en service reste inscrit dans Intune et joint à Microsoft Entra ID. Pour le transmettre, le client le supprime dans Intune et le réinitialise.',
  'removal.effect.final': 'Cela ne peut pas être annulé. Les appareils peuvent être inscrits de nouveau.',
  'removal.absent':
    '{count, plural, one {# appareil ne figure pas dans l’Espace partenaires pour ce client et reste tel quel.} other {# appareils ne figurent pas dans l’Espace partenaires pour ce client et restent tels quels.}} Ce que le client a inscrit, lui seul peut le désinscrire : dans Intune, sous Appareils Windows Autopilot. Si personne ne sait qui l’a inscrit, le Support Microsoft accepte une « Autopilot Deregistration Request » avec preuve de propriété.',
  'removal.unchecked':
    '{count, plural, one {# appareil n’a pas encore été cherché dans tous les lots.} other {# appareils n’ont pas encore été cherchés dans tous les lots.}} Appuyez sur « Continuer la recherche » ; seul ce qui a été trouvé peut être retiré.',
  'removal.batches': 'Des lots : {batches}',
  'removal.batch': '{name} ({count, number})',
  'removal.type': 'Tapez {count, number} (le nombre d’appareils) ou {domain} pour continuer',
  'removal.ask': 'Demander la confirmation',
  'removal.look': 'Continuer la recherche',
  'removal.confirm': '{count, plural, one {Retirer # appareil} other {Retirer # appareils}}',
  'removal.refuse': 'Refuser',
  'removal.refuse.reason': 'Motif (facultatif, {name} le verra)',
  'removal.refuse.confirm': 'Refuser le retrait',
  'removal.withdraw': 'Retirer la demande',
  'removal.refresh': 'Actualiser',
  'removal.ask.remover':
    '{name} demande de retirer ces appareils. Il faut une deuxième personne : vous, ou un autre collègue autorisé à retirer.',
  'removal.ask.rep':
    'Un collègue autorisé à retirer des appareils doit confirmer. Tous ont une carte ; la première réponse compte.',
  'removal.confirmed.by': '{name} a confirmé le {date}.',
  'removal.refused.by': '{name} a refusé le {date}. Rien n’a été retiré.',
  'removal.expired.text': 'Personne n’a répondu à temps, rien n’a donc été retiré. Redemandez si nécessaire.',
  'removal.withdrawn.text': 'La demande a été retirée. Rien n’a été retiré.',
  'removal.cancelled.text': 'Annulé. Rien n’a été retiré.',
  'removal.progress': '{done} sur {total} retirés ou traités',
  'removal.count.removed': '{count, plural, one {# retiré} other {# retirés}}',
  'removal.count.gone': '{count, plural, one {# n’y était plus} other {# n’y étaient plus}}',
  'removal.count.failed': '{count, plural, one {# n’a pas pu être retiré} other {# n’ont pas pu être retirés}}',
  'removal.count.unknown': '{count, plural, one {# sans résultat connu} other {# sans résultat connu}}',
  'removal.device.found': 'sera retiré',
  'removal.device.absent': 'absent de l’Espace partenaires',
  'removal.device.unchecked': 'pas encore cherché',
  'removal.device.waiting': 'à retirer',
  'removal.device.removing': 'retrait en cours',
  'removal.device.checking': 'en cours de vérification',
  'removal.device.removed': 'retiré',
  'removal.device.gone': 'n’y était plus',
  'removal.device.failed': 'non retiré',
  'removal.device.unknown': 'résultat inconnu',
  'removal.device.kept': 'inchangé',
  'removal.failed.relationship':
    'La relation avec le client n’est plus active. Le client peut désinscrire l’appareil dans Intune, ou accepter une nouvelle relation.',
  'removal.failed.other':
    'L’Espace partenaires a refusé ({code}). Essayez dans l’Espace partenaires même ; s’il refuse aussi, le client peut désinscrire l’appareil dans Intune.',
  'removal.failed.notRecorded':
    'Non retiré : le journal d’audit ne montre pas qu’une deuxième personne a confirmé. Vos administrateurs ont été prévenus.',
  'removal.failed.unknown': 'L’Espace partenaires n’a jamais dit s’il a retiré cet appareil. Cherchez-le là-bas.',
  'removal.asked':
    'Vos collègues autorisés à retirer des appareils ont maintenant une carte. Je vous écrirai quand l’un d’eux aura répondu.',
  'removal.openCard': 'Détails',
  'surface.title': 'Appareils Surface : demander au Support Microsoft',
  'surface.why':
    'Le Support Microsoft inscrit les appareils Surface dans Windows Autopilot sur demande, pour les clients comme pour les partenaires. Tarmac ne les envoie pas à l’Espace partenaires, sauf si vous le dites pour chacun.',
  'surface.step.kind':
    '(1) Choisissez ce qu’il vous faut : inscription, désinscription, ou les hachages matériels. Avec les hachages, vous pouvez inscrire les appareils vous-mêmes.',
  'surface.step.proof':
    '(2) Préparez la preuve de propriété : le bon de vente ou la facture d’origine en PDF, avec le nom de l’entreprise et les numéros de série. Microsoft n’accepte pas de captures d’écran.',
  'surface.step.list': '(3) Enregistrez les numéros de série ci-dessous dans un fichier CSV, un par ligne.',
  'surface.step.ownList': '(3) Écrivez les numéros de série dans un fichier CSV, un par ligne.',
  'surface.step.send':
    '(4) Envoyez le tout avec le formulaire de Microsoft ; la page ci-dessous y mène. Pour inscrire et désinscrire, Microsoft demande aussi l’ID de locataire et le nom de domaine.',
  'surface.which':
    'Pour quel client ? Tapez « surface » et un nom ou un domaine pour que l’ID de locataire soit rempli.',
  'surface.serials': 'Numéros de série à copier ({count, number})',
  'surface.cut': 'Seuls les {max, number} premiers tiennent ici.',
  'surface.open': 'Page de Microsoft (quitte Teams)',
  'surface.file': 'Numéros de série (CSV)',
  'surface.consent': 'Numéros de série des appareils Surface de {customer}, pour le support Microsoft',
  'surface.show': 'Surface : que faire',

  'share.asOf': 'État au {date}',
  'share.registered': 'Inscrits :',
  'share.open': 'Ouvrir Tarmac',
  'share.none': 'Rien n’a été trouvé. Essayez une partie du nom ou du domaine.',
  'share.batch': 'Lot :',
  'share.noDevice': 'Entrez le PKID ou le numéro de série complet d’un appareil envoyé à l’Espace partenaires.',
  'status.title': 'État',
  'settings.title': 'Vos paramètres',
  'settings.text': 'Ils ne concernent que vous et valent dans toutes vos conversations avec Tarmac.',
  'settings.timeZone': 'Votre fuseau horaire, d’après Teams :',
  'settings.language': 'Langue',
  'settings.language.teams': 'Comme dans Teams',
  'settings.quiet.from': 'Début des heures calmes : les avis attendent, seuls les urgents arrivent',
  'settings.quiet.until': 'Fin des heures calmes',
  'settings.off': 'Désactivé',
  'settings.digest':
    'Un message par jour avec tous les lots, à cette heure ; les échecs arrivent toujours tout de suite',
  'settings.devices': 'Un message quand des appareils ont été inscrits pour votre organisation',
  'settings.on': 'Activé',
  'settings.save': 'Enregistrer',
  'settings.saved': 'Enregistré.',
  'settings.devices.stopped':
    'Vous ne serez plus informé des appareils inscrits. Tapez « paramètres » pour changer cela.',
  'status.requests': '{count, plural, =0 {Aucune demande ouverte} one {# demande ouverte} other {# demandes ouvertes}}',
  'status.batches': '{count, plural, =0 {Aucun lot en cours} one {# lot en cours} other {# lots en cours}}',
  'status.removals': '{count, plural, one {# désinscription en cours} other {# désinscriptions en cours}}',
  'status.removal': 'Désinscription : {customer}',
  'status.signIn.ok': 'La connexion à l’Espace partenaires fonctionne',
  'status.signIn.broken': 'La connexion à l’Espace partenaires demande une intervention',

  // the examination of the installation, for administrators
  'doctor.title': 'Contrôle de l’installation',
  'doctor.running':
    'Contrôle en cours. Cela prend une ou deux minutes ; le résultat s’affichera ensuite sur cette carte.',
  'doctor.noProblems': 'Aucun problème',
  'doctor.problems': '{count, plural, one {# problème} other {# problèmes}}',
  'doctor.unreadable': 'Le résultat ne peut pas être affiché. Relancez le contrôle.',
  'doctor.more': '{count, plural, one {# autre problème} other {# autres problèmes}}',
  'doctor.well': '{count, plural, one {# contrôle réussi} other {# contrôles réussis}}',
  'doctor.details': 'Afficher ou masquer ce qui va bien',
  'doctor.line': '{check} : {found}',
  'doctor.again': 'Contrôler à nouveau',
  'doctor.ended': 'Contrôlé le {date}',
  'doctor.aadsts': 'Microsoft explique le numéro AADSTS{number}.',
  'doctor.check.settings': 'Paramètres',
  'doctor.check.database': 'Base de données',
  'doctor.check.bot': 'Bot en cours d’exécution',
  'doctor.check.bot-token': 'Jeton du bot',
  'doctor.check.graph-token': 'Jeton pour Microsoft Graph',
  'doctor.check.graph-permissions': 'Autorisations pour Microsoft Graph',
  'doctor.check.graph-lookup': 'Recherche de locataires',
  'doctor.check.groups': 'Groupes',
  'doctor.check.partner-center-app': 'Espace partenaires, en tant qu’application',
  'doctor.check.webhook': 'Événements de l’Espace partenaires',
  'doctor.check.partner-center-user': 'Connexion à l’Espace partenaires',
  'doctor.check.waiting-work': 'Travail en attente',
  'doctor.check.installed': 'Qui a l’application',
  'doctor.check.approvers': 'Approbateurs',
  'doctor.check.events': 'Système de tickets',
  'doctor.found.failed': 'Cela ne fonctionne pas : {error}.',
  'doctor.found.settings-complete': 'Complets.',
  'doctor.found.settings-wrong': '{text}',
  'doctor.found.database-new': 'Aucune pour l’instant ; le premier démarrage en crée une, intégrée, dans {folder}.',
  'doctor.found.database-locked': 'Impossible d’écrire dans {folder}.',
  'doctor.found.database-empty': 'Vide ; le premier démarrage la remplit.',
  'doctor.found.database-current': 'Elle répond, et son schéma est à jour.',
  'doctor.found.database-behind':
    'Elle répond ; le prochain démarrage fera avancer son schéma de {count, plural, one {# étape} other {# étapes}}.',
  'doctor.found.database-in-use': 'Intégrée, utilisée par le bot en cours d’exécution.',
  'doctor.found.bot-ready': 'Il fonctionne et se dit prêt.',
  'doctor.found.bot-not-ready': 'Il fonctionne mais n’est pas prêt : {checks}.',
  'doctor.found.bot-silent': 'Il ne répond pas à l’adresse {address}, peut-être parce qu’il s’exécute ailleurs.',
  'doctor.found.bot-token': 'Entra donne au bot un jeton pour Teams.',
  'doctor.found.certificate': 'Le certificat du bot ne peut pas être utilisé.',
  'doctor.found.graph-token': 'Entra donne au bot un jeton pour Microsoft Graph.',
  'doctor.found.permission-unknown': 'Le jeton d’un émulateur n’en nomme aucune.',
  'doctor.found.permission-granted': '{name} est accordée, pour {purpose}.',
  'doctor.found.permission-optional': '{name} n’est pas accordée : {purpose} n’est pas proposé. C’est un choix.',
  'doctor.found.permission-missing': '{name} manque, pour {purpose}.',
  'doctor.purpose.tenants': 'trouver un client par son domaine',
  'doctor.purpose.groups': 'lire qui appartient à un groupe',
  'doctor.purpose.links': 'lire une liste par son lien SharePoint',
  'doctor.purpose.mail': 'envoyer une invitation depuis la boîte aux lettres d’un commercial',
  'doctor.found.lookup': 'PARTNER_TENANT_ID est {name} ({domain}).',
  'doctor.found.lookup-none': 'Entra ne connaît aucun locataire avec PARTNER_TENANT_ID.',
  'doctor.found.groups-nobody': 'Graph répond qui en fait partie ; personne du partenaire n’a encore ouvert le bot.',
  'doctor.found.groups-reps':
    'Parmi {count, plural, one {le # dernier collègue ayant} other {les # derniers collègues ayant}} ouvert le bot, {reps, number} peuvent demander et inscrire.',
  'doctor.found.partner-center-app': 'L’Espace partenaires répond à l’application.',
  'doctor.found.webhook': 'L’Espace partenaires envoie ses événements à {url}.',
  'doctor.found.webhook-none': 'L’Espace partenaires n’a pas d’adresse pour les événements.',
  'doctor.found.webhook-elsewhere': 'L’Espace partenaires envoie ses événements à {url}, et non à {wanted}.',
  'doctor.found.webhook-events': 'Les événements des relations acceptées ne font pas partie de ceux qui sont inscrits.',
  'doctor.found.user':
    'Elle fonctionne, avec l’authentification multifacteur ; encore {days, plural, one {# jour} other {# jours}}, {before, number} avant que ce contrôle ne la renouvelle.',
  'doctor.found.user-since':
    'Une personne s’est connectée avec l’authentification multifacteur le {since} ; elle fonctionne, encore {days, plural, one {# jour} other {# jours}}, {before, number} avant que ce contrôle ne la renouvelle.',
  'doctor.found.user-without-factor':
    'La connexion a été faite sans authentification multifacteur : l’Espace partenaires la refuse.',
  'doctor.found.user-unread':
    'Elle est conservée dans une base de données qui ne peut pas être lue d’ici pour le moment ; voir plus haut.',
  'doctor.found.waiting-work':
    'Le bot a noté le {since} que la connexion échoue ({reason}) ; depuis, le travail attend.',
  'doctor.found.installed':
    '{colleagues, plural, one {# personne} other {# personnes}} chez le partenaire, {customers, plural, one {# personne} other {# personnes}} chez {tenants, plural, one {# client} other {# clients}}.',
  'doctor.found.customers-reached':
    'Chez chaque client avec une demande ou une relation ({count, number}), quelqu’un l’a.',
  'doctor.found.customers-without':
    'Chez {count, number} des {total, number} clients avec une demande ou une relation, personne ne l’a et personne n’y reçoit d’avis : {names}.',
  'doctor.found.approvers-some':
    '{customer} : {reached, number} sur {approvers, plural, one {# approbateur} other {# approbateurs}} avec l’application.',
  'doctor.found.approvers-none':
    '{customer} : aucun approbateur d’une demande ouverte n’a l’application ({approvers, plural, one {# personne} other {# personnes}}) ; personne n’a vu la demande dans Teams.',
  'doctor.found.events': '{sent, number} acceptés ce dernier mois, {due, number} en attente.',
  'doctor.found.events-late':
    '{due, plural, one {# événement attend} other {# événements attendent}} le système de tickets, le plus ancien depuis le {since}.',
  'doctor.found.events-given-up':
    '{count, plural, one {# événement abandonné} other {# événements abandonnés}} ce dernier mois.',
  'doctor.advice.settings': 'Corrigez-le dans l’environnement ou dans .env (README, Settings).',
  'doctor.advice.database-reach':
    'Vérifiez DATABASE_URL (ou DATA_DIR), que le serveur fonctionne et que cette machine l’atteint.',
  'doctor.advice.database-write': 'Autorisez le compte du bot à y écrire, ou définissez DATA_DIR.',
  'doctor.advice.bot-log': 'Lisez les dernières lignes de son journal.',
  'doctor.advice.bot-sign-in': 'Arrêtez-le et reconnectez-vous : npm run sign-in.',
  'doctor.advice.certificate':
    'MicrosoftAppCertificatePath doit nommer un fichier PEM, avec certificat et clé, que le bot peut lire.',
  'doctor.advice.permission':
    'Accordez-la à l’application dans Microsoft Entra comme autorisation d’application, avec le consentement administrateur.',
  'doctor.advice.lookup': 'Comparez-le avec Microsoft Entra.',
  'doctor.advice.groups': 'Vérifiez REPS_GROUP_ID et ajoutez les commerciaux à ce groupe dans Microsoft Entra.',
  'doctor.advice.webhook':
    'Démarrez le bot : il inscrit son adresse dans les premières minutes, puis toutes les heures.',
  'doctor.advice.webhook-other':
    'Le bot inscrit sa propre adresse toutes les heures. Si un autre programme a besoin de l’autre, décidez laquelle reste.',
  'doctor.advice.waiting-work':
    'Il reprend de lui-même dans l’heure ; npm run sign-in le fait reprendre tout de suite.',
  'doctor.advice.install':
    'Faites-leur installer Tarmac dans Teams (appPackage/README.md, When an approver sees nothing).',
  'doctor.advice.events':
    'Regardez ce que répond {host} ; le journal du bot contient chaque tentative. Les événements sont proposés pendant trois jours.',
  'doctor.advice.events-given-up':
    'Ils ne seront pas renvoyés : mettez le système de tickets à jour à la main. Les administrateurs ont été prévenus dans Teams, avec leurs types.',
  'doctor.advice.credential':
    'Créez une clé secrète dans Microsoft Entra, Inscriptions d’applications, et placez-la dans les paramètres.',
  'doctor.advice.configuration':
    'Comparez les ID d’application et de locataire des paramètres avec Microsoft Entra, Inscriptions d’applications.',
  'doctor.advice.token-mismatch':
    'Comparez les ID de locataire des paramètres et CLOUD avec l’endroit où l’application est inscrite.',
  'doctor.advice.sign-in':
    'Connectez-vous avec le compte de service et l’authentification multifacteur : npm run sign-in.',
  'doctor.advice.second-factor':
    'Reconnectez-vous avec le compte de service, cette fois avec l’authentification multifacteur : npm run sign-in.',
  'doctor.advice.seal-key':
    'Donnez au bot la SEAL_KEY avec laquelle la connexion a été scellée, ou reconnectez-vous : npm run sign-in.',
  'doctor.advice.partner-center-refused':
    'Vérifiez que l’application a le consentement pour Microsoft Partner Center dans le locataire du partenaire.',
  'doctor.advice.partner-center-unavailable':
    'Vérifiez que cette machine atteint Microsoft et réessayez dans quelques minutes.',
  'doctor.advice.graph-unavailable':
    'Vérifiez que cette machine atteint Microsoft Graph et réessayez dans quelques minutes.',
  'doctor.advice.other': 'Regardez le message ; le README nomme ce dont chaque partie a besoin.',

  'notice.toCard': 'Aller à la carte',
  'notice.active.rep.title': '{customer} a accepté',
  'notice.active.rep.text': 'La relation est active. Vous pouvez inscrire des appareils dès maintenant.',
  'notice.active.approver.title': 'La relation avec {partner} est active',
  'notice.active.approver.text':
    'Microsoft a enregistré votre acceptation. {partner} peut désormais inscrire des appareils pour vous et n’a aucun droit d’administrateur.',
  'notice.declined.title': '{customer} a refusé',
  'notice.declined.text': '{name} a refusé la demande.',
  'notice.expired.title': 'La demande à {customer} a expiré',
  'notice.expired.text': 'Personne n’a répondu à temps. Vous pouvez en envoyer une nouvelle.',
  'notice.expired.approver.title': 'La demande de {partner} a expiré',
  'notice.reminder.title': '{partner} attend toujours votre réponse',
  'notice.reminder.text':
    '{name} demande si {partner} peut inscrire les appareils Windows de votre organisation auprès d’Autopilot. Vous pouvez approuver ou refuser jusqu’au {date}.',
  'notice.reminder.step2.title': 'Il reste une étape chez Microsoft',
  'notice.reminder.step2.text':
    'Vous avez approuvé la demande de {partner}. La relation devient active quand vous l’acceptez dans le Centre d’administration Microsoft 365. C’est possible jusqu’au {date}.',
  'notice.reminder.open': 'Ouvrir la demande',
  'notice.reminder.closed': 'Ce rappel est réglé',
  'notice.reminder.closed.text': 'La demande n’est plus ouverte. Vous n’avez rien à faire.',
  'notice.ended.title': 'La relation avec {customer} est terminée',
  'notice.ended.text': 'Il n’est plus possible d’inscrire des appareils pour {customer}.',
  'notice.ended.approver.title': 'La relation avec {partner} est terminée',
  'notice.batch.failures':
    '{failed, plural, one {# appareil sur {total} a été refusé dans {batch}} other {# appareils sur {total} ont été refusés dans {batch}}}',
  'notice.batch.success':
    '{count, plural, one {# appareil inscrit pour {customer}} other {# appareils inscrits pour {customer}}}',
  'notice.profile.applied': 'Le profil {name} est appliqué dans {batch}',
  'notice.profile.notAll': 'Le profil {name} n’a pas pu être appliqué à tous les appareils de {batch}',
  'notice.profile.look': 'Ouvrez le lot pour voir chaque appareil, la raison et l’étape suivante.',
  'notice.batch.attention.title': 'Le lot {batch} a besoin de vous',
  'notice.customer.title':
    '{count, plural, one {# appareil a été inscrit pour vous} other {# appareils ont été inscrits pour vous}}',
  'notice.customer.text':
    '{partner} les a inscrits auprès de Windows Autopilot dans le lot {batch}. Vous les voyez dans Intune sous Appareils Windows Autopilot.',
  'notice.customer.stop': 'Ne plus recevoir ces messages',
  'notice.channels.title':
    '{count, plural, =0 {Aucun canal ne reçoit d’avis} one {# canal reçoit des avis} other {# canaux reçoivent des avis}}',
  'notice.channels.line': '{channel} : depuis le {date}, à la demande de {name}',
  'notice.channels.daily': '{channel} : chaque jour à {hour}, depuis le {date}, à la demande de {name}',
  'notice.channels.unnamed': 'Canal',
  'notice.channels.stop': 'Tout arrêter',
  'notice.digest.title':
    '{count, plural, one {# appareil inscrit} other {# appareils inscrits}} dans {batches, plural, one {# lot} other {# lots}}',
  'notice.digest.failed':
    '{count, plural, one {# lot n’a pas entièrement abouti} other {# lots n’ont pas entièrement abouti}}',
  'notice.digest.line.good':
    '{batch} : {count, plural, one {# appareil inscrit pour {customer}} other {# appareils inscrits pour {customer}}}',
  'notice.digest.more': '{count, plural, one {Et # autre : tapez « lots ».} other {Et # autres : tapez « lots ».}}',
  'notice.digest.open': 'Ouvrir {batch}',
  'notice.digest.customer.text':
    '{partner} les a inscrits auprès de Windows Autopilot. Vous les voyez dans Intune sous Appareils Windows Autopilot.',
  'notice.digest.customer.line': '{batch} : {count, plural, one {# appareil} other {# appareils}}',
  'notice.events.title':
    '{count, plural, one {# événement pour le système de tickets a été abandonné} other {# événements pour le système de tickets ont été abandonnés}}',
  'notice.events.answered': '{host} ne l’a pas accepté. Sa dernière réponse était l’état {status}.',
  'notice.events.silent': '{host} ne l’a pas accepté. Il n’a pas répondu.',
  'notice.events.which': 'Ce que le système de tickets ignore : {which}',
  'notice.events.step':
    'Vérifiez ce que répond {host}, puis mettez le système de tickets à jour à la main : ce qui a été abandonné n’est pas renvoyé. « npm run doctor » compte ce qui attend.',
  'notice.signIn.works.title': 'La connexion à l’Espace partenaires fonctionne à nouveau',
  'notice.signIn.works.text':
    'Le travail était en attente du {since} au {until}. Il reprend maintenant de lui-même ; rien n’est perdu.',
  'notice.signIn.waiting':
    'Depuis le {since}, les nouveaux lots et les nouvelles demandes attendent. Ils reprendront d’eux-mêmes dès que la connexion fonctionnera ; rien n’est perdu. Je vous préviendrai.',
  'notice.signIn.cause.expired':
    'Le compte de service ne s’est pas connecté depuis trop longtemps : Microsoft a mis fin à sa connexion.',
  'notice.signIn.cause.revoked':
    'Microsoft n’accepte plus la connexion du compte de service. Son mot de passe a peut-être changé, ou ses sessions ont été révoquées.',
  'notice.signIn.cause.mfa': 'L’Espace partenaires exige une connexion avec l’authentification multifacteur.',
  'notice.signIn.cause.missing': 'Le compte de service ne s’est pas encore connecté à l’Espace partenaires.',
  'notice.signIn.cause.unsealable':
    'La connexion enregistrée ne peut pas être ouverte : SEAL_KEY n’est pas la clé avec laquelle elle a été scellée.',
  'notice.signIn.cause.credential':
    'Microsoft n’accepte pas la clé secrète client de l’application Espace partenaires. Elle a peut-être expiré.',
  'notice.signIn.cause.configuration':
    'Microsoft refuse l’application Espace partenaires telle qu’elle est configurée.',
  'notice.signIn.step.signIn':
    'Sur l’ordinateur où Tarmac s’exécute, tapez « npm run sign-in » et suivez les étapes, avec le compte de service et l’authentification multifacteur.',
  'notice.signIn.step.sealKey':
    'Démarrez Tarmac avec la SEAL_KEY d’avant. Si cette clé est perdue, tapez « npm run sign-in » sur l’ordinateur où Tarmac s’exécute.',
  'notice.signIn.step.secret':
    'Créez une clé secrète client dans Microsoft Entra, Inscriptions d’applications, placez-la dans PARTNER_CENTER_APP_SECRET et redémarrez Tarmac.',
  'notice.signIn.step.settings':
    'Sur l’ordinateur où Tarmac s’exécute, tapez « npm run doctor » : il nomme le paramètre à corriger. Redémarrez ensuite Tarmac.',
  'notice.alarm.title': 'La base de données de Tarmac a été modifiée à son insu',
  'notice.alarm.request':
    'Le {time}, j’ai constaté que la demande de relation {id} ne correspond pas à ce que le journal d’audit a consigné.',
  'notice.alarm.batch':
    'Le {time}, j’ai constaté que le lot {id} ne correspond pas à ce que le journal d’audit a consigné.',
  'notice.alarm.removal':
    'Le {time}, j’ai constaté que le retrait d’appareils {id} ne correspond pas à ce que le journal d’audit a consigné.',
  'notice.alarm.audit':
    'Le {time}, j’ai constaté que l’entrée {id} du journal d’audit a été modifiée, supprimée ou ajoutée après coup.',
  'notice.alarm.meaning':
    'Une personne ayant accès à la base de données l’a fait, ou une partie a été restaurée depuis une sauvegarde. Ce que le journal d’audit ne montre pas comme confirmé n’est pas envoyé.',
  'notice.alarm.step':
    'Cherchez qui a accès à la base de données. Sur l’ordinateur où Tarmac s’exécute, « npm run audit -- verify » nomme tout ce qui ne concorde pas.',
  'notice.removal.done':
    '{count, plural, one {# appareil retiré chez {customer}} other {# appareils retirés chez {customer}}}',
  'notice.removal.failures':
    '{failed, plural, one {# appareil sur {total, number} n’a pas pu être retiré chez {customer}} other {# appareils sur {total, number} n’ont pas pu être retirés chez {customer}}}',
  'notice.removal.refused': '{name} a refusé de retirer des appareils chez {customer}',
  'notice.removal.expired': 'Personne n’a confirmé à temps le retrait d’appareils chez {customer}',

  'error.not-a-rep':
    'Ceci est réservé aux commerciaux du partenaire. Si c’est votre cas, demandez à votre administrateur de vous ajouter au groupe.',
  'error.not-an-approver': 'Seules les personnes à qui cette demande a été envoyée peuvent y répondre.',
  'error.not-your-request': 'Seule la personne qui a envoyé cette demande peut faire cela.',
  'error.second-person-needed':
    'Il faut ici une deuxième personne autorisée à retirer des appareils. Demandez à un collègue de confirmer.',
  'error.not-a-remover':
    'Seules les personnes autorisées à retirer des appareils peuvent faire cela. Si c’est votre cas, demandez à votre administrateur de vous ajouter à ce groupe.',
  'error.not-an-admin':
    'Ceci contrôle l’installation de Tarmac et est réservé à ses administrateurs chez le partenaire. Si vous en êtes un, demandez à être ajouté à leur groupe. « aide » montre ce que vous pouvez faire ici.',
  'error.personal-chat-only':
    'Continuons dans une conversation personnelle : ouvrez Tarmac depuis la liste des applications et retapez-le là-bas.',
  'error.not-met-yet':
    'Je ne vous connais pas encore. Ouvrez Tarmac dans la liste des applications, écrivez-moi une fois « aide », puis réessayez.',
  'error.message-not-passed':
    'Teams n’a pas transmis le message. Choisissez la commande dans le menu d’un message, ou collez la liste dans notre conversation personnelle.',
  'error.customer-not-found':
    'Je ne trouve aucune organisation pour « {customer} ». Vérifiez l’orthographe du domaine ou utilisez l’ID de locataire.',
  'error.customer-is-partner': 'C’est votre propre organisation. Indiquez le domaine du client.',
  'error.no-approvers': 'Nommez au moins une personne qui peut approuver.',
  'error.approver-name-invalid': '« {name} » n’est pas un nom de connexion. Il ressemble à anna@contoso.com.',
  'error.request-not-found': 'Cette demande n’existe plus. Envoyez-en une nouvelle.',
  'error.request-open-already': 'Une demande à ce client est déjà ouverte. Retirez-la avant d’en envoyer une autre.',
  'error.already-decided': 'Cette demande a déjà reçu une réponse. La carte montre maintenant le résultat.',
  'error.already-active': 'La relation avec ce client est déjà active. Vous pouvez inscrire des appareils.',
  'error.reminded-enough':
    'Ils ont été relancés assez souvent cette semaine. Vous pourrez les relancer à partir du {date}.',
  'error.link-refused':
    'L’Espace partenaires a donné un lien qui semble incorrect, je ne l’ai donc pas envoyé. Prévenez votre administrateur.',
  'error.relationship-not-active': 'La relation avec ce client n’est pas active. Demandez-la d’abord.',
  'error.batch-not-found': 'Ce lot n’existe plus. Tapez « lots » pour voir les autres.',
  'error.batch-not-open': 'Cette liste a déjà été envoyée ou annulée. Tapez « inscrire » pour en commencer une autre.',
  'error.batch-empty': 'La liste ne contient aucun appareil à inscrire. Collez-en ou joignez-en une.',
  'error.batch-too-large': 'Un lot contient au plus {max, number} appareils. Divisez la liste.',
  'error.batch-name-invalid':
    'Un nom de lot compte de 1 à {max, number} caractères : lettres, chiffres, espaces, traits d’union et traits de soulignement.',
  'error.batch-name-taken': 'Ce client a déjà un lot de ce nom. Choisissez un autre nom.',
  'error.batch-under-way': 'Ce lot est encore en cours. Attendez qu’il soit terminé.',
  'error.batch-to-add-to-gone':
    'L’Espace partenaires n’affiche plus le lot « {name} ». Choisissez-en un autre, ou un nouveau lot.',
  'error.batch-resent':
    'Ces appareils ont déjà été renvoyés, dans le lot « {name} ». Ouvrez celui-là : ce qui y a été refusé peut être renvoyé depuis ce lot.',
  'error.nothing-refused':
    'Il ne reste dans le lot « {name} » aucun appareil refusé encore connu ici. Tapez « inscrire » pour commencer une nouvelle liste.',
  'error.doubtful-devices': 'Des appareils restent douteux. Acceptez-les ou écartez-les, puis confirmez à nouveau.',
  'error.profile-not-found':
    'Ce profil n’existe plus dans l’Espace partenaires. Tapez « profils » pour voir les autres.',
  'error.profile-name-invalid': 'Un nom de profil a de 1 à {max, number} caractères. Indiquez-en un plus court.',
  'error.profile-name-taken': 'Ce client a déjà un profil nommé « {name} ». Choisissez un autre nom.',
  'error.profile-change-unclear':
    'L’Espace partenaires n’a pas dit s’il a modifié le profil « {name} ». Je l’ai envoyé une fois et je continue à vérifier. Rouvrez les profils dans quelques minutes avant de recommencer.',
  'error.list-changed': 'La liste a changé depuis que vous l’avez consultée. Consultez-la à nouveau, puis confirmez.',
  'error.profile-busy':
    'Une opération est encore en cours dans le lot « {name} ». Attendez qu’elle soit terminée, puis appliquez le profil.',
  'error.profile-no-devices': 'Il ne reste dans ce lot aucun appareil inscrit qui n’ait pas déjà le profil « {name} ».',
  'error.device-not-in-batch':
    '« {value} » ne figure pas dans ce lot. Vérifiez le numéro, ou laissez le champ vide pour tous les appareils.',
  'error.removal-not-found': 'Ce retrait n’existe plus. Tapez « désinscrire » pour en commencer un autre.',
  'error.removal-not-open':
    'Ce retrait a déjà été demandé ou annulé. Tapez « désinscrire » pour en commencer un autre.',
  'error.removal-not-checked':
    'Certains appareils n’ont pas encore été cherchés dans tous les lots. Appuyez d’abord sur « Continuer la recherche ».',
  'error.confirmation-wrong':
    'Ce n’est ni {count, number} ni {domain}. Rien n’a été fait. Vérifiez que ce sont bien les bons appareils et retapez.',
  'error.no-second-person':
    'Personne d’autre ne peut confirmer. Demandez à votre administrateur d’ajouter un collègue au groupe autorisé à retirer des appareils.',
  'error.file-refused':
    'Je ne peux pas prendre ce fichier là où il se trouve. Enregistrez-le sur votre ordinateur et joignez-le ici.',
  'error.file-unreadable': 'Je ne peux pas lire {file}. Enregistrez-le en CSV ou XLSX et joignez-le à nouveau.',
  'error.file-too-large': '{file} est trop volumineux. Divisez-le ou retirez ce qui est inutile.',
  'error.file-not-saved':
    'Le fichier n’a pas pu être enregistré dans votre OneDrive. Appuyez de nouveau sur Exporter dans le lot dans quelques minutes.',
  'error.link-not-allowed':
    'Je ne peux pas encore lire de fichiers par leur lien. Un administrateur peut accorder à l’application l’autorisation Graph Files.ReadWrite.All. D’ici là, joignez le fichier dans notre conversation personnelle.',
  'error.link-not-found':
    'Je ne trouve aucun fichier derrière ce lien. Copiez le lien du fichier lui-même, pas d’un dossier, ou joignez le fichier dans notre conversation personnelle.',
  'error.partner-center-unavailable': 'L’Espace partenaires ne répond pas. Réessayez dans quelques minutes.',
  'error.partner-center-refused':
    'L’Espace partenaires a refusé. Si cela se reproduit, donnez cette référence à votre administrateur : {correlationId}',
  'error.partner-center-sign-in':
    'La connexion à l’Espace partenaires ne fonctionne plus. Votre administrateur doit la renouveler.',
  'error.sign-in-not-needed': 'Aucune connexion n’est nécessaire en ce moment : aucune demande ne vous attend.',
  'error.sign-in-other-person':
    'C’était un autre compte que celui de cette conversation. Rien n’a été lu. Reconnectez-vous avec le compte de cette conversation.',
  'error.sign-in-unavailable':
    'Le service de connexion ne répond pas. Vous pouvez répondre sans lui : Microsoft vérifie votre rôle à l’étape 2.',
  'error.graph-unavailable': 'L’annuaire de Microsoft ne répond pas. Réessayez dans quelques minutes.',
  'error.mail-not-allowed':
    'Je n’ai pas le droit d’envoyer un e-mail à votre place. Copiez le texte de la carte et envoyez-le vous-même.',
  'error.unexpected':
    'Désolé, une erreur s’est produite ici. Réessayez. Si cela se reproduit, donnez cette référence à votre administrateur : {reference}',

  'problem.not_a_pkid': '« {value} » n’est pas un PKID. Indiquez les 13 chiffres de l’étiquette de l’emballage.',
  'problem.wrong_length':
    '« {value} » a {length, plural, one {# chiffre} other {# chiffres}}, un PKID en a 13. Comparez avec l’étiquette.',
  'problem.scientific_notation_lossy':
    'Le tableur a abrégé « {value} » et des chiffres sont perdus. Mettez la colonne au format texte et copiez à nouveau.',
  'problem.ambiguous_character':
    '« {value} » contient une lettre à la place d’un chiffre, comme O pour 0. Comparez avec l’étiquette.',
  'problem.duplicate_in_list': 'Déjà dans la liste, dans {firstSource}, ligne {firstRow}. Pris une seule fois.',
  'problem.conflict': 'Le même appareil apparaît avec des valeurs différentes. Ne gardez que la bonne ligne.',
  'problem.placeholder_value': '« {value} » est un exemple, pas un appareil. Remplacez-le par la vraie valeur.',
  'problem.missing_serial': 'Le numéro de série manque. Ajoutez-le ou donnez le PKID.',
  'problem.missing_manufacturer':
    'Le fabricant ou le modèle manque. Ajoutez les deux exactement comme le fabricant les écrit, ou donnez le PKID.',
  'problem.missing_pkid': 'Le PKID manque. Ajoutez-le d’après l’étiquette de l’emballage.',
  'problem.insufficient_identifiers':
    'Insuffisant pour identifier l’appareil. Donnez le PKID, ou le numéro de série, le fabricant et le modèle.',
  'problem.hash_truncated': 'Le hachage matériel est tronqué. Exportez-le à nouveau, ou mieux, utilisez le PKID.',
  'problem.hash_invalid': 'Le hachage matériel est abîmé. Récupérez-le à nouveau, ou mieux, utilisez le PKID.',
  'problem.hash_mismatch':
    'Le hachage matériel correspond à un autre appareil que le reste de la ligne. Vérifiez ce qui est juste.',
  'problem.formula_without_value': 'La cellule contient une formule sans valeur. Copiez la colonne en valeurs.',
  'problem.cell_error': 'La cellule affiche une erreur. Corrigez le tableur.',
  'problem.hidden_data':
    'Des lignes, colonnes ou feuilles masquées contiennent aussi des appareils. Dites si elles font partie de la liste.',
  'problem.malformed_row': 'Cette ligne est illisible. Vérifiez les guillemets et les séparateurs.',
  'problem.ambiguous_candidate': '« {value} » peut être un PKID ou un autre numéro. Comparez avec l’étiquette.',
  'problem.surface_device':
    '« {value} » est un appareil Surface : c’est le Support Microsoft qui les inscrit. Laissez-le de côté, ou prenez-le si Microsoft vous a autorisé à inscrire des appareils Surface.',
  'problem.low_confidence': '« {value} » a été lu sur une image et peut être faux. Comparez avec l’étiquette.',
  'problem.low_resolution': 'L’image est trop petite ou floue. Photographiez l’étiquette de plus près.',
  'problem.no_text_layer': 'Ce PDF ne contient que des images. Joignez les photos, ou demandez la liste en fichier.',
  'problem.no_devices_found': 'Aucun appareil trouvé ici. Un PKID a 13 chiffres.',
  'problem.too_large':
    '{what, select, rows {Seules les {limit, number} premières lignes ont été lues. Divisez la liste.} columns {Seules les {limit, number} premières colonnes ont été lues. Supprimez celles dont vous n’avez pas besoin.} devices {Il y a {found, number} appareils, et une liste en prend {limit, number}. Divisez-la.} cell {Une cellule de cette ligne est trop longue pour être lue. Raccourcissez-la.} line {Cette ligne est trop longue pour être lue. Coupez-la.} pages {Ce PDF a {found, number} pages, et j’en lis {limit, number}. Divisez-le.} pixels {Cette image est trop grande pour être lue. Envoyez-la plus petite.} time {La lecture a pris trop de temps, je l’ai donc arrêtée. Divisez le fichier, ou enregistrez-le en CSV ou XLSX.} memory {Il faut plus de mémoire que je n’en ai, j’ai donc arrêté. Divisez le fichier, ou enregistrez-le en CSV.} other {C’est trop volumineux pour être lu. Divisez-le.}}',
  'problem.decompression_bomb':
    'Ce fichier se décompresse bien plus qu’il ne devrait, je ne l’ai donc pas ouvert. Enregistrez-le à nouveau.',
  'problem.too_many_files': 'Il y a trop de fichiers dans cette archive. Joignez les listes une par une.',
  'problem.nested_archive': 'Il y a une archive dans l’archive. Décompressez-la et joignez les listes.',
  'problem.encrypted': 'Ce fichier est protégé par un mot de passe. Enregistrez-le sans.',
  'problem.unreadable':
    '{what, select, busy {Je lis d’autres listes en ce moment. Renvoyez-le dans une minute.} stopped {Je redémarre et n’ai pas pu finir la lecture. Renvoyez-le dans une minute.} crash {Ce fichier a fait échouer la lecture ; il est peut-être endommagé. Ouvrez-le, enregistrez-le à nouveau en CSV ou XLSX, et renvoyez-le.} other {Ce fichier est illisible. Enregistrez-le en CSV ou XLSX.}}',
  'problem.unsupported_type': 'Je ne peux pas lire ce type de fichier. Enregistrez-le en CSV ou XLSX.',
  'problem.suspicious_value': '« {value} » semble inhabituel pour un PKID. Comparez avec l’étiquette.',
  'problem.case_sensitive_value':
    '« {value} » doit être écrit exactement comme le fabricant l’écrit, majuscules comprises. Vérifiez.',
  'problem.leading_zero_restored':
    'Un zéro initial manquait et je l’ai remis : « {value} ». Comparez avec l’étiquette.',
  'problem.refused_before':
    '« {value} » a été refusé auparavant. Corrigez-le, gardez-le tel quel si la cause a disparu, ou écartez-le.',

  'device.InvalidZtdRequestBody.cause': 'Autopilot n’a pas pu lire la demande.',
  'device.InvalidZtdRequestBody.who': 'le Support Microsoft, si cela se reproduit',
  'device.InvalidZtdRequestBody.next': 'Envoyez l’appareil encore une fois.',
  'device.InvalidZtdHardwareHash.cause':
    'Le hachage matériel n’est pas valide, ou son numéro de série ou son fabricant est vide.',
  'device.InvalidZtdHardwareHash.who': 'la personne qui a récupéré le hachage',
  'device.InvalidZtdHardwareHash.next': 'Utilisez le PKID de l’étiquette, ou récupérez le hachage à nouveau.',
  'device.MissingZtdSerialNumberAndProductKey.cause': 'Ni le numéro de série ni le PKID ne sont valides.',
  'device.MissingZtdSerialNumberAndProductKey.who': 'vous, avec l’étiquette de l’emballage',
  'device.MissingZtdSerialNumberAndProductKey.next': 'Corrigez la ligne et renvoyez-la.',
  'device.ZtdDeviceAlreadyAssigned.cause': 'L’appareil est déjà inscrit pour ce client.',
  'device.ZtdDeviceAlreadyAssigned.who': 'le client, dans Intune',
  'device.ZtdDeviceAlreadyAssigned.next':
    'Rien à faire. Si le client ne le voit pas, il le désinscrit dans Intune et vous le renvoyez.',
  'device.ZtdDeviceIsNotRegistered.cause': 'L’appareil n’est pas inscrit pour ce client.',
  'device.ZtdDeviceIsNotRegistered.who': 'vous',
  'device.ZtdDeviceIsNotRegistered.next': 'Actualisez la liste et vérifiez à nouveau.',
  'device.ZtdDeviceAssignedToOtherTenant.cause': 'L’appareil est inscrit pour une autre organisation.',
  'device.ZtdDeviceAssignedToOtherTenant.who': 'le vendeur ou l’ancien propriétaire, sinon le Support Microsoft',
  'device.ZtdDeviceAssignedToOtherTenant.next':
    'Demandez-leur de le désinscrire. Le Support exige une preuve de propriété. Renvoyer n’aide pas.',
  'device.ZtdProfileIsNotRegistered.cause': 'Le profil Autopilot n’existe pas chez ce client.',
  'device.ZtdProfileIsNotRegistered.who': 'vous, dans l’Espace partenaires',
  'device.ZtdProfileIsNotRegistered.next': 'Créez le profil ou attribuez-en un autre.',
  'device.ZtdProfileAssignedToOtherTenant.cause': 'Le profil Autopilot appartient à une autre organisation.',
  'device.ZtdProfileAssignedToOtherTenant.who': 'vous, dans l’Espace partenaires',
  'device.ZtdProfileAssignedToOtherTenant.next': 'Choisissez un profil de ce client.',
  'device.ZtdDeviceRegisteredByOtherTenant.cause':
    'Un autre partenaire ou une autre organisation a inscrit cet appareil.',
  'device.ZtdDeviceRegisteredByOtherTenant.who': 'la personne qui l’a inscrit',
  'device.ZtdDeviceRegisteredByOtherTenant.next': 'Demandez-lui de le retirer.',
  'device.ZtdDeviceNotFound.cause': 'Microsoft ne connaît aucun appareil avec ces valeurs.',
  'device.ZtdDeviceNotFound.who': 'le distributeur ou le fabricant',
  'device.ZtdDeviceNotFound.next':
    'Comparez les chiffres avec l’étiquette. S’ils sont justes, demandez si le fabricant a déclaré l’appareil à Microsoft.',
  'device.ZtdDeviceIsNotUnique.cause': 'Les valeurs correspondent à plusieurs appareils.',
  'device.ZtdDeviceIsNotUnique.who': 'vous, sinon le Support Microsoft',
  'device.ZtdDeviceIsNotUnique.next': 'Renvoyez-le avec son PKID.',
  'device.ZtdDeviceDuplicated.cause': 'L’appareil figurait deux fois dans le même chargement.',
  'device.ZtdDeviceDuplicated.who': 'vous',
  'device.ZtdDeviceDuplicated.next': 'Vérifiez qu’il est inscrit une fois. Sinon, renvoyez-le.',
  'device.NoDeviceId.cause':
    'L’Espace partenaires ne montre pas cet appareil dans ce lot ; rien ne peut lui être appliqué.',
  'device.NoDeviceId.who': 'vous, dans l’Espace partenaires',
  'device.NoDeviceId.next': 'S’il a été inscrit dans un autre lot, appliquez-y le profil.',
  'device.NotSent.cause': 'L’Espace partenaires a refusé l’appel entier ; rien n’a été fait pour cet appareil.',
  'device.NotSent.who': 'votre administrateur',
  'device.NotSent.next': 'Le journal de Tarmac contient la réponse de l’Espace partenaires. Corrigez, puis réessayez.',
  'device.unknown.cause': 'L’Espace partenaires a signalé « {code} », que je ne connais pas.',
  'device.unknown.who': 'le Support Microsoft',
  'device.unknown.next': 'Regardez dans l’Espace partenaires et donnez au Support le code et l’ID de suivi.',

  'chat.sending':
    'Envoi de {count, plural, one {# appareil} other {# appareils}} à l’Espace partenaires. J’écrirai dès qu’il y a un résultat.',
  'chat.resend':
    'Corrigez sur la carte ce qui a été refusé, ou collez ou joignez ici une liste corrigée et écartez les anciennes lignes. Rien n’est envoyé avant votre confirmation.',
  'chat.sendingWithProfile':
    'Envoi de {count, plural, one {# appareil} other {# appareils}} à l’Espace partenaires. Le profil {profile} suit dès leur inscription. Je vous écrirai dès qu’il y aura un résultat.',
  'chat.addedTo': 'Ils sont ajoutés au lot {name}.',
  'chat.addedToCounted':
    'Ils sont ajoutés au lot {name}, qui compte ensuite {after, plural, one {# appareil} other {# appareils}}.',
  'chat.withoutDefault.gone':
    'Le profil par défaut du client n’existe plus dans l’Espace partenaires : les appareils n’en reçoivent aucun pour l’instant. Choisissez-en un sur la carte du lot une fois qu’ils sont inscrits.',
  'chat.withoutDefault.unread':
    'L’Espace partenaires n’a pas indiqué les profils du client : le profil par défaut a été laissé de côté. Appliquez-le depuis la carte du lot une fois les appareils inscrits.',
  'chat.unknown': 'Je ne comprends pas « {text} ». Tapez « aide » pour voir ce que je sais faire.',
  'chat.suggest': 'Je ne comprends pas « {text} ». Vouliez-vous dire « {command} » ?',
  'chat.cancelled': 'Annulé. Rien n’a été envoyé.',
  'chat.cancel.nothing': 'Il n’y a rien à annuler.',
  'chat.fileInChannel':
    'Les fichiers ne me parviennent pas ici. Collez le lien SharePoint du fichier, ou joignez le fichier dans notre conversation personnelle.',
  'chat.requestSent':
    'La demande à {customer} part vers {count, plural, one {# approbateur} other {# approbateurs}}. La carte ci-dessous montre qui l’a reçue.',
  'chat.mailSent': 'L’e-mail à {to} a été envoyé depuis votre boîte aux lettres.',
  'chat.delegated': '{name} reçoit aussi la demande. Chacun de vous peut répondre.',
  'chat.reminded':
    '{count, plural, one {# approbateur reçoit un rappel pendant ses heures de travail.} other {# approbateurs reçoivent un rappel pendant leurs heures de travail.}}',
  'chat.reminded.nobody':
    'Aucune des personnes sollicitées n’a encore installé Tarmac, je ne peux donc pas les joindre. Envoyez-leur l’e-mail de la carte.',
  'chat.notify.on':
    'Désormais, les lots terminés et les réponses des clients sont aussi annoncés ici. Toutes les personnes de cette conversation lisent les noms des clients. « notifier annuler » y met fin.',
  'chat.notify.daily':
    'Désormais, un message par jour arrive ici à {hour} ({zone}) avec les lots terminés. Les échecs et les réponses des clients arrivent tout de suite. Toutes les personnes de cette conversation lisent les noms des clients. « notifier annuler » y met fin.',
  'chat.notify.off': 'Plus aucun avis n’arrive ici.',
  'chat.notify.how':
    'Tapez « notifier ici » dans le canal qui doit recevoir les avis. Tarmac doit d’abord être ajouté à son équipe. Avec une heure à la suite, comme « notifier ici 8 », les lots arrivent en un message par jour.',
  'chat.notYetAccepted':
    'Microsoft n’a pas encore enregistré l’acceptation. Je continue de vérifier et vous préviendrai.',
  'chat.listChanged': 'La liste a changé depuis l’affichage de cette carte. La voici telle qu’elle est maintenant.',
  'chat.listClosed': 'Cette liste a été envoyée ou annulée.',
  'chat.oldCard': 'Cette carte n’est plus à jour. Tapez « {command} » pour voir l’actuelle.',
  'role.global-administrator': 'Administrateur général',
  'role.billing-administrator': 'Administrateur de facturation',
  'role.both': 'Administrateur général et Administrateur de facturation',
  'signIn.ask':
    'Connectez-vous pour que votre réponse indique votre rôle d’administrateur. Tarmac le lit dans Microsoft Entra et ne conserve ni mot de passe ni jeton.',
  'signIn.button': 'Se connecter',
  'signIn.has': 'Vous êtes connecté en tant que {name}, {roles} de {domain}. Votre réponse l’indiquera.',
  'signIn.none':
    'Vous êtes connecté en tant que {name}. Microsoft Entra n’indique pour vous ni Administrateur général ni Administrateur de facturation. Vous pouvez répondre malgré tout ; pour l’étape 2, il vous faudra peut-être un collègue ayant l’un de ces rôles.',
  'signIn.notSetUp':
    'La connexion n’est pas configurée ici, et vous n’en avez pas besoin : Microsoft vérifie votre rôle à l’étape 2.',
  'signIn.failed':
    'La connexion n’a pas abouti. Tapez « connexion » pour réessayer, ou répondez sans elle : Microsoft vérifie votre rôle à l’étape 2.',
  'signIn.out': 'Vous êtes déconnecté de Tarmac. Teams n’est pas concerné.',

  // what the conversation and ended batches still need
  'chat.draftGone': 'Déjà envoyée, ou remplacée par un brouillon plus récent.',
  'requestPreview.foreign': '{name} appartient à une autre organisation que {customer} et ne pourrait pas répondre.',
  'picker.unmatched': 'aucun client ayant une relation active ne porte ce nom ou ce domaine',
  'source.pastedAgain': 'texte collé {number}',
  'chat.noDevicesSaid':
    'Je ne trouve aucun appareil ici ; la liste reste inchangée. Collez ou joignez une liste, choisissez Inscrire ou tapez « annuler ».',
  'chat.seeBelow': 'Voir ci-dessous.',
  'chat.registerFirst':
    'Cela ressemble à une liste d’appareils. Tapez d’abord « inscrire » et choisissez le client, puis collez ou joignez-la de nouveau.',
  'source.pasted': 'texte collé',
  'source.message': 'message',
  'source.corrected': 'lignes corrigées',
  'batch.problem.refused':
    'L’Espace partenaires a refusé l’envoi. Sa réponse figure dans le journal de Tarmac ; votre administrateur peut la consulter.',
  'batch.problem.relationship-not-active':
    '{customer} n’a plus de relation active avec vous ; rien de plus n’a été envoyé. Demandez-la de nouveau.',
  'batch.problem.not-recorded':
    'Rien n’a été envoyé : le journal d’audit ne montre pas que cette liste a été confirmée pour {customer}. Vos administrateurs ont été prévenus. Inscrivez de nouveau les appareils quand ils auront vérifié.',
  'batch.problem.batch-name-taken':
    'Dans l’Espace partenaires, ce nom de lot appartient déjà à d’autres appareils. Inscrivez-les sous un autre nom.',
  'batch.problem.outcome-unknown':
    'L’Espace partenaires n’a jamais dit s’il avait accepté cet envoi. Cherchez le lot dans l’Espace partenaires avant tout nouvel envoi.',
  'batch.problem.never-finished':
    'L’Espace partenaires a accepté l’envoi mais ne l’a pas terminé en une journée. Cherchez le lot dans l’Espace partenaires.',
  'batch.problem.other': 'Ce lot doit être vérifié dans l’Espace partenaires ({problem}).',

  'mail.subject': '{partner} : demande d’inscription de vos appareils Windows',
  'mail.body':
    'Bonjour,\n\n{partner} vous demande l’autorisation d’inscrire à Autopilot les appareils Windows que vous achetez. Aucun droit d’administrateur dans votre organisation n’est demandé.\n\nLa demande vous attend dans Microsoft Teams :\n1. Installez l’application Tarmac : {link}\n2. La demande apparaît dans la conversation avec Tarmac. Approuvez-la ou refusez-la là-bas.\n3. Après votre approbation, vous acceptez la relation dans le Centre d’administration Microsoft 365.\n\nSi le lien ne trouve pas l’application, ouvrez Applications dans Teams et cherchez Tarmac sous Conçu pour votre organisation. Si Teams ne vous laisse pas l’installer, demandez à votre administrateur Teams de l’autoriser.\n\nLa demande est ouverte jusqu’au {date}.\n\nCordialement\n{name}',
} satisfies Catalogue;
