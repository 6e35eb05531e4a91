import type { ProblemKind } from '../../services/devices/device.ts';
import type { ErrorCode } from '../../services/errors.ts';

/** Keys that must exist because a code, a problem or a language is looked up by name. */
type RequiredKey = `error.${ErrorCode}` | `problem.${ProblemKind}` | `device.${DeviceCode}.${'cause' | 'who' | 'next'}`;

/** Autopilot's own names for a device it did not register. @see Partner Center REST, device batches; Autopilot troubleshooting */
export const DEVICE_CODES = [
  'InvalidZtdRequestBody',
  'InvalidZtdHardwareHash',
  'MissingZtdSerialNumberAndProductKey',
  'ZtdDeviceAlreadyAssigned',
  'ZtdDeviceIsNotRegistered',
  'ZtdDeviceAssignedToOtherTenant',
  'ZtdProfileIsNotRegistered',
  'ZtdProfileAssignedToOtherTenant',
  'ZtdDeviceRegisteredByOtherTenant',
  'ZtdDeviceNotFound',
  'ZtdDeviceIsNotUnique',
  'ZtdDeviceDuplicated',
  // names of our own for what never reached Autopilot
  'NoDeviceId',
  'NotSent',
  'unknown',
] as const;
export type DeviceCode = (typeof DEVICE_CODES)[number];

/**
 * The message catalogue in English, in ICU message syntax. The other languages hold the same keys and arguments.
 * Write apostrophes as ’ because a straight one quotes in ICU.
 */
