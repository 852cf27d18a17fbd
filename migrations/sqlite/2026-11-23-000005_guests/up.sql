CREATE TABLE question_guests (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    name TEXT NOT NULL,
    organization_id TEXT,
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (question_id, id),
    CHECK (expires_at > created_at),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, invited_by) REFERENCES members (hackathon_id, id)
) STRICT;

ALTER TABLE question_posts ADD COLUMN guest_id TEXT CHECK ((author_id IS NULL) <> (guest_id IS NULL));
ALTER TABLE question_events ADD COLUMN guest_id TEXT CHECK ((actor = 'guest') = (guest_id IS NOT NULL));

-- SQLite has no ALTER for constraints. Changing their text is what its manual describes where no row is written differently by it
-- ("Making Other Kinds Of Table Schema Changes"); the tables cannot be made anew, as dropping them would delete what points to them.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'author_id TEXT NOT NULL', 'author_id TEXT') WHERE type = 'table' AND name = 'question_posts';
UPDATE sqlite_schema SET sql = replace(sql, 'FOREIGN KEY (hackathon_id, author_id) REFERENCES members (hackathon_id, id)', 'FOREIGN KEY (hackathon_id, author_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (question_id, guest_id) REFERENCES question_guests (question_id, id)') WHERE type = 'table' AND name = 'question_posts';
UPDATE sqlite_schema SET sql = replace(sql, 'FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)', 'FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (question_id, guest_id) REFERENCES question_guests (question_id, id)') WHERE type = 'table' AND name = 'question_events';
UPDATE sqlite_schema SET sql = replace(sql, '''waiting_on_asker'', ''answered'') OR assignee_id IS NOT NULL', '''waiting_on_asker'') OR assignee_id IS NOT NULL') WHERE type = 'table' AND name = 'questions';
PRAGMA writable_schema = RESET;

CREATE INDEX question_guests_question_id ON question_guests (question_id);
CREATE INDEX question_posts_guest_id ON question_posts (guest_id) WHERE guest_id IS NOT NULL;
