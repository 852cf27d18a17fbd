//! `/v1/guest/{token}`: one question, for somebody without an account. The token is all that they have, and all that it opens is
//! this: the question, what was said on it in public, and saying something.

use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};

use super::{Answered, Body};
use crate::access::{Answer, Anyone, Sent};
use crate::base::{Error, Id, Instant, Key, Localized, Name, Result, Text};
use crate::db::Tx;
use crate::directory::{Directories, Directory};
use crate::question::guest::{self, Door, Visiting};
use crate::question::store::names::{Named, Names, Wanted};
use crate::question::{Author, Post, PostKind, Question, StateWord, store};

/// What a guest sees.
#[derive(Serialize)]
struct View {
    /// Only its name: the rest of the hackathon is nothing to a guest.
    hackathon: HackathonView,
    guest: GuestView,
    invited_by: Name,
    expires_at: Instant,
    question: QuestionView,
    posts: Vec<PostView>,
}

#[derive(Serialize)]
struct HackathonView {
    name: Localized,
}

#[derive(Serialize)]
struct GuestView {
    name: Name,
    organization: Option<Localized>,
}

#[derive(Serialize)]
struct QuestionView {
    title: Name,
    body: Option<Text>,
    asker: Name,
    state: StateWord,
    created_at: Instant,
}

/// Something that was said in public.
#[derive(Serialize)]
struct PostView {
    id: Id<Post>,
    kind: PostKind,
    author: Named,
    own: bool,
    body: Text,
    accepted: bool,
    created_at: Instant,
}

fn post(of: Post, door: &Door, names: &Names) -> PostView {
    let Post { id, kind, author, body, created_at } = of;
    let own = author == Author::Guest(door.guest.id);
    let accepted = door.question.life.accepted == Some(id);
    PostView { id, kind, author: names.author(author), own, body, accepted, created_at }
}

fn view(tx: &mut Tx, door: &Door) -> Result<View> {
    let Door { here, question, guest } = door;
    let (posts, names) = door.read(tx)?;
    let organization = guest.organization.and_then(|id| names.organization(id));
    let Question { title, body, asker, life, created_at, .. } = question.clone();
    Ok(View {
        hackathon: HackathonView { name: here.name.clone() },
        guest: GuestView { name: guest.name.clone(), organization: organization.map(|(_, name)| name.clone()) },
        invited_by: names.member(guest.invited_by),
        expires_at: guest.expires_at,
        question: QuestionView { title, body, asker: names.member(asker), state: life.state.word(), created_at },
        posts: posts.into_iter().map(|one| post(one, door, &names)).collect(),
    })
}

/// `GET /v1/guest/{token}`
pub async fn show(anyone: Anyone, token: Path<String>) -> Answered {
    let token = token.into_inner();
    anyone
        .follow(move |tx| {
            let door = Door::open(tx, &token)?;
            Answer::ok(&view(tx, &door)?)
        })
        .await
}

/// What is said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    body: Text,
}

/// What a guest says: an answer or a comment.
type Say = fn(&mut Tx, &Visiting, &Directory, &Text) -> Result<(Question, Id<Post>)>;

/// `POST /v1/guest/{token}/answers`
pub async fn answer(
    anyone: Anyone,
    token: Path<String>,
    known: Data<Directories>,
    Body(sent): Body<Saying>,
) -> Answered {
    said(&anyone, token.into_inner(), &known, sent, guest::answer).await
}

/// `POST /v1/guest/{token}/comments`
pub async fn comment(
    anyone: Anyone,
    token: Path<String>,
    known: Data<Directories>,
    Body(sent): Body<Saying>,
) -> Answered {
    said(&anyone, token.into_inner(), &known, sent, guest::comment).await
}

async fn said(anyone: &Anyone, token: String, known: &Directories, sent: Sent<Saying>, say: Say) -> Answered {
    let (link, shown) = (token.clone(), token.clone());
    let here = anyone.follow(move |tx| Ok(Door::open(tx, &shown)?.here.id)).await?;
    let kept = known.get(&Key::Id(here.uuid())).await?;
    let done = anyone.post_by(
        &link,
        sent,
        move |tx| Visiting::open(tx, &token),
        move |tx, visiting, saying| {
            let directory = Directory::current(tx, &visiting.door().here, &kept)?;
            let (question, id) = say(tx, visiting, &directory, &saying.body)?;
            let door = Door { question, ..visiting.door().clone() };
            // It says nowhere where it is: that address is the secret, and answers are kept.
            Ok(Answer { status: 201, ..made(tx, &door, id)? })
        },
    );
    done.await
}

fn made(tx: &mut Tx, door: &Door, id: Id<Post>) -> Answered {
    let found = store::post::find(tx, &door.question, id)?.ok_or(Error::NotFound)?;
    let mut wanted = Wanted::default();
    wanted.post(&found);
    let names = wanted.read(tx, door.here.id)?;
    Answer::ok(&post(found, door, &names))
}
