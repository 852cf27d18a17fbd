//! The SQL of lists of questions. Whoever lists sees what they would see one by one: the same rule as
//! [`Standing::roles_to`], as a condition.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::{Row, complete};
use crate::base::{Id, PageRequest, Result};
use crate::consortium::{Holder, Member};
use crate::db::Tx;
use crate::db::schema::{question_handoffs, question_stays, questions};
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::{HandoffState, HolderRole, InCharge, Question, ResolutionWord, Standing, StateWord, Visibility};
use crate::team::Team;

/// Which questions a list holds. What is left out holds for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states.
    pub states: Vec<StateWord>,
    /// On this topic.
    pub topic: Option<TopicId>,
    /// Asked for this team.
    pub team: Option<Id<Team>>,
    /// That lie with this holder.
    pub holder: Option<InCharge>,
    /// That this member has.
    pub assignee: Option<Id<Member>>,
    /// That this member asked.
    pub asker: Option<Id<Member>>,
    /// With all of these words, each in one of its forms.
    pub words: Vec<Vec<String>>,
    /// That have to do with the caller: asked by them or for their team, in their hands, lying with them.
    pub mine: bool,
    /// The oldest first, where it is otherwise the newest.
    pub oldest_first: bool,
}

/// The questions of a hackathon that somebody may see. Lists of ids are read as options, as the columns are.
macro_rules! seen_by {
    ($here:expr, $standing:expr) => {{
        let facts = &$standing.facts;
        let query = questions::table.filter(questions::hackathon_id.eq($here)).into_boxed();
        if $standing.organizes() {
            query
        } else {
            let public: Vec<Visibility> = $standing.sees_public().then_some(Visibility::Hackathon).into_iter().collect();
            let organizations: Vec<_> = facts.organizations.iter().copied().map(Some).collect();
            let units: Vec<_> = facts.units.iter().copied().map(Some).collect();
            let lay = question_stays::table
                .filter(question_stays::hackathon_id.eq($here))
                .filter(
                    question_stays::holder_organization_id
                        .eq_any(organizations.clone())
                        .or(question_stays::holder_unit_id.eq_any(units.clone()))
                        .or(question_stays::holder_member_id.eq($standing.member)),
                )
                .select(question_stays::question_id);
            query.filter(
                questions::visibility
                    .eq_any(public)
                    .or(questions::asker_id.eq($standing.member))
                    .or(questions::state.ne(StateWord::Closed).and(
                        questions::state.ne(StateWord::Answered).and(questions::assignee_id.eq($standing.member)),
                    ))
                    .or(questions::team_id.eq_any(teams_of($standing)))
                    .or(questions::id.eq_any(lay))
                    .or(questions::id.eq_any(offered_to!($here, $standing))),
            )
        }
    }};
}

/// The questions that are offered to somebody.
macro_rules! offered_to {
    ($here:expr, $standing:expr) => {{
        let facts = &$standing.facts;
        let organizations: Vec<_> = facts.organizations.iter().copied().map(Some).collect();
        let units: Vec<_> = facts.units.iter().copied().map(Some).collect();
        let roles: Vec<_> = $standing.organizes().then_some(Some(HolderRole::Organizer)).into_iter().collect();
        let mentored: Vec<_> = facts.mentors.iter().copied().map(Some).collect();
        let of_mentored = diesel::alias!(questions as mentored_questions);
        let theirs = of_mentored
            .filter(of_mentored.field(questions::team_id).eq_any(mentored))
            .select(of_mentored.field(questions::id));
        question_handoffs::table
            .filter(question_handoffs::hackathon_id.eq($here))
            .filter(question_handoffs::state.eq(HandoffState::Offered))
            .filter(
                question_handoffs::to_organization_id
                    .eq_any(organizations)
                    .or(question_handoffs::to_unit_id.eq_any(units))
                    .or(question_handoffs::to_member_id.eq($standing.member))
                    .or(question_handoffs::to_role.eq_any(roles))
                    .or(question_handoffs::to_role
                        .eq(HolderRole::TeamMentor)
                        .and(question_handoffs::question_id.eq_any(theirs))),
            )
            .select(question_handoffs::question_id)
    }};
}
use offered_to;

fn teams_of(standing: &Standing) -> Vec<Option<Id<Team>>> {
    standing.facts.builds_in.iter().chain(&standing.facts.mentors).copied().map(Some).collect()
}
