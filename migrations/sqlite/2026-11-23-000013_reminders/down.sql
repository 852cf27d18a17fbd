CREATE TABLE notifications_old (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    member_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('named', 'offered', 'holder', 'assignee', 'asker', 'sender', 'organizer', 'wanted', 'took_part', 'consulted', 'informed', 'merged')),
    web INTEGER NOT NULL CHECK (web IN (0, 1)),
    mail_id TEXT REFERENCES mails (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (member_id, question_id, seq),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (question_id, seq) REFERENCES question_events (question_id, seq) ON DELETE CASCADE
) STRICT;

INSERT INTO notifications_old (id, hackathon_id, member_id, question_id, seq, reason, web, mail_id, created_at, read_at) SELECT id, hackathon_id, member_id, question_id, seq, reason, web, mail_id, created_at, read_at FROM notifications WHERE question_id IS NOT NULL;
DROP TABLE notifications;
ALTER TABLE notifications_old RENAME TO notifications;

CREATE INDEX notifications_question_id ON notifications (question_id);
CREATE INDEX notifications_mail_id ON notifications (mail_id) WHERE mail_id IS NOT NULL;
DROP TABLE reminders;
