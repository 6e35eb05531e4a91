import type { NoticeView } from '../cards/notice/card.ts';
import { plain } from '../cards/text.ts';
import type { Wording } from '../cards/wording/wording.ts';
import type { Alarm } from '../services/audit/alarms.ts';

const MAX_ID_CHARS = 60;

/** Tells administrators that the database does not say what the audit says, and what to do. */
export function alarmNotice({ kind, subjectId, foundAt }: Alarm, { say, dateTime }: Wording): NoticeView {
  return {
    tone: 'attention',
    title: say('notice.alarm.title'),
    lines: [
      say(`notice.alarm.${kind}`, { id: plain(subjectId, MAX_ID_CHARS), time: dateTime(foundAt) }),
      say('notice.alarm.meaning'),
      say('notice.alarm.step'),
    ],
    buttons: [],
  };
}
