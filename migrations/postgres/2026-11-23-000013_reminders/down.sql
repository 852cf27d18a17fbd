DELETE FROM notifications WHERE question_id IS NULL;
DROP INDEX notifications_reminder_id;
ALTER TABLE notifications DROP COLUMN reminder_id CASCADE;
ALTER TABLE notifications DROP CONSTRAINT notifications_seq;
ALTER TABLE notifications DROP CONSTRAINT notifications_reason_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_reason_check CHECK (reason IN ('named', 'offered', 'holder', 'assignee', 'asker', 'sender', 'organizer', 'wanted', 'took_part', 'consulted', 'informed', 'merged'));
ALTER TABLE notifications ALTER COLUMN question_id SET NOT NULL;
ALTER TABLE notifications ALTER COLUMN seq SET NOT NULL;
DROP TABLE reminders;
