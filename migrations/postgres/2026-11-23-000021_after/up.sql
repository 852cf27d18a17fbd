CREATE TABLE debriefs (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    author_id uuid NOT NULL,
    member_id uuid,
    team_id uuid,
    profession text,
    body text NOT NULL,
    themes jsonb NOT NULL,
    presented jsonb NOT NULL,
    shared_at timestamptz,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    CHECK (((member_id IS NOT NULL)::integer + (team_id IS NOT NULL)::integer + (profession IS NOT NULL)::integer) = 1),
    FOREIGN KEY (hackathon_id, author_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id)
);

CREATE TABLE follow_ups (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    title text NOT NULL,
    team_id uuid,
    owner_id uuid NOT NULL,
    ambition text NOT NULL CHECK (ambition IN ('exploration', 'poc', 'pilot', 'production')),
    next_gate text,
    gate_on date,
    begins_on date NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK (gate_on IS NULL OR next_gate IS NOT NULL),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id),
    FOREIGN KEY (hackathon_id, owner_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE follow_up_checks (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    follow_up_id uuid NOT NULL,
    days integer NOT NULL CHECK (days IN (30, 90, 180)),
    outcome text NOT NULL,
    checked_by uuid NOT NULL REFERENCES users (id),
    checked_at timestamptz NOT NULL,
    PRIMARY KEY (follow_up_id, days),
    FOREIGN KEY (hackathon_id, follow_up_id) REFERENCES follow_ups (hackathon_id, id) ON DELETE CASCADE
);

CREATE INDEX debriefs_hackathon_id ON debriefs (hackathon_id);
CREATE INDEX follow_ups_hackathon_id ON follow_ups (hackathon_id);
