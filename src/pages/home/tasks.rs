//! What organizers do before people ask, and how far they are.

use crate::base::{Result, Sentence, say};
use crate::consortium::store::member;
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::matrix::{Draft, Level, rules, store::version};
use crate::{brief, sprint, team};

/// Something that a hackathon needs before people ask.
pub struct Task {
    /// Where it is done.
    pub place: String,
    /// What it is.
    pub name: Sentence,
    /// How far it is.
    pub state: Sentence,
    /// Whether it is done.
    pub done: bool,
}

/// All of them, in the order in which they are done.
pub fn list(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Task>> {
    let draft = Draft::load(tx, here)?;
    let written = brief::store::latest(tx, here.id)?.map(|brief| brief.number);
    let mut tasks = vec![brief_task(here, written)];
    tasks.extend(of_matrix(here, &draft));
    tasks.extend(of_people(tx, here)?);
    tasks.push(publication(tx, here, &draft)?);
    let words = say!("See what participants will see", "참가자가 볼 화면 확인");
    tasks.push(task(here, "", say!("Try a question", "질문 해 보기"), (false, words)));
    Ok(tasks)
}

fn task(here: &Hackathon, path: &str, name: Sentence, (done, state): (bool, Sentence)) -> Task {
    Task { place: format!("/h/{}{path}", here.slug), name, state, done }
}

fn brief_task(here: &Hackathon, written: Option<i32>) -> Task {
    let state = match written {
        Some(number) => (true, say!("Version {number}", "버전 {number}")),
        None => (false, say!("Not yet", "아직 없음")),
    };
    task(here, "/brief", say!("Write the brief", "브리프 작성"), state)
}

fn of_matrix(here: &Hackathon, draft: &Draft) -> [Task; 2] {
    let errors = rules::findings(draft).count(Level::Error);
    let (topics, organizations) = (draft.topics.len(), draft.consortium.organizations.len());
    let named = (organizations > 0, say!("Named: {organizations}", "기관 {organizations}곳"));
    let held = match errors {
        0 => (topics > 0, say!("Topics: {topics}, nothing missing", "주제 {topics}개, 빠진 것 없음")),
        _ => (false, say!("Topics: {topics}, errors: {errors}", "주제 {topics}개, 오류 {errors}건")),
    };
    [
        task(here, "/matrix/draft", say!("Name the organizations", "참여 기관 등록"), named),
        task(here, "/matrix/draft", say!("Name topics and who is responsible", "주제와 담당 정하기"), held),
    ]
}

fn of_people(tx: &mut Tx, here: &Hackathon) -> Result<[Task; 3]> {
    let members = member::all(tx, here.id)?;
    let answering = members.iter().filter(|one| one.is(Role::Responder) || one.is(Role::Mentor)).count();
    let (people, teams) = (members.len(), team::store::all(tx, here.id)?.len());
    let sprints = sprint::store::all(tx, here.id)?.len();
    let invited =
        say!("People: {people}, of whom answer questions: {answering}", "{people}명, 그중 답변하는 사람 {answering}명");
    let (together, planned) =
        (say!("Teams: {teams}", "팀 {teams}개"), say!("Sprints: {sprints}", "스프린트 {sprints}개"));
    Ok([
        task(here, "/people", say!("Bring people in", "사람 초대"), (answering > 0, invited)),
        task(here, "/teams", say!("Put teams together", "팀 구성"), (teams > 0, together)),
        task(here, "/sprints", say!("Plan the sprints", "스프린트 계획"), (sprints > 0, planned)),
    ])
}

fn publication(tx: &mut Tx, here: &Hackathon, draft: &Draft) -> Result<Task> {
    let state = match version::latest(tx, here.id)? {
        Some((version, table)) if table == draft.table() => {
            let number = version.version;
            (true, say!("Version {number} is in force", "버전 {number} 적용 중"))
        }
        Some((version, _)) => {
            let number = version.version;
            let words = say!(
                "Version {number} is in force; the draft has changed since",
                "버전 {number} 적용 중, 초안이 그 뒤로 바뀜"
            );
            (false, words)
        }
        None => (false, say!("Not yet", "아직 없음")),
    };
    Ok(task(here, "/matrix/draft", say!("Publish the responsibilities", "담당표 공개"), state))
}