export const en = {
  // words that many cards share
  'common.customer': 'Customer:',
  'common.partner': 'Partner:',
  'common.tenantId': 'Tenant ID:',
  'common.domain': 'Domain:',
  'common.note': 'Note:',
  'common.reason': 'Reason:',
  'common.askedBy': 'Asked by:',
  'common.expiresOn': 'Open until:',
  'common.previous': 'Previous',
  'common.next': 'Next',
  'common.page': 'Page {page} of {pages}',
  'common.cancel': 'Cancel',
  'common.row': '{source}, line {row}',
  'common.wholeSource': '{source}',

  // commands, as buttons and as words to type
  'command.request': 'Request a relationship',
  'command.register': 'Register devices',
  'command.customers': 'Customers',
  'command.requests': 'Requests',
  'command.batches': 'Batches',
  'command.find': 'Find devices',
  'command.profiles': 'Profiles',
  'command.remove': 'Deregister devices',
  'command.status': 'Status',
  'command.help': 'Help',
  'command.settings': 'Settings',

  // words that people type, with commas between
  'words.request': 'request',
  'words.register': 'register',
  'words.requests': 'requests',
  'words.customers': 'customers, customer',
  'words.batches': 'batches, batch',
  'words.find': 'find, search',
  'words.deregister': 'deregister, unregister, remove',
  'words.surface': 'surface',
  'words.profiles': 'profiles, profile',
  'words.status': 'status',
  'words.doctor': 'doctor',
  'words.help': 'help, hi, hello, start, ?',
  'words.cancel': 'cancel, stop',
  'words.settings': 'settings, notices',
  'words.language': 'language',
  'words.notify': 'notify',
  'words.sign-in': 'sign in, signin, log in, login',
  'words.sign-out': 'sign out, signout, log out, logout',

  // welcome
  'welcome.title': 'Welcome to Tarmac, {name}',
  'welcome.hello': 'Hello {name}',
  'welcome.rep.text':
    'Get a customer’s consent and register their Windows devices for Autopilot, without leaving this chat.',
  'welcome.rep.more':
    'Ask for a relationship first. Once the customer has accepted it at Microsoft, paste or attach a list of devices.',
  'welcome.admin':
    'You administer Tarmac for {partner}. Check the installation first, with the button below or by typing “doctor”.',
  'welcome.staff.more':
    'Relationships are requested and devices registered by the sales staff. If that is your work, too, ask to be added to their group.',
  'welcome.colleague.text':
    'With Tarmac the sales staff of {partner} ask customers for their consent and register their Windows devices for Autopilot. You are not in their group.',
  'welcome.colleague.more':
    'If that is your work, ask your administrator to add you to the group. A few minutes later, type “help” here.',
  'welcome.unread':
    'Microsoft’s directory is not answering, so I cannot see what you may do here. Type “help” again in a few minutes.',
  'welcome.customer.text':
    '{partner} uses Tarmac to ask whether it may register your organisation’s Windows devices for Autopilot. Such requests arrive in this chat.',
  'welcome.customer.more':
    'No administrator rights in your organisation are asked for. You decide, and the acceptance itself happens in the Microsoft 365 admin center.',
  'welcome.stranger.text':
    '{partner} uses Tarmac to ask customers whether it may register their Windows devices for Autopilot. No such request has arrived for you.',
  'welcome.stranger.more':
    'If you expect one, tell your contact at {partner} which account you use in Teams. The request then arrives in this chat.',
  'welcome.stranger.account': 'Your account: {account}',

  // help
  'help.title': 'What Tarmac can do',
  'help.request.title': 'Request a relationship',
  'help.request.text':
    'Type “request” to ask a customer’s administrators for a reseller relationship. They approve here and then accept at Microsoft. Tarmac tells you when it is active.',
  'help.register.title': 'Register devices',
  'help.register.text':
    'Type “register”, then paste a list or attach a file (CSV, Excel, PDF, text, photo of labels). You see what was understood before anything is sent. At most 5,000 devices in one batch.',
  'help.find.title': 'Find a device',
  'help.find.text':
    'Type “find” and one or several PKIDs or serial numbers to see where each device is: customer, batch, state, by whom and when.',
  'help.remove.title': 'Deregister devices',
  'help.remove.text':
    'Type “deregister” to take devices out of a customer’s Autopilot again. You see what will happen and type the number of devices; a colleague who may remove confirms it, then they are removed one by one.',
  'help.surface.title': 'Surface devices',
  'help.surface.text':
    'Microsoft Support registers Surface devices, on request. Type “surface” and a customer’s name for what to prepare.',
  'help.follow.title': 'Follow up',
  'help.follow.text':
    'Type “customers”, “batches” or “status” to see where things stand. Tarmac writes by itself when a batch has finished.',
  'help.profiles.title': 'Autopilot profiles',
  'help.profiles.text':
    'Type “profiles” and a customer to see, make or change the Autopilot profiles of Partner Center, and to choose the one that new batches take.',
  'help.stop.title': 'Stop',
  'help.stop.text': 'Type “cancel” to leave what you are doing. Nothing is sent before you confirm it.',
  'help.settings.title': 'Your settings',
  'help.settings.text':
    'Type “settings” to choose your language, quiet hours and which notices you get, or “language” with a language behind it.',
  'help.notify.title': 'Notices in a channel',
  'help.notify.text':
    'Type “notify here” in a channel with Tarmac: finished batches and answers of customers are told there, too. “notify stop” ends it, “notify” here lists the channels. With an hour behind it, such as “notify here 8”, batches come in one message a day.',
  'help.doctor.title': 'Check the installation',
  'help.doctor.text':
    'Administrators type “doctor” to check settings, sign-in, permissions and who has the app, with what to do about each problem.',
  'help.admin.title': 'What comes by itself',
  'help.admin.text':
    'When something needs an administrator, Tarmac writes here: the sign-in to Partner Center fails, the ticket system misses events, or the database was changed from outside.',
  'help.confirm.title': 'Confirm removals',
  'help.confirm.text':
    'When a colleague wants to take devices out of a customer’s Autopilot, a card arrives in this chat. Look at the devices, then type their number to confirm, or refuse.',
  'help.sales.title': 'Sales staff of {partner}',
  'help.files.title': 'Files',
  'help.files.text': 'Files reach Tarmac only in this personal chat, not in channels or group chats.',
  'help.customer.title': 'Requests from {partner}',
  'help.customer.text':
    'A request from {partner} shows who asks and for what. Approve or decline it with its buttons. Nothing else is asked of you here.',
  'help.next.title': 'What happens next',
  'help.next.text':
    'After approving you get a link to the Microsoft 365 admin center, where you accept the relationship. {partner} can then register devices you bought. It gets no administrator rights.',

  // asking for a relationship
  'requestForm.title': 'Request a relationship',
  'requestForm.text': 'Tarmac sends the request to the administrators you name. You will see it before it goes out.',
  'requestForm.customer': 'Customer: domain or tenant ID',
  'requestForm.customer.example': 'contoso.com',
  'requestForm.customer.missing': 'Enter the customer’s domain or tenant ID.',
  'requestForm.known': 'Or one of your customers',
  'requestForm.approvers': 'Who may approve: sign-in names',
  'requestForm.approvers.example': 'anna@contoso.com, ben@contoso.com',
  'requestForm.approvers.missing': 'Enter at least one sign-in name.',
  'requestForm.approvers.hint': 'One per line, or separated by commas. The first answer counts.',
  'requestForm.note': 'Note to the approvers (optional)',
  'requestForm.route': 'How the customer buys from you',
  'requestForm.route.direct': 'Directly from us',
  'requestForm.route.distributor': 'Through our distributor',
  'requestForm.preview': 'Preview',

  'requestPreview.title': 'Check before sending',
  'requestPreview.text': 'The approvers will see this:',
  'requestPreview.approvers': '{count, plural, one {Goes to:} other {Goes to (first answer counts):}}',
  'requestPreview.link': 'Microsoft link:',
  'requestPreview.send': 'Send',
  'requestPreview.edit': 'Change',

  // what is asked for: the same words in the preview and on the approver's card
  'ask.title': '{partner} asks for a reseller relationship',
  'ask.what': '{partner} wants to register Windows devices that your organisation buys for Autopilot. Nothing else.',
  'ask.noDap': 'No delegated administrator rights are asked for. The link was checked for this: it contains DAP=false.',
  'ask.noDap.unstated':
    'No delegated administrator rights are asked for. Since October 2023 such a relationship does not bring any.',
  'ask.role':
    'For step 2 Microsoft asks for a Global Administrator; Billing Administrator may be enough. Microsoft checks this, not Tarmac.',
  'ask.distributor': 'The distributor {distributor} is authorised together with {partner}.',
  'ask.expires': 'You can answer until {date}.',

  // a request in each of its states
  'request.title': 'Relationship with {customer}',
  'request.state.sent': 'Waiting for an answer',
  'request.state.sent.approver': 'Waits for your answer',
  'request.state.approved': 'Approved, not yet accepted at Microsoft',
  'request.state.active': 'Active',
  'request.state.declined': 'Declined',
  'request.state.expired': 'Expired',
  'request.state.withdrawn': 'Withdrawn',
  'request.state.ended': 'Ended',
  'request.approve': 'Approve',
  'request.decline': 'Decline',
  'request.decline.reason': 'Reason (optional, {partner} will see it)',
  'request.decline.confirm': 'Decline the request',
  'request.delegate': 'Ask a colleague instead',
  'request.delegate.name': 'Your colleague’s sign-in name, in your own organisation',
  'request.delegate.example': 'anna@contoso.com',
  'request.delegate.confirm': 'Ask this colleague',
  'request.approved.by': '{name} approved on {date}.',
  'request.declined.by': '{name} declined on {date}.',
  'request.step2.title': 'Step 2: accept at Microsoft',
  'request.step2.text':
    'Open the Microsoft 365 admin center, sign in, tick the Microsoft Customer Agreement and choose Accept & Authorize. If a permission message appears, pass this on to a Billing Administrator or Global Administrator.',
  'request.step2.notice': 'Tarmac notices by itself once Microsoft has recorded it, usually within minutes.',
  'request.open': 'Open admin center (leaves Teams)',
  'request.check': 'I have accepted: check now',
  'request.active.approver':
    '{partner} can now register devices for your organisation. You find the relationship in the admin center under Settings, Partner relationships.',
  'request.active.rep': 'The relationship is active. You can register devices for {customer}.',
  'request.declined.approver': 'The request was declined. {partner} has been told. You need not do anything.',
  'request.expired.approver': 'Nobody answered in time. If you still want this, ask {partner} for a new request.',
  'request.withdrawn.approver': '{partner} has taken the request back. You need not do anything.',
  'request.ended.approver': 'The relationship with {partner} has ended. It can no longer register devices.',
  'request.expired.rep': 'Nobody answered in time. You can send a new request.',
  'request.withdrawn.rep': 'The request was taken back. Its buttons no longer work for anybody.',
  'request.ended.rep': 'The relationship has ended. To register devices, request a new one.',
  'request.waiting.rep': 'The customer still has to accept in the Microsoft 365 admin center.',
  'request.role.has': '{name}: {roles} of {domain}, read from Microsoft Entra on {date}.',
  'request.role.none':
    '{name}: neither Global Administrator nor Billing Administrator, read from Microsoft Entra on {date}. Microsoft decides at step 2.',
  'request.signIn': 'Show my role (sign in)',
  'request.timeline': 'So far',
  'request.timeline.sent': '{date}: sent by {name}',
  'request.timeline.decided': '{date}: {name} answered',
  'request.timeline.reminded': '{date}: reminded',
  'request.timeline.active': '{date}: active at Microsoft',
  'request.approvers': 'Approvers',
  'request.delivery.not-installed': 'has not installed Tarmac yet',
  'request.delivery.sending': 'being delivered',
  'request.delivery.sent': 'delivered',
  'request.delivery.undeliverable': 'could not be delivered',
  'request.delivery.closed': 'closed',
  'request.install.text':
    'Who has not installed Tarmac does not see the request yet. It arrives by itself after installing. Send this e-mail:',
  'request.install.open': 'Open the app’s page',
  'request.mail.to': 'To:',
  'request.mail.subject': 'Subject:',
  'request.mail.body': 'E-mail text to copy',
  'request.mail': 'Send this e-mail for me',
  'request.withdraw': 'Withdraw',
  'request.remind': 'Remind',
  'request.again': 'Send again',
  'request.register': 'Register devices',

  // customers
  'customers.title': 'Customers',
  'customers.found': 'Customers matching “{query}”',
  'customers.none': 'No customer found. Request a relationship to add one.',
  'customers.active': 'Active',
  'customers.active.since': 'Active since {date}',
  'customers.waiting': 'Waiting for the customer',
  'customers.ended': 'Ended',
  'customers.register': 'Register devices: {name}',
  'customers.request': 'Request again: {name}',
  'customers.profiles': 'Autopilot profiles: {name}',
  'profiles.title': 'Autopilot profiles: {customer}',
  'profiles.note':
    'Only profiles made in Partner Center are listed here. Profiles that the customer made in Intune cannot be seen or assigned from here; the customer assigns those in Intune.',
  'profiles.none':
    'This customer has no profile in Partner Center yet. Devices without one get Autopilot’s default settings.',
  'profiles.default': 'Default: new batches take it',
  'profiles.devices': '{count, plural, =0 {No device has it} one {# device has it} other {# devices have it}}',
  'profiles.settings.none': 'Switches nothing on',
  'profiles.setting.skip_express_settings': 'Skip the privacy settings',
  'profiles.setting.skip_oem_registration': 'Skip the pages for Cortana, OneDrive and manufacturer registration',
  'profiles.setting.oobe_user_not_local_admin':
    'The person who sets the device up does not become a local administrator',
  'profiles.setting.remove_oem_preinstalls': 'Remove the apps that the manufacturer has preinstalled',
  'profiles.setting.skip_eula': 'Skip the licence terms (EULA)',
  'profiles.effect':
    'A change reaches a device at its next first start (OOBE). Devices in use keep what they had until they are reset.',
  'profiles.new': 'New profile',
  'profiles.edit': 'Change',
  'profiles.makeDefault': 'Make default',
  'profiles.noDefault': 'No default',
  'profiles.delete': 'Delete',
  'profiles.saved': '{name} is saved in Partner Center',
  'profiles.deleted': 'The profile is deleted from Partner Center',
  'profileForm.title.new': 'New profile for {customer}',
  'profileForm.title.change': 'Change a profile of {customer}',
  'profileForm.name': 'Name',
  'profileForm.name.missing': 'Enter a name.',
  'profileForm.description': 'Description (optional)',
  'profileForm.settings': 'What it switches on',
  'profileForm.eula': 'Who skips the licence terms accepts them on the customer’s behalf.',
  'profileForm.save': 'Save in Partner Center',
  'profileRemoval.title': 'Delete the profile {name} of {customer}?',
  'profileRemoval.devices.unknown': 'Partner Center does not say how many devices have it',
  'profileRemoval.text':
    'Devices that still have it can fail at their first start (error 809). Apply another profile to them first. This cannot be undone.',
  'profileRemoval.text.unused': 'Once deleted it cannot be brought back.',
  'profileRemoval.confirm': 'Delete profile',
  'profileRemoval.keep': 'Keep it',
  'requests.title': 'Relationship requests',
  'requests.none': 'No requests yet. Type “request” to send one.',
  'requests.age':
    '{days, plural, =0 {Sent today by {name}} one {Sent # day ago by {name}} other {Sent # days ago by {name}}}',

  'picker.title': 'Register devices',
  'picker.text': 'For which customer? Only customers with an active relationship are listed.',
  'picker.label': 'Customer',
  'picker.placeholder': 'Type to search',
  'picker.missing': 'Choose a customer.',
  'picker.more':
    'There are more customers: type in the list to search all of them. If that finds nothing, send “register” with a name or domain.',
  'picker.none': 'No customer has an active relationship yet. Request one first.',
  'picker.refused': 'Not possible for {name}: {reason}',
  'picker.continue': 'Continue',
  'messageList.title': 'Register the devices in this message',
  'messageList.text':
    'Nothing is sent yet. The list goes to your personal chat with Tarmac, where you check and confirm it.',
  'messageList.none':
    'I find no device in this message. Accepted are PKIDs (13 digits), or serial number with manufacturer and model.',
  'messageList.files': 'Files of a message do not reach me from here. Attach them in our personal chat.',
  'messageList.unread': '{name} was not read. {reason}',
  'messageList.continue': 'Continue in my chat',
  'messageList.done': 'The list for {customer} is ready',
  'messageList.done.text':
    'You find it in your personal chat with Tarmac. Check it there and confirm it; nothing was sent yet.',

  // a list of devices
  'list.ask.title': 'Devices for {customer}',
  'list.ask.text': 'Paste a list here, or attach a file.',
  'list.ask.accepted':
    'Accepted: PKIDs (13 digits), or serial number with manufacturer and model. As text, CSV, Excel, PDF or a photo of box labels. At most 5,000 devices.',
  'list.ask.prefer':
    'Prefer the PKID from the box label or from your distributor. Hardware hashes are not recommended.',
  'list.title': 'Is this right? {customer}',
  'list.read': '{count, plural, one {# device understood} other {# devices understood}}',
  'list.problems': '{count, plural, one {# line not taken} other {# lines not taken}}',
  'list.doubtful': '{count, plural, one {# device needs your yes} other {# devices need your yes}}',
  'list.superseded': 'The list has grown: the card further down has all of it.',
  'list.sources': 'From: {sources}',
  'list.byHash':
    '{count, plural, one {# device comes by its hardware hash only.} other {# devices come by their hardware hash only.}} Microsoft recommends the PKID from the package, or from the distributor.',
  'list.follows': 'Refused before in the batch {name}',
  'list.uploads': '{count, plural, one {Goes out in one upload.} other {Goes out in # uploads.}}',
  'list.first': 'First devices',
  'list.last': 'Last device',
  'list.known.here':
    '{count, plural, one {# device is already registered for this customer} other {# devices are already registered for this customer}}',
  'list.known.batch':
    '{count, plural, one {# device is already in another batch} other {# devices are already in other batches}}',
  'list.known.other':
    '{count, plural, one {# device was sent for another customer before} other {# devices were sent for other customers before}}',
  'list.doubtful.text':
    'Devices marked with ? may be misread. Say yes to them, leave them out, or correct them below, before you confirm.',
  'list.doubtful.accept': 'Take doubtful ones',
  'list.doubtful.drop': 'Leave doubtful out',
  'list.doubtful.acceptOne': 'Take',
  'list.doubtful.dropOne': 'Leave out',
  'list.fix': 'Correct lines',
  'list.fix.label': '{source}, line {row}: correct value',
  'list.fix.apply': 'Use corrections',
  'list.name': 'Batch name',
  'list.name.hint':
    'Partner Center hands this name to the customer as the group tag: in Intune, groups and profiles can be assigned by it. Letters, digits, spaces, dots, hyphens and underscores; it cannot be changed afterwards.',
  'list.name.missing': 'Enter a batch name.',
  'list.profile': 'Autopilot profile (optional)',
  'list.profile.none': 'No profile',
  'list.target': 'Where the devices go (a batch’s name is their group tag)',
  'list.target.new': 'A new batch, with the name below',
  'list.target.add': 'Add to {name}',
  'list.target.addCounted': 'Add to {name}: {count, plural, one {# device} other {# devices}} now, {after} then',
  'list.confirm': '{count, plural, one {Register # device} other {Register # devices}}',
  'list.more': 'Add more',

  // batches
  'batch.title': 'Batch {name}',
  'batch.state.sending': 'Being sent to Partner Center',
  'batch.state.waiting': 'Partner Center is working on it',
  'batch.state.done': 'Finished',
  'batch.state.done-with-errors': 'Finished, some devices were refused',
  'batch.state.failed': 'Failed',
  'batch.state.needs-human': 'Needs a decision by a person',
  'batch.state.cancelled': 'Cancelled',
  'batch.progress': '{done} of {total} answered',
  'batch.count.registered': '{count, plural, one {# registered} other {# registered}}',
  'batch.count.failed': '{count, plural, one {# refused} other {# refused}}',
  'batch.count.pending': '{count, plural, one {# still open} other {# still open}}',
  'batch.count.unknown': '{count, plural, one {# without a known result} other {# without a known result}}',
  'batch.started': 'Started:',
  'batch.finished': 'Finished:',
  'batch.nextCheck': 'Next look: {date}. You will get a message when it has finished.',
  'batch.outcome.registered': 'registered',
  'batch.outcome.already': 'was registered before',
  'batch.outcome.failed': 'refused',
  'batch.outcome.pending': 'open',
  'batch.outcome.unknown': 'result not known',
  'batch.result.who': 'Who can help: {who}',
  'batch.result.next': 'Next step: {next}',
  'batch.result.code': 'code {code}',
  'batch.id.name': 'Batch name at Partner Center:',
  'batch.id.tracking': 'Tracking ID:',
  'batch.refresh': 'Refresh',
  'batch.export': 'Export',
  'export.title': 'Results of {batch} for {customer}',
  'export.count':
    '{total, plural, one {# device} other {# devices}}, {failed, plural, =0 {none refused} one {# refused} other {# refused}}',
  'export.more': '{count, plural, one {# more device is in the file.} other {# more devices are in the file.}}',
  'export.how': 'Choose a file. Teams asks you before it is saved in your OneDrive.',
  'export.elsewhere':
    'Files can be sent only in a personal chat. Open Tarmac from the app list, type “batches”, open this batch and press Export.',
  'export.xlsx': 'Excel file',
  'export.csv': 'CSV file',
  'export.failed': 'Refused only (Excel)',
  'export.consent': 'Every device of {batch} ({customer}) with its result, the reason and the next step.',
  'export.declined': 'No file was saved.',
  'export.column.pkid': 'PKID',
  'export.column.serial': 'Serial number',
  'export.column.manufacturer': 'Manufacturer',
  'export.column.model': 'Model',
  'export.column.outcome': 'Result',
  'export.column.code': 'Code',
  'export.column.cause': 'Reason',
  'export.column.next': 'Next step',
  'export.column.profile': 'Profile',
  'export.column.source': 'Source',
  'export.column.row': 'Line',
  'batch.addsTo': 'Added to',
  'batch.addsTo.counted': '{name}, which had {count, plural, one {# device} other {# devices}}',
  'batch.add': 'Add devices',
  'batch.resend': 'Fix and resend',
  'batch.filter.failed': 'Only refused',
  'batch.filter.all': 'All devices',
  'batch.follows': 'Sends again what was refused in:',
  'batch.applyProfile': 'Apply a profile',
  'batch.profile.planned': 'Profile {name}: is applied as soon as the devices are registered',
  'batch.profile.counts':
    'Profile {name}: {applied, number} applied{failed, plural, =0 {} other {, # not applied}}{unknown, plural, =0 {} other {, # without a known result}}{pending, plural, =0 {} other {, # still open}}',
  'batch.profile.applied': 'Profile {name} applied',
  'batch.profile.pending': 'Profile {name} is being applied',
  'batch.profile.unknown':
    'Profile {name}: Partner Center does not say whether it is applied. Look there, or apply it again.',
  'batch.profile.failed': 'Profile {name} not applied. {cause} {next}',
  'applyProfile.title': 'Apply a profile: batch {batch} of {customer}',
  'applyProfile.text':
    'Goes to the registered devices of this batch and takes the place of any other profile of Partner Center on them.',
  'applyProfile.profile': 'Profile',
  'applyProfile.profile.missing': 'Choose a profile.',
  'applyProfile.devices': 'Only these devices: PKID or serial number (optional)',
  'applyProfile.devices.all': 'Empty: all registered devices',
  'applyProfile.apply': 'Apply',
  'batch.open': 'Details',
  'batches.title': 'Batches',
  'batches.none': 'No batches yet. Type “register” to begin.',
  'batches.found': 'Batches matching “{query}”',
  'batches.noneFound': 'No batch matches. Look for a part of its name, its customer or its state.',
  'batches.search': 'Search',
  'batches.search.label': 'Batch name, customer or state',
  'batches.line': '{customer} · {registered} of {total} registered',
  'find.title': 'Find devices',
  'find.query': 'PKIDs or serial numbers, at most {max, number}',
  'find.query.missing': 'Enter a PKID or a serial number.',
  'find.where': 'Where to look',
  'find.where.known': 'Everything sent with Tarmac',
  'find.where.customer': 'Partner Center: {name}',
  'find.more': 'There are more customers. Type “find … at” and a name or domain to look at another one.',
  'find.go': 'Find',
  'find.registered': 'Registered',
  'find.before': 'Was registered before',
  'find.refused': 'Refused',
  'find.open': 'Sent, no result yet',
  'find.unknown': 'Sent, result not known',
  'find.removed': 'Removed from Autopilot',
  'find.atPartnerCenter': 'Registered, according to Partner Center just now',
  'find.absent': 'Not found',
  'find.place': '{customer} · batch {batch}',
  'find.when': '{date}, by {name}',
  'find.uploaded': 'Uploaded {date}',
  'find.removed.when': 'Removed {date}',
  'find.profile': 'Autopilot profile: {name}',
  'find.profile.none': 'No Autopilot profile of Partner Center',
  'find.absent.known':
    'Tarmac has not sent this device. Compare the digits with the label, or choose a customer above to look in Partner Center itself.',
  'find.absent.customer':
    'Partner Center lists no such device for this customer. Devices that the customer or somebody else registered do not show there: the customer can look in Intune under Windows Autopilot devices.',
  'find.partly':
    'I looked into {looked, number} of {total, number} batches, the newest first, in the time there was. The others have to be looked at in Partner Center.',
  'find.tooMany': 'Only the first {max, number} were looked for.',
  'find.number':
    '{count, plural, one {This looks like a device} other {This looks like # devices}}. Shall I find out what I know, or do you want to register?',
  'find.remove': 'Deregister',
  'batch.remove': 'Deregister these devices',
  'picker.title.remove': 'Deregister devices',
  'removal.collect.title': 'Which devices are to leave {customer}?',
  'removal.collect.text':
    'Paste PKIDs or serial numbers here, or attach a file. Nothing is removed before a second person has confirmed it.',
  'removal.nothing': 'I find no device in this. Paste or attach PKIDs or serial numbers, or type “cancel”.',
  'removal.notTaken': '{count, plural, one {# line was not taken:} other {# lines were not taken:}}',
  'removal.title': 'Deregister devices: {customer}',
  'removal.state.draft': 'Not asked yet',
  'removal.state.asked': 'Waits for a second person',
  'removal.state.asked.remover': 'Waits for your answer',
  'removal.state.removing': 'Being removed',
  'removal.state.done': 'Finished',
  'removal.state.done-with-errors': 'Finished, some devices could not be removed',
  'removal.state.needs-human': 'Needs a look by a person',
  'removal.state.refused': 'Refused',
  'removal.state.expired': 'Nobody confirmed in time',
  'removal.state.withdrawn': 'Taken back',
  'removal.state.cancelled': 'Cancelled',
  'removal.effect.count':
    '{count, plural, one {# device leaves Windows Autopilot for {customer}: in Partner Center, and in the customer’s own list of Autopilot devices in Intune.} other {# devices leave Windows Autopilot for {customer}: in Partner Center, and in the customer’s own list of Autopilot devices in Intune.}}',
  'removal.effect.stays':
    'A device in use stays enrolled in Intune and joined to Microsoft Entra ID. To hand it on, the customer deletes it in Intune and resets it.',
  'removal.effect.final': 'This cannot be undone. The devices can be registered again.',
  'removal.absent':
    '{count, plural, one {# device is not listed in Partner Center for this customer and stays as it is.} other {# devices are not listed in Partner Center for this customer and stay as they are.}} What the customer registered, only the customer can deregister: in Intune under Windows Autopilot devices. If nobody knows who registered it, Microsoft Support takes an “Autopilot Deregistration Request” with proof of ownership.',
  'removal.unchecked':
    '{count, plural, one {# device has not been looked for in all batches yet.} other {# devices have not been looked for in all batches yet.}} Press “Go on looking”; only what was found can be removed.',
  'removal.batches': 'From: {batches}',
  'removal.batch': '{name} ({count, number})',
  'removal.type': 'Type {count, number} (the number of devices) or {domain} to go on',
  'removal.ask': 'Ask for confirmation',
  'removal.look': 'Go on looking',
  'removal.confirm': '{count, plural, one {Remove # device} other {Remove # devices}}',
  'removal.refuse': 'Refuse',
  'removal.refuse.reason': 'Reason (optional, {name} will see it)',
  'removal.refuse.confirm': 'Refuse the removal',
  'removal.withdraw': 'Take back',
  'removal.refresh': 'Refresh',
  'removal.ask.remover':
    '{name} asks to remove these devices. It needs a second person: you, or another colleague who may remove.',
  'removal.ask.rep':
    'A colleague who may remove devices has to confirm this. All of them have a card; the first answer counts.',
  'removal.confirmed.by': '{name} confirmed on {date}.',
  'removal.refused.by': '{name} refused on {date}. Nothing was removed.',
  'removal.expired.text': 'Nobody answered in time, so nothing was removed. Ask again if it is still wanted.',
  'removal.withdrawn.text': 'The request was taken back. Nothing was removed.',
  'removal.cancelled.text': 'Cancelled. Nothing was removed.',
  'removal.progress': '{done} of {total} removed or answered',
  'removal.count.removed': '{count, plural, one {# removed} other {# removed}}',
  'removal.count.gone': '{count, plural, one {# was not there any more} other {# were not there any more}}',
  'removal.count.failed': '{count, plural, one {# could not be removed} other {# could not be removed}}',
  'removal.count.unknown': '{count, plural, one {# without a known result} other {# without a known result}}',
  'removal.device.found': 'will be removed',
  'removal.device.absent': 'not listed in Partner Center',
  'removal.device.unchecked': 'not looked for yet',
  'removal.device.waiting': 'to be removed',
  'removal.device.removing': 'being removed',
  'removal.device.checking': 'being checked',
  'removal.device.removed': 'removed',
  'removal.device.gone': 'was not there any more',
  'removal.device.failed': 'not removed',
  'removal.device.unknown': 'result not known',
  'removal.device.kept': 'left as it was',
  'removal.failed.relationship':
    'The relationship with the customer is not active any more. The customer can deregister the device in Intune, or accept a new relationship.',
  'removal.failed.other':
    'Partner Center refused this ({code}). Try in Partner Center itself; if it refuses there too, the customer can deregister the device in Intune.',
  'removal.failed.notRecorded':
    'Not removed: the audit does not show that a second person confirmed it. Your administrators were told.',
  'removal.failed.unknown': 'Partner Center never said whether it removed this device. Look for it there.',
  'removal.asked':
    'Your colleagues who may remove devices have a card now. I will write when one of them has answered.',
  'removal.openCard': 'Details',
  'surface.title': 'Surface devices: ask Microsoft Support',
  'surface.why':
    'Microsoft Support registers Surface devices for Windows Autopilot on request, for customers and partners alike. Tarmac does not send them to Partner Center unless you say so for each of them.',
  'surface.step.kind':
    '(1) Choose what you need: registration, deregistration, or the hardware hashes. With the hashes you can register the devices yourselves.',
  'surface.step.proof':
    '(2) Have the proof of ownership ready: the original bill of sale or invoice as PDF, with company name and serial numbers. Microsoft takes no screenshots.',
  'surface.step.list': '(3) Save the serial numbers below as a CSV file, one per line.',
  'surface.step.ownList': '(3) Write the serial numbers into a CSV file, one per line.',
  'surface.step.send':
    '(4) Send all of it with Microsoft’s form; the page below leads there. For registering and deregistering Microsoft also asks for the tenant ID and the domain name.',
  'surface.which': 'For which customer? Type “surface” and a name or domain to have the tenant ID filled in.',
  'surface.serials': 'Serial numbers to copy ({count, number})',
  'surface.cut': 'Only the first {max, number} fit here.',
  'surface.open': 'Microsoft’s page (leaves Teams)',
  'surface.file': 'Serial numbers (CSV)',
  'surface.consent': 'Serial numbers of Surface devices of {customer}, for Microsoft Support',
  'surface.show': 'Surface: what to do',

  // what is shown to others, by way of the message extension
  'share.asOf': 'As of {date}',
  'share.registered': 'Registered:',
  'share.open': 'Open Tarmac',
  'share.none': 'Nothing found. Try a part of the name or domain.',
  'share.batch': 'Batch:',
  'share.noDevice': 'Enter the whole PKID or serial number of a device that was sent to Partner Center.',

  // status
  'status.title': 'Status',
  'settings.title': 'Your settings',
  'settings.text': 'They are for you alone and hold in every chat with Tarmac.',
  'settings.timeZone': 'Your time zone, as Teams tells it:',
  'settings.language': 'Language',
  'settings.language.teams': 'As in Teams',
  'settings.quiet.from': 'Quiet hours begin: notices wait, only urgent ones come',
  'settings.quiet.until': 'Quiet hours end',
  'settings.off': 'Off',
  'settings.digest': 'One message a day with all batches, at this hour; what failed still comes at once',
  'settings.devices': 'A message when devices were registered for your organisation',
  'settings.on': 'On',
  'settings.save': 'Save',
  'settings.saved': 'Saved.',
  'settings.devices.stopped': 'You will not hear of registered devices any more. Type “settings” to change that.',
  'status.requests': '{count, plural, =0 {No open requests} one {# open request} other {# open requests}}',
  'status.batches': '{count, plural, =0 {No batches under way} one {# batch under way} other {# batches under way}}',
  'status.removals': '{count, plural, one {# deregistration open} other {# deregistrations open}}',
  'status.removal': 'Deregistration: {customer}',
  'status.signIn.ok': 'Sign-in to Partner Center works',
  'status.signIn.broken': 'Sign-in to Partner Center needs attention',

  // the examination of the installation, for administrators
  'doctor.title': 'Health check',
  'doctor.running': 'Looking at everything. This takes up to a minute or two; this card then shows the result.',
  'doctor.noProblems': 'No problems found',
  'doctor.problems': '{count, plural, one {# problem found} other {# problems found}}',
  'doctor.unreadable': 'The result cannot be shown. Check again.',
  'doctor.more': '{count, plural, one {# more problem} other {# more problems}}',
  'doctor.well': '{count, plural, one {# check is fine} other {# checks are fine}}',
  'doctor.details': 'Show or hide what is fine',
  'doctor.line': '{check}: {found}',
  'doctor.again': 'Check again',
  'doctor.ended': 'Checked: {date}',
  'doctor.aadsts': 'Microsoft explains the number AADSTS{number}.',
  'doctor.check.settings': 'Settings',
  'doctor.check.database': 'Database',
  'doctor.check.bot': 'Running bot',
  'doctor.check.bot-token': 'Bot’s token',
  'doctor.check.graph-token': 'Token for Microsoft Graph',
  'doctor.check.graph-permissions': 'Permissions for Microsoft Graph',
  'doctor.check.graph-lookup': 'Tenant lookup',
  'doctor.check.groups': 'Groups',
  'doctor.check.partner-center-app': 'Partner Center, as the app',
  'doctor.check.webhook': 'Events of Partner Center',
  'doctor.check.partner-center-user': 'Sign-in to Partner Center',
  'doctor.check.waiting-work': 'Waiting work',
  'doctor.check.installed': 'Who has the app',
  'doctor.check.approvers': 'Approvers',
  'doctor.check.events': 'Ticket system',
  'doctor.found.failed': 'This does not work: {error}.',
  'doctor.found.settings-complete': 'Complete.',
  'doctor.found.settings-wrong': '{text}',
  'doctor.found.database-new': 'None yet; the first start makes an embedded one in {folder}.',
  'doctor.found.database-locked': '{folder} cannot be written.',
  'doctor.found.database-empty': 'Empty; the first start fills it.',
  'doctor.found.database-current': 'It answers, and its schema is current.',
  'doctor.found.database-behind':
    'It answers; the next start brings its schema forward by {count, plural, one {# step} other {# steps}}.',
  'doctor.found.database-in-use': 'Embedded, in use by the running bot.',
  'doctor.found.bot-ready': 'It runs and says it is ready.',
  'doctor.found.bot-not-ready': 'It runs and is not ready: {checks}.',
  'doctor.found.bot-silent': 'It does not answer at {address}, perhaps because it runs elsewhere.',
  'doctor.found.bot-token': 'Entra gives the bot a token for Teams.',
  'doctor.found.certificate': 'The bot’s certificate cannot be used.',
  'doctor.found.graph-token': 'Entra gives the bot a token for Microsoft Graph.',
  'doctor.found.permission-unknown': 'The token of an emulator names none.',
  'doctor.found.permission-granted': '{name} is granted, for {purpose}.',
  'doctor.found.permission-optional': '{name} is not granted, so {purpose} is not offered. That is a choice.',
  'doctor.found.permission-missing': '{name} is missing, for {purpose}.',
  'doctor.purpose.tenants': 'finding a customer by its domain',
  'doctor.purpose.groups': 'reading who belongs to a group',
  'doctor.purpose.links': 'reading a list by its SharePoint link',
  'doctor.purpose.mail': 'sending an invitation from a rep’s mailbox',
  'doctor.found.lookup': 'PARTNER_TENANT_ID is {name} ({domain}).',
  'doctor.found.lookup-none': 'Entra knows no tenant with PARTNER_TENANT_ID.',
  'doctor.found.groups-nobody': 'Graph answers who belongs to them; nobody of the partner has opened the bot yet.',
  'doctor.found.groups-reps':
    '{reps, number} of the {count, plural, one {# colleague} other {# colleagues}} who opened the bot last may request and register.',
  'doctor.found.partner-center-app': 'Partner Center answers the app.',
  'doctor.found.webhook': 'Partner Center sends its events to {url}.',
  'doctor.found.webhook-none': 'Partner Center has no address for events.',
  'doctor.found.webhook-elsewhere': 'Partner Center sends its events to {url}, not to {wanted}.',
  'doctor.found.webhook-events': 'The events of accepted relationships are not among the registered ones.',
  'doctor.found.user':
    'It works, with a second factor; {days, plural, one {# day} other {# days}} left, {before, number} before this check renewed it.',
  'doctor.found.user-since':
    'A person signed in with a second factor on {since}; it works, with {days, plural, one {# day} other {# days}} left, {before, number} before this check renewed it.',
  'doctor.found.user-without-factor':
    'The sign-in was made without a second factor, and Partner Center refuses it then.',
  'doctor.found.user-unread': 'It is kept in a database that cannot be read from here just now; see above.',
  'doctor.found.waiting-work': 'The bot noted on {since} that the sign-in fails ({reason}); since then work waits.',
  'doctor.found.installed':
    '{colleagues, plural, one {# person} other {# people}} at the partner, {customers, plural, one {# person} other {# people}} at {tenants, plural, one {# customer} other {# customers}}.',
  'doctor.found.customers-reached':
    'Somebody has it at every customer with a request or a relationship ({count, number}).',
  'doctor.found.customers-without':
    'At {count, number} of {total, number} customers with a request or a relationship nobody has it, so nobody there gets notices: {names}.',
  'doctor.found.approvers-some':
    '{customer}: {reached, number} of {approvers, plural, one {# approver has} other {# approvers have}} the app.',
  'doctor.found.approvers-none':
    '{customer}: none of the approvers of an open request has the app ({approvers, plural, one {# person} other {# people}}), so nobody saw the request in Teams.',
  'doctor.found.events': '{sent, number} were taken in the last month, {due, number} wait.',
  'doctor.found.events-late':
    '{due, plural, one {# event waits} other {# events wait}} for the ticket system, the oldest since {since}.',
  'doctor.found.events-given-up':
    '{count, plural, one {# event was} other {# events were}} given up in the last month.',
  'doctor.advice.settings': 'Correct it in the environment or in .env (README, Settings).',
  'doctor.advice.database-reach':
    'Check DATABASE_URL (or DATA_DIR), that the server runs, and that this machine reaches it.',
  'doctor.advice.database-write': 'Let the bot’s account write there, or set DATA_DIR.',
  'doctor.advice.bot-log': 'Read the newest lines of its log.',
  'doctor.advice.bot-sign-in': 'Stop it and sign in anew: npm run sign-in.',
  'doctor.advice.certificate':
    'MicrosoftAppCertificatePath must name a PEM file with certificate and key that the bot may read.',
  'doctor.advice.permission':
    'Grant it to the app as an application permission in Microsoft Entra, with admin consent.',
  'doctor.advice.lookup': 'Compare it with Microsoft Entra.',
  'doctor.advice.groups': 'Check REPS_GROUP_ID, and put the sales staff into that group in Microsoft Entra.',
  'doctor.advice.webhook': 'Start the bot: it registers its address within the first minutes, and again every hour.',
  'doctor.advice.webhook-other':
    'The running bot registers its own address every hour. If another program needs the other one, settle which stays.',
  'doctor.advice.waiting-work': 'It goes on by itself within the hour; npm run sign-in makes it go on now.',
  'doctor.advice.install': 'Have them install Tarmac in Teams (appPackage/README.md, When an approver sees nothing).',
  'doctor.advice.events':
    'Look at what {host} answers; the bot’s log has each attempt. Events are offered for three days.',
  'doctor.advice.events-given-up':
    'They are not sent again: bring the ticket system up to date by hand. Administrators were told in Teams, with their types.',
  'doctor.advice.credential': 'Make a new secret in Microsoft Entra, App registrations, and put it into the settings.',
  'doctor.advice.configuration':
    'Compare the app and tenant IDs in the settings with Microsoft Entra, App registrations.',
  'doctor.advice.token-mismatch': 'Compare the tenant IDs in the settings and CLOUD with where the app is registered.',
  'doctor.advice.sign-in': 'Sign in with the service account and its second factor: npm run sign-in.',
  'doctor.advice.second-factor':
    'Sign in again with the service account, this time with a second factor: npm run sign-in.',
  'doctor.advice.seal-key':
    'Give the bot the SEAL_KEY the stored sign-in was sealed with, or sign in anew: npm run sign-in.',
  'doctor.advice.partner-center-refused':
    'Check that the app has consent in the partner’s tenant for Microsoft Partner Center.',
  'doctor.advice.partner-center-unavailable':
    'Check that this machine reaches Microsoft, and try again in a few minutes.',
  'doctor.advice.graph-unavailable': 'Check that this machine reaches Microsoft Graph, and try again in a few minutes.',
  'doctor.advice.other': 'Look at the message; the README names what each part needs.',

  // notices that arrive without being asked for
  'notice.toCard': 'Go to the card',
  'notice.active.rep.title': '{customer} has accepted',
  'notice.active.rep.text': 'The relationship is active. You can register devices now.',
  'notice.active.approver.title': 'The relationship with {partner} is active',
  'notice.active.approver.text':
    'Microsoft has recorded your acceptance. {partner} can now register devices for you and has no administrator rights.',
  'notice.declined.title': '{customer} declined',
  'notice.declined.text': '{name} declined the request.',
  'notice.expired.title': 'The request to {customer} has expired',
  'notice.expired.text': 'Nobody answered in time. You can send a new one.',
  'notice.expired.approver.title': 'The request of {partner} has expired',
  'notice.reminder.title': '{partner} still waits for your answer',
  'notice.reminder.text':
    '{name} asks whether {partner} may register your organisation’s Windows devices for Autopilot. You can approve or decline until {date}.',
  'notice.reminder.step2.title': 'One step is left at Microsoft',
  'notice.reminder.step2.text':
    'You approved the request of {partner}. It becomes active once you accept it in the Microsoft 365 admin center. You can do so until {date}.',
  'notice.reminder.open': 'Open the request',
  'notice.reminder.closed': 'This reminder is settled',
  'notice.reminder.closed.text': 'The request is no longer open. You need not do anything.',
  'notice.ended.title': 'The relationship with {customer} has ended',
  'notice.ended.text': 'Devices can no longer be registered for {customer}.',
  'notice.ended.approver.title': 'The relationship with {partner} has ended',
  'notice.batch.failures':
    '{failed, plural, one {# of {total} devices was refused in {batch}} other {# of {total} devices were refused in {batch}}}',
  'notice.batch.success':
    '{count, plural, one {# device registered for {customer}} other {# devices registered for {customer}}}',
  'notice.profile.applied': 'Profile {name} is applied in {batch}',
  'notice.profile.notAll': 'Profile {name} could not be applied to every device of {batch}',
  'notice.profile.look': 'Open the batch to see each device, the reason and the next step.',
  'notice.batch.attention.title': 'Batch {batch} needs you',
  'notice.customer.title':
    '{count, plural, one {# device was registered for you} other {# devices were registered for you}}',
  'notice.customer.text':
    '{partner} registered them for Windows Autopilot in the batch {batch}. You see them in Intune under Windows Autopilot devices.',
  'notice.customer.stop': 'No more such messages',
  'notice.channels.title':
    '{count, plural, =0 {No channel gets notices} one {# channel gets notices} other {# channels get notices}}',
  'notice.channels.line': '{channel}: since {date}, asked for by {name}',
  'notice.channels.daily': '{channel}: every day at {hour}, since {date}, asked for by {name}',
  'notice.channels.unnamed': 'Channel',
  'notice.channels.stop': 'Stop all',
  'notice.digest.title':
    '{count, plural, one {# device registered} other {# devices registered}} in {batches, plural, one {# batch} other {# batches}}',
  'notice.digest.failed':
    '{count, plural, one {# batch did not go through entirely} other {# batches did not go through entirely}}',
  'notice.digest.line.good':
    '{batch}: {count, plural, one {# device registered for {customer}} other {# devices registered for {customer}}}',
  'notice.digest.more': '{count, plural, one {And # more: type “batches”.} other {And # more: type “batches”.}}',
  'notice.digest.open': 'Open {batch}',
  'notice.digest.customer.text':
    '{partner} registered them for Windows Autopilot. You see them in Intune under Windows Autopilot devices.',
  'notice.digest.customer.line': '{batch}: {count, plural, one {# device} other {# devices}}',
  'notice.events.title':
    '{count, plural, one {# event for the ticket system was given up} other {# events for the ticket system were given up}}',
  'notice.events.answered': '{host} did not take it. It last answered with status {status}.',
  'notice.events.silent': '{host} did not take it. It did not answer.',
  'notice.events.which': 'What the ticket system does not know of: {which}',
  'notice.events.step':
    'Look at what {host} answers, then bring the ticket system up to date by hand: what was given up is not sent again. “npm run doctor” counts what waits.',
  'notice.signIn.works.title': 'Sign-in to Partner Center works again',
  'notice.signIn.works.text':
    'Work waited from {since} until {until}. What waited goes on by itself now; nothing was lost.',
  'notice.signIn.waiting':
    'Since {since} new batches and requests wait. They go on by themselves as soon as it works; nothing is lost. I will say so.',
  'notice.signIn.cause.expired': 'The service account has not signed in for too long, so Microsoft ended its sign-in.',
  'notice.signIn.cause.revoked':
    'Microsoft no longer accepts the service account’s sign-in. Its password may have changed, or its sessions were revoked.',
  'notice.signIn.cause.mfa': 'Partner Center asks for a sign-in with a second factor.',
  'notice.signIn.cause.missing': 'The service account has not signed in to Partner Center yet.',
  'notice.signIn.cause.unsealable': 'The stored sign-in cannot be opened: SEAL_KEY is not the one it was sealed with.',
  'notice.signIn.cause.credential':
    'Microsoft does not accept the Partner Center app’s client secret. It may have expired.',
  'notice.signIn.cause.configuration': 'Microsoft refuses the Partner Center app as it is set up.',
  'notice.signIn.step.signIn':
    'On the computer where Tarmac runs, type “npm run sign-in” and follow the steps, with the service account and its second factor.',
  'notice.signIn.step.sealKey':
    'Start Tarmac with the SEAL_KEY it had before. If that key is gone, type “npm run sign-in” on the computer where Tarmac runs.',
  'notice.signIn.step.secret':
    'Make a new client secret in Microsoft Entra, App registrations, put it into PARTNER_CENTER_APP_SECRET, and restart Tarmac.',
  'notice.signIn.step.settings':
    'On the computer where Tarmac runs, type “npm run doctor”: it names the setting to correct. Then restart Tarmac.',
  'notice.alarm.title': 'Tarmac’s database was changed behind its back',
  'notice.alarm.request': 'On {time} I found that the relationship request {id} does not say what the audit recorded.',
  'notice.alarm.batch': 'On {time} I found that the batch {id} does not say what the audit recorded.',
  'notice.alarm.removal': 'On {time} I found that the removal of devices {id} does not say what the audit recorded.',
  'notice.alarm.audit': 'On {time} I found that entry {id} of the audit was altered, removed or put in later.',
  'notice.alarm.meaning':
    'Somebody with access to the database did this, or part of it was restored from a backup. What the audit does not show as confirmed is not sent.',
  'notice.alarm.step':
    'Find out who has access to the database. On the computer where Tarmac runs, “npm run audit -- verify” names everything that does not agree.',
  'notice.removal.done':
    '{count, plural, one {# device removed from {customer}} other {# devices removed from {customer}}}',
  'notice.removal.failures':
    '{failed, plural, one {# of {total, number} devices could not be removed from {customer}} other {# of {total, number} devices could not be removed from {customer}}}',
  'notice.removal.refused': '{name} refused to remove devices from {customer}',
  'notice.removal.expired': 'Nobody confirmed the removal of devices from {customer} in time',

  // a problem anybody may meet: what happened, and what to do
  'error.not-a-rep':
    'This is for sales staff of the partner. If that is you, ask your administrator to add you to the group.',
  'error.not-an-approver': 'Only the people this request was sent to can answer it.',
  'error.not-your-request': 'Only the person who sent this request can do that.',
  'error.second-person-needed': 'This needs a second person who may remove devices. Ask a colleague to confirm it.',
  'error.not-a-remover':
    'Only people who may remove devices can do this. If that is you, ask your administrator to add you to that group.',
  'error.not-an-admin':
    'This checks the installation of Tarmac, for its administrators at the partner. If you are one, ask to be added to their group. “help” shows what you can do here.',
  'error.personal-chat-only':
    'Let us continue in a personal chat: open Tarmac from the app list and type it again there.',
  'error.not-met-yet': 'I do not know you yet. Open Tarmac from the app list, write “help” to me once, and try again.',
  'error.message-not-passed':
    'Teams did not pass the message on. Choose the command in the menu of a message, or paste the list into our personal chat.',
  'error.customer-not-found':
    'I find no organisation for “{customer}”. Check the spelling of the domain or use the tenant ID.',
  'error.customer-is-partner': 'This is your own organisation. Enter the customer’s domain.',
  'error.no-approvers': 'Name at least one person who may approve.',
  'error.approver-name-invalid': '“{name}” is not a sign-in name. It looks like anna@contoso.com.',
  'error.request-not-found': 'This request no longer exists. Send a new one.',
  'error.request-open-already': 'A request to this customer is already open. Withdraw it before you send another one.',
  'error.already-decided': 'This request was already answered. The card now shows the outcome.',
  'error.already-active': 'The relationship with this customer is already active. You can register devices.',
  'error.reminded-enough': 'They were reminded often enough this week. You can remind them again from {date}.',
  'error.link-refused':
    'Partner Center gave a link that does not look right, so I did not send it. Tell your administrator.',
  'error.relationship-not-active': 'The relationship with this customer is not active. Request it first.',
  'error.batch-not-found': 'This batch no longer exists. Type “batches” to see the others.',
  'error.batch-not-open': 'This list was already sent or cancelled. Type “register” to begin a new one.',
  'error.batch-empty': 'The list has no device to register. Paste or attach one.',
  'error.batch-too-large': 'One batch holds at most {max, number} devices. Split the list.',
  'error.batch-name-invalid':
    'A batch name has 1 to {max, number} characters: letters, digits, spaces, hyphens and underscores.',
  'error.batch-name-taken': 'There is already a batch of this name for this customer. Choose another name.',
  'error.batch-under-way': 'This batch is still under way. Wait until it has finished.',
  'error.batch-to-add-to-gone':
    'Partner Center no longer lists the batch “{name}”. Choose another one, or a new batch.',
  'error.batch-resent':
    'These devices were sent again already, in the batch “{name}”. Open that one: what was refused there can be sent again from it.',
  'error.nothing-refused':
    'In the batch “{name}” there is no refused device left that is still known here. Type “register” to begin a new list.',
  'error.doubtful-devices': 'Some devices are still doubtful. Say yes to them or leave them out, then confirm again.',
  'error.profile-not-found': 'This profile no longer exists in Partner Center. Type “profiles” to see the others.',
  'error.profile-name-invalid': 'A profile name has 1 to {max, number} characters. Enter a shorter one.',
  'error.profile-name-taken': 'This customer already has a profile called “{name}”. Choose another name.',
  'error.profile-change-unclear':
    'Partner Center did not say whether it changed the profile “{name}”. I sent it once and keep looking. Open the profiles again in a few minutes before you repeat it.',
  'error.list-changed': 'The list has changed since you looked at it. Look at it again, then confirm.',
  'error.profile-busy':
    'Something is still under way in the batch “{name}”. Wait until it has finished, then apply the profile.',
  'error.profile-no-devices':
    'No registered device of this batch is left that does not have the profile “{name}” already.',
  'error.device-not-in-batch':
    '“{value}” is not in this batch. Check the number, or leave the field empty for all devices.',
  'error.removal-not-found': 'This removal no longer exists. Type “deregister” to begin a new one.',
  'error.removal-not-open': 'This removal was already asked for or cancelled. Type “deregister” to begin a new one.',
  'error.removal-not-checked': 'Some devices have not been looked for in all batches yet. Press “Go on looking” first.',
  'error.confirmation-wrong':
    'That is neither {count, number} nor {domain}. Nothing was done. Check that these are the devices you mean, and type it again.',
  'error.no-second-person':
    'Nobody else may confirm this. Ask your administrator to add a colleague to the group of those who may remove devices.',
  'error.file-refused': 'I cannot take this file from where it is. Save it on your computer and attach it here.',
  'error.file-unreadable': 'I cannot read {file}. Save it as CSV or XLSX and attach it again.',
  'error.file-too-large': '{file} is too large. Split it or remove what is not needed.',
  'error.file-not-saved':
    'The file could not be saved in your OneDrive. Press Export on the batch again in a few minutes.',
  'error.link-not-allowed':
    'I may not read files by their link yet. An administrator can grant the Graph permission Files.ReadWrite.All to the app. Until then, attach the file in our personal chat.',
  'error.link-not-found':
    'I find no file behind this link. Copy the link of the file itself, not of a folder, or attach the file in our personal chat.',
  'error.partner-center-unavailable': 'Partner Center is not answering. Please try again in a few minutes.',
  'error.partner-center-refused':
    'Partner Center refused this. If it happens again, give your administrator this reference: {correlationId}',
  'error.partner-center-sign-in': 'The sign-in to Partner Center no longer works. Your administrator has to renew it.',
  'error.sign-in-not-needed': 'There is nothing to sign in for at the moment: no request waits for you.',
  'error.sign-in-other-person':
    'That was another account than the one you use in this chat. Nothing was read. Sign in again with the account of this chat.',
  'error.sign-in-unavailable':
    'The sign-in service is not answering. You can answer without it: Microsoft checks your role at step 2.',
  'error.graph-unavailable': 'Microsoft’s directory is not answering. Please try again in a few minutes.',
  'error.mail-not-allowed': 'I may not send e-mail for you. Copy the text from the card and send it yourself.',
  'error.unexpected':
    'Sorry, something went wrong here. Please try again. If it happens again, give your administrator this reference: {reference}',

  // why a line of a list was not taken, and how to put it right
  'problem.not_a_pkid': '“{value}” is not a PKID. Enter the 13 digits from the box label.',
  'problem.wrong_length':
    '“{value}” has {length, plural, one {# digit} other {# digits}}, a PKID has 13. Check it against the label.',
  'problem.scientific_notation_lossy':
    'The spreadsheet shortened “{value}” and digits are lost. Format the column as text and copy again.',
  'problem.ambiguous_character':
    '“{value}” has a letter where a digit belongs, such as O for 0. Check it against the label.',
  'problem.duplicate_in_list': 'Already in the list, in {firstSource}, line {firstRow}. It is taken once.',
  'problem.conflict': 'The same device appears with different values. Keep the right line only.',
  'problem.placeholder_value': '“{value}” is a sample value, not a device. Replace it with the real one.',
  'problem.missing_serial': 'The serial number is missing. Add it, or give the PKID.',
  'problem.missing_manufacturer':
    'Manufacturer or model is missing. Add both exactly as the maker writes them, or give the PKID.',
  'problem.missing_pkid': 'The PKID is missing. Add it from the box label.',
  'problem.insufficient_identifiers':
    'Not enough to identify the device. Give the PKID, or serial number, manufacturer and model.',
  'problem.hash_truncated': 'The hardware hash is cut off. Export it again, or better use the PKID.',
  'problem.hash_invalid': 'The hardware hash is damaged. Collect it again, or better use the PKID.',
  'problem.hash_mismatch':
    'The hardware hash belongs to another device than the rest of the line. Check which is right.',
  'problem.formula_without_value': 'The cell holds a formula without a value. Copy the column as values.',
  'problem.cell_error': 'The cell shows an error. Correct the spreadsheet.',
  'problem.hidden_data': 'Hidden rows, columns or sheets hold devices too. Say whether they belong to the list.',
  'problem.malformed_row': 'This line cannot be read. Check quotes and separators.',
  'problem.ambiguous_candidate': '“{value}” may be a PKID or another number. Check it against the label.',
  'problem.surface_device':
    '“{value}” is a Surface device: Microsoft Support registers those. Leave it out, or take it if Microsoft has enabled you to register Surface devices.',
  'problem.low_confidence': '“{value}” was read from a picture and may be wrong. Compare it with the label.',
  'problem.low_resolution': 'The picture is too small or blurred. Photograph the label again from nearer.',
  'problem.no_text_layer': 'This PDF holds only pictures. Attach the photos, or ask for the list as a file.',
  'problem.no_devices_found': 'No devices found here. A PKID has 13 digits.',
  'problem.too_large':
    '{what, select, rows {Only the first {limit, number} rows were read. Split the list.} columns {Only the first {limit, number} columns were read. Delete those you do not need.} devices {There are {found, number} devices, and one list takes {limit, number}. Split it.} cell {A cell of this row is too long to read. Shorten it.} line {This line is too long to read. Break it up.} pages {This PDF has {found, number} pages, and I read {limit, number}. Split it.} pixels {This picture is too large to read. Send it smaller.} time {Reading this took too long, so I stopped. Split it, or save it as CSV or XLSX.} memory {This takes more memory than I have, so I stopped. Split it, or save it as CSV.} other {This is too large to read. Split it.}}',
  'problem.decompression_bomb': 'This file unpacks to far more than it should, so I did not open it. Save it anew.',
  'problem.too_many_files': 'There are too many files in this archive. Attach the lists one by one.',
  'problem.nested_archive': 'There is an archive within the archive. Unpack it and attach the lists.',
  'problem.encrypted': 'This file is protected by a password. Save it without one.',
  'problem.unreadable':
    '{what, select, busy {I am reading other lists just now. Send it again in a minute.} stopped {I am being restarted and could not finish reading. Send it again in a minute.} crash {This file made my reader fail; it may be damaged. Open it, save it anew as CSV or XLSX, and send it again.} other {This file cannot be read. Save it as CSV or XLSX.}}',
  'problem.unsupported_type': 'I cannot read this kind of file. Save it as CSV or XLSX.',
  'problem.suspicious_value': '“{value}” looks unusual for a PKID. Compare it with the label.',
  'problem.case_sensitive_value':
    '“{value}” must be written exactly as the maker writes it, capitals included. Check it.',
  'problem.leading_zero_restored':
    'A leading zero was missing and I put it back: “{value}”. Compare it with the label.',
  'problem.refused_before':
    '“{value}” was refused before. Correct it, take it as it is if the cause is gone, or leave it out.',

  // why Autopilot did not take a device
  'device.InvalidZtdRequestBody.cause': 'Autopilot could not read the request.',
  'device.InvalidZtdRequestBody.who': 'Microsoft Support, if it happens again',
  'device.InvalidZtdRequestBody.next': 'Send the device once more.',
  'device.InvalidZtdHardwareHash.cause': 'The hardware hash is invalid, or its serial number or manufacturer is empty.',
  'device.InvalidZtdHardwareHash.who': 'whoever collected the hash',
  'device.InvalidZtdHardwareHash.next': 'Use the PKID from the box label, or collect the hash again.',
  'device.MissingZtdSerialNumberAndProductKey.cause': 'Neither the serial number nor the PKID is valid.',
  'device.MissingZtdSerialNumberAndProductKey.who': 'you, with the box label',
  'device.MissingZtdSerialNumberAndProductKey.next': 'Correct the line and send it again.',
  'device.ZtdDeviceAlreadyAssigned.cause': 'The device is already registered for this customer.',
  'device.ZtdDeviceAlreadyAssigned.who': 'the customer, in Intune',
  'device.ZtdDeviceAlreadyAssigned.next':
    'Nothing to do. If the customer does not see it, they deregister it in Intune and you send it again.',
  'device.ZtdDeviceIsNotRegistered.cause': 'The device is not registered for this customer.',
  'device.ZtdDeviceIsNotRegistered.who': 'you',
  'device.ZtdDeviceIsNotRegistered.next': 'Refresh the list and look again.',
  'device.ZtdDeviceAssignedToOtherTenant.cause': 'The device is registered for another organisation.',
  'device.ZtdDeviceAssignedToOtherTenant.who': 'the seller or previous owner; otherwise Microsoft Support',
  'device.ZtdDeviceAssignedToOtherTenant.next':
    'Ask them to deregister it. Support needs proof of ownership. Sending again does not help.',
  'device.ZtdProfileIsNotRegistered.cause': 'The Autopilot profile does not exist for this customer.',
  'device.ZtdProfileIsNotRegistered.who': 'you, in Partner Center',
  'device.ZtdProfileIsNotRegistered.next': 'Create the profile or assign another one.',
  'device.ZtdProfileAssignedToOtherTenant.cause': 'The Autopilot profile belongs to another organisation.',
  'device.ZtdProfileAssignedToOtherTenant.who': 'you, in Partner Center',
  'device.ZtdProfileAssignedToOtherTenant.next': 'Choose a profile of this customer.',
  'device.ZtdDeviceRegisteredByOtherTenant.cause': 'Another partner or organisation registered this device.',
  'device.ZtdDeviceRegisteredByOtherTenant.who': 'whoever registered it',
  'device.ZtdDeviceRegisteredByOtherTenant.next': 'Ask them to remove it.',
  'device.ZtdDeviceNotFound.cause': 'Microsoft knows no device with these values.',
  'device.ZtdDeviceNotFound.who': 'the distributor or manufacturer',
  'device.ZtdDeviceNotFound.next':
    'Check the digits against the label. If they are right, ask whether the maker has submitted the device to Microsoft.',
  'device.ZtdDeviceIsNotUnique.cause': 'The values fit more than one device.',
  'device.ZtdDeviceIsNotUnique.who': 'you; otherwise Microsoft Support',
  'device.ZtdDeviceIsNotUnique.next': 'Send it again with its PKID.',
  'device.ZtdDeviceDuplicated.cause': 'The device was twice in one upload.',
  'device.ZtdDeviceDuplicated.who': 'you',
  'device.ZtdDeviceDuplicated.next': 'Check that it is registered once. If not, send it again.',
  'device.NoDeviceId.cause': 'Partner Center shows no such device in this batch, so nothing can be applied to it.',
  'device.NoDeviceId.who': 'you, in Partner Center',
  'device.NoDeviceId.next': 'If it was registered in another batch, apply the profile there.',
  'device.NotSent.cause': 'Partner Center refused the whole call, so nothing was done for this device.',
  'device.NotSent.who': 'your administrator',
  'device.NotSent.next': 'The log of Tarmac has what Partner Center said. Mend that, then try again.',
  'device.unknown.cause': 'Partner Center reported “{code}”, which I do not know.',
  'device.unknown.who': 'Microsoft Support',
  'device.unknown.next': 'Look in Partner Center, and give Support the code and the tracking ID.',

  // lines of a conversation
  'chat.sending':
    'Sending {count, plural, one {# device} other {# devices}} to Partner Center. I will write when there is a result.',
  'chat.resend':
    'Correct what was refused on the card, or paste or attach a corrected list here and leave the old lines out. Nothing is sent before you confirm it.',
  'chat.sendingWithProfile':
    'Sending {count, plural, one {# device} other {# devices}} to Partner Center. The profile {profile} follows as soon as they are registered. I will write when there is a result.',
  'chat.addedTo': 'They are added to the batch {name}.',
  'chat.addedToCounted':
    'They are added to the batch {name}, which then has {after, plural, one {# device} other {# devices}}.',
  'chat.withoutDefault.gone':
    'The customer’s default profile is no longer in Partner Center, so the devices get none now. Choose one on the batch’s card once they are registered.',
  'chat.withoutDefault.unread':
    'Partner Center did not say which profiles the customer has, so the default profile was left out. Apply it from the batch’s card once the devices are registered.',
  'chat.unknown': 'I do not understand “{text}”. Type “help” to see what I can do.',
  'chat.suggest': 'I do not understand “{text}”. Did you mean “{command}”?',
  'chat.cancelled': 'Cancelled. Nothing was sent.',
  'chat.cancel.nothing': 'There is nothing to cancel.',
  'chat.fileInChannel':
    'Files do not reach me here. Paste the file’s SharePoint link, or attach the file in our personal chat.',
  'chat.requestSent':
    'The request to {customer} is on its way to {count, plural, one {# approver} other {# approvers}}. The card below shows who has it.',
  'chat.mailSent': 'The e-mail to {to} was sent from your mailbox.',
  'chat.delegated': '{name} is asked now, too. Either of you can answer.',
  'chat.reminded':
    '{count, plural, one {# approver gets a reminder during their working hours.} other {# approvers get a reminder during their working hours.}}',
  'chat.reminded.nobody':
    'Nobody who was asked has installed Tarmac yet, so I cannot reach them. Send them the e-mail on the card.',
  'chat.notify.on':
    'From now on finished batches and answers of customers are told here, too. Everybody in this conversation reads customers’ names. “notify stop” ends it.',
  'chat.notify.daily':
    'From now on one message a day comes here at {hour} ({zone}) with the batches that finished. What failed, and answers of customers, come at once. Everybody in this conversation reads customers’ names. “notify stop” ends it.',
  'chat.notify.off': 'No more notices come here.',
  'chat.notify.how':
    'Type “notify here” in the channel that is to get the notices. Tarmac has to be added to its team first. With an hour behind it, such as “notify here 8”, batches come in one message a day.',
  'chat.notYetAccepted': 'Microsoft has not recorded the acceptance yet. I keep looking and will tell you.',
  'chat.listChanged': 'The list has changed since this card was drawn. Here it is as it is now.',
  'chat.listClosed': 'This list was sent or cancelled.',
  'chat.oldCard': 'This card is out of date. Type “{command}” to see the current one.',
  'role.global-administrator': 'Global Administrator',
  'role.billing-administrator': 'Billing Administrator',
  'role.both': 'Global Administrator and Billing Administrator',
  'signIn.ask':
    'Sign in, so that your answer shows which administrator role you hold. Tarmac reads it from Microsoft Entra and keeps neither password nor token.',
  'signIn.button': 'Sign in',
  'signIn.has': 'You are signed in as {name}, {roles} of {domain}. Your answer will show this.',
  'signIn.none':
    'You are signed in as {name}. Microsoft Entra shows neither Global Administrator nor Billing Administrator for you. You can answer all the same; for step 2 you may need a colleague with one of these roles.',
  'signIn.notSetUp': 'Sign-in is not set up here, and you do not need it: Microsoft checks your role at step 2.',
  'signIn.failed':
    'The sign-in did not finish. Type “sign in” to try again, or answer without it: Microsoft checks your role at step 2.',
  'signIn.out': 'You are signed out of Tarmac. Teams itself is not affected.',

  // what the conversation and ended batches still need
  'chat.draftGone': 'This was already sent, or replaced by a newer draft.',
  'requestPreview.foreign': '{name} belongs to another organisation than {customer} and could not answer.',
  'picker.unmatched': 'no customer with an active relationship has this name or domain',
  'source.pastedAgain': 'pasted text {number}',
  'chat.noDevicesSaid':
    'I find no device in this, so the list stays as it is. Paste or attach a list, press Register, or type “cancel”.',
  'chat.seeBelow': 'See below.',
  'chat.registerFirst':
    'This looks like a list of devices. Type “register” and choose the customer first, then paste or attach it again.',
  'source.pasted': 'pasted text',
  'source.message': 'message',
  'source.corrected': 'corrected lines',
  'batch.problem.refused':
    'Partner Center refused the upload. What it said is in the log of Tarmac; your administrator can look it up.',
  'batch.problem.relationship-not-active':
    '{customer} has no active relationship with you any more, so nothing more was sent. Request it again.',
  'batch.problem.not-recorded':
    'Nothing was sent: the audit does not show that this list was confirmed for {customer}. Your administrators were told. Register the devices again when they have looked into it.',
  'batch.problem.batch-name-taken':
    'At Partner Center this batch name already belongs to other devices. Register again under another name.',
  'batch.problem.outcome-unknown':
    'Partner Center never said whether it took this upload. Look for the batch in Partner Center before you send anything again.',
  'batch.problem.never-finished':
    'Partner Center took the upload but has not finished it within a day. Look for the batch in Partner Center.',
  'batch.problem.other': 'This batch needs a look in Partner Center ({problem}).',

  // for an approver who does not have the app yet
  'mail.subject': '{partner}: request to register your Windows devices',
  'mail.body':
    'Hello,\n\n{partner} asks whether it may register the Windows devices you buy for Autopilot. No administrator rights in your organisation are asked for.\n\nThe request waits for you in Microsoft Teams:\n1. Install the app Tarmac: {link}\n2. The request appears in the chat with Tarmac. Approve or decline it there.\n3. After approving you accept the relationship in the Microsoft 365 admin center.\n\nIf the link does not find the app, open Apps in Teams and look for Tarmac under Built for your org. If Teams does not let you install it, ask your Teams administrator to allow it.\n\nThe request is open until {date}.\n\nKind regards\n{name}',
} as const satisfies Record<RequiredKey, string> & Record<string, string>;

export type MessageKey = keyof typeof en;
