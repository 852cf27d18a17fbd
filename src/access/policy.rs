//! Who may do what: one table on one screen. `roles` in a thing's own file says what an actor is to it.

use super::actor::Roles;

/// Something that can be done. Each is a type of its own, so that it stands in the signature of what does it.
pub trait Verb: Send + Sync + 'static {
    /// Its name, as it stands in `x-permission`.
    const NAME: &'static str;
    /// Who may; one of these roles is enough.
    const BY: Roles;
    /// Whether it changes anything. An API token for reading is refused.
    const CHANGES: bool;
    /// Whether it may still be done when the hackathon was ended.
    const AFTERWARDS: bool;
}

macro_rules! policy {
    ($($verb:ident $name:literal: $($role:ident)|+, $kind:ident, $when:ident, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub struct $verb;
            impl Verb for $verb {
                const NAME: &'static str = $name;
                const BY: Roles = Roles::NONE$(.and(Roles::$role))+;
                const CHANGES: bool = policy!(@changes $kind);
                const AFTERWARDS: bool = policy!(@when $when);
            }
        )*
        /// Every verb: its name, who may, whether it changes anything, whether it may be done afterwards.
        pub const TABLE: &[(&str, Roles, bool, bool)] = &[$(($name, $verb::BY, $verb::CHANGES, $verb::AFTERWARDS)),*];
    };
    (@changes reads) => { false };
    (@changes writes) => { true };
    (@when always) => { true };
    (@when running) => { false };
}

