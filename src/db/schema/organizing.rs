//! What organizers follow the work by: sprints' scope, check-ins, absences, decisions, reminders.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What changed in what a sprint is to bring.
    scope_changes (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Sprint id.
        sprint_id -> Uuid_,
        /// The team whose it is; none: everybody's.
        team_id -> Nullable<Uuid_>,
        /// What kind of change.
        kind -> Text,
        /// What changed, in words.
        what -> Json_,
        /// Why.
        why -> Nullable<Text>,
        /// What the team plans to spend from then on.
        planned_minutes -> Nullable<Integer>,
        /// Who changed it.
        member_id -> Uuid_,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What teams report of a sprint, one a team.
    check_ins (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Sprint id.
        sprint_id -> Uuid_,
        /// Team id.
        team_id -> Uuid_,
        /// Progress percent.
        progress_percent -> Integer,
        /// What the team spent in the sprint.
        spent_minutes -> Integer,
        /// Confidence.
        confidence -> Integer,
        /// Summary.
        summary -> Text,
        /// Who said so last.
        member_id -> Uuid_,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What stands in a team's way.
    check_in_blockers (check_in_id, position) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Check in id.
        check_in_id -> Uuid_,
        /// Position.
        position -> Integer,
        /// In words.
        body -> Text,
        /// The question that would clear it.
        question_id -> Nullable<Uuid_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The figures of a check-in as they were.
    check_in_versions (check_in_id, version) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Check in id.
        check_in_id -> Uuid_,
        /// Version.
        version -> BigInt,
        /// Progress percent.
        progress_percent -> Integer,
        /// Spent minutes.
        spent_minutes -> Integer,
        /// Confidence.
        confidence -> Integer,
        /// Who said so.
        member_id -> Uuid_,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Days on which members are away.
    absences (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Member id.
        member_id -> Uuid_,
        /// Starts on.
        starts_on -> Date,
        /// Ends on.
        ends_on -> Date,
        /// Reason.
        reason -> Nullable<Text>,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The last number given to a decision.
    decision_numbers (hackathon_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// The last one given.
        last -> Integer,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What was chosen, and why.
    decisions (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Number.
        number -> Integer,
        /// Whose it is; none: the whole hackathon's.
        team_id -> Nullable<Uuid_>,
        /// Topic id.
        topic_id -> Nullable<Uuid_>,
        /// Sprint id.
        sprint_id -> Nullable<Uuid_>,
        /// Title.
        title -> Text,
        /// Context.
        context -> Text,
        /// A list of {title, notes}.
        options -> Json_,
        /// Outcome.
        outcome -> Nullable<Text>,
        /// Status.
        status -> Text,
        /// When it was accepted.
        decided_at -> Nullable<Instant_>,
        /// The decision that took its place.
        superseded_by -> Nullable<Uuid_>,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Who decided, who was consulted and who was informed.
    decision_parties (decision_id, part, position) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Decision id.
        decision_id -> Uuid_,
        /// decided, consulted or informed.
        part -> Text,
        /// Position.
        position -> Integer,
        /// Organization id.
        organization_id -> Nullable<Uuid_>,
        /// Unit id.
        unit_id -> Nullable<Uuid_>,
        /// Member id.
        member_id -> Nullable<Uuid_>,
        /// Team mentor.
        team_mentor -> Bool,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The questions that led to a decision.
    decision_questions (decision_id, question_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Decision id.
        decision_id -> Uuid_,
        /// Question id.
        question_id -> Uuid_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The changes of a decision.
    decision_versions (decision_id, version) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Decision id.
        decision_id -> Uuid_,
        /// Version.
        version -> BigInt,
        /// The names of the fields.
        changed -> Json_,
        /// Who changed it.
        member_id -> Uuid_,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What somebody was reminded of.
    reminders (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Kind.
        kind -> Text,
        /// due or late.
        step -> Text,
        /// Team id.
        team_id -> Nullable<Uuid_>,
        /// Sprint id.
        sprint_id -> Nullable<Uuid_>,
        /// Brief id.
        brief_id -> Nullable<Uuid_>,
        /// Created at.
        created_at -> Instant_,
    }
}
