ALTER TABLE sprints ADD COLUMN closed_at timestamptz;
ALTER TABLE sprints ADD COLUMN summary jsonb CHECK (closed_at IS NULL OR summary IS NOT NULL);

CREATE TABLE scope_changes (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    sprint_id uuid NOT NULL,
    team_id uuid,
    kind text NOT NULL CHECK (kind IN ('words', 'goal', 'dates', 'hours', 'closed', 'reopened')),
    what jsonb NOT NULL,
    why text,
    planned_minutes integer CHECK (planned_minutes >= 0),
    member_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    CHECK ((kind = 'hours') = (planned_minutes IS NOT NULL)),
    CHECK (kind <> 'hours' OR team_id IS NOT NULL),
    FOREIGN KEY (hackathon_id, sprint_id) REFERENCES sprints (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE check_ins (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    sprint_id uuid NOT NULL,
    team_id uuid NOT NULL,
    progress_percent integer NOT NULL CHECK (progress_percent BETWEEN 0 AND 100),
    spent_minutes integer NOT NULL CHECK (spent_minutes >= 0),
    confidence integer NOT NULL CHECK (confidence BETWEEN 1 AND 5),
    summary text NOT NULL,
    member_id uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (sprint_id, team_id),
    UNIQUE (hackathon_id, id),
    FOREIGN KEY (hackathon_id, sprint_id) REFERENCES sprints (hackathon_id, id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE check_in_blockers (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    check_in_id uuid NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    body text NOT NULL,
    question_id uuid,
    PRIMARY KEY (check_in_id, position),
    FOREIGN KEY (hackathon_id, check_in_id) REFERENCES check_ins (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id)
);

CREATE TABLE check_in_versions (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    check_in_id uuid NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    progress_percent integer NOT NULL CHECK (progress_percent BETWEEN 0 AND 100),
    spent_minutes integer NOT NULL CHECK (spent_minutes >= 0),
    confidence integer NOT NULL CHECK (confidence BETWEEN 1 AND 5),
    member_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (check_in_id, version),
    FOREIGN KEY (hackathon_id, check_in_id) REFERENCES check_ins (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id)
);

CREATE INDEX scope_changes_sprint_id ON scope_changes (sprint_id);
CREATE INDEX scope_changes_hackathon_id ON scope_changes (hackathon_id);
CREATE INDEX scope_changes_member_id ON scope_changes (member_id);
CREATE INDEX check_ins_hackathon_id ON check_ins (hackathon_id);
CREATE INDEX check_ins_team_id ON check_ins (team_id);
CREATE INDEX check_in_blockers_question_id ON check_in_blockers (question_id) WHERE question_id IS NOT NULL;
CREATE INDEX check_in_versions_hackathon_id ON check_in_versions (hackathon_id);
CREATE INDEX sprints_ends_on ON sprints (ends_on);
