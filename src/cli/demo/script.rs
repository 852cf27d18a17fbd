//! The words in which a demo's questions are told: who does what, when. `fdp.rs` and `healthcare.rs` hold the stories.

/// When something happens.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// On a day of the event, the first is 0, at this hour and minute (UTC).
    Day(i64, i64, i64),
    /// So many minutes before the demo starts.
    Ago(i64),
}

/// What somebody does.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// Asks it: topic, title, what follows.
    Ask(&'static str, &'static str, &'static str),
    /// As [`Deed::Ask`], for the own team's eyes.
    AskForTeam(&'static str, &'static str, &'static str),
    /// Takes it.
    Claim,
    /// Comments.
    Comment(&'static str),
    /// Writes an internal note.
    Note(&'static str),
    /// Asks the asker for more.
    Wait(&'static str),
    /// Answers.
    Answer(&'static str),
    /// Accepts the last answer.
    Accept,
    /// Offers it to a unit, because.
    HandToUnit(&'static str, &'static str),
    /// Offers it to an organization, because.
    HandToOrganization(&'static str, &'static str),
    /// Takes what is offered.
    Receive,
    /// Merges it into another one.
    Merge(&'static str),
    /// Invites somebody without an account: email, name, organization.
    Invite(&'static str, &'static str, &'static str),
    /// The guest answers; whoever did the step is nobody.
    GuestAnswers(&'static str),
}

/// One step of a story: when, who (the part of their address before the @), on which question, and what.
pub type Step = (When, &'static str, &'static str, Deed);
