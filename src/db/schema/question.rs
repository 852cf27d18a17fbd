//! Questions, what became of them, and what was said.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The last number given to a question, so that numbers have no gaps.
    question_numbers (hackathon_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// The last one given.
        last -> Integer,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Questions.
    questions (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// One in the hackathon, from 1 without gaps.
        number -> Integer,
        /// Asker id.
        asker_id -> Uuid_,
        /// Team id.
        team_id -> Nullable<Uuid_>,
        /// Topic id.
        topic_id -> Nullable<Uuid_>,
        /// Title.
        title -> Text,
        /// Body.
        body -> Nullable<Text>,
        /// Title and body as they are searched.
        folded -> Text,
        /// Visibility.
        visibility -> Text,
        /// State.
        state -> Text,
        /// Resolution.
        resolution -> Nullable<Text>,
        /// The question it was merged into.
        duplicate_of -> Nullable<Uuid_>,
        /// Holder organization id.
        holder_organization_id -> Nullable<Uuid_>,
        /// Holder unit id.
        holder_unit_id -> Nullable<Uuid_>,
        /// Holder member id.
        holder_member_id -> Nullable<Uuid_>,
        /// Holder role.
        holder_role -> Nullable<Text>,
        /// The one person who has it, or had it last.
        assignee_id -> Nullable<Uuid_>,
        /// When the state began.
        state_since -> Instant_,
        /// Hand-offs that were accepted.
        hops -> Integer,
        /// Whether nobody was on duty when it was last routed.
        no_one_on_duty -> Bool,
        /// When it was first answered.
        answered_at -> Nullable<Instant_>,
        /// The answer that the asker accepted.
        accepted_id -> Nullable<Uuid_>,
        /// The number of its last event.
        last_seq -> Integer,
        /// Version.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
        /// When the next promise falls due, whether or not that has passed.
        due_at -> Nullable<Instant_>,
        /// Which promise that is.
        due_for -> Nullable<Text>,
        /// When something is to happen to it by the clock.
        wake_at -> Nullable<Instant_>,
        /// The directory's version that its clocks were wound by.
        wound_version -> BigInt,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Answers, comments and internal notes; never changed.
    question_posts (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Question id.
        question_id -> Uuid_,
        /// Kind.
        kind -> Text,
        /// The member who said it.
        author_id -> Nullable<Uuid_>,
        /// Body.
        body -> Text,
        /// Created at.
        created_at -> Instant_,
        /// The guest who said it.
        guest_id -> Nullable<Uuid_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The history of each question; only ever added to.
    question_events (question_id, seq) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Question id.
        question_id -> Uuid_,
        /// From 1 without gaps.
        seq -> Integer,
        /// Kind.
        kind -> Text,
        /// person, system or guest.
        actor -> Text,
        /// The person.
        member_id -> Nullable<Uuid_>,
        /// What the event changed.
        facts -> Json_,
        /// Created at.
        created_at -> Instant_,
        /// The guest.
        guest_id -> Nullable<Uuid_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Where each question lay, one after the other.
    question_stays (question_id, position) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Question id.
        question_id -> Uuid_,
        /// From 1.
        position -> Integer,
        /// Holder organization id.
        holder_organization_id -> Nullable<Uuid_>,
        /// Holder unit id.
        holder_unit_id -> Nullable<Uuid_>,
        /// Holder member id.
        holder_member_id -> Nullable<Uuid_>,
        /// Holder role.
        holder_role -> Nullable<Text>,
        /// Why it came here.
        why -> Text,
        /// In the words of whoever said it.
        reason -> Nullable<Text>,
        /// From.
        began_at -> Instant_,
        /// Until; null: it lies here now.
        ended_at -> Nullable<Instant_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Offers to hand a question from one holder to another.
    question_handoffs (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Question id.
        question_id -> Uuid_,
        /// From organization id.
        from_organization_id -> Nullable<Uuid_>,
        /// From unit id.
        from_unit_id -> Nullable<Uuid_>,
        /// From member id.
        from_member_id -> Nullable<Uuid_>,
        /// From role.
        from_role -> Nullable<Text>,
        /// To organization id.
        to_organization_id -> Nullable<Uuid_>,
        /// To unit id.
        to_unit_id -> Nullable<Uuid_>,
        /// To member id.
        to_member_id -> Nullable<Uuid_>,
        /// To role.
        to_role -> Nullable<Text>,
        /// In the words of whoever said it.
        reason -> Text,
        /// For the receiver only.
        note -> Nullable<Text>,
        /// State.
        state -> Text,
        /// Offered by.
        offered_by -> Uuid_,
        /// Offered at.
        offered_at -> Instant_,
        /// Settled by.
        settled_by -> Nullable<Uuid_>,
        /// Settled at.
        settled_at -> Nullable<Instant_>,
        /// Why it was declined.
        declined_because -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Who is told of every event of a question.
    question_followers (question_id, member_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Question id.
        question_id -> Uuid_,
        /// The person.
        member_id -> Uuid_,
        /// In the words of whoever said it.
        reason -> Text,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// People without an account who may answer one question.
    question_guests (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Question id.
        question_id -> Uuid_,
        /// Email.
        email -> Text,
        /// Email, folded.
        email_folded -> Text,
        /// Name.
        name -> Text,
        /// The organization they answer for.
        organization_id -> Nullable<Uuid_>,
        /// The digest of the token in their link.
        token_hash -> Text,
        /// The member who invited them.
        invited_by -> Uuid_,
        /// Created at.
        created_at -> Instant_,
        /// The link is good before this.
        expires_at -> Instant_,
        /// When the link was taken back.
        revoked_at -> Nullable<Instant_>,
    }
}