policy! {
//  verb               x-permission        who may                               what     while
    See                "see":              MEMBER,                               reads,   always,  "Read a hackathon: contacts, topics, matrix, teams, sprints, brief.";
    SeeDraft           "see-draft":        ORGANIZER,                            reads,   always,  "Read what is not published: the draft of the matrix, invitations.";
    Import             "import":           OWN,                                  writes,  always,  "Bring a hackathon in as a file: a new one as administrator, the own one as organizer.";
    Export             "export":           ORGANIZER,                            reads,   always,  "Take the hackathon out as a file.";
    Change             "change":           ORGANIZER,                            writes,  running, "Change anything of a hackathon.";
    Invite             "invite":           ORGANIZER,                            writes,  running, "Invite people.";
    Publish            "publish":          ORGANIZER,                            writes,  running, "Publish the matrix.";
    End                "end":              ORGANIZER,                            writes,  always,  "Change a hackathon itself, end it, reopen it.";
    Delete             "delete":           ORGANIZER,                            writes,  always,  "Delete a hackathon with all that is in it.";
    Acknowledge        "acknowledge":      ORGANIZER | MENTOR | RESPONDER | PARTICIPANT | JUDGE, writes, running, "Say that one has read the brief.";
    Ask                "ask":              ORGANIZER | MENTOR | RESPONDER | PARTICIPANT, writes, running, "Ask a question.";
    SeeQuestions       "see-questions":    ORGANIZER | MENTOR | RESPONDER | PARTICIPANT | JUDGE | OWN | TEAM | TEAM_MENTOR | HOLDER | LEAD | OFFERED | FORMER, reads, always, "Read questions, as far as each may be seen.";
    SeeQueue           "see-queue":        ORGANIZER | MENTOR | RESPONDER,       reads, always, "See which questions wait for one.";
    EditQuestion       "edit-question":    ORGANIZER | MENTOR | HOLDER | OWN | TEAM, writes, running, "Change a question: the asker's side its words and who sees it, the others its topic.";
    Claim              "claim":            ORGANIZER | MENTOR | HOLDER,          writes,  running, "Take an unclaimed question, give it back, wait for the asker.";
    Reply              "answer":           ORGANIZER | MENTOR | HOLDER,          writes,  running, "Answer a question.";
    TakeOver           "take-over":        ORGANIZER | TEAM_MENTOR | LEAD,       writes,  running, "Take a question from somebody, or give it to a named person.";
    Escalate           "escalate":         ORGANIZER | TEAM_MENTOR | LEAD,       writes,  running, "Have somebody told of a question.";
    Note               "note":             ORGANIZER | MENTOR | RESPONDER | HOLDER, writes, running, "Write an internal note.";
    Comment            "comment":          ORGANIZER | MENTOR | RESPONDER | HOLDER | OWN | TEAM, writes, running, "Comment on a question.";
    Settle             "settle":           ORGANIZER | MENTOR | RESPONDER | HOLDER | OWN | TEAM, writes, running, "Accept an answer; close, reopen, withdraw or merge a question.";
    Resume             "resume":           ORGANIZER | MENTOR | HOLDER | OWN | TEAM, writes, running, "Say that the asker has been heard.";
    HandOff            "hand-off":         ORGANIZER | MENTOR | HOLDER,          writes,  running, "Offer a question to another holder, and take the offer back.";
    SeeGuests          "see-guests":       ORGANIZER | MENTOR | HOLDER,          reads,   always,  "See who was invited to answer a question.";
    InviteGuest        "invite-guest":     ORGANIZER | MENTOR | HOLDER,          writes,  running, "Invite somebody without an account to answer a question, and take that back.";
    Receive            "receive":          ORGANIZER | OFFERED,                  writes,  running, "Accept or decline an offered question.";
    Follow             "follow":           ORGANIZER | MENTOR | RESPONDER | PARTICIPANT | JUDGE | OWN | TEAM | TEAM_MENTOR | HOLDER | LEAD | OFFERED | FORMER, writes, running, "Be told of every event of a question.";
    SeeReport          "see-report":       ORGANIZER | MENTOR | RESPONDER | PARTICIPANT | OBSERVER, reads, always, "Read the report, as far as each is told.";
    SeeSubmissions     "see-submissions":  ORGANIZER | MENTOR | PARTICIPANT | JUDGE, reads, always, "Read what was handed in, as far as each may see it.";
    Submit             "submit":           ORGANIZER | PARTICIPANT | TEAM,       writes,  running, "Hand in for a team, change it, take it back.";
    SeeJudging         "see-judging":      ORGANIZER | JUDGE,                    reads,   always,  "Read scores, conflicts of interest, progress and results, as far as each may see them.";
    Declare            "declare":          ORGANIZER | JUDGE,                    writes,  running, "Declare a conflict of interest.";
    Score              "score":            JUDGE,                                writes,  running, "Begin a score.";
    ChangeScore        "change-score":     OWN,                                  writes,  running, "Change, seal or drop one's own score.";
    Audit              "audit":            ORGANIZER,                            reads,   always,  "Read who changed what of the judging.";
    SeeWork            "see-work":         ORGANIZER | MENTOR | PARTICIPANT | TEAM | TEAM_MENTOR, reads, always, "Read check-ins and the board, as far as the teams are one's own.";
    Record             "record":           ORGANIZER | PARTICIPANT,              writes,  running, "Check in for one's team, change what it plans, record a decision.";
    Revise             "revise":           ORGANIZER | TEAM,                     writes,  running, "Change what one's team reported or decided.";
    SeeCapacity        "see-capacity":     ORGANIZER,                            reads,   always,  "See who has how much time, and who has gone quiet.";
    SeeAbsences        "see-absences":     ORGANIZER | OWN,                      reads,   always,  "See when a member is away.";
    BeAbsent           "be-absent":        ORGANIZER | OWN,                      writes,  running, "Say when a member is away.";
    Debrief            "write-debrief":    ORGANIZER | MENTOR | RESPONDER | PARTICIPANT | JUDGE, writes, always, "Write down what one has learnt.";
    ChangeDebrief      "change-debrief":   OWN,                                  writes,  always,  "Change, share or remove one's own debrief.";
    PlanFollowUp       "plan-follow-up":   ORGANIZER,                            writes,  always,  "Say what continues and who sees to it.";
    FollowUp           "follow-up":        ORGANIZER | OWN,                      writes,  always,  "Tend what one sees to: its gates, its checks.";
    SeeWebhooks        "see-webhooks":     ORGANIZER,                            reads,   always,  "See where other programs are told what happens, and what was sent to them.";
    TendWebhooks       "tend-webhooks":    ORGANIZER,                            writes,  always,  "Have other programs told what happens.";
    Administer         "administer":       ADMIN,                                writes,  always,  "Administer the server: users, organizations, new hackathons.";
    SeeServer          "see-server":       ADMIN,                                reads,   always,  "See the server's users and organizations.";
    SeeOwn             "see-own":          OWN,                                  reads,   always,  "Read one's own account.";
    ChangeOwn          "change-own":       OWN,                                  writes,  always,  "Change one's own account.";
}
