CREATE TABLE question_guests (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    email text NOT NULL,
    email_folded text NOT NULL,
    name text NOT NULL,
    organization_id uuid,
    token_hash text NOT NULL UNIQUE,
    invited_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (id),
    UNIQUE (question_id, id),
    CHECK (expires_at > created_at),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, organization_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, invited_by) REFERENCES members (hackathon_id, id)
);

ALTER TABLE question_posts ALTER COLUMN author_id DROP NOT NULL;
ALTER TABLE question_posts ADD COLUMN guest_id uuid CHECK ((author_id IS NULL) <> (guest_id IS NULL));
ALTER TABLE question_posts ADD CONSTRAINT question_posts_guest FOREIGN KEY (question_id, guest_id) REFERENCES question_guests (question_id, id);
ALTER TABLE question_events ADD COLUMN guest_id uuid CHECK ((actor = 'guest') = (guest_id IS NOT NULL));
ALTER TABLE question_events ADD CONSTRAINT question_events_guest FOREIGN KEY (question_id, guest_id) REFERENCES question_guests (question_id, id);

-- PostgreSQL named the rule that an answered question has an assignee, and another one that is to stay, by counting.
DO $$
DECLARE rule text;
BEGIN
    SELECT conname INTO STRICT rule FROM pg_constraint
    WHERE conrelid = 'questions'::regclass AND contype = 'c'
        AND pg_get_constraintdef(oid) LIKE '%''waiting_on_asker''%''answered''%assignee_id IS NOT NULL%';
    EXECUTE format('ALTER TABLE questions DROP CONSTRAINT %I', rule);
END $$;
ALTER TABLE questions ADD CONSTRAINT questions_in_hands CHECK (state NOT IN ('claimed', 'waiting_on_asker') OR assignee_id IS NOT NULL);

CREATE INDEX question_guests_question_id ON question_guests (question_id);
CREATE INDEX question_posts_guest_id ON question_posts (guest_id) WHERE guest_id IS NOT NULL;
