CREATE TABLE reminders (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('check_in', 'brief')),
    step TEXT NOT NULL CHECK (step IN ('due', 'late')),
    team_id TEXT,
    sprint_id TEXT,
    brief_id TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK ((kind = 'check_in') = (team_id IS NOT NULL)),
    CHECK ((kind = 'check_in') = (sprint_id IS NOT NULL)),
    CHECK ((kind = 'brief') = (brief_id IS NOT NULL)),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, sprint_id) REFERENCES sprints (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, brief_id) REFERENCES briefs (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX reminders_check_in ON reminders (sprint_id, team_id, step) WHERE kind = 'check_in';
CREATE UNIQUE INDEX reminders_brief ON reminders (brief_id, step) WHERE kind = 'brief';
CREATE INDEX reminders_hackathon_id ON reminders (hackathon_id);
CREATE INDEX reminders_team_id ON reminders (team_id) WHERE team_id IS NOT NULL;

-- What may stand in a column is not changed in place here, so the table is made anew.
CREATE TABLE notifications_new (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    member_id TEXT NOT NULL,
    question_id TEXT,
    seq INTEGER,
    reason TEXT NOT NULL CHECK (reason IN ('named', 'offered', 'holder', 'assignee', 'asker', 'sender', 'organizer', 'wanted', 'took_part', 'consulted', 'informed', 'merged', 'owes')),
    web INTEGER NOT NULL CHECK (web IN (0, 1)),
    mail_id TEXT REFERENCES mails (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    read_at TEXT,
    reminder_id TEXT,
    PRIMARY KEY (id),
    UNIQUE (member_id, question_id, seq),
    UNIQUE (member_id, reminder_id),
    CHECK ((question_id IS NULL) = (seq IS NULL)),
    CHECK ((question_id IS NULL) <> (reminder_id IS NULL)),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (question_id, seq) REFERENCES question_events (question_id, seq) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, reminder_id) REFERENCES reminders (hackathon_id, id) ON DELETE CASCADE
) STRICT;

INSERT INTO notifications_new (id, hackathon_id, member_id, question_id, seq, reason, web, mail_id, created_at, read_at) SELECT id, hackathon_id, member_id, question_id, seq, reason, web, mail_id, created_at, read_at FROM notifications;
DROP TABLE notifications;
ALTER TABLE notifications_new RENAME TO notifications;

CREATE INDEX notifications_question_id ON notifications (question_id);
CREATE INDEX notifications_mail_id ON notifications (mail_id) WHERE mail_id IS NOT NULL;
CREATE INDEX notifications_reminder_id ON notifications (reminder_id) WHERE reminder_id IS NOT NULL;
