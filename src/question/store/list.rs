//! The SQL of lists of questions. Whoever lists sees what they would see one by one: the same rule as
//! [`Standing::roles_to`], as a condition.

use diesel::prelude::*;

use super::{complete, handoff};
use crate::base::{Id, PageRequest, Result};
use crate::consortium::Member;
use crate::db::schema::{question_stays, questions};
use crate::db::{Conn, Tx};
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::{InCharge, Question, ResolutionWord, Standing, StateWord, Visibility};
use crate::team::Team;

/// Which questions a list holds. What is left out holds for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In one of these states; none: in any.
    pub states: Vec<StateWord>,
    /// On this topic.
    pub topic: Option<TopicId>,
    /// Asked for this team.
    pub team: Option<Id<Team>>,
    /// That lie with this holder.
    pub holder: Option<InCharge>,
    /// That this member has, or had last.
    pub assignee: Option<Id<Member>>,
    /// That this member asked.
    pub asker: Option<Id<Member>>,
    /// With all of these words, as [`crate::question::terms`] reads them.
    pub words: Vec<String>,
    /// That have to do with the caller: asked by them or for a team they build in, in their hands, lying with them.
    pub mine: bool,
    /// The oldest first, where it is otherwise the newest.
    pub oldest_first: bool,
}

type Query = questions::BoxedQuery<'static, <Conn as diesel::Connection>::Backend>;

/// The questions of a hackathon that somebody may see.
fn seen(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing) -> Result<Query> {
    let query = questions::table.filter(questions::hackathon_id.eq(here)).into_boxed();
    if standing.organizes() {
        return Ok(query);
    }
    let (organizations, units) = answered_for(standing);
    let public: Vec<Visibility> = standing.sees_public().then_some(Visibility::Hackathon).into_iter().collect();
    let theirs = question_stays::holder_organization_id
        .eq_any(organizations)
        .or(question_stays::holder_unit_id.eq_any(units))
        .or(question_stays::holder_member_id.eq(standing.member));
    let lay = question_stays::table.filter(question_stays::hackathon_id.eq(here)).filter(theirs);
    let teams: Vec<Option<Id<Team>>> =
        standing.facts.builds_in.iter().chain(&standing.facts.mentors).copied().map(Some).collect();
    Ok(query.filter(
        questions::visibility
            .eq_any(public)
            .or(questions::asker_id.eq(standing.member))
            .or(in_hands_of(standing.member))
            .or(questions::team_id.eq_any(teams))
            .or(questions::id.eq_any(lay.select(question_stays::question_id)))
            .or(questions::id.eq_any(handoff::offered_to(tx, here, standing)?)),
    ))
}

