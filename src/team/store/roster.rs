//! The SQL of who is in a team and who stands by it.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Error, Id, Instant, Name, OrConflict, Result, say};
use crate::consortium::Member;
use crate::consortium::member::MemberState;
use crate::db::Tx;
use crate::db::schema::{members, team_members, team_mentors, users};
use crate::team::roster::Person;
use crate::team::{Mentor, Team, TeamMember};

#[derive(Queryable)]
struct PersonRow {
    user: UserId,
    display_name: Name,
    profession: Option<Name>,
    weekly_minutes: Option<i32>,
    state: MemberState,
    version: i64,
    user_version: i64,
}

impl PersonRow {
    fn whole(self) -> (UserId, Person) {
        let PersonRow { user, display_name, profession, weekly_minutes, state, version, user_version } = self;
        (user, Person { display_name, profession, weekly_minutes, state, version, user_version })
    }
}

macro_rules! person_columns {
    () => {
        (
            users::id,
            users::display_name,
            members::profession,
            members::weekly_minutes,
            members::state,
            members::version,
            users::version,
        )
    };
}

macro_rules! member_rows {
    () => {
        team_members::table.inner_join(members::table.inner_join(users::table)).select((
            (
                team_members::team_id,
                team_members::member_id,
                team_members::function,
                team_members::version,
                team_members::created_at,
                team_members::updated_at,
            ),
            person_columns!(),
        ))
    };
}

macro_rules! mentor_rows {
    () => {
        team_mentors::table.inner_join(members::table.inner_join(users::table)).select((
            (team_mentors::team_id, team_mentors::member_id, team_mentors::position, team_mentors::created_at),
            person_columns!(),
        ))
    };
}

type MemberRow = ((Id<Team>, Id<Member>, Name, i64, Instant, Instant), PersonRow);
type MentorRow = ((Id<Team>, Id<Member>, i32, Instant), PersonRow);

fn member_of((own, person): MemberRow) -> TeamMember {
    let (team, member, function, version, created_at, updated_at) = own;
    let (user, person) = person.whole();
    TeamMember { team, member, user, function, person, version, created_at, updated_at }
}

fn mentor_of(((team, member, position, created_at), person): MentorRow) -> Mentor {
    let (user, person) = person.whole();
    Mentor { team, member, user, position, person, created_at }
}

/// Who is in these teams.
pub fn members_of(tx: &mut Tx, teams: &[Id<Team>]) -> Result<Vec<TeamMember>> {
    let query = member_rows!().filter(team_members::team_id.eq_any(teams.to_vec()));
    let rows: Vec<MemberRow> = query.order((team_members::team_id, team_members::member_id)).load(tx.conn())?;
    Ok(rows.into_iter().map(member_of).collect())
}

/// Who stands by these teams, the first to ask first.
pub fn mentors_of(tx: &mut Tx, teams: &[Id<Team>]) -> Result<Vec<Mentor>> {
    let query = mentor_rows!().filter(team_mentors::team_id.eq_any(teams.to_vec()));
    let order = (team_mentors::team_id, team_mentors::position, team_mentors::member_id);
    let rows: Vec<MentorRow> = query.order(order).load(tx.conn())?;
    Ok(rows.into_iter().map(mentor_of).collect())
}

/// One person in a team.
pub fn member(tx: &mut Tx, team: Id<Team>, member: Id<Member>) -> Result<Option<TeamMember>> {
    let query = member_rows!().filter(team_members::team_id.eq(team)).filter(team_members::member_id.eq(member));
    Ok(query.first::<MemberRow>(tx.conn()).optional()?.map(member_of))
}

/// One mentor of a team.
pub fn mentor(tx: &mut Tx, team: Id<Team>, member: Id<Member>) -> Result<Option<Mentor>> {
    let query = mentor_rows!().filter(team_mentors::team_id.eq(team)).filter(team_mentors::member_id.eq(member));
    Ok(query.first::<MentorRow>(tx.conn()).optional()?.map(mentor_of))
}

/// The teams of a member.
#[derive(Clone, Debug)]
pub struct Teams {
    /// Those that they build in.
    pub own: Vec<Id<Team>>,
    /// Those that they mentor.
    pub mentored: Vec<Id<Team>>,
}

/// The teams of this member.
pub fn teams_of(tx: &mut Tx, member: Id<Member>) -> Result<Teams> {
    let own = team_members::table.filter(team_members::member_id.eq(member)).order(team_members::team_id);
    let own = own.select(team_members::team_id).load(tx.conn())?;
    let mentored = team_mentors::table.filter(team_mentors::member_id.eq(member)).order(team_mentors::team_id);
    Ok(Teams { own, mentored: mentored.select(team_mentors::team_id).load(tx.conn())? })
}

/// Puts a member into a team.
pub fn insert_member(tx: &mut Tx, team: &Team, member: Id<Member>, function: &Name) -> Result<()> {
    let row = (
        team_members::hackathon_id.eq(team.hackathon),
        team_members::team_id.eq(team.id),
        team_members::member_id.eq(member),
        team_members::function.eq(function),
        team_members::version.eq(1_i64),
        team_members::created_at.eq(tx.now()),
        team_members::updated_at.eq(tx.now()),
    );
    diesel::insert_into(team_members::table)
        .values(row)
        .execute(tx.conn())
        .or_conflict(|| say!("They are in this team already.", "이미 이 팀에 있는 구성원입니다."))?;
    Ok(())
}

/// Puts a mentor beside a team.
pub fn insert_mentor(tx: &mut Tx, team: &Team, member: Id<Member>, position: i32) -> Result<()> {
    let row = (
        team_mentors::hackathon_id.eq(team.hackathon),
        team_mentors::team_id.eq(team.id),
        team_mentors::member_id.eq(member),
        team_mentors::position.eq(position),
        team_mentors::created_at.eq(tx.now()),
    );
    diesel::insert_into(team_mentors::table)
        .values(row)
        .execute(tx.conn())
        .or_conflict(|| say!("They mentor this team already.", "이미 이 팀의 멘토입니다."))?;
    Ok(())
}

/// Changes what somebody does in a team, unless somebody else changed it meanwhile.
pub fn set_function(tx: &mut Tx, of: &TeamMember, function: &Name) -> Result<TeamMember> {
    let as_read = team_members::table.find((of.team, of.member)).filter(team_members::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            team_members::function.eq(function),
            team_members::version.eq(team_members::version + 1),
            team_members::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    member(tx, of.team, of.member)?.ok_or(Error::NotFound)
}

/// Takes somebody out of a team.
pub fn delete_member(tx: &mut Tx, of: &TeamMember) -> Result<()> {
    diesel::delete(team_members::table.find((of.team, of.member))).execute(tx.conn())?;
    Ok(())
}

/// Takes a mentor off a team.
pub fn delete_mentor(tx: &mut Tx, of: &Mentor) -> Result<()> {
    diesel::delete(team_mentors::table.find((of.team, of.member))).execute(tx.conn())?;
    Ok(())
}
