//! Judging: what was handed in, by what and by whom it is judged, and what was won.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// How submissions are taken and judged, where something was said of it.
    judgings (hackathon_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Until when teams may hand in; none: no end was named.
        submissions_due_at -> Nullable<Instant_>,
        /// Version.
        version -> BigInt,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What submissions are judged by.
    criteria (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Name.
        name -> Json_,
        /// How much it counts beside the others.
        weight -> Integer,
        /// Where it stands among them, from 1.
        position -> Integer,
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

    /// What teams hand in, one a team.
    submissions (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Team id.
        team_id -> Uuid_,
        /// Title.
        title -> Text,
        /// Summary.
        summary -> Nullable<Text>,
        /// A list of {label, url}.
        links -> Json_,
        /// Submitted by.
        submitted_by -> Uuid_,
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

    /// Conflicts of interest that were declared.
    conflicts (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Judge id.
        judge_id -> Uuid_,
        /// Team id.
        team_id -> Uuid_,
        /// Reason.
        reason -> Text,
        /// The user.
        declared_by -> Uuid_,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What judges say of submissions: drafts, and what they have sealed.
    scores (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Submission id.
        submission_id -> Uuid_,
        /// Judge id.
        judge_id -> Uuid_,
        /// Comment.
        comment -> Nullable<Text>,
        /// When the judge sealed it; none: a draft.
        sealed_at -> Nullable<Instant_>,
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

    /// Points by criterion.
    score_points (score_id, criterion_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Score id.
        score_id -> Uuid_,
        /// Criterion id.
        criterion_id -> Uuid_,
        /// From 0 to 10.
        points -> Integer,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// What can be won, and who won it.
    awards (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Name.
        name -> Json_,
        /// The organization that gives it.
        sponsor_id -> Nullable<Uuid_>,
        /// Submission id.
        submission_id -> Nullable<Uuid_>,
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

    /// Who changed what of the judging, and how it was before; only ever added to.
    judging_changes (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Kind.
        kind -> Text,
        /// What was changed; the hackathon where it is the judging itself.
        thing_id -> Uuid_,
        /// Action.
        action -> Text,
        /// The user.
        changed_by -> Uuid_,
        /// As it was; none: it was not there.
        before -> Nullable<Json_>,
        /// As it is; none: it is gone.
        after -> Nullable<Json_>,
        /// Created at.
        created_at -> Instant_,
    }
}