/// The organizations and units that somebody answers for, as the columns hold them.
fn answered_for(
    standing: &Standing,
) -> (Vec<Option<crate::consortium::organization::OrganizationId>>, Vec<Option<Id<crate::consortium::Unit>>>) {
    let organizations = standing.facts.organizations.iter().copied().map(Some).collect();
    (organizations, standing.facts.units.iter().copied().map(Some).collect())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn in_hands_of(member: Id<Member>) -> _ {
    let held: [StateWord; 2] = [StateWord::Claimed, StateWord::WaitingOnAsker];
    questions::state.eq_any(held).and(questions::assignee_id.eq(member))
}

/// Those that lie with somebody now.
fn lying_with(query: Query, standing: &Standing) -> Query {
    let (organizations, units) = answered_for(standing);
    let mentored: Vec<Option<Id<Team>>> = standing.facts.mentors.iter().copied().map(Some).collect();
    let mut roles = Vec::new();
    if standing.organizes() {
        roles.push(Some(crate::question::HolderRole::Organizer));
    }
    let mentors = Some(crate::question::HolderRole::TeamMentor);
    query.filter(
        questions::holder_organization_id
            .eq_any(organizations)
            .or(questions::holder_unit_id.eq_any(units))
            .or(questions::holder_member_id.eq(standing.member))
            .or(questions::holder_role.eq_any(roles))
            .or(questions::holder_role.eq(mentors).and(questions::team_id.eq_any(mentored))),
    )
}

fn load(tx: &mut Tx, query: Query, most: i64) -> Result<Vec<Question>> {
    let rows = query.limit(most).load(tx.conn())?;
    complete(tx, rows)
}

/// A page of the questions that somebody may see.
pub fn list(
    tx: &mut Tx,
    here: Id<Hackathon>,
    standing: &Standing,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Vec<Question>> {
    let query = narrowed(seen(tx, here, standing)?, filter);
    let query = if filter.mine { concerning(query, standing) } else { query };
    let query = match (filter.oldest_first, page.after.map(Id::<Question>::from_uuid)) {
        (true, Some(after)) => query.filter(questions::id.gt(after)),
        (false, Some(after)) => query.filter(questions::id.lt(after)),
        _ => query,
    };
    let query = if filter.oldest_first { query.order(questions::id) } else { query.order(questions::id.desc()) };
    load(tx, query, page.fetch())
}

fn narrowed(mut query: Query, filter: &Filter) -> Query {
    if !filter.states.is_empty() {
        query = query.filter(questions::state.eq_any(filter.states.clone()));
    }
    if let Some(topic) = filter.topic {
        query = query.filter(questions::topic_id.eq(topic));
    }
    if let Some(team) = filter.team {
        query = query.filter(questions::team_id.eq(team));
    }
    if let Some(assignee) = filter.assignee {
        query = query.filter(questions::assignee_id.eq(assignee));
    }
    if let Some(asker) = filter.asker {
        query = query.filter(questions::asker_id.eq(asker));
    }
    if let Some(holder) = filter.holder {
        query = with(query, holder);
    }
    filter.words.iter().fold(query, |query, word| containing(query, word))
}

fn with(query: Query, holder: InCharge) -> Query {
    match holder.columns() {
        (Some(id), _, _, _) => query.filter(questions::holder_organization_id.eq(id)),
        (_, Some(id), _, _) => query.filter(questions::holder_unit_id.eq(id)),
        (_, _, Some(id), _) => query.filter(questions::holder_member_id.eq(id)),
        (_, _, _, role) => query.filter(questions::holder_role.eq(role)),
    }
}

/// With this word. Texts are folded when they are kept, words when they are read.
fn containing(query: Query, word: &str) -> Query {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    query.filter(questions::folded.like(format!("%{escaped}%")).escape('\\'))
}

fn concerning(query: Query, standing: &Standing) -> Query {
    let teams: Vec<Option<Id<Team>>> = standing.facts.builds_in.iter().copied().map(Some).collect();
    let (organizations, units) = answered_for(standing);
    query.filter(
        questions::asker_id
            .eq(standing.member)
            .or(questions::team_id.eq_any(teams))
            .or(in_hands_of(standing.member))
            .or(questions::holder_organization_id.eq_any(organizations))
            .or(questions::holder_unit_id.eq_any(units))
            .or(questions::holder_member_id.eq(standing.member)),
    )
}

/// What waits for somebody, the longest waiting first: what is offered to them, what lies with them unclaimed, and then,
/// where they may take any, what lies unclaimed with others.
pub fn queue(
    tx: &mut Tx,
    here: Id<Hackathon>,
    standing: &Standing,
    any: bool,
    most: i64,
) -> Result<Vec<Question>> {
    let offers = handoff::offered_to(tx, here, standing)?;
    let waiting = [StateWord::Open, StateWord::Claimed, StateWord::WaitingOnAsker];
    let offered = seen(tx, here, standing)?
        .filter(questions::id.eq_any(offers))
        .filter(questions::state.eq_any(waiting))
        .order(questions::id);
    let mut found = load(tx, offered, most)?;
    let open = seen(tx, here, standing)?.filter(questions::state.eq(StateWord::Open)).order(questions::id);
    let own = load(tx, lying_with(open, standing), most)?;
    add(&mut found, own);
    if any {
        let open = seen(tx, here, standing)?.filter(questions::state.eq(StateWord::Open)).order(questions::id);
        let others = load(tx, open, most.saturating_add(i64::try_from(found.len()).unwrap_or_default()))?;
        add(&mut found, others);
    }
    found.truncate(usize::try_from(most).unwrap_or_default());
    Ok(found)
}

fn add(found: &mut Vec<Question>, more: Vec<Question>) {
    let known: Vec<Id<Question>> = found.iter().map(|question| question.id).collect();
    found.extend(more.into_iter().filter(|question| !known.contains(&question.id)));
}

/// The newest questions that somebody may see and that have an answer or may get one: what a new one is compared with.
pub fn comparable(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing, most: i64) -> Result<Vec<Question>> {
    let useful = questions::resolution.is_null().or(questions::resolution.eq(ResolutionWord::Answered));
    let query = seen(tx, here, standing)?.filter(useful).order(questions::id.desc());
    load(tx, query, most)
}
