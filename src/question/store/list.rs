//! The SQL of lists of questions. Whoever lists sees what they would see one by one: the same rule as
//! [`Standing::roles_to`], as a condition.

use diesel::prelude::*;

use super::{complete, handoff};
use crate::base::{Id, Instant, PageRequest, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, Unit};
use crate::db::schema::{question_stays, questions};
use crate::db::{Conn, Tx};
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::{HolderRole, InCharge, Question, Standing, StateWord, Visibility};
use crate::team::Team;

/// In which order a list is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What was asked last comes first.
    #[default]
    NewestFirst,
    /// What was asked first comes first.
    OldestFirst,
    /// What falls due first comes first; what nothing is promised about at the end.
    MostUrgentFirst,
}

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
    /// Whether a promise about them is broken; none: either.
    pub overdue: Option<bool>,
    /// In this order.
    pub order: Order,
}

type Query = questions::BoxedQuery<'static, <Conn as diesel::Connection>::Backend>;

/// Somebody who lists the questions of a hackathon.
struct Reader<'s> {
    here: Id<Hackathon>,
    standing: &'s Standing,
    /// The questions that are offered to them.
    offered: Vec<Id<Question>>,
}

impl<'s> Reader<'s> {
    fn of(tx: &mut Tx, here: Id<Hackathon>, standing: &'s Standing) -> Result<Reader<'s>> {
        Ok(Reader { here, standing, offered: handoff::offered_to(tx, here, standing)? })
    }

    /// The questions that they may see.
    fn seen(&self) -> Query {
        let Reader { here, standing, offered } = self;
        let query = questions::table.filter(questions::hackathon_id.eq(*here)).into_boxed();
        if standing.organizes() {
            return query;
        }
        let public: Vec<Visibility> = standing.sees_public().then_some(Visibility::Hackathon).into_iter().collect();
        let theirs = question_stays::holder_organization_id
            .eq_any(organizations(standing))
            .or(question_stays::holder_unit_id.eq_any(units(standing)))
            .or(question_stays::holder_member_id.eq(standing.member));
        let lay = question_stays::table.filter(question_stays::hackathon_id.eq(*here)).filter(theirs);
        let teams: Vec<Option<Id<Team>>> =
            standing.facts.builds_in.iter().chain(&standing.facts.mentors).copied().map(Some).collect();
        query.filter(
            questions::visibility
                .eq_any(public)
                .or(questions::asker_id.eq(standing.member))
                .or(in_hands_of(standing.member))
                .or(questions::team_id.eq_any(teams))
                .or(questions::id.eq_any(lay.select(question_stays::question_id)))
                .or(questions::id.eq_any(offered.clone())),
        )
    }
}

/// The organizations that somebody answers for, as the columns hold them.
fn organizations(standing: &Standing) -> Vec<Option<OrganizationId>> {
    standing.facts.organizations.iter().copied().map(Some).collect()
}

/// The units that somebody answers for, as the columns hold them.
fn units(standing: &Standing) -> Vec<Option<Id<Unit>>> {
    standing.facts.units.iter().copied().map(Some).collect()
}

#[diesel::dsl::auto_type(no_type_alias)]
fn in_hands_of(member: Id<Member>) -> _ {
    let held: [StateWord; 2] = [StateWord::Claimed, StateWord::WaitingOnAsker];
    questions::state.eq_any(held).and(questions::assignee_id.eq(member))
}

/// That lie with somebody now: the same rule as [`Standing::answers_for`].
#[diesel::dsl::auto_type(no_type_alias)]
fn lying_with(standing: &Standing) -> _ {
    let organizations: Vec<Option<OrganizationId>> = organizations(standing);
    let units: Vec<Option<Id<Unit>>> = units(standing);
    let member: Id<Member> = standing.member;
    let roles: Vec<Option<HolderRole>> =
        standing.organizes().then_some(Some(HolderRole::Organizer)).into_iter().collect();
    let mentors: HolderRole = HolderRole::TeamMentor;
    let mentored: Vec<Option<Id<Team>>> = standing.facts.mentors.iter().copied().map(Some).collect();
    questions::holder_organization_id
        .eq_any(organizations)
        .or(questions::holder_unit_id.eq_any(units))
        .or(questions::holder_member_id.eq(member))
        .or(questions::holder_role.eq_any(roles))
        .or(questions::holder_role.eq(mentors).and(questions::team_id.eq_any(mentored)))
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
    let query = narrowed(Reader::of(tx, here, standing)?.seen(), filter);
    let query = if filter.mine { concerning(query, standing) } else { query };
    let now = tx.now();
    let query = match filter.overdue {
        Some(true) => query.filter(questions::due_at.le(now)),
        Some(false) => query.filter(questions::due_at.gt(now).or(questions::due_at.is_null())),
        None => query,
    };
    let query = match page.after.map(Id::<Question>::from_uuid) {
        Some(after) => behind(tx, query, filter.order, after)?,
        None => query,
    };
    let query = match filter.order {
        Order::NewestFirst => query.order(questions::id.desc()),
        Order::OldestFirst => query.order(questions::id),
        Order::MostUrgentFirst => most_urgent_first(query),
    };
    load(tx, query, page.fetch())
}

fn most_urgent_first(query: Query) -> Query {
    query.order((questions::due_at.is_null(), questions::due_at, questions::id))
}

/// Those behind this one in the order. What falls due at another time than when the page before was read is where it is
/// now.
fn behind(tx: &mut Tx, query: Query, order: Order, after: Id<Question>) -> Result<Query> {
    let due_at: Option<Instant> = match order {
        Order::NewestFirst => return Ok(query.filter(questions::id.lt(after))),
        Order::OldestFirst => return Ok(query.filter(questions::id.gt(after))),
        Order::MostUrgentFirst => {
            questions::table.find(after).select(questions::due_at).first(tx.conn()).optional()?.flatten()
        }
    };
    Ok(match due_at {
        Some(due_at) => query.filter(
            questions::due_at
                .gt(due_at)
                .or(questions::due_at.eq(due_at).and(questions::id.gt(after)))
                .or(questions::due_at.is_null()),
        ),
        None => query.filter(questions::due_at.is_null().and(questions::id.gt(after))),
    })
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
    query.filter(
        questions::asker_id
            .eq(standing.member)
            .or(questions::team_id.eq_any(teams))
            .or(in_hands_of(standing.member))
            .or(lying_with(standing)),
    )
}

/// What waits for somebody, the most urgent of each kind first: what is offered to them, what lies with them unclaimed, and then,
/// where they may take any, what lies unclaimed with others.
pub fn queue(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing, any: bool, most: i64) -> Result<Vec<Question>> {
    let reader = Reader::of(tx, here, standing)?;
    let open = || reader.seen().filter(questions::state.eq(StateWord::Open));
    let offered = reader.seen().filter(questions::id.eq_any(reader.offered.clone()));
    let offered = most_urgent_first(offered.filter(questions::state.eq_any(StateWord::UNSETTLED)));
    let mut found = load(tx, offered, most)?;
    add(&mut found, load(tx, most_urgent_first(open().filter(lying_with(standing))), most)?);
    if any {
        let known = i64::try_from(found.len()).unwrap_or_default();
        add(&mut found, load(tx, most_urgent_first(open()), most.saturating_add(known))?);
    }
    found.truncate(usize::try_from(most).unwrap_or_default());
    Ok(found)
}

fn add(found: &mut Vec<Question>, more: Vec<Question>) {
    let known: Vec<Id<Question>> = found.iter().map(|question| question.id).collect();
    found.extend(more.into_iter().filter(|question| !known.contains(&question.id)));
}
