DROP TABLE notifications;
DROP TABLE mails;
DROP TABLE notification_preferences;
DROP TABLE outbox_readers;
DROP TABLE outbox;
DROP TABLE outbox_ends;
