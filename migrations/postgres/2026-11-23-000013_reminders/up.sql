CREATE TABLE reminders (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('check_in', 'brief')),
    step text NOT NULL CHECK (step IN ('due', 'late')),
    team_id uuid,
    sprint_id uuid,
    brief_id uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK ((kind = 'check_in') = (team_id IS NOT NULL)),
    CHECK ((kind = 'check_in') = (sprint_id IS NOT NULL)),
    CHECK ((kind = 'brief') = (brief_id IS NOT NULL)),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, sprint_id) REFERENCES sprints (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, brief_id) REFERENCES briefs (hackathon_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX reminders_check_in ON reminders (sprint_id, team_id, step) WHERE kind = 'check_in';
CREATE UNIQUE INDEX reminders_brief ON reminders (brief_id, step) WHERE kind = 'brief';
CREATE INDEX reminders_hackathon_id ON reminders (hackathon_id);
CREATE INDEX reminders_team_id ON reminders (team_id) WHERE team_id IS NOT NULL;

ALTER TABLE notifications ADD COLUMN reminder_id uuid;
ALTER TABLE notifications ALTER COLUMN question_id DROP NOT NULL;
ALTER TABLE notifications ALTER COLUMN seq DROP NOT NULL;
ALTER TABLE notifications DROP CONSTRAINT notifications_reason_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_reason_check CHECK (reason IN ('named', 'offered', 'holder', 'assignee', 'asker', 'sender', 'organizer', 'wanted', 'took_part', 'consulted', 'informed', 'merged', 'owes'));
ALTER TABLE notifications ADD CONSTRAINT notifications_seq CHECK ((question_id IS NULL) = (seq IS NULL));
ALTER TABLE notifications ADD CONSTRAINT notifications_about CHECK ((question_id IS NULL) <> (reminder_id IS NULL));
ALTER TABLE notifications ADD UNIQUE (member_id, reminder_id);
ALTER TABLE notifications ADD FOREIGN KEY (hackathon_id, reminder_id) REFERENCES reminders (hackathon_id, id) ON DELETE CASCADE;
CREATE INDEX notifications_reminder_id ON notifications (reminder_id) WHERE reminder_id IS NOT NULL;
